"""What a hand draws as pixels: strokes of a round brush and closed outlines.

A pixel belongs to a stroke or an outline when its centre does. Points are field pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray
from ...domain.cells.mask import CellMask
from ...domain.geometry import Point

THINNEST_PX = 1.42
"""Diameter below which a brush could pass between pixel centres; thinner ones count as this."""

Ints = npt.NDArray[np.int32]


def stroke(points: Sequence[Point], *, diameter: float, width: int, height: int) -> CellMask | None:
    """The pixels of a field whose centres a round brush covers; None when it passes beside the field.

    Args:
        points: its way, at least one.
        diameter: of the brush, pixels. However thin, it marks the pixels that it passes through.
        width, height: of the field.
    """
    radius = max(diameter, THINNEST_PX) / 2
    x0, y0, x1, y1 = _window(points, radius + 1, width=width, height=height)
    if x1 <= x0 or y1 <= y0:
        return None
    covered = np.zeros((y1 - y0, x1 - x0), bool)
    way = [Point(p.x - x0, p.y - y0) for p in points]
    for a, b in zip(way, way[1:] or way, strict=False):
        _cover(covered, a, b, radius)
    return CellMask.from_array(covered, x0=x0, y0=y0)


def polygon(points: Sequence[Point], *, width: int, height: int) -> CellMask | None:
    """The pixels of a field whose centres lie inside a closed outline, loops of it included; None for none.

    Args:
        points: corners in order, the first not repeated.
        width, height: of the field.
    """
    if len(points) < 3:
        return None
    x0, y0, x1, y1 = _window(points, 0, width=width, height=height)
    if x1 <= x0 or y1 <= y0:
        return None
    turns = np.zeros((y1 - y0, x1 - x0 + 1), np.int32)
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        _count_side(turns, Point(a.x - x0, a.y - y0), Point(b.x - x0, b.y - y0))
    return CellMask.from_array(np.cumsum(turns, axis=1)[:, :-1] != 0, x0=x0, y0=y0)


def thinned(points: Sequence[Point], *, closed: bool = False) -> tuple[Point, ...]:
    """Fewer points for the same way, none of the dropped ones farther than a quarter of a pixel from it."""
    if len(points) < 3:
        return tuple(points)
    way = np.array([[p.x, p.y] for p in points], np.float32)[:, None, :]
    few = tuple(Point(float(x), float(y)) for x, y in cv2.approxPolyDP(way, 0.25, closed)[:, 0, :].tolist())
    return few if closed else (*few, points[-1])  # OpenCV leaves out the end of a way that comes back to its start


def _window(points: Sequence[Point], reach: float, *, width: int, height: int) -> tuple[int, int, int, int]:
    xs, ys = [p.x for p in points], [p.y for p in points]
    return (
        max(0, int(np.floor(min(xs) - reach))),
        max(0, int(np.floor(min(ys) - reach))),
        min(width, int(np.ceil(max(xs) + reach)) + 1),
        min(height, int(np.ceil(max(ys) + reach)) + 1),
    )


def _cover(covered: BoolArray, a: Point, b: Point, radius: float) -> None:
    """Mark the pixels whose centres lie within a radius of a line."""
    height, width = covered.shape
    left, right = max(0, int(min(a.x, b.x) - radius) - 1), min(width, int(max(a.x, b.x) + radius) + 2)
    top, bottom = max(0, int(min(a.y, b.y) - radius) - 1), min(height, int(max(a.y, b.y) + radius) + 2)
    if right <= left or bottom <= top:
        return
    ys, xs = np.mgrid[top:bottom, left:right] + 0.5
    dx, dy = b.x - a.x, b.y - a.y
    length2 = dx * dx + dy * dy
    share = np.clip(((xs - a.x) * dx + (ys - a.y) * dy) / length2, 0, 1) if length2 > 0 else 0.0
    distance2 = (xs - a.x - share * dx) ** 2 + (ys - a.y - share * dy) ** 2
    covered[top:bottom, left:right] |= distance2 <= radius * radius


def _count_side(turns: Ints, a: Point, b: Point) -> None:
    """Count how a side winds around the pixel centres to its right, row by row."""
    if a.y == b.y:
        return
    up = 1 if b.y > a.y else -1
    low, high = (a, b) if up > 0 else (b, a)
    height, columns = turns.shape
    rows = np.arange(max(0, int(np.ceil(low.y - 0.5))), min(height, int(np.ceil(high.y - 0.5))))
    if rows.size:
        xs = low.x + (rows + 0.5 - low.y) * (high.x - low.x) / (high.y - low.y)
        np.add.at(turns, (rows, np.clip(np.ceil(xs - 0.5).astype(np.intp), 0, columns - 1)), up)
