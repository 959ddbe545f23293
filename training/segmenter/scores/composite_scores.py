"""The segmenter on composites, whose masks are known exactly: clicks, corrections, boxes, Segment all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.cells.proposal import Proposal
from rbc_desktop.engine.pipeline import Pipeline, PreparedField
from rbc_desktop.ports import LoadedImage
from training.data.cells.bank import Bank
from training.data.scenes.composites import compose
from training.data.scenes.scene import Scene
from training.segmenter.scores.matching import Matches

COMPOSITE_SIDE = 512
MIN_VISIBLE = 0.2
"""Cells of which the field's edge leaves less than this share of a typical area are neither counted
nor held against the model."""
GOOD_IOU = 0.8


Compose = Callable[..., Scene]
"""`training.data.scenes.composites.compose`, or another with its arguments."""


@dataclass
class CompositeScores:
    """IoUs of masks, one value per cell, and matches of Segment all."""

    whole: list[float] = field(default_factory=list)
    overlapping: list[float] = field(default_factory=list)
    anywhere: list[float] = field(default_factory=list)
    boxed: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)
    third: list[float] = field(default_factory=list)
    areas: list[float] = field(default_factory=list)
    """Area over true area of good masks; see `training.segmenter.scores.mask_size`."""
    matches: dict[float, Matches] = field(default_factory=lambda: {0.5: Matches(), 0.75: Matches()})

    @classmethod
    def together(cls, parts: Sequence[CompositeScores]) -> CompositeScores:
        """The scores of several composites as those of one."""
        out = cls()
        for part in parts:
            for name in ("whole", "overlapping", "anywhere", "boxed", "second", "third", "areas"):
                getattr(out, name).extend(getattr(part, name))
            out.matches = {limit: own + part.matches[limit] for limit, own in out.matches.items()}
        return out

    def table(self) -> dict[str, float]:
        """The numbers of the card."""
        means = {
            "iou": self.whole,
            "overlap_iou": self.overlapping,
            "any_click_iou": self.anywhere,
            "box_iou": self.boxed,
            "two_clicks_iou": self.second,
            "three_clicks_iou": self.third,
        }
        out = {name: float(np.mean(values)) for name, values in means.items() if values}
        if self.areas:
            out["area_ratio"] = float(np.median(self.areas))
        for limit, matches in self.matches.items() if self.matches[0.5].found else ():
            out[f"segment_all_f1_{round(100 * limit):03d}"] = matches.f1
        return out


def as_image(rgb: NDArray[np.uint8], name: str) -> LoadedImage:
    """A decoded image as the reader would hand it over."""
    return LoadedImage(Path(name), rgb, hashlib.sha256(rgb.tobytes()).hexdigest())


def measure_composites(
    pipeline: Pipeline, bank: Bank, *, count: int, hard: bool, compose: Compose = compose
) -> list[CompositeScores]:
    """Clicks in the centres of all cells, corrections, boxes and Segment all; the same composites each time."""
    rng = np.random.default_rng(2024)
    out = []
    for number in tqdm(range(count), desc="hard composites" if hard else "composites", mininterval=10):
        made = _make(pipeline, bank, rng, number=number, hard=hard, compose=compose)
        scores = CompositeScores()
        out.append(scores)
        clicks, first = _click_centres(pipeline, made, scores)
        for column in (scores.second, scores.third):
            clicks, first = _corrected(pipeline, made, clicks, first)
            _add_ious(column, first, made.truth, made.counted)
        free = [PromptSet.click(*_any_click(made.truth, n, rng)) for n in range(len(made.truth))]
        _add_ious(scores.anywhere, pipeline.propose_many(made.prepared, free), made.truth, made.counted)
        boxes = [PromptSet(box=mask.box) for mask in made.truth]
        _add_ious(scores.boxed, pipeline.propose_many(made.prepared, boxes), made.truth, made.counted)
        masks = [p.mask for step in pipeline.segment_all(made.prepared) for p in step.found]
        ious = [[mask.iou(real) for real in made.truth] for mask in masks]
        for limit, matches in scores.matches.items():
            matches.add(ious, counted=made.counted, limit=limit)
    return out


def measure_clicks(pipeline: Pipeline, bank: Bank, *, count: int, seed: int) -> CompositeScores:
    """Only the clicks in the centres of all cells, on plain composites."""
    rng = np.random.default_rng(seed)
    scores = CompositeScores()
    for number in range(count):
        _click_centres(pipeline, _make(pipeline, bank, rng, number=number, hard=False), scores)
    return scores


@dataclass(frozen=True)
class _Composite:
    """A composite as the application sees it, its masks, which of them count, and which overlap another."""

    prepared: PreparedField
    truth: list[CellMask]
    counted: list[bool]
    overlapping: list[bool]


def _make(
    pipeline: Pipeline, bank: Bank, rng: np.random.Generator, *, number: int, hard: bool, compose: Compose = compose
) -> _Composite:
    scene = compose(bank, rng=rng, side=COMPOSITE_SIDE, hard=hard)
    return _Composite(pipeline.prepare(as_image(scene.rgb, f"composite {number}")), *_truth(scene))


def _click_centres(
    pipeline: Pipeline, made: _Composite, scores: CompositeScores
) -> tuple[list[PromptSet], list[Proposal | None]]:
    """Click every cell and note how good the answers are; the clicks and the answers."""
    clicks = [PromptSet.click(*_centre_click(made.truth, n)) for n in range(len(made.truth))]
    answers = pipeline.propose_many(made.prepared, clicks)
    both = [a and b for a, b in zip(made.counted, made.overlapping, strict=True)]
    _add_ious(scores.whole, answers, made.truth, made.counted)
    _add_ious(scores.overlapping, answers, made.truth, both)
    good = [(p.mask, real) for p, real in zip(answers, made.truth, strict=True) if p and p.mask.iou(real) > GOOD_IOU]
    scores.areas += [mask.area / real.area for mask, real in good]
    return clicks, list(answers)


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


def _corrected(
    pipeline: Pipeline, made: _Composite, clicks: list[PromptSet], answers: Sequence[Proposal | None]
) -> tuple[list[PromptSet], list[Proposal | None]]:
    """One more click for each cell in the middle of its largest error, however thin, and the answers.

    The mask on show is asked about with it, as the application does. Answers that are right already stay.
    """
    size = {"width": made.prepared.image.width, "height": made.prepared.image.height}
    again, rows = list(clicks), []
    for n, answer in enumerate(answers):
        real = made.truth[n].to_array(**size)
        mine = np.zeros_like(real) if answer is None else answer.mask.to_array(**size)
        wrong = np.pad((mine != real).astype(np.uint8), 1)
        depth = cv2.distanceTransform(wrong, cv2.DIST_L2, 3)[1:-1, 1:-1]
        if depth.max() > 0:
            y, x = np.unravel_index(int(depth.argmax()), depth.shape)
            shown = clicks[n].with_mask(None if answer is None else answer.mask)
            again[n] = shown.with_point(PromptPoint(float(x) + 0.5, float(y) + 0.5, bool(real[y, x])))
            rows.append(n)
    better = list(answers)
    for n, answer in zip(rows, pipeline.propose_many(made.prepared, [again[n] for n in rows]), strict=True):
        better[n] = answer
    return again, better


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
