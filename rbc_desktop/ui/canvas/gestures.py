"""What the mouse can say on the canvas, as values without Qt."""

from __future__ import annotations

from enum import StrEnum

DRAG_PX = 6
"""A press that moves farther, in logical pixels, is a drag and not a click with an unsteady hand."""


class ToolName(StrEnum):
    """The tools of the canvas."""

    POINT = "point"
    BOX = "box"
    SELECT = "select"
    PAN = "pan"
    LINE = "line"
