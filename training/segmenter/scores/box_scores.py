"""The segmenter on TXL-PBC, whose cells have human boxes: clicks and Segment all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.arrays import FloatArray
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.engine.pipeline import Pipeline, PreparedField
from training.data.sets.fields import PLATELET, RED, WHITE, box_iou, read_boxes, read_rgb, txl_source
from training.segmenter.scores.composite_scores import as_image
from training.segmenter.scores.image_changes import Change, unchanged
from training.segmenter.scores.matching import Matches

GROWTH = 1.1
"""Human boxes over those of exact outlines: the factor that fits one click on every ninth image of TXL-PBC train best
(mean IoU 0.785 as they are, 0.845 at 1.08, 0.846 at 1.10, 0.842 at 1.12). People draw boxes around cells, not through
their edges."""

EDGE_PX = 2
"""A cell whose box comes so near to the image's edge is cut by it. People box some of what the edge leaves of cells."""

NAMES = {RED: "red_cell", WHITE: "white_cell", PLATELET: "platelet"}


@dataclass
class BoxScores:
    """IoU of boxes, one value per click, by kind of cell and for red cells by source; matches of Segment all."""

    ious: dict[int, list[float]] = field(default_factory=lambda: {kind: [] for kind in NAMES})
    sources: dict[str, list[float]] = field(default_factory=dict)
    matches: Matches = field(default_factory=Matches)
    grown: list[float] = field(default_factory=list)
    """As the IoUs of red cells, with the masks' boxes grown by `GROWTH`."""
    grown_matches: Matches = field(default_factory=Matches)
    whole_matches: Matches = field(default_factory=Matches)
    """Without what the image's edge cuts, on either side."""

    @classmethod
    def together(cls, parts: Sequence[BoxScores]) -> BoxScores:
        """The scores of several images as those of one."""
        out = cls()
        for part in parts:
            out.matches += part.matches
            out.grown_matches += part.grown_matches
            out.whole_matches += part.whole_matches
            out.grown += part.grown
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
        if self.grown:
            out["red_cell_grown_box_iou"] = float(np.mean(self.grown))
        if self.matches.found:
            out |= {"segment_all_f1_050": self.matches.f1}
            out |= {"segment_all_precision": self.matches.precision, "segment_all_recall": self.matches.recall}
            out |= {
                "segment_all_grown_f1_050": self.grown_matches.f1,
                "segment_all_whole_f1_050": self.whole_matches.f1,
            }
        return out


def measure_boxes(
    pipeline: Pipeline, paths: Sequence[Path], *, search: bool, change: Change = unchanged
) -> list[BoxScores]:
    """Scores of one click in the centre of every human box, image by image.

    Args:
        search: also run Segment all against the boxes of red cells.
        change: see `training.segmenter.scores.image_changes`.
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
            mine = None if proposal is None else box_of(proposal.mask)
            iou = 0.0 if mine is None else _iou(mine, box)
            scores.ious[int(kind)].append(iou)
            if kind == RED:
                scores.grown.append(0.0 if mine is None else _iou(grown(mine, rgb.shape[:2]), box))
                scores.sources.setdefault(txl_source(original.shape[1]), []).append(iou)
        if search:
            _search(pipeline, prepared, boxes, kinds, scores)
    return out


def _search(
    pipeline: Pipeline, prepared: PreparedField, boxes: NDArray[np.float32], kinds: NDArray[np.int64], scores: BoxScores
) -> None:
    """Segment all; what lies on a white cell's or platelet's box is neither right nor wrong: the classifier's task."""
    found = [box_of(p.mask) for step in pipeline.segment_all(prepared) for p in step.found]
    shape, counted = (prepared.image.height, prepared.image.width), (kinds == RED).tolist()
    ious = [[_iou(mine, box) for box in boxes] for mine in found]
    scores.matches.add(ious, counted=counted, limit=0.5)
    whole = [c and not is_cut(box, shape) for c, box in zip(counted, boxes, strict=True)]
    judged = [not is_cut(mine, shape) for mine in found]
    scores.whole_matches.add(ious, counted=whole, limit=0.5, judged=judged)
    wide = [[_iou(grown(mine, shape), box) for box in boxes] for mine in found]
    scores.grown_matches.add(wide, counted=counted, limit=0.5)


def box_of(mask: CellMask) -> FloatArray:
    """The box of a mask, ``(4,)`` float32: x0, y0, x1, y1."""
    mine = mask.box
    return np.array([mine.x0, mine.y0, mine.x1, mine.y1], np.float32)


def grown(box: FloatArray, shape: tuple[int, int]) -> FloatArray:
    """A box ``(4,)`` made larger by `GROWTH` around its middle, inside an image of a height and width."""
    middle, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2 * GROWTH
    size = np.array([shape[1], shape[0]], np.float32)
    return np.concatenate([np.maximum(middle - half, 0), np.minimum(middle + half, size)]).astype(np.float32)


def is_cut(box: FloatArray, shape: tuple[int, int]) -> bool:
    """Whether a box ``(4,)`` comes within `EDGE_PX` of the edge of an image of a height and width."""
    height, width = shape
    return bool(min(box[0], box[1]) <= EDGE_PX or box[2] >= width - EDGE_PX or box[3] >= height - EDGE_PX)


def _iou(mine: FloatArray, box: FloatArray) -> float:
    return float(box_iou(box, mine[None])[0])
