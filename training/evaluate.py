"""Measure the bundled segmenter as the application runs it: ``python -m training.evaluate``.

Everything goes through the application's own pipeline: scale from the image alone, tile planning,
embedding, prompt decoding, cleaning. Prints the table of the model card; ``--write`` stores the
scores in the manifest.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.mask import CellMask
from rbc_desktop.domain.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.proposal import Proposal
from rbc_desktop.engine.pipeline import Pipeline, PreparedField
from rbc_desktop.models.segmenter import load_bundled
from rbc_desktop.ports import LoadedImage
from training.bank import Bank, load_bank
from training.composites import compose
from training.fields import DATA, PLATELET, RED, WHITE, box_iou, read_boxes, read_rgb
from training.manifest_io import WEIGHTS_DIR, update_manifest
from training.scene import Scene

COMPOSITE_SIDE = 512
WEAK = 0.85
"""One-click masks below this IoU are corrected by a second click."""
MIN_VISIBLE = 0.2
"""Cells of which the field's edge leaves less than this share of a typical area are neither counted
nor held against the model."""


@dataclass
class Scores:
    """IoUs of every click, and counts of Segment all."""

    boxes: list[float]
    whole: list[float]
    overlapping: list[float]
    boxed: list[float] = dataclasses.field(default_factory=list)
    anywhere: list[float] = dataclasses.field(default_factory=list)
    white: list[float] = dataclasses.field(default_factory=list)
    platelets: list[float] = dataclasses.field(default_factory=list)
    weak: list[float] = dataclasses.field(default_factory=list)
    corrected: list[float] = dataclasses.field(default_factory=list)
    found: int = 0
    missed: int = 0
    spurious: int = 0
    click_ms: float = 0.0
    embed_ms: float = 0.0

    def table(self) -> dict[str, float]:
        """The numbers of the card."""
        out: dict[str, float] = {}
        if self.boxes:
            boxes = np.array(self.boxes)
            out["txl_val_box_iou"] = float(boxes.mean())
            out["txl_val_box_share_05"] = float((boxes >= 0.5).mean())
        if self.whole:
            out["composite_iou"] = float(np.mean(self.whole))
            out["composite_overlap_iou"] = float(np.mean(self.overlapping))
            out["composite_any_click_iou"] = float(np.mean(self.anywhere))
            out["composite_box_iou"] = float(np.mean(self.boxed))
        if self.white and self.platelets:
            out["txl_val_white_cell_box_iou"] = float(np.mean(self.white))
            out["txl_val_platelet_box_iou"] = float(np.mean(self.platelets))
        if self.weak:
            out["weak_iou"] = float(np.mean(self.weak))
            out["weak_corrected_iou"] = float(np.mean(self.corrected))
        if self.found + self.missed + self.spurious:
            out["segment_all_f1_05"] = 2 * self.found / (2 * self.found + self.missed + self.spurious)
            out["segment_all_recall"] = self.found / (self.found + self.missed)
            out["segment_all_precision"] = self.found / (self.found + self.spurious)
        return {name: round(value, 4) for name, value in out.items()}


def as_image(rgb: NDArray[np.uint8], name: str) -> LoadedImage:
    """A decoded image as the reader would hand it over."""
    return LoadedImage(Path(name), rgb, hashlib.sha256(rgb.tobytes()).hexdigest())


def measure_boxes(pipeline: Pipeline, paths: Sequence[Path], scores: Scores) -> None:
    """One click in the centre of every human box: IoU of the mask's box with it."""
    lists = {RED: scores.boxes, WHITE: scores.white, PLATELET: scores.platelets}
    for path in tqdm(paths, desc="boxes", mininterval=10):
        rgb = read_rgb(path)
        boxes, kinds = read_boxes(path, rgb.shape[:2])
        field = pipeline.prepare(as_image(rgb, path.name))
        clicks = [PromptSet.click(float((x0 + x1) / 2), float((y0 + y1) / 2)) for x0, y0, x1, y1 in boxes]
        for box, kind, proposal in zip(boxes, kinds, pipeline.propose_many(field, clicks), strict=True):
            if proposal is None:
                lists[int(kind)].append(0.0)
                continue
            found = proposal.mask.box
            mine = np.array([[found.x0, found.y0, found.x1, found.y1]], np.float32)
            lists[int(kind)].append(float(box_iou(box, mine)[0]))


def measure_composites(pipeline: Pipeline, bank: Bank, count: int, scores: Scores) -> None:
    """Clicks in the centres of all cells, and Segment all, on composites of held-out fields."""
    rng = np.random.default_rng(2024)
    for number in tqdm(range(count), desc="composites", mininterval=10):
        scene = compose(bank, rng=rng, side=COMPOSITE_SIDE)
        truth, counted, overlapping = _truth(scene)
        field = pipeline.prepare(as_image(scene.rgb, f"composite {number}"))
        clicks = [PromptSet.click(*_centre_click(truth, n)) for n in range(len(truth))]
        for n, proposal in enumerate(pipeline.propose_many(field, clicks)):
            if counted[n]:
                iou = 0.0 if proposal is None else proposal.mask.iou(truth[n])
                scores.whole.append(iou)
                if overlapping[n]:
                    scores.overlapping.append(iou)
                if proposal is not None and iou < WEAK:
                    scores.weak.append(iou)
                    again = _corrected(pipeline, field, proposal, truth[n])
                    scores.corrected.append(0.0 if again is None else again.mask.iou(truth[n]))
        free = [PromptSet.click(*_any_click(truth, n, rng)) for n in range(len(truth))]
        _add_ious(scores.anywhere, pipeline.propose_many(field, free), truth, counted)
        boxes = [PromptSet(box=mask.box) for mask in truth]
        _add_ious(scores.boxed, pipeline.propose_many(field, boxes), truth, counted)
        masks = [p.mask for step in pipeline.segment_all(field) for p in step.found]
        _count_matches(masks, truth, counted, scores)


def _truth(scene: Scene) -> tuple[list[CellMask], list[bool], list[bool]]:
    """Masks; which are counted (enough of the cell is visible); which overlap another."""
    masks = [CellMask.from_array(i.mask > 0, x0=i.x, y0=i.y) for i in scene.instances]
    truth = [mask for mask in masks if mask is not None]
    if not truth:
        return [], [], []
    typical = float(np.median([mask.area for mask in truth]))
    counted = [mask.area >= MIN_VISIBLE * typical for mask in truth]
    overlapping = [sum(mask.intersection_area(other) for other in truth if other is not mask) >= 8 for mask in truth]
    return truth, counted, overlapping


def _corrected(pipeline: Pipeline, field: PreparedField, proposal: Proposal, truth: CellMask) -> Proposal | None:
    """The answer after one more click in the middle of the largest error, as in the window."""
    size = {"width": field.image.width, "height": field.image.height}
    mine, real = proposal.mask.to_array(**size), truth.to_array(**size)
    wrong = np.pad((mine != real).astype(np.uint8), 1)
    depth = cv2.distanceTransform(wrong, cv2.DIST_L2, 3)[1:-1, 1:-1]
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    point = PromptPoint(float(x) + 0.5, float(y) + 0.5, bool(real[y, x]))
    return pipeline.propose(field, proposal.prompts.with_mask(proposal.mask).with_point(point))


def _add_ious(
    out: list[float],
    proposals: Sequence[Proposal | None],
    truth: list[CellMask],
    counted: list[bool],
) -> None:
    for proposal, mask, counts in zip(proposals, truth, counted, strict=True):
        if counts:
            out.append(0.0 if proposal is None else proposal.mask.iou(mask))


def _centre_click(truth: list[CellMask], n: int) -> tuple[float, float]:
    """The pixel of a cell nearest its centroid, not under another cell if it can be helped."""
    mask = truth[n]
    rows, columns = _own_pixels(truth, n)
    centre = mask.centroid
    away = (columns + 0.5 + mask.x0 - centre.x) ** 2 + (rows + 0.5 + mask.y0 - centre.y) ** 2
    best = int(away.argmin())
    return float(columns[best] + mask.x0 + 0.5), float(rows[best] + mask.y0 + 0.5)


def _any_click(truth: list[CellMask], n: int, rng: np.random.Generator) -> tuple[float, float]:
    """Any pixel of a cell, not under another cell if it can be helped."""
    rows, columns = _own_pixels(truth, n)
    k = int(rng.integers(len(rows)))
    return float(columns[k] + truth[n].x0 + 0.5), float(rows[k] + truth[n].y0 + 0.5)


def _own_pixels(truth: list[CellMask], n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns, in the mask's crop, that no other cell covers (all if those are few)."""
    mask = truth[n]
    alone = mask.crop.copy()
    for other in truth:
        if other is mask or not mask.intersection_area(other):
            continue
        rows, columns = np.nonzero(other.crop)
        rows, columns = rows + other.y0 - mask.y0, columns + other.x0 - mask.x0
        height, width = alone.shape
        inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        alone[rows[inside], columns[inside]] = False
    return np.nonzero(alone if alone.sum() >= 12 else mask.crop)


def _count_matches(masks: Sequence[CellMask], truth: list[CellMask], counted: list[bool], scores: Scores) -> None:
    """Greedy one-to-one matching at IoU 0.5; matches of uncounted cells are not spurious."""
    pairs = [
        (iou, i, j) for i, mask in enumerate(masks) for j, real in enumerate(truth) if (iou := mask.iou(real)) >= 0.5
    ]
    used_masks: set[int] = set()
    used_truth: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in used_masks and j not in used_truth:
            used_masks.add(i)
            used_truth.add(j)
    scores.found += sum(counted[j] for j in used_truth)
    scores.missed += sum(c and j not in used_truth for j, c in enumerate(counted))
    scores.spurious += len(masks) - len(used_masks)


def measure_speed(pipeline: Pipeline, path: Path, scores: Scores) -> None:
    """Median time to embed a tile, and to answer a click on it, milliseconds."""
    rgb = read_rgb(path)
    embeds, clicks = [], []
    for number in range(5):
        field = pipeline.prepare(as_image(np.ascontiguousarray(rgb[number:, number:]), path.name))
        start = time.perf_counter()
        pipeline.embed(field, field.grid.tiles[0])
        embeds.append(time.perf_counter() - start)
        tile = field.grid.tiles[0]
        for shift in range(5):
            middle = tile.core.centre
            start = time.perf_counter()
            pipeline.propose(field, PromptSet.click(middle.x + 9 * shift, middle.y))
            clicks.append(time.perf_counter() - start)
    scores.embed_ms = 1000 * float(np.median(embeds))
    scores.click_ms = 1000 * float(np.median(clicks))


def main() -> None:
    """Command line of the evaluation."""
    parser = argparse.ArgumentParser(description="Measure the bundled segmenter.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_DIR)
    parser.add_argument("--images", type=int, default=0, help="TXL-PBC val images (0: all)")
    parser.add_argument("--composites", type=int, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="store the scores in the manifest")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    segmenter, _ = load_bundled(args.weights, device=torch.device("cpu"))
    pipeline = Pipeline(segmenter, None)
    paths = sorted((DATA / "txl-pbc" / "val" / "images").iterdir())
    if args.images:
        paths = paths[:: max(1, len(paths) // args.images)]
    scores = Scores([], [], [])
    measure_speed(pipeline, paths[0], scores)
    measure_boxes(pipeline, paths, scores)
    measure_composites(pipeline, load_bank(validation=True), args.composites, scores)
    table = scores.table()
    print(segmenter.model_id)
    for name, value in table.items():
        print(f"{name:24s} {value:.4f}")
    print(f"{'embed_ms':24s} {scores.embed_ms:.0f}\n{'click_ms':24s} {scores.click_ms:.1f}")
    if args.write:
        path = args.weights / "manifest.json"
        section = json.loads(path.read_text(encoding="utf-8"))["segmenter"]
        update_manifest("segmenter", {**section, "scores": table}, directory=args.weights)


if __name__ == "__main__":
    main()
