"""Free lengths and angles of the fields of a case, for the session only."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.fields.free_measure import LEAST_PLACING_PX, FreeMeasure
from ...domain.geometry import Point


@dataclass(frozen=True, slots=True)
class PointsPlaced:
    """What was drawn: two points for a length, three for an angle.

    Attributes:
        points: field pixels.
        scale: logical screen pixels per field pixel while that was done.
    """

    points: tuple[Point, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class MeasureDropped:
    """One of the measures on show is to go.

    Attributes:
        index: which; -1 for the last.
    """

    index: int


MeasureGesture = PointsPlaced | MeasureDropped
Measures = tuple[FreeMeasure, ...]


def after(measures: Measures, gesture: MeasureGesture) -> Measures:
    """The measures of a field after a gesture; points that lie on each other measure nothing."""
    match gesture:
        case PointsPlaced(points, scale):
            try:
                return (*measures, FreeMeasure(points, max(LEAST_PLACING_PX, 1 / scale)))
            except ValueError:
                return measures
        case MeasureDropped(index):
            left = list(measures)
            if -len(left) <= index < len(left):
                del left[index]
            return tuple(left)
