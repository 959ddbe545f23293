"""Corners of an outline that the mouse moves: which one is meant, and where a mask has them. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ....domain.cells.mask import CellMask
from ....domain.geometry import Point
from .shapes import outline, thin

TOLERANCE_SHARE, LEAST_TOLERANCE_PX = 0.03, 0.6
"""How far a mask's outline may lie from its polygon: this share of its diameter, which leaves about a dozen corners."""


def corners_of(mask: CellMask) -> tuple[Point, ...]:
    """A polygon with few corners that follows the outline of a mask, field pixels."""
    tolerance = max(LEAST_TOLERANCE_PX, TOLERANCE_SHARE * mask.diameter)
    ring = thin(outline(mask), tolerance=tolerance)
    if len(ring) < 3:
        ring = outline(mask)
    return tuple(Point(float(x), float(y)) for x, y in ring.tolist())


def corner_at(points: Sequence[Point], point: Point, *, reach: float) -> int | None:
    """The corner nearest to a point, if it is within reach."""
    distances = [math.hypot(p.x - point.x, p.y - point.y) for p in points]
    nearest = min(range(len(points)), key=distances.__getitem__, default=None)
    return nearest if nearest is not None and distances[nearest] <= reach else None


def side_at(points: Sequence[Point], point: Point, *, reach: float) -> int | None:
    """The side of a closed polygon nearest to a point, named by its first corner, if it is within reach."""
    ends = [*points[1:], *points[:1]]
    distances = [_from_side(point, a, b) for a, b in zip(points, ends, strict=True)]
    nearest = min(range(len(points)), key=distances.__getitem__, default=None)
    return nearest if nearest is not None and distances[nearest] <= reach else None


def _from_side(point: Point, a: Point, b: Point) -> float:
    dx, dy = b.x - a.x, b.y - a.y
    length2 = dx * dx + dy * dy
    share = 0.0 if length2 == 0 else min(1.0, max(0.0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length2))
    return math.hypot(point.x - a.x - share * dx, point.y - a.y - share * dy)
