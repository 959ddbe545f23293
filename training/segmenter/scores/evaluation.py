"""Measure the bundled segmenter as the application runs it: ``python -m training.segmenter.scores.evaluation``.

Everything goes through the application's own pipeline: scale from the image alone, tile planning,
embedding, prompt decoding, cleaning. Prints the table of the model card; ``--write`` stores the
scores in the manifest and, for the bundled weights, in docs/measured.json.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch

from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.masks.tiles import extract
from rbc_desktop.models.segmenter.segmenter import load_bundled
from training.data.cells.bank import load_bank
from training.data.cells.true_cells import load_true_bank, with_true_outlines
from training.data.scenes.strange_fields import compose_any
from training.data.sets.fields import DATA, read_rgb
from training.manifest_io import WEIGHTS_DIR, update_manifest
from training.measured_values import record
from training.segmenter.scores.box_scores import measure_boxes
from training.segmenter.scores.composite_scores import as_image, measure_composites
from training.segmenter.scores.image_changes import CHANGES
from training.segmenter.scores.noise import Rows, rows


def measure_speed(pipeline: Pipeline, path: Path) -> dict[str, float]:
    """Median time to embed a tile, and to answer a click on it, milliseconds."""
    rgb = read_rgb(path)
    embeds, clicks = [], []
    for number in range(5):
        field = pipeline.prepare(as_image(np.ascontiguousarray(rgb[number:, number:]), path.name))
        tile = field.grid.tiles[0]
        pixels = extract(field.image.pixels, tile)
        start = time.perf_counter()
        pipeline.segmenter.embed(pixels)  # preparing the field may have embedded the tile already
        embeds.append(time.perf_counter() - start)
        pipeline.embed(field, tile)
        for shift in range(5):
            middle = tile.core.centre
            start = time.perf_counter()
            pipeline.propose(field, PromptSet.click(middle.x + 9 * shift, middle.y))
            clicks.append(time.perf_counter() - start)
    return {"embed_ms": 1000 * float(np.median(embeds)), "click_ms": 1000 * float(np.median(clicks))}


def measure(
    pipeline: Pipeline, paths: Sequence[Path], *, changed: int, composites: int, hard: int, strange: int
) -> Rows:
    """Every score of the card: ``txl_val_…``, ``changed_…``, ``composite_…``, ``hard_…``, ``strange_composite_…``.

    ``exact_…``: the same composites judged by outlines at half of the density.
    """
    out = rows(measure_boxes(pipeline, paths, search=True)).named("txl_val_")
    few = paths[:: max(1, len(paths) // changed)] if changed else []
    for name, change in CHANGES.items() if few else ():
        table = rows(measure_boxes(pipeline, few, search=False, change=change))
        out |= table.named(f"changed_{name}_", only="red_cell_box_iou")
    if composites or hard:
        bank = load_bank(validation=True)
        true = with_true_outlines(bank)
        for name, count in (("composite", composites), ("hard_composite", hard)):
            if count:
                is_hard = name != "composite"
                out |= rows(measure_composites(pipeline, bank, count=count, hard=is_hard)).named(f"{name}_")
                out |= rows(measure_composites(pipeline, true, count=count, hard=is_hard)).named(f"exact_{name}_")
    if strange:
        true = load_true_bank(validation=True).bank
        scores = measure_composites(pipeline, true, count=strange, hard=True, compose=compose_any)
        out |= rows(scores).named("strange_composite_")
    return out.rounded()


def main() -> None:
    """Command line of the evaluation; beside each score stands half its 95 % interval over images."""
    parser = argparse.ArgumentParser(description="Measure the bundled segmenter.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_DIR)
    parser.add_argument("--images", type=int, default=0, help="TXL-PBC val images (0: all)")
    parser.add_argument("--changed", type=int, default=32, help="of those, about so many changed (0: none)")
    parser.add_argument("--composites", type=int, default=40)
    parser.add_argument("--hard", type=int, default=25, help="hard composites")
    parser.add_argument("--strange", type=int, default=25, help="strange composites, whose outlines are exact")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="store the scores in the manifest and for the documents")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    segmenter, _ = load_bundled(args.weights, device=torch.device("cpu"))
    pipeline = Pipeline(segmenter, None)
    paths = sorted((DATA / "txl-pbc" / "val" / "images").iterdir())
    if args.images:
        paths = paths[:: max(1, len(paths) // args.images)]
    speed = measure_speed(pipeline, paths[0])
    table = measure(
        pipeline, paths, changed=args.changed, composites=args.composites, hard=args.hard, strange=args.strange
    )
    print(segmenter.model_id)
    print(table)
    for name, value in speed.items():
        print(f"{name:44s} {value:8.1f}")
    if args.write:
        path = args.weights / "manifest.json"
        section = json.loads(path.read_text(encoding="utf-8"))["segmenter"]
        update_manifest("segmenter", {**section, "scores": dict(table.values)}, directory=args.weights)
        if args.weights.resolve() == WEIGHTS_DIR:
            record("segmenter", table.values, noise=table.noise, command="make evaluate ARGS=--write")


if __name__ == "__main__":
    main()
