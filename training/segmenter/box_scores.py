"""The segmenter on TXL-PBC, whose cells have human boxes: clicks and Segment all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.engine.pipeline import Pipeline, PreparedField
from training.data.fields import PLATELET, RED, WHITE, box_iou, read_boxes, read_rgb, txl_source
from training.segmenter.composite_scores import as_image
from training.segmenter.image_changes import Change, unchanged
from training.segmenter.matching import Matches

NAMES = {RED: "red_cell", WHITE: "white_cell", PLATELET: "platelet"}


@dataclass
class BoxScores:
    """IoU of boxes, one value per click, by kind of cell and for red cells by source; matches of Segment all."""

    ious: dict[int, list[float]] = field(default_factory=lambda: {kind: [] for kind in NAMES})
    sources: dict[str, list[float]] = field(default_factory=dict)
    matches: Matches = field(default_factory=Matches)

    @classmethod
    def together(cls, parts: Sequence[BoxScores]) -> BoxScores:
        """The scores of several images as those of one."""
        out = cls(matches=sum((part.matches for part in parts), Matches()))
        for part in parts:
            for kind, ious in part.ious.items():
                out.ious[kind] += ious
            for source, ious in part.sources.items():
                out.sources.setdefault(source, []).extend(ious)
        return out

    def table(self) -> dict[str, float]:
        """The numbers of the card."""
        out = {f"{NAMES[kind]}_box_iou": float(np.mean(ious)) for kind, ious in self.ious.items() if ious}
        if red := self.ious[RED]:
            out["red_cell_share_05"] = float((np.array(red) >= 0.5).mean())
            out |= {f"red_cell_box_iou_{name}": float(np.mean(ious)) for name, ious in sorted(self.sources.items())}
        if self.matches.found:
            out |= {"segment_all_f1_050": self.matches.f1}
            out |= {"segment_all_precision": self.matches.precision, "segment_all_recall": self.matches.recall}
        return out


def measure_boxes(
    pipeline: Pipeline, paths: Sequence[Path], *, search: bool, change: Change = unchanged
) -> list[BoxScores]:
    """Scores of one click in the centre of every human box, image by image.

    Args:
        search: also run Segment all against the boxes of red cells.
        change: see `training.segmenter.image_changes`.
    """
    out = []
    for path in tqdm(paths, desc=f"boxes, {change.__name__}", mininterval=10):
        scores = BoxScores()
        out.append(scores)
        original = read_rgb(path)
        boxes, kinds = read_boxes(path, original.shape[:2])
        rgb, factor = change(original)
        boxes = boxes * np.float32(factor)
        prepared = pipeline.prepare(as_image(rgb, path.name))
        clicks = [PromptSet.click(float((x0 + x1) / 2), float((y0 + y1) / 2)) for x0, y0, x1, y1 in boxes]
        for box, kind, proposal in zip(boxes, kinds, pipeline.propose_many(prepared, clicks), strict=True):
            iou = 0.0 if proposal is None else _box_iou(proposal.mask, box)
            scores.ious[int(kind)].append(iou)
            if kind == RED:
                scores.sources.setdefault(txl_source(original.shape[1]), []).append(iou)
        if search:
            _search(pipeline, prepared, boxes, kinds, scores.matches)
    return out


def _search(
    pipeline: Pipeline, prepared: PreparedField, boxes: NDArray[np.float32], kinds: NDArray[np.int64], matches: Matches
) -> None:
    """Segment all; what lies on a white cell's or platelet's box is neither right nor wrong: the classifier's task."""
    masks = [p.mask for step in pipeline.segment_all(prepared) for p in step.found]
    ious = [[_box_iou(mask, box) for box in boxes] for mask in masks]
    matches.add(ious, counted=(kinds == RED).tolist(), limit=0.5)


def _box_iou(mask: CellMask, box: NDArray[np.float32]) -> float:
    mine = mask.box
    return float(box_iou(box, np.array([[mine.x0, mine.y0, mine.x1, mine.y1]], np.float32))[0])
