"""What the canvas draws of a cell, and its outline: pure functions on arrays, no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from ....domain.arrays import FloatArray
from ....domain.case.case import Case
from ....domain.cells.cell import Cell, needs_review, shown_class
from ....domain.cells.doubts import outline_doubts
from ....domain.cells.mask import CellMask
from ....domain.geometry import Box

NEUTRAL_COLOUR = "#22303C"
"""Outline of a cell that has no class yet: dark slate, far from every class colour in lightness and hue."""

DASHES = 12
"""Dashes round a cell of a dashed class, at any zoom; each covers two thirds of its share of the outline."""

_DASH_STEPS = 6

_SMOOTH = np.exp(-0.5 * (np.arange(-6, 7, dtype=np.float32) / 2.5) ** 2)
_SMOOTH /= _SMOOTH.sum()
"""Weights over half-pixel steps of a traced outline, a Gaussian of 1.25 pixels: takes the staircase that shows when
zoomed in and leaves the spikes of a burr cell."""


@dataclass(frozen=True, slots=True, eq=False)
class CellView:
    """One cell as the canvas shows it.

    Attributes:
        id: the cell.
        mask: its pixels, field coordinates.
        colour: sRGB hex of the outline.
        code: two letters of the class, empty without a class.
        dashed: the outline is dashed, the second cue where colours come close.
        needs_review: a person should look at it.
    """

    id: int
    mask: CellMask
    colour: str = NEUTRAL_COLOUR
    code: str = ""
    dashed: bool = False
    needs_review: bool = False


def cell_view(case: Case, cell: Cell) -> CellView:
    """A cell as the canvas shows it.

    One that the classifier has not seen yet carries no review mark. One that isn't counted because the edge cuts it is
    dashed in the neutral colour.
    """
    calibration, quality = case.fields[cell.field_id].calibration, case.qualities.get(cell.field_id)
    prediction = case.prediction_of(cell)
    cell_class = shown_class(cell, prediction, calibration=calibration, quality=quality)
    if cell_class is None:
        return CellView(cell.id, cell.mask, dashed=not cell.is_counted)
    analysis = case.analysis_of(cell)
    doubts = (
        () if analysis is None else outline_doubts(analysis.measurements, overlapping=case.overlaps.is_covered(cell.id))
    )
    review = needs_review(cell, prediction, calibration=calibration, quality=quality, doubts=doubts)
    return CellView(cell.id, cell.mask, cell_class.colour, cell_class.code, cell_class.dashed, review)


def outline(mask: CellMask) -> FloatArray:
    """The mask's outer contour as a closed ring ``(N, 2)`` float32 (x, y), field pixels, first point not repeated."""
    return rings(mask)[0]


def rings(mask: CellMask) -> list[FloatArray]:
    """The mask's contours as `outline` gives them, the outer one first, then its holes.

    They follow the outer edges of the border pixels: traced on the mask enlarged twice, smoothed (`_SMOOTH`) so that no
    staircase shows when zoomed in, thinned to within an eighth of a pixel.
    """
    big = np.repeat(np.repeat(np.pad(mask.crop.view(np.uint8), 1), 2, axis=0), 2, axis=1)
    contours, hierarchy = cv2.findContours(big, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    is_hole = hierarchy[0, :, 3] >= 0
    outer = max((c for c, hole in zip(contours, is_hole, strict=True) if not hole), key=len)
    holes = [c for c, hole in zip(contours, is_hole, strict=True) if hole]
    return [_smooth_ring(contour[:, 0, :].astype(np.float32), mask) for contour in (outer, *holes)]


def _smooth_ring(ring: FloatArray, mask: CellMask) -> FloatArray:
    count = len(ring)
    if count >= 2 * len(_SMOOTH):
        reach = len(_SMOOTH) // 2
        padded = np.concatenate([ring[-reach:], ring, ring[:reach]])
        ring = np.stack([np.convolve(padded[:, axis], _SMOOTH, "valid") for axis in (0, 1)], axis=1)
    # Pixel centres of the enlarged mask lie a quarter of a field pixel inside the true edge.
    ring = np.asarray((ring + 0.5) / 2 + (mask.x0 - 1, mask.y0 - 1), np.float32)
    thinned = thin(ring, tolerance=0.125)
    return thinned if len(thinned) >= 3 else ring


def thin(ring: FloatArray, *, tolerance: float) -> FloatArray:
    """Fewer points, none of the dropped ones farther than `tolerance` pixels from the ring (Douglas–Peucker)."""
    return np.asarray(cv2.approxPolyDP(ring[:, None, :], tolerance, True)[:, 0, :], dtype=np.float32)


def segments(ring: FloatArray) -> FloatArray:
    """The ring's sides ``(N, 4)`` as x0, y0, x1, y1."""
    return np.concatenate([ring, np.roll(ring, -1, axis=0)], axis=1)


def dash_segments(ring: FloatArray) -> FloatArray:
    """The sides ``(M, 4)`` of a dashed ring: `DASHES` equal dashes, so the pattern is the same at any zoom."""
    closed = np.concatenate([ring, ring[:1]]).astype(np.float64)
    position = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    steps = np.linspace(0, position[-1], DASHES * _DASH_STEPS, endpoint=False)
    points = np.stack([np.interp(steps, position, closed[:, axis]) for axis in (0, 1)], axis=1)
    sides = segments(points.astype(np.float32))
    return sides[np.arange(len(sides)) % _DASH_STEPS < 2 * _DASH_STEPS // 3]


def union_box(masks: Iterable[CellMask]) -> Box | None:
    """The smallest box that holds all masks, or None for none."""
    result: Box | None = None
    for mask in masks:
        result = mask.box if result is None else result.union(mask.box)
    return result


def looks_alike(a: CellView, b: CellView) -> bool:
    """Whether the pictures of two states of a cell are the same."""
    return a.mask is b.mask and (a.colour, a.code, a.dashed, a.needs_review) == (
        b.colour,
        b.code,
        b.dashed,
        b.needs_review,
    )
