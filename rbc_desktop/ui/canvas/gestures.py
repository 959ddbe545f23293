"""What the mouse can say on the canvas, as values without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...domain.geometry import Point

DRAG_PX = 6
"""A press that moves farther, in logical pixels, is a drag and not a click with an unsteady hand."""


class ToolName(StrEnum):
    """The tools of the canvas."""

    POINT = "point"
    BOX = "box"
    SELECT = "select"
    PAN = "pan"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class PointClick:
    """A click that marks a point.

    Attributes:
        point: field pixels.
        positive: on the cell; else beside it.
        extend: Shift was held: the point belongs to the open proposal wherever it lies.
        cell_id: the accepted cell under it, or None.
    """

    point: Point
    positive: bool = True
    extend: bool = False
    cell_id: int | None = None
