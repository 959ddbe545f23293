"""What the user can say on the canvas with mouse and keys, as values without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from ....domain.geometry import Box, Point
from ....workflows.outlines.outlining import PointClick
from ....workflows.outlines.repairing import RepairGesture
from ....workflows.viewing.measuring import MeasureGesture

DRAG_PX = 6
"""A press that moves farther, in logical pixels, is a drag and not a click with an unsteady hand."""


class ToolName(StrEnum):
    """The tools of the canvas."""

    POINT = "point"
    BOX = "box"
    SELECT = "select"
    PAN = "pan"
    LINE = "line"
    KNIFE = "knife"
    SPLIT = "split"
    BRUSH = "brush"
    ERASER = "eraser"
    POLYGON = "polygon"
    LENGTH = "length"
    ANGLE = "angle"


@dataclass(frozen=True, slots=True)
class BoxDrawn:
    """The box of one cell, field pixels."""

    box: Box


@dataclass(frozen=True, slots=True)
class CellPicked:
    """A click that selects a cell, or bare field.

    Attributes:
        cell_id: the accepted cell, or None.
        adds: the selection from before stays.
    """

    cell_id: int | None
    adds: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A frame that selects cells.

    Attributes:
        cell_ids: the accepted cells in it.
        adds: the selection from before stays.
    """

    cell_ids: tuple[int, ...]
    adds: bool


@dataclass(frozen=True, slots=True)
class LineDrawn:
    """A line along something of known length, field pixels."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Hover:
    """Where the cursor rests, field pixels; None when it left or the tool has no preview."""

    point: Point | None


@dataclass(frozen=True, slots=True)
class HintChanged:
    """What the mouse does with the tool in hand has changed."""

    tool: ToolName


class Request(Enum):
    """What a key of the canvas asks for."""

    ACCEPT = auto()
    DROP = auto()
    REMOVE_POINT = auto()
    NEXT_CANDIDATE = auto()


Drawn = PointClick | BoxDrawn | CellPicked | Band | LineDrawn | RepairGesture | MeasureGesture
Gesture = Drawn | Hover | Request | HintChanged
