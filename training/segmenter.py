"""Train the compact SAM 2: ``python -m training.segmenter --until 14:55``.

Resumable: state is kept in ``.runs/segmenter/state.pt`` and a run goes on from it. The curve is
appended to ``.runs/segmenter/log.jsonl``; with ``--export FOLDER`` the averaged weights of the best
check go there with their manifest section.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from rbc_desktop.models.compact_sam2 import (
    DEFAULT_CONFIG,
    MASK_STRIDE,
    OUTLINE_STRIDE,
    OUTSIDE_LOGIT,
    CompactEmbedding,
    CompactSam2,
    build,
)
from rbc_desktop.models.prompt_window import Window
from rbc_desktop.models.tile_input import normalise_tiles
from training.bank import load_bank
from training.checks import Checks, make_checks, measure
from training.generator import BatchPlan, BatchSource
from training.losses import correction_points, dense_loss, outline_loss, prompt_loss
from training.manifest_io import file_sha256, load_compact, update_manifest
from training.prompting import Batch

RUNS = Path(__file__).resolve().parents[1] / ".runs"
CHECK_EVERY_S = 600
WARMUP_STEPS = 150
EMA_DECAY = 0.998
CORRECTED = (0.6, 0.7)
"""Share of the prompts that get a second click, and of those that get a third."""
SHIFT = 0.75
"""What the application adds to logits (``mask_shift``). Users correct what they see with it, and the answers to
corrections are meant with it; first answers are meant without, by the outlines of the composites."""


class Trainer:
    """Model, optimiser, averaged weights and counters of one run."""

    def __init__(
        self, config: Mapping[str, Any], *, rate: float, threads: int, device: str = "cpu", shift: float = SHIFT
    ) -> None:
        self.device, self.shift = torch.device(device), shift
        torch.set_num_threads(threads)
        cv2.setNumThreads(1)
        # The attention here is tiny: plain matrix products are faster than the fused CPU kernel.
        torch.backends.cuda.enable_flash_sdp(False)
        self.model = build(config).to(self.device, memory_format=torch.channels_last)
        self.config = self.model.config
        self.average = copy.deepcopy(self.model).eval()
        self.rate = rate
        trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.02},
                {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
            ],
            lr=rate,
            fused=self.device.type == "cuda",
        )
        self.step = 0
        self.seconds = 0.0

    def train_step(self, batch: Batch, *, progress: float) -> dict[str, float]:
        """One update; progress 0..1 of the run sets the learning rate."""
        warm = min(1.0, (self.step + 1) / WARMUP_STEPS)
        rate = self.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.model.train()
        with torch.autocast(self.device.type, torch.bfloat16):
            losses = batch_losses(self.model, batch, shift=self.shift)
        total = losses["prompt"] + 0.5 * losses["second"] + 0.25 * losses["third"] + losses["dense"]
        total = total + losses["rim"] + losses["second_rim"] + losses["third_rim"]
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        if torch.isfinite(norm):
            self.optimiser.step()
        self.step += 1
        self._average()
        # As numbers: an accelerator would wait for each, so there they stay where they are.
        return {n: float(v.detach()) if self.device.type == "cpu" else v.detach() for n, v in losses.items()}

    @torch.no_grad()
    def _average(self) -> None:
        decay = min(EMA_DECAY, (1 + self.step) / (20 + self.step))
        mine, theirs = self.average.state_dict(), self.model.state_dict()
        floats = [name for name, value in mine.items() if value.dtype.is_floating_point]
        torch._foreach_lerp_([mine[n] for n in floats], [theirs[n] for n in floats], 1 - decay)
        for name in mine.keys() - floats:
            mine[name].copy_(theirs[name])

    def start_from(self, directory: Path) -> None:
        """Take exported weights as the beginning of a run: a fresh optimiser, step 0.

        Raises:
            ModelLoadError: when manifest or weights are missing or damaged.
            RuntimeError: when they have another configuration.
        """
        state = load_compact(directory).state_dict()
        self.model.load_state_dict(state)
        self.average.load_state_dict(state)

    def save(self, path: Path) -> None:
        """Write the state beside the file and rename, so that a kill loses nothing."""
        part = path.with_suffix(".part")
        torch.save(
            {
                "model": self.model.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
                "seconds": self.seconds,
                "config": self.config,
            },
            part,
        )
        part.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a saved state."""
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.seconds = state["step"], state["seconds"]


def batch_losses(model: CompactSam2, batch: Batch, *, shift: float = SHIFT) -> dict[str, Tensor]:
    """Losses of one batch: masks and outlines of the first round and two corrections, dense head; IoUs reached.

    shift: what the application will add to logits.
    """
    device = next(model.parameters()).device

    def there(array: NDArray[Any]) -> Tensor:
        return torch.from_numpy(array).to(device, non_blocking=True)

    images = normalise_tiles(there(batch.rgb), model.config["normalisation"])
    embedding = model.encode(images.contiguous(memory_format=torch.channels_last))
    cell_px = float(model.config["cell_px"])
    dense = dense_loss(embedding.dense, there(batch.dense).float(), cell_px=cell_px)
    points, labels = there(batch.points), there(batch.labels)
    boxes, index = there(batch.boxes), there(batch.image_index)
    weights = there(batch.weights)
    size = embedding.input_size
    window = model.prompt_window(points, labels, boxes=boxes, size=size)
    outlines = window.cut(there(batch.masks).float()[:, None], list(range(len(points))), stride=OUTLINE_STRIDE)[:, 0]
    targets = functional.avg_pool2d(outlines[:, None], MASK_STRIDE // OUTLINE_STRIDE)[:, 0]
    logits, iou = model.decode_window(embedding, window, points, labels, boxes=boxes, image_index=index)
    losses = {"prompt": prompt_loss(logits, iou, targets, weights)}
    best = _best(logits, iou)
    refined = _refined(model, embedding, window, best, points, labels, index)
    losses["rim"] = outline_loss(refined, outlines, weights)
    reached = {"iou": _iou(refined.detach(), outlines).mean()}
    asked = _Asked(torch.arange(len(best), device=device), points, labels, best.detach(), refined.detach() + shift)
    for name, share in zip(("second", "third"), CORRECTED, strict=True):
        asked = _correct(asked, share, window, outlines)
        rows = asked.rows
        part = Window(corner=window.corner[rows], side=window.side)
        logits, iou = model.decode_window(
            embedding,
            part,
            asked.points,
            asked.labels,
            boxes=boxes[rows],
            mask_prompt=_mask_prompts(asked.best, window.corner[rows], side=size // MASK_STRIDE),
            image_index=index[rows],
        )
        losses[name] = prompt_loss(logits, iou, targets[rows], weights[rows])
        best = _best(logits, iou)
        shown = _refined(model, embedding, part, best, asked.points, asked.labels, index[rows]) + shift
        losses[f"{name}_rim"] = outline_loss(shown, outlines[rows], weights[rows])
        reached[f"{name}_gain"] = (_iou(shown.detach(), outlines[rows]) - _iou(asked.shown, outlines[rows])).mean()
        asked = replace(asked, best=best.detach(), shown=shown.detach())
    return {**losses, "dense": dense, **reached}


def _best(logits: Tensor, iou: Tensor) -> Tensor:
    """Of three masks (N, 3, h, w) those of the highest predicted IoU (N, 3), as the application chooses."""
    return logits[torch.arange(len(iou)), iou.detach().argmax(1)]


def _refined(
    model: CompactSam2,
    embedding: CompactEmbedding,
    window: Window,
    masks: Tensor,
    points: Tensor,
    labels: Tensor,
    index: Tensor,
) -> Tensor:
    """Logits (N, 2h, 2w) of masks (N, h, w)."""
    return model.refine(embedding, window, masks[:, None], points, labels, image_index=index)[:, 0]


@dataclass(frozen=True)
class _Asked:
    """Prompts so far of some rows of a batch, the masks that the decoder gave (logits in their windows), and the masks
    that the user sees."""

    rows: Tensor
    points: Tensor
    labels: Tensor
    best: Tensor
    shown: Tensor


def _correct(asked: _Asked, share: float, window: Window, outlines: Tensor) -> _Asked:
    """One more point in the middle of the largest error, for a share of the rows: weak masks more often."""
    weakness = 1.05 - _iou(asked.shown, outlines[asked.rows])
    some = torch.multinomial(weakness, max(1, round(share * len(weakness))))
    rows = asked.rows[some]
    spot, sign = correction_points(asked.shown[some], outlines[rows], stride=OUTLINE_STRIDE)
    return _Asked(
        rows,
        torch.cat([asked.points[some], spot + window.corner[rows][:, None]], dim=1),
        torch.cat([asked.labels[some], sign], dim=1),
        asked.best[some],
        asked.shown[some],
    )


def _mask_prompts(best: Tensor, corners: Tensor, *, side: int) -> Tensor:
    """Masks (N, h, w) in their windows as mask prompts (N, 1, side, side) of the whole input."""
    previous = best.new_full((len(best), 1, side, side), OUTSIDE_LOGIT)
    # Half of them as the outline of an accepted cell comes back: saturated, with a steep edge.
    steep = torch.where(torch.rand(len(best), device=best.device) < 0.5, 5.0, 1.0)[:, None, None]
    row = torch.arange(len(best), device=best.device)[:, None, None]
    across = torch.arange(best.shape[-1], device=best.device)
    y, x = (corners[:, axis, None].div(MASK_STRIDE).long() + across for axis in (1, 0))
    previous[row, 0, y[:, :, None], x[:, None, :]] = (best * steep).to(previous.dtype)
    return previous


def _iou(logits: Tensor, targets: Tensor) -> Tensor:
    """IoU (N,) of logits (N, h, w) with targets (N, h, w) 0..1."""
    mine, goal = logits > 0, targets > 0.5
    return (mine & goal).sum((1, 2)) / (mine | goal).sum((1, 2)).clamp(min=1)


def export(trainer: Trainer, scores: Mapping[str, float], *, version: str, folder: Path) -> Path:
    """Averaged weights as fp16 safetensors and their manifest section."""
    path = folder / "segmenter.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: (value.half() if value.dtype.is_floating_point else value).cpu().contiguous()
        for name, value in trainer.average.state_dict().items()
    }
    part = path.with_suffix(".part")
    save_file(tensors, part)
    part.chmod(0o644)
    part.replace(path)
    config = trainer.config
    update_manifest(
        "segmenter",
        {
            "file": path.name,
            "sha256": file_sha256(path),
            "architecture": "compact-sam2",
            "config": config,
            "input_size": 512,
            "cell_px": config["cell_px"],
            "prompt_rendering": config["prompt_rendering"],
            "normalisation": config["normalisation"],
            "trained_on": "Chula RBC-12 (MIT) and TXL-PBC train (MIT): composites and real crops",
            "steps": trainer.step,
            "scores": {name: round(value, 4) for name, value in scores.items()},
            "version": version,
        },
        directory=folder,
    )
    return path


def run(trainer: Trainer, source: BatchSource, checks: Checks, args: argparse.Namespace) -> None:
    """Train until the deadline; measure, save and export on the way."""
    folder = args.runs
    start, last_check = time.monotonic(), time.monotonic()
    before, length = trainer.seconds, _seconds_until(args.until)
    best = -1.0
    sums: dict[str, float] = {}
    since = trainer.step
    while True:
        passed = time.monotonic() - start
        if args.steps:
            progress = min(1.0, (trainer.step + 1) / args.steps)
        else:
            progress = min(1.0, (before * args.carry + passed) / (before * args.carry + length))
        for name, value in trainer.train_step(next(source), progress=progress).items():
            sums[name] = sums.get(name, 0.0) + value
        trainer.seconds = before + time.monotonic() - start
        done = progress >= 1.0
        if trainer.step % 25 == 0 or done:
            means = {k: round(v / (trainer.step - since), 4) for k, v in sums.items()}
            _log(folder, trainer, {**means, "made_here": source.made_here})
            sums, since = {}, trainer.step
        if trainer.step % 200 == 0:
            trainer.save(folder / "state.pt")
        if time.monotonic() - last_check > args.check_every or done:
            scores = measure(trainer.average, checks, trainer.config)
            value = 0.5 * (scores["composite_iou"] + scores["txl_box_iou"])
            _log(folder, trainer, {**{k: round(v, 4) for k, v in scores.items()}})
            trainer.save(folder / "state.pt")
            if value > best and args.export is not None:
                export(trainer, scores, version=args.version, folder=args.export)
                best = value
            last_check = time.monotonic()
        if done:
            return


def _log(folder: Path, trainer: Trainer, values: Mapping[str, Any]) -> None:
    row = {"step": trainer.step, "seconds": round(trainer.seconds), **values}
    with (folder / "log.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")
    print(json.dumps(row), flush=True)


def _seconds_until(clock: str) -> float:
    """Seconds from now to the next HH:MM (UTC), or ``+MINUTES`` from now."""
    if clock.startswith("+"):
        return float(clock[1:]) * 60
    now = datetime.now(UTC)
    hour, minute = clock.split(":")
    then = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    if then <= now:
        then += timedelta(days=1)
    return (then - now).total_seconds()


def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description="Train the bundled segmenter on this CPU.")
    parser.add_argument("--until", default="+180", help="HH:MM UTC, or +MINUTES")
    parser.add_argument("--runs", type=Path, default=RUNS / "segmenter", help="state and log")
    parser.add_argument("--from", dest="start", type=Path, help="folder of exported weights to begin a new run with")
    parser.add_argument("--without", help="leave out one source of TXL-PBC, by the size of its images, e.g. 640x480")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--steps", type=int, default=0, help="length of the run in steps (0: by time)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data-core", type=int, default=None, help="core of the data process")
    parser.add_argument("--limit", type=int, default=None, help="use about this many fields")
    parser.add_argument("--check-every", type=float, default=CHECK_EVERY_S)
    parser.add_argument("--carry", type=float, default=1.0, help="share of earlier time in the schedule (0..1)")
    parser.add_argument("--export", type=Path, help="folder for the best weights and their manifest")
    parser.add_argument("--version", default="1")
    parser.add_argument("--config", default="{}", help="JSON over the default configuration")
    args = parser.parse_args()
    args.runs.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    trainer = Trainer({**DEFAULT_CONFIG, **json.loads(args.config)}, rate=args.rate, threads=args.threads)
    state = args.runs / "state.pt"
    if state.exists():
        trainer.load(state)
    elif args.start is not None:
        trainer.start_from(args.start)
    bank = load_bank(validation=False, limit=args.limit, without=args.without)
    seed = 1000 + trainer.step + os.getpid() % 997
    source = BatchSource(bank, BatchPlan(), seed=seed, core=args.data_core)
    run(trainer, source, make_checks(), args)


if __name__ == "__main__":
    main()
