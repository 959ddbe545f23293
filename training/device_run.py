"""Train the segmenter on an accelerator for a fixed time: ``python -m training.device_run --seconds 400 --out FOLDER``.

Starts from exported weights. Batches come from `training.factory`; averaged weights are exported on the way.
Nothing is measured here: `python -m training.evaluate` does.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import torch

from rbc_desktop.models.compact_sam2 import DEFAULT_CONFIG
from training.factory import Factory, Recipe
from training.manifest_io import WEIGHTS_DIR
from training.segmenter import Trainer, export
from training.true_cells import load_true_bank

LOG_EVERY = 20


def run(trainer: Trainer, source: Factory, args: argparse.Namespace) -> None:
    """Train until the time is over."""
    begin = last_export = time.monotonic()
    sums: dict[str, Any] = {}
    since, scenes = trainer.step, 0
    with (args.out / "log.jsonl").open("a", encoding="utf-8") as log:
        while True:
            passed = time.monotonic() - begin
            batch = next(source)
            scenes += len(batch.rgb)
            for name, value in trainer.train_step(batch, progress=min(1.0, passed / args.seconds)).items():
                sums[name] = sums.get(name, 0.0) + value
            done = passed >= args.seconds
            if trainer.step % LOG_EVERY == 0 or done:
                means = {name: round(float(total) / (trainer.step - since), 4) for name, total in sums.items()}
                row = {"step": trainer.step, "seconds": round(time.monotonic() - begin, 1), **means}
                text = json.dumps({**row, "scenes": scenes, "waited": source.waited})
                print(text, flush=True)
                log.write(text + "\n")
                log.flush()
                sums, since = {}, trainer.step
            if done or time.monotonic() - last_export > args.export_every:
                export(trainer, {}, version=args.version, folder=args.out / f"at{round(passed)}")
                last_export = time.monotonic()
            if done:
                return


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the segmenter on an accelerator.")
    parser.add_argument("--from", dest="start", type=Path, default=WEIGHTS_DIR, help="folder of exported weights")
    parser.add_argument("--out", type=Path, required=True, help="log and weights")
    parser.add_argument("--state", type=Path, help="file for the state at the end, with the optimiser")
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
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    begin = time.monotonic()
    bank = load_true_bank(validation=False, every=args.every, processes=args.workers)
    print(f"bank: {len(bank.bank.fields)} fields, {sum(map(len, bank.bank.cells))} cells, "
          f"{time.monotonic() - begin:.0f} s", flush=True)  # fmt: skip
    # Processes are forked before CUDA starts.
    source = Factory(bank, Recipe(together=args.together), seed=args.seed, workers=args.workers)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.enable_cudnn_sdp(False)  # plans for each shape cost more than the attention itself
    trainer = Trainer(DEFAULT_CONFIG, rate=args.rate, threads=1, device=args.device, shift=args.shift)
    trainer.start_from(args.start)
    run(trainer, source, args)
    if args.device == "cuda":
        print(f"peak memory {torch.cuda.max_memory_allocated() / 2**30:.1f} GiB")
    if args.state is not None:
        trainer.save(args.state)


if __name__ == "__main__":
    main()
