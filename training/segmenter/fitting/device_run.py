"""Train on an accelerator for a fixed time.

``python -m training.segmenter.fitting.device_run --seconds 400 --out FOLDER``

Starts from exported weights. Batches come from `training.data.batches.factory`; averaged weights are exported on the
way. Nothing is measured here, since a lent machine has no time for it: that is for
`training.segmenter.scores.evaluation`.
"""

from __future__ import annotations

import argparse
import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.command import command
from training.data.batches.factory import Factory, Recipe
from training.data.cells.true_cells import load_true_bank
from training.loop import IOU, LOSS, train
from training.manifest_io import WEIGHTS_DIR, load_compact
from training.segmenter.fitting.trainer import PLAN, WEIGHTS, batch_losses, export


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the segmenter on an accelerator.")
    parser.add_argument("--from", dest="start", type=Path, default=WEIGHTS_DIR, help="folder of exported weights")
    parser.add_argument("--out", type=Path, required=True, help="state and log; weights in its folders")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--seconds", type=float, default=400)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--shift", type=float, default=0.0, help="the manifest's mask_shift that users will see")
    parser.add_argument("--together", type=int, default=8, help="small batches (8 scenes) a step")
    parser.add_argument("--workers", type=int, default=14, help="processes that make scenes")
    parser.add_argument("--every", type=int, default=1, help="take each so-manieth field")
    parser.add_argument("--export-every", type=float, default=120, metavar="SECONDS")
    parser.add_argument("--version", default="1")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    bank = load_true_bank(validation=False, every=args.every, processes=args.workers)
    # Processes are forked before CUDA starts.
    source = Factory(bank, Recipe(together=args.together), seed=args.seed, workers=args.workers)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.enable_cudnn_sdp(False)  # plans for each shape cost more than the attention itself
    model = load_compact(args.start).to(torch.device(args.device), memory_format=torch.channels_last)
    average = copy.deepcopy(model).eval()
    exported: list[int] = []

    def loss_of(_rng: np.random.Generator) -> dict[str, Tensor]:
        losses = batch_losses(model, next(source), shift=args.shift)
        return {LOSS: torch.stack([weight * losses[name] for name, weight in WEIGHTS.items()]).sum(), **losses}

    def keep() -> dict[str, float]:
        """Export what there is; the newest counts as the best."""
        folder = args.out / f"export{len(exported)}"
        export(average, {}, step=len(exported), version=args.version, folder=folder)
        exported.append(1)
        return {IOU: float(len(exported))}

    plan = replace(PLAN, seconds=args.seconds, steps=0, rate=args.rate, validate_seconds=args.export_every)
    outcome = train(model, loss_of=loss_of, validate=keep, folder=args.out, plan=plan, average=average)
    print(f"{outcome.step} steps; waited for batches {source.waited} times; weights in {args.out}")


if __name__ == "__main__":
    main()
