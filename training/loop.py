"""The one training loop: of the bundled segmenter, of fine-tuning on clicks and of the study's networks.

AdamW, warm-up and cosine annealing by steps or by time, gradients of several batches per step, an averaged copy of the
weights, validation, checkpoints, early stop, mixed precision. An interrupted run resumes from its checkpoint,
with the same batches as if it hadn't been where they come from the generator that the loop hands out.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from tqdm import tqdm

from rbc_desktop.errors import UsageError

STATE, BEST, LOG = "state.pt", "best.safetensors", "log.jsonl"
LOSS, IOU = "loss", "iou"
"""Keys of the loss that is minimised, and of the score that decides which weights are best."""

LossOf = Callable[[np.random.Generator], Mapping[str, Tensor]]
Validate = Callable[[], Mapping[str, float]]


@dataclass(frozen=True)
class Plan:
    """Lengths and rates of a run.

    Attributes:
        steps: updates; 0 trains by time.
        seconds: by time, how long from now.
        carry: by time, the share of earlier runs' time that counts as progress of the schedule.
        rate, floor: highest learning rate, and the share of it that annealing ends at.
        warm_up: updates over which the rate rises.
        weight_decay: of AdamW; vectors_decay: whether biases and gains decay too.
        accumulate: batches per update.
        decay: of the averaged weights, reached after some hundred updates.
        validate_every, save_every, log_every: updates (0: never); rows of the log without scores are for long runs.
        validate_seconds: validate after so long instead; a run by time or by steps.
        patience: validations without a better IoU after which the run stops (0: never).
        mixed: see `mixed_precision`; None asks the device.
        seed: of the generators that `train` hands out.
    """

    steps: int = 2000
    seconds: float = 0.0
    carry: float = 1.0
    rate: float = 1e-3
    floor: float = 0.01
    warm_up: int = 0
    weight_decay: float = 1e-4
    vectors_decay: bool = True
    accumulate: int = 2
    decay: float = 0.998
    validate_every: int = 100
    validate_seconds: float = 0.0
    save_every: int = 500
    log_every: int = 0
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


def cosine(progress: float, *, floor: float = 0.01) -> float:
    """Share of the highest learning rate at a progress 0..1: cosine annealing down to `floor`."""
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


def train(
    module: nn.Module,
    *,
    loss_of: LossOf,
    validate: Validate,
    folder: Path,
    plan: Plan,
    start: Callable[[], None] | None = None,
    average: nn.Module | None = None,
    improved: Callable[[int, Mapping[str, float]], None] | None = None,
) -> Outcome:
    """Train what requires gradients, from the folder's checkpoint if there is one.

    Args:
        module: the network, on its device; ends with the best weights.
        loss_of: scalars of a random batch, of which `LOSS` is minimised and all are logged; called under autocast.
        validate: scores on the validation part, of which `IOU` decides; higher is better.
        folder: gets ``state.pt``, ``best.safetensors`` and ``log.jsonl``.
        plan: lengths and rates.
        start: puts the module into training mode; ``module.train`` when None.
        average: a copy of the module that gets the running mean of its weights; then its weights count as the best.
        improved: told step and scores whenever new weights are the best.

    Raises:
        UsageError: when the folder's checkpoint is of an earlier version.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(module, average, folder, plan)
    run.resume()
    device = next(module.parameters()).device
    mixed = mixed_precision(device) if plan.mixed is None else plan.mixed
    begin = start or module.train
    begin()
    bar = tqdm(total=plan.steps or None, initial=run.step, desc=folder.name, mininterval=5)
    since = _Since()
    while not run.finished:
        since.add(run.update(loss_of, mixed=mixed, device=device))
        bar.update()
        if run.finished or since.validation_due(run.step, plan):
            module.eval()
            with torch.no_grad():
                scores = validate()
            run.log({**since.means(), **scores})
            if run.judge(scores[IOU]) and improved is not None:
                improved(run.step, scores)
            begin()
            since = _Since()
        elif _due(run.step, plan.log_every):
            run.log(since.means())
        if run.finished or _due(run.step, plan.save_every):
            run.save()
    bar.close()
    module.load_state_dict(load_file(folder / BEST))
    module.eval()
    return Outcome(run.step, run.best, run.best_step, run.stopped_early)


def read_log(folder: Path) -> list[dict[str, float]]:
    """Rows of step, seconds, mean losses and, at validations, scores; empty without a run."""
    path = folder / LOG
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def is_finished(folder: Path) -> bool:
    """Whether a run in this folder came to its end."""
    path = folder / STATE
    return path.exists() and bool(torch.load(path, weights_only=True, map_location="cpu")["finished"])


def save_weights(module: nn.Module, path: Path) -> None:
    """All weights as safetensors, beside the file first."""
    tensors = {name: value.detach().cpu().contiguous().clone() for name, value in module.state_dict().items()}
    part = path.with_suffix(".part")
    save_file(tensors, part)
    part.replace(path)


class _Since:
    """Losses and time since the last validation."""

    def __init__(self) -> None:
        self._begin, self._sums, self._count = time.monotonic(), dict[str, Tensor](), 0

    def add(self, losses: Mapping[str, Tensor]) -> None:
        self._sums = {name: value + self._sums.get(name, 0.0) for name, value in losses.items()}
        self._count += 1

    def means(self) -> dict[str, float]:
        """Means of the losses that weren't asked for before."""
        sums, count = self._sums, self._count
        self._sums, self._count = {}, 0
        return {name: float(value) / count for name, value in sums.items()}

    def validation_due(self, step: int, plan: Plan) -> bool:
        if plan.validate_seconds:
            return time.monotonic() - self._begin >= plan.validate_seconds
        return _due(step, plan.validate_every)


class _Run:
    """Counters, optimiser and files of one run."""

    def __init__(self, module: nn.Module, average: nn.Module | None, folder: Path, plan: Plan) -> None:
        self._module, self._average, self._folder, self._plan = module, average, folder, plan
        self._trained = [p for p in module.parameters() if p.requires_grad]
        fused = self._trained[0].is_cuda
        self._optimiser = torch.optim.AdamW(_groups(self._trained, plan), lr=plan.rate, fused=fused)
        self._begin, self._before = time.monotonic(), 0.0
        self.step, self.best, self.best_step, self._waited, self.finished = 0, -math.inf, 0, 0, False

    @property
    def seconds(self) -> float:
        """Time of this run and those that it resumes."""
        return self._before + time.monotonic() - self._begin

    @property
    def stopped_early(self) -> bool:
        return 0 < self._plan.patience <= self._waited

    def update(self, loss_of: LossOf, *, mixed: bool, device: torch.device) -> dict[str, Tensor]:
        """One update from `accumulate` batches; returns their mean losses, where they were computed."""
        warm = min(1.0, (self.step + 1) / max(1, self._plan.warm_up))
        for group in self._optimiser.param_groups:
            group["lr"] = self._plan.rate * warm * cosine(self._progress(), floor=self._plan.floor)
        self._optimiser.zero_grad(set_to_none=True)
        totals: dict[str, Tensor] = {}
        for part in range(self._plan.accumulate):
            # Drawn from the step's number, so that a resumed run sees what it would have seen.
            rng = np.random.default_rng([self._plan.seed, self.step, part])
            with torch.autocast(device.type, torch.bfloat16, enabled=mixed):
                losses = loss_of(rng)
            (losses[LOSS] / self._plan.accumulate).backward()
            for name, value in losses.items():
                totals[name] = totals.get(name, 0.0) + value.detach().float() / self._plan.accumulate
        norm = torch.nn.utils.clip_grad_norm_(self._trained, 5.0)
        if torch.isfinite(norm):
            self._optimiser.step()
        self.step += 1
        if self._average is not None:
            _follow(self._average, self._module, decay=min(self._plan.decay, (1 + self.step) / (20 + self.step)))
        self.finished = self._progress() >= 1
        return totals

    def judge(self, iou: float) -> bool:
        """Keep the weights if they are the best, and see whether to stop; returns whether they are."""
        better = iou > self.best
        if better:
            self.best, self.best_step = iou, self.step
            save_weights(self._module if self._average is None else self._average, self._folder / BEST)
        self._waited = 0 if better else self._waited + 1
        self.finished = self.finished or self.stopped_early
        return better

    def log(self, values: Mapping[str, float]) -> None:
        """One row with some values."""
        rounded = {name: round(value, 5) for name, value in values.items()}
        row = {"step": self.step, "seconds": round(self.seconds, 1), **rounded}
        with (self._folder / LOG).open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")

    def save(self) -> None:
        """Write the checkpoint beside itself and rename, so that a kill loses nothing."""
        path = self._folder / STATE
        state: dict[str, Any] = {
            "model": self._module.state_dict(),
            "average": None if self._average is None else self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "best": self.best,
            "best_step": self.best_step,
            "waited": self._waited,
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
            if not {"average", "seconds", "best", "waited"} <= set(state):
                raise UsageError(f"{path} was written by an earlier version; delete it or choose another folder.")
            self._module.load_state_dict(state["model"])
            if self._average is not None:
                self._average.load_state_dict(state["average"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step, self._before = state["step"], state["seconds"]
            self.best, self.best_step, self._waited = state["best"], state["best_step"], state["waited"]
            self.finished = self.stopped_early or self._progress() >= 1
        kept = [row for row in rows if row["step"] <= self.step]
        if len(kept) < len(rows):
            (self._folder / LOG).write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")

    def _progress(self) -> float:
        """0..1 of the schedule."""
        if self._plan.steps:
            return min(1.0, self.step / self._plan.steps)
        carried = self._before * self._plan.carry
        passed = carried + time.monotonic() - self._begin
        return min(1.0, passed / max(1e-9, carried + self._plan.seconds))


def _due(step: int, every: int) -> bool:
    return every > 0 and step % every == 0


def _groups(parameters: list[nn.Parameter], plan: Plan) -> list[dict[str, Any]]:
    """Parameters with and without decay of weights."""
    decaying = [p for p in parameters if plan.vectors_decay or p.ndim > 1]
    others = [p for p in parameters if not plan.vectors_decay and p.ndim <= 1]
    groups = ((decaying, plan.weight_decay), (others, 0.0))
    return [{"params": some, "weight_decay": decay} for some, decay in groups if some]


@torch.no_grad()
def _follow(average: nn.Module, module: nn.Module, *, decay: float) -> None:
    """Move averaged weights a little towards those of the module; what isn't fractional is copied."""
    mine, theirs = average.state_dict(), module.state_dict()
    fractional = [name for name, value in mine.items() if value.dtype.is_floating_point]
    torch._foreach_lerp_([mine[n] for n in fractional], [theirs[n] for n in fractional], 1 - decay)
    for name in mine.keys() - set(fractional):
        mine[name].copy_(theirs[name])
