"""Train the compact SAM 2: ``python -m training.segmenter --until 14:55``.

A run resumes from its checkpoint in ``.runs/segmenter`` (see `training.loop`); its curve is ``log.jsonl`` there. With
``--export FOLDER`` the averaged weights of the best check go to that folder with their manifest section.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from rbc_desktop.models.segmenter.compact_sam2 import (
    DEFAULT_CONFIG,
    MASK_STRIDE,
    OUTLINE_STRIDE,
    OUTSIDE_LOGIT,
    CompactEmbedding,
    CompactSam2,
    build,
)
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from rbc_desktop.models.segmenter.prompt_window import Window
from rbc_desktop.models.segmenter.tile_input import normalise_tiles
from training.command import command
from training.data.batches.generator import BatchPlan, BatchSource
from training.data.batches.prompt_batches import Batch
from training.data.cells.bank import load_bank
from training.loop import IOU, LOSS, Outcome, Plan, read_log, train
from training.manifest_io import file_sha256, load_compact, update_manifest
from training.segmenter.fitting.checks import Checks, make_checks, measure
from training.segmenter.fitting.losses import correction_points, dense_loss, mask_iou, outline_loss, prompt_loss

RUNS = Path(__file__).resolve().parents[3] / ".runs"
CORRECTED = (0.6, 0.7)
"""Share of the prompts that get a second click, and of those that get a third."""
SHIFT = 0.75
"""What the application adds to logits (``mask_shift``). Users correct what they see with it, and the answers to
corrections are meant with it; first answers are meant without, by the outlines of the composites."""
WEIGHTS = {"prompt": 1.0, "second": 0.5, "third": 0.25, "dense": 1.0, "rim": 1.0, "second_rim": 1.0, "third_rim": 1.0}
"""Of the losses in their sum."""

PLAN = Plan(
    rate=2e-3, floor=0.02, warm_up=150, weight_decay=0.02, vectors_decay=False, accumulate=1,
    validate_seconds=600, save_every=200, log_every=25, patience=0, mixed=True,
)  # fmt: skip


def train_segmenter(
    model: CompactSam2, source: Iterator[Batch], checks: Checks, *, plan: Plan, folder: Path, export_to: Path | None,
    version: str, shift: float = SHIFT,
) -> Outcome:  # fmt: skip
    """Train on the batches of a source.

    Args:
        model: the network, on its device; ends with the best averaged weights.
        source: batches without end.
        checks: what decides which weights are best.
        plan: lengths and rates.
        folder: gets state, best weights and log.
        export_to: gets the best weights as the application loads them, with their manifest section.
        version: in that section.
        shift: see `batch_losses`.
    """
    average = copy.deepcopy(model).eval()

    def loss_of(_rng: np.random.Generator) -> dict[str, Tensor]:
        losses = batch_losses(model, next(source), shift=shift)
        return {LOSS: torch.stack([weight * losses[name] for name, weight in WEIGHTS.items()]).sum(), **losses}

    def validate() -> dict[str, float]:
        scores = measure(average, checks, model.config)
        return {**scores, IOU: 0.5 * (scores["composite_iou"] + scores["txl_box_iou"])}

    def improved(step: int, scores: Mapping[str, float]) -> None:
        if export_to is not None:
            kept = {name: value for name, value in scores.items() if name != IOU}
            export(average, kept, step=step, version=version, folder=export_to)

    return train(
        model, loss_of=loss_of, validate=validate, folder=folder, plan=plan, average=average, improved=improved
    )


def batch_losses(model: CompactSam2, batch: Batch, *, shift: float = SHIFT) -> dict[str, Tensor]:
    """Losses of one batch: masks and outlines of the first round and two corrections, and the dense head.

    With them go the IoU that the first round reached and by how much each correction raised it.

    Args:
        model: the network.
        batch: scenes, prompts and masks.
        shift: what the application will add to logits.
    """
    device = next(model.parameters()).device

    def there(array: NDArray[Any]) -> Tensor:
        return torch.from_numpy(array).to(device, non_blocking=True)

    images = normalise_tiles(there(batch.rgb), model.config["normalisation"])
    embedding = model.encode(images.contiguous(memory_format=torch.channels_last))
    cell_px = float(model.config["cell_px"])
    dense = dense_loss(embedding.dense, there(batch.dense).float(), cell_px=cell_px)
    prompts = PromptTensors(
        there(batch.points), there(batch.labels), there(batch.boxes), image=there(batch.image_index)
    )
    weights = there(batch.weights)
    size, count = embedding.input_size, len(weights)
    window = model.prompt_window(prompts, size=size)
    outlines = window.cut(there(batch.masks).float()[:, None], list(range(count)), stride=OUTLINE_STRIDE)[:, 0]
    targets = functional.avg_pool2d(outlines[:, None], MASK_STRIDE // OUTLINE_STRIDE)[:, 0]
    logits, iou = model.decode_window(embedding, window, prompts)
    losses = {"prompt": prompt_loss(logits, iou, targets, weights)}
    best = _best(logits, iou)
    refined = _refined(model, embedding, window, best, prompts)
    losses["rim"] = outline_loss(refined, outlines, weights)
    reached = {"reached": _iou(refined.detach(), outlines).mean()}
    asked = _Asked(torch.arange(count, device=device), prompts, best.detach(), refined.detach() + shift)
    for name, share in zip(("second", "third"), CORRECTED, strict=True):
        asked = _correct(asked, share, window, outlines)
        rows = asked.rows
        part = Window(corner=window.corner[rows], side=window.side)
        before = _mask_prompts(asked.best, part.corner, side=size // MASK_STRIDE)
        logits, iou = model.decode_window(embedding, part, replace(asked.prompts, mask=before))
        losses[name] = prompt_loss(logits, iou, targets[rows], weights[rows])
        best = _best(logits, iou)
        shown = _refined(model, embedding, part, best, asked.prompts) + shift
        losses[f"{name}_rim"] = outline_loss(shown, outlines[rows], weights[rows])
        reached[f"{name}_gain"] = (_iou(shown.detach(), outlines[rows]) - _iou(asked.shown, outlines[rows])).mean()
        asked = replace(asked, best=best.detach(), shown=shown.detach())
    return {**losses, "dense": dense, **reached}


def _best(logits: Tensor, iou: Tensor) -> Tensor:
    """Of three masks (N, 3, h, w) those of the highest predicted IoU (N, 3), as the application chooses."""
    return logits[torch.arange(len(iou)), iou.detach().argmax(1)]


def _refined(
    model: CompactSam2, embedding: CompactEmbedding, window: Window, masks: Tensor, prompts: PromptTensors
) -> Tensor:
    """Logits (N, 2h, 2w) of masks (N, h, w)."""
    return model.refine(embedding, window, masks[:, None], prompts)[:, 0]


@dataclass(frozen=True)
class _Asked:
    """Prompts so far of some rows of a batch.

    With them go the masks that the decoder gave (logits in their windows) and the masks that the user sees.
    """

    rows: Tensor
    prompts: PromptTensors
    best: Tensor
    shown: Tensor


def _correct(asked: _Asked, share: float, window: Window, outlines: Tensor) -> _Asked:
    """One more point in the middle of the largest error, for a share of the rows: weak masks more often."""
    weakness = 1.05 - _iou(asked.shown, outlines[asked.rows])
    some = torch.multinomial(weakness, max(1, round(share * len(weakness))))
    rows = asked.rows[some]
    spot, sign = correction_points(asked.shown[some], outlines[rows], stride=OUTLINE_STRIDE)
    so_far = asked.prompts.take(some)
    points = torch.cat([so_far.points, spot + window.corner[rows][:, None]], dim=1)
    prompts = replace(so_far, points=points, labels=torch.cat([so_far.labels, sign], dim=1))
    return _Asked(rows, prompts, asked.best[some], asked.shown[some])


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
    """`mask_iou` of one mask per target, (N,)."""
    return mask_iou(logits[:, None], targets)[:, 0]


def export(model: CompactSam2, scores: Mapping[str, float], *, step: int, version: str, folder: Path) -> Path:
    """Weights as fp16 safetensors, and their manifest section."""
    path = folder / "segmenter.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: (value.half() if value.dtype.is_floating_point else value).cpu().contiguous()
        for name, value in model.state_dict().items()
    }
    part = path.with_suffix(".part")
    save_file(tensors, part)
    part.chmod(0o644)
    part.replace(path)
    config = model.config
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
            "steps": step,
            "scores": {name: round(value, 4) for name, value in scores.items()},
            "version": version,
        },
        directory=folder,
    )
    return path


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


@command
def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description="Train the bundled segmenter on this CPU.")
    parser.add_argument("--until", default="+180", help="HH:MM UTC, or +MINUTES")
    parser.add_argument("--runs", type=Path, default=RUNS / "segmenter", help="state and log")
    parser.add_argument("--from", dest="start", type=Path, help="folder of exported weights to begin a new run with")
    parser.add_argument("--without", help="leave out one source of TXL-PBC, by the size of its images, e.g. 640x480")
    parser.add_argument("--rate", type=float, default=PLAN.rate)
    parser.add_argument("--steps", type=int, default=0, help="length of the run in steps (0: by time)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data-core", type=int, default=None, help="core of the data process")
    parser.add_argument("--limit", type=int, default=None, help="use about this many fields")
    parser.add_argument("--check-every", type=float, default=PLAN.validate_seconds, help="seconds")
    parser.add_argument("--carry", type=float, default=PLAN.carry, help="share of earlier time in the schedule (0..1)")
    parser.add_argument("--export", type=Path, help="folder for the best weights and their manifest")
    parser.add_argument("--version", default="1")
    parser.add_argument("--config", default="{}", help="JSON over the default configuration")
    args = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    # The attention here is tiny: plain matrix products are faster than the fused CPU kernel.
    torch.backends.cuda.enable_flash_sdp(False)
    model = build({**DEFAULT_CONFIG, **json.loads(args.config)})
    if args.start is not None:
        model.load_state_dict(load_compact(args.start).state_dict())
    model.to(memory_format=torch.channels_last)
    bank = load_bank(validation=False, limit=args.limit, without=args.without)
    rows = read_log(args.runs)  # a resumed run sees other batches than it has seen
    source = BatchSource(bank, BatchPlan(), seed=1000 + int(rows[-1]["step"] if rows else 0), core=args.data_core)
    plan = replace(
        PLAN, steps=args.steps, seconds=0.0 if args.steps else _seconds_until(args.until), carry=args.carry,
        rate=args.rate, validate_seconds=args.check_every,
    )  # fmt: skip
    outcome = train_segmenter(
        model, source, make_checks(), plan=plan, folder=args.runs, export_to=args.export, version=args.version
    )
    print(f"best check {outcome.best:.4f} at step {outcome.best_step} of {outcome.step}; weights in {args.runs}")
    print(f"{source.made_here} of {source.given} batches were made by this process")
