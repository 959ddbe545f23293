"""Train a baseline network on a prepared set: ``python -m training.study.baselines NAME --set DIR --out DIR``.

NAME is unet, linknet or attention-unet.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.command import command
from training.data.sets.crops import Crop, Crops
from training.data.sets.prepared_set import PreparedSet, limited, load_set
from training.loop import IOU, LOSS, Outcome, Plan, train
from training.segmenter.fitting.losses import bce_dice
from training.study.baseline_networks import (
    MULTIPLE,
    NETWORKS,
    NetworkName,
    build_network,
    network_input,
    predict_probability,
)
from training.study.metrics import mask_scores

VALIDATION_IMAGES = 24


def train_baseline(
    name: NetworkName, study: PreparedSet, out: Path, *, plan: Plan, side: int, crops: int, device: torch.device
) -> Outcome:
    """Train on random crops of `side` pixels, `crops` a batch; state, log and best weights go to `out`."""
    if side % MULTIPLE:
        raise ValueError(f"crops of {side} px don't divide by {MULTIPLE}")
    torch.manual_seed(plan.seed)
    network = build_network(name).to(device, memory_format=torch.channels_last)
    pool = Crops(study, study.part("train"), side=side)
    seen = limited(study.part("validation"), VALIDATION_IMAGES)
    truth = [(study.rgb(item), study.mask(item)) for item in seen]

    def loss_of(rng: np.random.Generator) -> dict[str, Tensor]:
        images, masks = stacked([pool.draw(rng) for _ in range(crops)])
        inputs = network_input(images.to(device)).contiguous(memory_format=torch.channels_last)
        return {LOSS: bce_dice(network(inputs)[:, 0].float(), masks.to(device)).mean()}

    def validate() -> dict[str, float]:
        scores = [mask_scores(predict_probability(network, rgb) >= 0.5, mask) for rgb, mask in truth]
        return {IOU: float(np.mean([score.iou for score in scores]))}

    return train(network, loss_of=loss_of, validate=validate, folder=out, plan=plan)


def stacked(crops: list[Crop]) -> tuple[Tensor, Tensor]:
    """Images (B, 3, S, S) uint8 and masks (B, S, S) float32."""
    images = np.stack([crop.rgb.transpose(2, 0, 1) for crop in crops])
    return torch.from_numpy(images), torch.from_numpy(np.stack([crop.mask for crop in crops]).astype(np.float32))


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=NETWORKS)
    parser.add_argument("--set", type=Path, required=True, help="a prepared folder")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint, log, weights; an interrupted run resumes")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--side", type=int, default=256, help="of a crop, pixels")
    parser.add_argument("--crops", type=int, default=8, help="crops a batch; two batches make a step")
    parser.add_argument("--patience", type=int, default=8, help="validations without gain before it stops; 0: never")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    plan = Plan(steps=args.steps, rate=args.rate, patience=args.patience)
    outcome = train_baseline(
        args.name, load_set(args.set), args.out,
        plan=plan, side=args.side, crops=args.crops, device=torch.device(args.device),
    )  # fmt: skip
    print(f"best validation IoU {outcome.best:.4f} at step {outcome.best_step}; weights in {args.out}")


if __name__ == "__main__":
    main()
