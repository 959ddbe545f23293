"""Mending masks by hand: cut, merge, brush, erase, redraw, grow, shrink, smooth, fill, split. Pure functions on pixels.

A pixel belongs to a stroke or polygon when its centre does. What comes out is one 4-connected component; a repair that
would leave no cell, or change none, is refused with a sentence. Points are field pixels, arrays ``(h, w)``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray, FloatArray
from ...domain.cells.mask import CellMask
from ...domain.geometry import Box, Point
from ...errors import RepairError
from ...language import tr
from .proposals import clean, fill_holes
from .strokes import polygon
from .windows import together, united

CRUMB_SHARE = 0.05
"""A piece that is less than this share of a cut cell is no cell; it stays with the piece beside it."""

OVERSHOOT_SHARE = 0.12
"""A cut goes on straight by this share of the cell's diameter at both ends: a hand stops just short of the edge."""

GAP_SHARE, LEAST_GAP_PX = 0.15, 3
"""Cells are merged across a gap of at most this share of the smaller one's diameter, or so many pixels."""

SMOOTH_SIGMA_PX = 1.5
"""Of the Gaussian that smooths a mask: takes staircases and burrs of a shaky hand, not the spikes of a burr cell."""

SQUARE_EVERY = 3
"""Each third step by a pixel in a row takes the diagonal neighbours, too: a circle stays one, of which crosses alone
make a diamond. Two crosses and a square reach 3, 3.15 and 2.83 pixels at 0, 22.5 and 45 degrees."""

LEAST_AREA_PX = 12
"""Fewer pixels are a slip of the hand, not a cell."""

_LEVELS, _FLOODED_PX = 24, 12_000
_LEAST_MARK_PX, _MARK_SHARE = 3.0, 0.05
_AIM_PX = 4.0
_CROSS = np.asarray(cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)), np.uint8)
_SQUARE = np.ones((3, 3), np.uint8)

Labels = npt.NDArray[np.uint8]


class Rest(NamedTuple):
    """The largest part of a mask, and how many pixels the other parts had, 0 for crumbs."""

    mask: CellMask
    lost_px: int = 0


# One mask becomes another


def drawn(mask: CellMask | None) -> Rest:
    """The cell that a stroke or polygon draws where there was none: closed lines are filled, the largest part counts.

    Raises:
        RepairError: when it is too small to be a cell.
    """
    cell = None if mask is None else CellMask.from_array(clean(np.pad(mask.crop, 1)), x0=mask.x0 - 1, y0=mask.y0 - 1)
    if mask is None or cell is None or cell.area < LEAST_AREA_PX:
        raise RepairError(tr("That is too small for a cell. Draw around the whole cell, or choose a wider brush."))
    return Rest(cell, _beside(mask.area - mask.intersection_area(cell)))


def brushed(mask: CellMask, add: CellMask) -> CellMask:
    """The mask and a stroke that touches it, with what a loop of the stroke encloses.

    Raises:
        RepairError: when the stroke doesn't touch the mask or lies inside it.
    """
    (old, new), x0, y0 = together([mask, add])
    joined = old | new
    kept = _component_with(joined, old)
    if not (kept & new).any():
        raise RepairError(tr("The stroke doesn't touch the cell. Begin it on the cell to add to it."))
    filled = kept | (fill_holes(kept) & ~fill_holes(old))
    if np.array_equal(filled, old):
        raise RepairError(tr("The stroke lies inside the cell, so nothing changes. Paint over its edge to add to it."))
    return _mask(filled, x0, y0)


def erased(mask: CellMask, away: CellMask) -> Rest:
    """The largest part of a mask that a stroke leaves.

    Raises:
        RepairError: when the stroke misses the mask, or leaves too little of it.
    """
    (old, gone), x0, y0 = together([mask, away])
    if not (old & gone).any():
        raise RepairError(tr("The stroke misses the cell. Draw it over the part that doesn't belong to it."))
    return _rest(old & ~gone, x0, y0)


def redrawn(mask: CellMask, before: Sequence[Point], after: Sequence[Point], *, width: int, height: int) -> Rest:
    """The mask after its outline was moved: only the pixels between the old and the new polygon change.

    Raises:
        RepairError: when nothing changes, or too little is left.
    """
    old_shape = polygon(before, width=width, height=height)
    new_shape = polygon(after, width=width, height=height)
    shapes = [shape for shape in (old_shape, new_shape) if shape is not None]
    arrays, x0, y0 = together([mask, *shapes])
    empty = np.zeros_like(arrays[0])
    rest = iter(arrays[1:])
    old = empty if old_shape is None else next(rest)
    new = empty if new_shape is None else next(rest)
    result = np.where(old ^ new, new, arrays[0])
    return _changed(mask, _rest(result, x0, y0), tr("The outline stays as it is. Move a corner farther."))


def grown(mask: CellMask, *, width: int, height: int, step: int = 0) -> Rest:
    """The mask and the pixels beside it, inside the field; `step` counts those in a row before (`SQUARE_EVERY`).

    Raises:
        RepairError: when the mask fills the field.
    """
    (old,), x0, y0 = together([mask], margin=1, within=(width, height))
    new = np.asarray(cv2.dilate(old.view(np.uint8), _neighbours(step)), bool)
    return _changed(mask, Rest(_mask(new, x0, y0)), tr("The cell fills the field: it can't grow."))


def shrunk(mask: CellMask, *, width: int, height: int, step: int = 0) -> Rest:
    """The mask without the pixels at its rim, `step` as in `grown`; where the field's edge cuts the cell it stays.

    Raises:
        RepairError: when too little is left.
    """
    (old,), x0, y0 = together([mask], margin=1, within=(width, height))
    return _rest(np.asarray(cv2.erode(old.view(np.uint8), _neighbours(step)), bool), x0, y0)


def smoothed(mask: CellMask, *, width: int, height: int) -> Rest:
    """The mask with a smooth rim; where the field's edge cuts the cell it stays.

    A blurred disc of radius r is σ/(2r√2π) below a half at its rim; cut there, round cells of any size keep theirs.

    Raises:
        RepairError: when it is smooth already, or too small.
    """
    (old,), x0, y0 = together([mask], margin=4, within=(width, height))
    soft = cv2.GaussianBlur(old.astype(np.float32), (0, 0), SMOOTH_SIGMA_PX, borderType=cv2.BORDER_REPLICATE)
    rim = 0.5 - SMOOTH_SIGMA_PX / (mask.diameter * np.sqrt(2 * np.pi))
    return _changed(mask, _rest(soft > rim, x0, y0), tr("The outline is smooth already."))


def filled(mask: CellMask) -> Rest:
    """The mask without holes.

    Raises:
        RepairError: when it has none.
    """
    return _changed(mask, Rest(CellMask(mask.x0, mask.y0, fill_holes(mask.crop))), tr("There is no hole to fill."))


# One mask becomes several, several become one


def cut(mask: CellMask, points: Sequence[Point]) -> tuple[CellMask, ...]:
    """The pieces into which a stroke cuts a mask, the largest first; together they have exactly its pixels.

    Raises:
        RepairError: when the stroke doesn't part the mask, or parts only a crumb from it.
    """
    inside = np.pad(mask.crop, 1)
    x0, y0 = mask.x0 - 1, mask.y0 - 1
    line = np.zeros(inside.shape, np.uint8)
    way = [(int(np.floor(p.x)) - x0, int(np.floor(p.y)) - y0) for p in _extended(points, mask)]
    for a, b in itertools.pairwise(way):
        cv2.line(line, a, b, 1)
    count, parts, stats, _ = cv2.connectedComponentsWithStats((inside & (line == 0)).astype(np.uint8), connectivity=4)
    areas = stats[:, cv2.CC_STAT_AREA]
    least = max(LEAST_AREA_PX, CRUMB_SHARE * mask.area)
    large = sorted((n for n in range(1, count) if areas[n] >= least), key=lambda n: -int(areas[n]))[:250]
    if len(large) < 2:
        raise RepairError(tr("The stroke doesn't cut the cell in two. Draw it across, from edge to edge."))
    labels = np.zeros(inside.shape, np.uint8)
    for number, part in enumerate(large, start=1):
        labels[parts == part] = number
    labels = _spread(labels, inside)
    labels[inside & (labels == 0)] = 1
    pieces = [_mask(labels == n, x0, y0) for n in range(1, len(large) + 1)]
    return tuple(sorted(pieces, key=lambda piece: -piece.area))


def merged(masks: Sequence[CellMask]) -> CellMask:
    """One mask of several that touch or nearly do; a narrow gap between them is closed.

    Raises:
        RepairError: when fewer than two are given, or they lie apart.
    """
    if len(masks) < 2:
        raise RepairError(tr("Select two or more cells first; Ctrl+click adds a cell."))
    widest = max(LEAST_GAP_PX, round(GAP_SHARE * min(mask.diameter for mask in masks)))
    union, x0, y0 = united(masks, margin=widest + 1)
    for reach in range((widest + 1) // 2 + 1):
        closed = union | _closed(union, reach)
        if _is_one(closed):
            return _mask(fill_holes(closed), x0, y0)
    raise RepairError(tr("The selected cells lie apart, so they can't be one. Select cells that touch each other."))


def split(
    mask: CellMask,
    first: tuple[Point, CellMask | None],
    second: tuple[Point, CellMask | None],
    *,
    darkness: FloatArray,
) -> tuple[CellMask, CellMask]:
    """Two cells that were taken for one: each pixel of the mask goes to one of them, so that they share the border.

    What only one of the model's masks holds is certain. The rest, where both or neither do, is flooded from there on
    the density, the darkest first, so that the border runs where it is pale.

    Args:
        mask: of the two together.
        first, second: the point that marks a cell, and what the model outlines there, None for nothing.
        darkness: ``(h, w)`` float32 of the mask's box, higher where more light is absorbed.

    Raises:
        RepairError: when both points mark the same place, or one lies outside.
    """
    (inside,), x0, y0 = together([mask], margin=0)
    points = (first[0], second[0])
    if not all(mask.contains(p) for p in points):
        raise RepairError(tr("Click once on each half of the selected cell."))
    claims = [_claim(inside, own, other, x0, y0) for own, other in ((first, points[1]), (second, points[0]))]
    if claims[0].any() != claims[1].any():  # the model saw one of them: the other is the rest
        claims = [claim if claim.any() else inside & ~claims[1 - n] for n, claim in enumerate(claims)]
    labels = np.zeros(inside.shape, np.uint8)
    for number, claim in enumerate(claims, start=1):
        labels[claim & ~claims[2 - number]] = number
    rows, columns = np.mgrid[: inside.shape[0], : inside.shape[1]]
    away = [np.hypot(columns + 0.5 + x0 - p.x, rows + 0.5 + y0 - p.y) for p in points]
    mark = max(_LEAST_MARK_PX, _MARK_SHARE * mask.diameter)
    for number, near, far in ((1, *away), (2, *away[::-1])):
        labels[inside & (near <= mark) & (near < far)] = number
    flooded = _flood(labels, inside, darkness)
    halves = [_component_with(flooded == n, _at(p, inside, x0, y0)) for n, p in enumerate(points, start=1)]
    # What a half has lost its way to belongs to the other one.
    halves = [_component_with(inside & ~halves[1], halves[0]), halves[1]]
    if any(np.count_nonzero(half) < LEAST_AREA_PX for half in halves):
        raise RepairError(tr("The two clicks are too close together. Click the middle of each half."))
    return _mask(halves[0], x0, y0), _mask(halves[1], x0, y0)


# How


def _extended(points: Sequence[Point], mask: CellMask) -> list[Point]:
    """The stroke, with each end that lies inside the mask carried on in the direction of its last few pixels."""
    return [*_beyond(points, mask), *points, *_beyond(points[::-1], mask)]


def _beyond(points: Sequence[Point], mask: CellMask) -> list[Point]:
    start = points[0]
    far = (p for p in points if np.hypot(p.x - start.x, p.y - start.y) >= _AIM_PX)
    inner = next(far, points[-1])
    length = float(np.hypot(start.x - inner.x, start.y - inner.y))
    if length == 0 or not mask.contains(start):
        return []
    share = OVERSHOOT_SHARE * mask.diameter / length
    return [Point(start.x + share * (start.x - inner.x), start.y + share * (start.y - inner.y))]


def _spread(labels: Labels, inside: BoolArray) -> Labels:
    """Labels grown step by step over the pixels inside that have none."""
    labels = labels.copy()
    while True:
        around = np.asarray(cv2.dilate(labels, _CROSS), np.uint8)
        new = inside & (labels == 0) & (around > 0)
        if not new.any():
            return labels
        labels[new] = around[new]


def _flood(labels: Labels, inside: BoolArray, darkness: FloatArray) -> Labels:
    """Labels grown over all pixels inside, level by level from the darkest to the palest.

    Large cells are flooded on a reduced copy, so that a split never takes longer than a frame or two.
    """
    step = int(np.ceil(np.sqrt(inside.size / _FLOODED_PX)))
    soft = np.asarray(cv2.GaussianBlur(darkness, (0, 0), float(step)), np.float32)[::step, ::step]
    room, few = inside[::step, ::step], labels[::step, ::step]
    free = soft[room & (few == 0)]
    for level in np.unique(np.quantile(free, np.linspace(1, 0, _LEVELS)))[::-1] if free.size else ():
        few = _spread(few, room & (soft >= level))
    rows, columns = inside.shape
    full = np.repeat(np.repeat(few, step, axis=0), step, axis=1)[:rows, :columns]
    return _spread(np.where(labels > 0, labels, full * inside), inside)


def _claim(inside: BoolArray, own: tuple[Point, CellMask | None], other: Point, x0: int, y0: int) -> BoolArray:
    """What the model's answer for one half says, nothing when it doesn't tell the halves apart."""
    point, mask = own
    if mask is None or not mask.contains(point) or mask.contains(other):
        return np.zeros_like(inside)
    height, width = inside.shape
    whole = mask.box.union(Box(x0, y0, x0 + width, y0 + height))
    array = mask.to_array(width=int(whole.x1), height=int(whole.y1))[y0 : y0 + height, x0 : x0 + width]
    return np.asarray(array & inside)


def _at(point: Point, like: BoolArray, x0: int, y0: int) -> BoolArray:
    marked = np.zeros_like(like)
    marked[int(np.floor(point.y)) - y0, int(np.floor(point.x)) - x0] = True
    return marked


def _closed(union: BoolArray, reach: int) -> BoolArray:
    if reach == 0:
        return union
    disc = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)), np.uint8)
    return np.asarray(cv2.morphologyEx(union.astype(np.uint8), cv2.MORPH_CLOSE, disc), bool)


def _is_one(array: BoolArray) -> bool:
    return cv2.connectedComponents(array.view(np.uint8), connectivity=4)[0] == 2


def _component_with(array: BoolArray, seed: BoolArray) -> BoolArray:
    """The components of an array that hold a pixel of the seed."""
    _, labels = cv2.connectedComponents(array.astype(np.uint8), connectivity=4)
    wanted = np.unique(labels[seed & array])
    return np.asarray(np.isin(labels, wanted[wanted > 0]))


def _neighbours(step: int) -> Labels:
    return _SQUARE if step % SQUARE_EVERY == SQUARE_EVERY - 1 else _CROSS


def _rest(array: BoolArray, x0: int, y0: int) -> Rest:
    """The largest 4-connected component, its holes kept.

    Raises:
        RepairError: when it is no cell any more.
    """
    if np.count_nonzero(array) >= LEAST_AREA_PX and _is_one(array):  # as of most; statistics take twice as long
        return Rest(_mask(array, x0, y0))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(array.view(np.uint8), connectivity=4)
    areas = stats[1:, cv2.CC_STAT_AREA]
    is_cell = areas.max(initial=0) >= LEAST_AREA_PX
    kept = _mask(np.asarray(is_cell & (labels == 1 + int(np.argmax([*areas, 0])))), x0, y0)
    return Rest(kept, _beside(int(areas.sum()) - kept.area))


def _beside(pixels: int) -> int:
    return pixels if pixels >= LEAST_AREA_PX else 0


def _mask(array: BoolArray, x0: int, y0: int) -> CellMask:
    """As `CellMask.from_array`, by OpenCV, which the domain does without."""
    x, y, width, height = cv2.boundingRect(array.view(np.uint8))
    if not width:
        raise RepairError(tr("Nothing of the cell would be left. Delete the cell instead."))
    return CellMask(x0 + x, y0 + y, array[y : y + height, x : x + width].copy())


def _changed(before: CellMask, after: Rest, refusal: str) -> Rest:
    if after.mask.same_as(before):
        raise RepairError(refusal)
    return after
