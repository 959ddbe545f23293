"""One class per gesture. A tool turns mouse events into what the user meant, and tells that to whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, Qt

from ....domain.geometry import Point
from ....language import mark
from ....workflows.outlines.outlining import PointClick
from ..overlay.layers import Layers
from ..picture.camera import Camera
from .gestures import DRAG_PX, Band, BoxDrawn, CellPicked, Gesture, LineDrawn, ToolName


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


class Tool:
    """A gesture in parts. `hint` says what the mouse does; with `uses_right_button` that opens no menu.

    Args:
        camera: where the field lies under the mouse.
        layers: the cells that may be meant, and the gesture under way.
        tell: takes what the user meant.
    """

    name: ToolName
    cursor = Qt.CursorShape.ArrowCursor
    hint = ""
    previews = False
    uses_right_button = False
    by_keys: Literal["", "click", "stroke"] = ""
    """Without a mouse: a mark under the crosshair is a click, or begins and ends a stroke; else it is one of Point."""

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]) -> None:
        self.camera, self.layers, self.tell = camera, layers, tell
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
        return was_active

    @property
    def has_draft(self) -> bool:
        """Whether something is begun that another click goes on with."""
        return False

    def put_away(self) -> None:
        """Another tool is taken: leave nothing behind."""
        self.cancel()
        self.layers.repair.clear()

    def hover(self, at: MouseAt) -> None:
        """The mouse moved with no button down."""

    def leave(self) -> None:
        """The mouse left the canvas."""

    def wheel(self, at: MouseAt, steps: int) -> bool:
        """Alt and the wheel. Returns whether that means something."""
        return False

    def finish(self) -> bool:
        """Return, or a double click. Returns whether that ended something."""
        return False

    def back(self) -> bool:
        """Backspace. Returns whether that took something back."""
        return False

    def aim(self, point: Point) -> None:
        """The crosshair of those who work without a mouse came to this field position."""

    def place(self, point: Point) -> bool:
        """The key that marks what is under the crosshair. Returns whether the tool takes it for itself."""
        return False

    def refresh(self) -> None:
        """Cells or the selection changed."""

    def click(self, at: MouseAt) -> None:
        """The button went down and up in one place."""

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        """The mouse moved away with the button down."""

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        """The button went up elsewhere."""


class FrameTool(Tool):
    """What tools share that draw a frame: it is seen only while it is drawn."""

    selects = False

    def cancel(self) -> bool:
        self.layers.gesture.clear()
        return super().cancel()

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        box = self.camera.field_part(start.point, at.point)
        if box is None:
            self.layers.gesture.clear()
        else:
            self.layers.gesture.show_box(box, selects=self.selects)

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.layers.gesture.clear()


class PromptTool(FrameTool):
    """What Point and Box share: a left drag draws the box of one cell; Alt+wheel goes through cells over each other."""

    uses_right_button = True

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        if not start.is_negative:
            super().drag(start, at)

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        super().drop(start, at)
        if start.is_negative:
            self.click(start)
            return
        box = self.camera.field_part(start.point, at.point)
        if box is not None and box.width >= 1 and box.height >= 1:
            self.tell(BoxDrawn(box))

    def wheel(self, at: MouseAt, steps: int) -> bool:
        cells = self.layers.cells_at(at.point)
        if not cells:
            return False
        selected = self.layers.selected_cell
        here = cells.index(selected[0]) if selected is not None and selected[0] in cells else -1 if steps > 0 else 0
        self.tell(CellPicked(cells[(here + (1 if steps > 0 else -1)) % len(cells)], adds=False))
        return True

    def mark(self, at: MouseAt) -> None:
        """A point of the field was marked; elsewhere it means nothing."""
        if self.camera.is_in_field(at.point):
            extend = at.has(Qt.KeyboardModifier.ShiftModifier)
            under = self.layers.cell_at(at.point)
            self.tell(PointClick(at.point, positive=not at.is_negative, extend=extend, cell_id=under))


class PointTool(PromptTool):
    """Click: a point on a cell; right button or Alt: a point beside it; drag: a box."""

    name = ToolName.POINT
    cursor = Qt.CursorShape.CrossCursor
    hint = mark("Click a cell to outline it, or drag a box around it.")
    previews = True

    def click(self, at: MouseAt) -> None:
        self.mark(at)


class BoxTool(PromptTool):
    """Drag: the box of one cell; right button or Alt: a point that is not the cell."""

    name = ToolName.BOX
    cursor = Qt.CursorShape.CrossCursor
    hint = mark("Drag a box around one cell.")
    by_keys = "stroke"

    def click(self, at: MouseAt) -> None:
        if at.is_negative:
            self.mark(at)


class SelectTool(FrameTool):
    """Click: select the cell, again on one place: the next one there; drag: all cells in the frame.

    With Ctrl or Shift they are added, or taken out.
    """

    name = ToolName.SELECT
    hint = mark("Click a cell or drag a frame to select. Ctrl or Shift adds.")
    selects = True
    by_keys = "click"

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]) -> None:
        super().__init__(camera, layers, tell)
        self._last: tuple[QPoint, int] | None = None

    def click(self, at: MouseAt) -> None:
        if at.button != Qt.MouseButton.LeftButton:
            return
        if _adds_to_selection(at):
            self.tell(CellPicked(self.layers.cell_at(at.point), adds=True))
            return
        cells = self.layers.cells_at(at.point)
        picked = cells[self._turn(at, cells)] if cells else None
        self._last = None if picked is None else (at.view, picked)
        self.tell(CellPicked(picked, adds=False))

    def _turn(self, at: MouseAt, cells: list[int]) -> int:
        """Which of the cells over each other this click means: the one after that of the last click on this place."""
        if self._last is None:
            return 0
        place, picked = self._last
        selected = self.layers.selected_cell
        is_again = selected is not None and selected[0] == picked and picked in cells
        if not is_again or (at.view - place).manhattanLength() > DRAG_PX:
            return 0
        return (cells.index(picked) + 1) % len(cells)

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        super().drop(start, at)
        box = self.camera.field_part(start.point, at.point)
        if box is not None:
            self.tell(Band(self.layers.cells_in(box), adds=_adds_to_selection(start)))


class PanTool(Tool):
    """Drag: move the image."""

    name = ToolName.PAN
    cursor = Qt.CursorShape.OpenHandCursor
    hint = mark("Drag to move the image.")

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]) -> None:
        super().__init__(camera, layers, tell)
        self._last = QPoint()

    def press(self, at: MouseAt) -> None:
        super().press(at)
        self._last = at.view

    def move(self, at: MouseAt) -> None:
        if self.pressed is not None:
            step = at.view - self._last
            self._last = at.view
            self.camera.pan_by(step.x(), step.y())

    def release(self, at: MouseAt) -> None:
        self.move(at)
        self.pressed = None


class LineTool(Tool):
    """Drag: a line of known length for the calibration; with Shift it is level or upright."""

    name = ToolName.LINE
    cursor = Qt.CursorShape.CrossCursor
    hint = mark("Drag a line along a known length · Shift: level or upright")
    by_keys = "stroke"

    # The line stays to be seen until another is drawn or the tool changes.

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        self.layers.gesture.show_line(start.point, straight_end(start.point, at))

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.tell(LineDrawn(start.point, straight_end(start.point, at)))


def _adds_to_selection(at: MouseAt) -> bool:
    """Whether a selecting click or frame adds to what is selected."""
    return at.has(Qt.KeyboardModifier.ControlModifier) or at.has(Qt.KeyboardModifier.ShiftModifier)


def straight_end(start: Point, at: MouseAt) -> Point:
    """Where a line from `start` ends: at the mouse, with Shift level with the start or upright over it."""
    if not at.has(Qt.KeyboardModifier.ShiftModifier):
        return at.point
    if abs(at.point.x - start.x) >= abs(at.point.y - start.y):
        return Point(at.point.x, start.y)
    return Point(start.x, at.point.y)
