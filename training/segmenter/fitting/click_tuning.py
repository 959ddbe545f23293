"""Fine-tune SAM 2 on a prepared set: ``python -m training.segmenter.fitting.click_tuning --set DIR --out DIR``.

The bundled compact model (default), other compact weights, and official SAM 2.1 checkpoints go through the same code.
A click means either the whole masked area (``field``, as in the study: every point asks for all red cells) or the
region it lies in (``cell``: the model stays what the application needs, one cell a click).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.command import command
from training.data.sets.crops import Crop, Crops
from training.data.sets.prepared_set import PreparedSet, limited, load_set
from training.loop import IOU, LOSS, Outcome, Plan, train
from training.segmenter.fitting.losses import bce_dice, mask_iou
from training.segmenter.fitting.promptable import (
    TRAINABLE,
    Answer,
    Promptable,
    Trained,
    choose_trained,
    open_promptable,
    start_training,
)

Meaning = Literal["field", "cell"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
VALIDATION_SEED = 7


@dataclass(frozen=True)
class ClickPlan:
    """What is clicked on in fine-tuning.

    Attributes:
        meaning: of a click.
        crops: per batch.
        clicks: per crop.
        validation: crops that are looked at for the validation IoU, of different images while there are enough.
    """

    meaning: Meaning = "field"
    crops: int = 4
    clicks: int = 6
    validation: int = 24


@dataclass(frozen=True)
class ClickBatch:
    """images (B, 3, S, S) uint8; points (N, 2) px; image_index (N,); targets (N, S, S) bool."""

    images: Tensor
    points: Tensor
    image_index: Tensor
    targets: Tensor


def click_target(mask: NDArray[np.bool_], point: NDArray[np.float32], meaning: Meaning) -> NDArray[np.bool_]:
    """What a click at a point inside the mask (H, W) asks for, (H, W) bool."""
    if meaning == "field":
        return mask
    _, regions = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    row, column = (min(int(v), limit - 1) for v, limit in zip(point[::-1], mask.shape, strict=True))
    return (regions == regions[row, column]) & mask


def click_batch(crops: Sequence[Crop], *, plan: ClickPlan, rng: np.random.Generator) -> ClickBatch | None:
    """Clicks on some crops, at prepared points; None when no crop has any."""
    points, index, targets = [], [], []
    for number, crop in enumerate(crops):
        for k in rng.permutation(len(crop.points))[: plan.clicks]:
            points.append(crop.points[k])
            index.append(number)
            targets.append(click_target(crop.mask, crop.points[k], plan.meaning))
    if not points:
        return None
    return ClickBatch(
        torch.from_numpy(np.stack([c.rgb.transpose(2, 0, 1) for c in crops])),
        torch.from_numpy(np.stack(points)),
        torch.tensor(index),
        torch.from_numpy(np.stack(targets)),
    )


def answer_batch(model: Promptable, batch: ClickBatch) -> tuple[Answer, Tensor]:
    """The model's answers and the targets under them, (N, h, w) 0..1."""
    device = next(model.module.parameters()).device
    embedding = model.encode(batch.images.to(device))
    answer = model.answer(embedding, batch.points.to(device), batch.image_index.to(device))
    return answer, answer.cut(batch.targets.to(device))


def click_loss(answer: Answer, target: Tensor) -> Tensor:
    """BCE + Dice of the best candidate, a little of the others', and the error of the predicted IoU; scalar."""
    each = bce_dice(answer.logits, target[:, None].expand_as(answer.logits))
    real = mask_iou(answer.logits.detach(), target)
    return each.min(1).values.mean() + 0.1 * each.mean() + (answer.iou - real).square().mean()


def click_iou(model: Promptable, batches: Sequence[ClickBatch]) -> float:
    """Mean IoU of the answers that the model itself thinks best."""
    values = []
    for batch in batches:
        answer, target = answer_batch(model, batch)
        values.append(mask_iou(answer.best()[:, None], target)[:, 0].cpu())
    return float(torch.cat(values).mean())


def validation_looks(images: int, *, crops: int) -> list[int]:
    """Of which image each validation crop is: of all in turn, so often that few images make as many crops as many."""
    return [i for _ in range(max(1, crops // max(1, images))) for i in range(images)]


def finetune(
    model: Promptable, prepared: PreparedSet, out: Path, *, plan: Plan, clicks: ClickPlan, trained: Sequence[Trained]
) -> Outcome:
    """Fine-tune in place; state, log, best weights and the export go to `out`."""
    pool = Crops(prepared, prepared.part("train"), side=model.crop, zoom_of=model.zoom)
    seen = Crops(prepared, limited(prepared.part("validation"), clicks.validation), side=model.crop, zoom_of=model.zoom)
    rng = np.random.default_rng(VALIDATION_SEED)
    looks = validation_looks(len(seen), crops=clicks.validation)
    fixed = (click_batch([seen.cut(i, rng)], plan=clicks, rng=rng) for i in looks)
    batches = [batch for batch in fixed if batch is not None]
    choose_trained(model.module, trained)

    def loss_of(rng: np.random.Generator) -> dict[str, Tensor]:
        batch = None
        while batch is None:
            batch = click_batch([pool.draw(rng) for _ in range(clicks.crops)], plan=clicks, rng=rng)
        return {LOSS: click_loss(*answer_batch(model, batch))}

    outcome = train(
        model.module,
        loss_of=loss_of,
        validate=lambda: {IOU: click_iou(model, batches)},
        folder=out,
        plan=plan,
        start=lambda: start_training(model.module),
    )
    model.export(out / "weights", steps=outcome.best_step, data=prepared.description)
    return outcome


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="a prepared folder")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint, log, weights; an interrupted run resumes")
    parser.add_argument("--model", default="bundled", help="'bundled', a folder with a manifest, or a checkpoint file")
    parser.add_argument("--meaning", choices=MEANINGS, default="field", help="what a click asks for")
    parser.add_argument("--train", nargs="+", choices=TRAINABLE, default=["decoder", "prompt-encoder"])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--crops", type=int, default=4, help="crops a batch; two batches make a step")
    parser.add_argument("--clicks", type=int, default=6, help="clicks a crop")
    parser.add_argument("--patience", type=int, default=8, help="validations without gain before it stops; 0: never")
    parser.add_argument("--precision", choices=("auto", "mixed", "full"), default="auto")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    mixed = {"auto": None, "mixed": True, "full": False}[args.precision]
    plan = Plan(steps=args.steps, rate=args.rate, patience=args.patience, mixed=mixed)
    clicks = ClickPlan(meaning=args.meaning, crops=args.crops, clicks=args.clicks)
    model = open_promptable(args.model, device=torch.device(args.device))
    outcome = finetune(model, load_set(args.set), args.out, plan=plan, clicks=clicks, trained=args.train)
    print(f"best validation IoU {outcome.best:.4f} at step {outcome.best_step}; weights in {args.out / 'weights'}")


if __name__ == "__main__":
    main()
