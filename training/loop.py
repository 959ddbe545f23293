"""The training loop that all networks of the study share.

AdamW, cosine annealing, gradients of two batches a step, validation IoU every 100 steps, checkpoint every 500, early
stop, mixed precision where the device has it. A run that was broken off goes on from its checkpoint, with the same
batches as if it hadn't been.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from tqdm import tqdm

STATE, BEST, LOG = "state.pt", "best.safetensors", "log.jsonl"


@dataclass(frozen=True)
class Plan:
    """How a network is trained.

    Attributes:
        steps: updates.
        rate: first learning rate.
        accumulate: batches per update.
        validate_every: steps, as is `save_every`.
        patience: validations without a better IoU after which the run stops (0: never).
        mixed: see `mixed_precision`.
    """

    steps: int = 2000
    rate: float = 1e-3
    weight_decay: float = 1e-4
    accumulate: int = 2
    validate_every: int = 100
    save_every: int = 500
    patience: int = 8
    mixed: bool | None = None
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """How a run ended. best: highest validation IoU, of step `best_step`; stopped_early: patience ran out."""

    step: int
    best: float
    best_step: int
    stopped_early: bool


def mixed_precision(device: torch.device) -> bool:
    """Whether the device computes bfloat16 natively."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device.type == "cpu" and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001


def cosine(step: int, steps: int) -> float:
    """Share of the first learning rate at a step: cosine annealing down to a hundredth."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / max(1, steps))))


def bce_dice(logits: Tensor, target: Tensor) -> Tensor:
    """Binary cross-entropy plus Dice loss over the last two dimensions; target 0..1 of the same shape."""
    entropy = functional.binary_cross_entropy_with_logits(logits, target, reduction="none").mean((-2, -1))
    chance = logits.sigmoid()
    shared = (chance * target).sum((-2, -1))
    return entropy + 1 - (2 * shared + 1) / (chance.sum((-2, -1)) + target.sum((-2, -1)) + 1)


def train(
    module: nn.Module,
    *,
    loss_of: Callable[[np.random.Generator], Tensor],
    validate: Callable[[], float],
    folder: Path,
    plan: Plan,
    start: Callable[[], None] | None = None,
) -> Outcome:
    """Train what requires gradients, from the folder's checkpoint if there is one.

    Args:
        module: the network, on its device; ends with the best weights.
        loss_of: scalar loss of a random batch; called under autocast.
        validate: IoU on the validation part, higher is better.
        folder: gets ``state.pt``, ``best.safetensors`` and ``log.jsonl``.
        plan: lengths and rates.
        start: puts the module into training mode; ``module.train`` when None.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(module, folder, plan)
    run.resume()
    device = next(module.parameters()).device
    mixed = mixed_precision(device) if plan.mixed is None else plan.mixed
    begin = start or module.train
    begin()
    bar = tqdm(total=plan.steps, initial=run.step, desc=folder.name, mininterval=5)
    clock, losses = time.monotonic(), []
    while not run.finished:
        losses.append(run.update(loss_of, mixed=mixed, device=device))
        bar.update()
        last = run.step >= plan.steps
        if run.step % plan.validate_every == 0 or last:
            module.eval()
            with torch.no_grad():
                run.judge(validate(), loss=float(np.mean(losses)), seconds=time.monotonic() - clock)
            begin()
            clock, losses = time.monotonic(), []
        if run.step % plan.save_every == 0 or run.finished:
            run.save()
    bar.close()
    module.load_state_dict(load_file(folder / BEST))
    module.eval()
    return Outcome(run.step, run.best, run.best_step, run.step < plan.steps)


def read_log(folder: Path) -> list[dict[str, float]]:
    """Rows of step, loss, validation IoU and seconds; empty without a run."""
    path = folder / LOG
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def is_finished(folder: Path) -> bool:
    """Whether a run in this folder came to its end."""
    path = folder / STATE
    return path.exists() and bool(torch.load(path, weights_only=True)["finished"])


class _Run:
    """Counters, optimiser and files of one run."""

    def __init__(self, module: nn.Module, folder: Path, plan: Plan) -> None:
        self._module, self._folder, self._plan = module, folder, plan
        self._trained = [p for p in module.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(self._trained, lr=plan.rate, weight_decay=plan.weight_decay)
        self.step, self.best, self.best_step, self.finished = 0, -math.inf, 0, False

    def update(self, loss_of: Callable[[np.random.Generator], Tensor], *, mixed: bool, device: torch.device) -> float:
        """One update from `accumulate` batches; returns their mean loss."""
        for group in self._optimiser.param_groups:
            group["lr"] = self._plan.rate * cosine(self.step, self._plan.steps)
        self._optimiser.zero_grad(set_to_none=True)
        total = 0.0
        for part in range(self._plan.accumulate):
            # Drawn from the step's number, so that a resumed run sees what it would have seen.
            rng = np.random.default_rng([self._plan.seed, self.step, part])
            with torch.autocast(device.type, torch.bfloat16, enabled=mixed):
                loss = loss_of(rng)
            (loss / self._plan.accumulate).backward()
            total += float(loss.detach())
        norm = torch.nn.utils.clip_grad_norm_(self._trained, 5.0)
        if torch.isfinite(norm):
            self._optimiser.step()
        self.step += 1
        return total / self._plan.accumulate

    def judge(self, iou: float, *, loss: float, seconds: float) -> None:
        """Log a validation, keep the weights if they are the best, and see whether to stop."""
        row = {"step": self.step, "loss": round(loss, 5), "iou": round(iou, 5), "seconds": round(seconds, 1)}
        with (self._folder / LOG).open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
        if iou > self.best:
            self.best, self.best_step = iou, self.step
            save_weights(self._module, self._folder / BEST)
        waited = (self.step - self.best_step) / self._plan.validate_every
        tired = self._plan.patience > 0 and waited >= self._plan.patience
        self.finished = tired or self.step >= self._plan.steps

    def save(self) -> None:
        """Write the checkpoint beside itself and rename, so that a kill loses nothing."""
        path = self._folder / STATE
        state: dict[str, Any] = {
            "model": self._module.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "step": self.step,
            "best": self.best,
            "best_step": self.best_step,
            "finished": self.finished,
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def resume(self) -> None:
        """Go on from the checkpoint; what was logged after it is struck out, for it happens again."""
        path = self._folder / STATE
        rows = read_log(self._folder)
        if path.exists():
            state = torch.load(path, weights_only=True, map_location="cpu")
            self._module.load_state_dict(state["model"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step, self.best, self.best_step = state["step"], state["best"], state["best_step"]
            self.finished = state["finished"]
        kept = [row for row in rows if row["step"] <= self.step]
        if len(kept) < len(rows):
            (self._folder / LOG).write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")


def save_weights(module: nn.Module, path: Path) -> None:
    """All weights as safetensors, beside the file first."""
    tensors = {name: value.detach().cpu().contiguous().clone() for name, value in module.state_dict().items()}
    part = path.with_suffix(".part")
    save_file(tensors, part)
    part.replace(path)


def batch_iou(masks: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
    """Mean IoU of pairs of boolean masks."""
    values = []
    for mine, truth in masks:
        union = np.count_nonzero(mine | truth)
        values.append(np.count_nonzero(mine & truth) / union if union else 1.0)
    return float(np.mean(values)) if values else 0.0
