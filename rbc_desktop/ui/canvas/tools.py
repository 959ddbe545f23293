"""One class per gesture. A tool turns mouse events into what the user meant and tells the canvas, which emits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, Qt

from ...domain.geometry import Box, Point
from .gestures import DRAG_PX, ToolName

__all__ = [
    "BoxTool",
    "LineTool",
    "MouseAt",
    "PanTool",
    "PointTool",
    "SelectTool",
    "Tool",
    "ToolHost",
    "ToolName",
    "make_tools",
]


@dataclass(frozen=True, slots=True)
class MouseAt:
    """A mouse event in both coordinate systems.

    Attributes:
        point: field pixels.
        view: logical pixels of the canvas.
        button: the button that went down, or the one held.
        modifiers: keys held.
    """

    point: Point
    view: QPoint
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier

    def has(self, modifier: Qt.KeyboardModifier) -> bool:
        """Whether the key is held."""
        return bool(self.modifiers & modifier)

    @property
    def is_negative(self) -> bool:
        """Whether a click here means "not this"."""
        return self.button == Qt.MouseButton.RightButton or self.has(Qt.KeyboardModifier.AltModifier)


class ToolHost(Protocol):
    """What tools need of the canvas."""

    def is_in_field(self, point: Point) -> bool: ...
    def field_part(self, first: Point, second: Point) -> Box | None: ...
    def show_frame(self, box: Box | None, *, selects: bool = False) -> None: ...
    def show_line(self, start: Point, end: Point) -> None: ...
    def pan_by(self, dx: int, dy: int) -> None: ...
    def report_point(self, at: MouseAt) -> None: ...
    def report_box(self, box: Box) -> None: ...
    def report_cell(self, at: MouseAt) -> None: ...
    def report_band(self, box: Box, *, extend: bool) -> None: ...
    def report_line(self, start: Point, end: Point) -> None: ...


class Tool:
    """A gesture in parts. `hint` says what the mouse does."""

    name: ToolName
    cursor = Qt.CursorShape.ArrowCursor
    hint = ""
    previews = False

    def __init__(self, host: ToolHost) -> None:
        self.host = host
        self.pressed: MouseAt | None = None
        self.dragging = False

    def press(self, at: MouseAt) -> None:
        """A button went down."""
        self.pressed, self.dragging = at, False

    def move(self, at: MouseAt) -> None:
        """The mouse moved with the button down."""
        if self.pressed is None:
            return
        if not self.dragging and (at.view - self.pressed.view).manhattanLength() > DRAG_PX:
            self.dragging = True
        if self.dragging:
            self.drag(self.pressed, at)

    def release(self, at: MouseAt) -> None:
        """The button went up."""
        start, self.pressed = self.pressed, None
        if start is None:
            return
        if self.dragging:
            self.dragging = False
            self.drop(start, at)
        else:
            self.click(start)

    def cancel(self) -> bool:
        """Give the gesture up. Returns whether there was one."""
        was_active, self.pressed, self.dragging = self.pressed is not None, None, False
        self.host.show_frame(None)
        return was_active

    def click(self, at: MouseAt) -> None:
        """The button went down and up in one place."""

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        """The mouse moved away with the button down."""

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        """The button went up elsewhere."""


class PromptTool(Tool):
    """What Point and Box share: a left drag draws the box of one cell."""

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        if not start.is_negative:
            self.host.show_frame(self.host.field_part(start.point, at.point))

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.host.show_frame(None)
        if start.is_negative:
            self.click(start)
            return
        box = self.host.field_part(start.point, at.point)
        if box is not None and box.width >= 1 and box.height >= 1:
            self.host.report_box(box)


class PointTool(PromptTool):
    """Click: a point on a cell; right button or Alt: a point beside it; drag: a box."""

    name = ToolName.POINT
    cursor = Qt.CursorShape.CrossCursor
    hint = "Click a cell to outline it, or drag a box around it."
    previews = True

    def click(self, at: MouseAt) -> None:
        if self.host.is_in_field(at.point):
            self.host.report_point(at)


class BoxTool(PromptTool):
    """Drag: the box of one cell; right button or Alt: a point that is not the cell."""

    name = ToolName.BOX
    cursor = Qt.CursorShape.CrossCursor
    hint = "Drag a box around one cell."

    def click(self, at: MouseAt) -> None:
        if at.is_negative and self.host.is_in_field(at.point):
            self.host.report_point(at)


class SelectTool(Tool):
    """Click: select the cell; with Ctrl or Shift: add it or take it out; drag: all cells in the frame."""

    name = ToolName.SELECT
    hint = "Click a cell or drag a frame to select. Ctrl or Shift adds."

    def click(self, at: MouseAt) -> None:
        if at.button == Qt.MouseButton.LeftButton:
            self.host.report_cell(at)

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        self.host.show_frame(self.host.field_part(start.point, at.point), selects=True)

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.host.show_frame(None)
        box = self.host.field_part(start.point, at.point)
        if box is not None:
            self.host.report_band(box, extend=adds_to_selection(start))


class PanTool(Tool):
    """Drag: move the image."""

    name = ToolName.PAN
    cursor = Qt.CursorShape.OpenHandCursor
    hint = "Drag to move the image."

    def __init__(self, host: ToolHost) -> None:
        super().__init__(host)
        self._last = QPoint()

    def press(self, at: MouseAt) -> None:
        super().press(at)
        self._last = at.view

    def move(self, at: MouseAt) -> None:
        if self.pressed is not None:
            step = at.view - self._last
            self._last = at.view
            self.host.pan_by(step.x(), step.y())

    def release(self, at: MouseAt) -> None:
        self.move(at)
        self.pressed = None


class LineTool(Tool):
    """Drag: a line of known length for the calibration; with Shift it is level or upright."""

    name = ToolName.LINE
    cursor = Qt.CursorShape.CrossCursor
    hint = "Drag a line along something of known length. Shift keeps it level or upright."

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        self.host.show_line(start.point, _end(start.point, at))

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.host.report_line(start.point, _end(start.point, at))


def adds_to_selection(at: MouseAt) -> bool:
    """Whether a selecting click or frame adds to what is selected."""
    return at.has(Qt.KeyboardModifier.ControlModifier) or at.has(Qt.KeyboardModifier.ShiftModifier)


def make_tools(host: ToolHost) -> dict[ToolName, Tool]:
    """One of each."""
    tools = (PointTool(host), BoxTool(host), SelectTool(host), PanTool(host), LineTool(host))
    return {tool.name: tool for tool in tools}


def _end(start: Point, at: MouseAt) -> Point:
    if not at.has(Qt.KeyboardModifier.ShiftModifier):
        return at.point
    if abs(at.point.x - start.x) >= abs(at.point.y - start.y):
        return Point(at.point.x, start.y)
    return Point(start.x, at.point.y)
