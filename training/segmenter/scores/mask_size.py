"""Choose the manifest's ``mask_shift``: ``python -m training.segmenter.scores.mask_size --weights FOLDER``.

Prints, for some constants added to the mask logits, what a click in the middle of a cell gives on composites of
training fields and on images of TXL-PBC train. Composites want their areas right; human boxes are loose, so by them
ever larger masks would be better; what ships lies between. ``--write SHIFT`` stores one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import torch

from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.models.manifest import read_entry
from rbc_desktop.models.segmenter.networks import CompactNetwork
from rbc_desktop.models.segmenter.segmenter import Sam2Segmenter
from training.data.cells.bank import Bank, load_bank
from training.data.sets.fields import DATA
from training.manifest_io import load_compact, update_manifest
from training.segmenter.scores.box_scores import BoxScores, measure_boxes
from training.segmenter.scores.composite_scores import measure_clicks

SHIFTS = (-0.25, 0.0, 0.25, 0.5, 0.75, 1.0)
FIELDS, COMPOSITES, IMAGES = 150, 12, 56


def row(pipeline: Pipeline, bank: Bank, paths: list[Path], shift: float) -> str:
    """One line of the table."""
    clicks = measure_clicks(pipeline, bank, count=COMPOSITES, seed=5).table()
    boxes = BoxScores.together(measure_boxes(pipeline, paths, search=False)).table()["red_cell_box_iou"]
    return f"{shift:6.2f}  {boxes:.4f}     {clicks['iou']:.4f}      {clicks['area_ratio']:.4f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Choose the constant that makes masks as large as cells.")
    parser.add_argument("--weights", type=Path, required=True, help="folder with a manifest")
    parser.add_argument("--write", type=float, metavar="SHIFT", help="store this one instead of measuring")
    args = parser.parse_args()
    values = dict(read_entry("segmenter", args.weights).values)
    if args.write is not None:
        update_manifest("segmenter", {**values, "mask_shift": args.write}, directory=args.weights)
        return
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    paths = sorted((DATA / "txl-pbc" / "train" / "images").iterdir())
    paths = paths[:: max(1, len(paths) // IMAGES)]
    bank = load_bank(validation=False, limit=FIELDS)
    print(" shift  TXL boxes  composites  area over true area")
    for shift in SHIFTS:
        network = CompactNetwork(load_compact(args.weights), input_size=int(values["input_size"]), mask_shift=shift)
        segmenter = Sam2Segmenter(network, model_id="", device=torch.device("cpu"))
        print(row(Pipeline(segmenter, None), bank, paths, shift), flush=True)


if __name__ == "__main__":
    main()
