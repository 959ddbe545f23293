"""Mouse, wheel, trackpad and keys of the canvas, turned into signals by the tool in hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ...domain.geometry import Box, Point
from ...workflows.outlining import PointClick
from .camera import Camera
from .crosshair import Crosshair
from .gestures import ToolName
from .tools import MouseAt, Tool, adds_to_selection, make_tools
from .view_state import wheel_factor

_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ARROW_PX, _FINE_ARROW_PX = 60, 6
_KEY_POINTS = {Qt.Key.Key_Period: True, Qt.Key.Key_Comma: False}


_WITH_ARROWS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class InputView(Camera):
    """The camera with tools in its hands; it is their `ToolHost`."""

    point_clicked = Signal(object)  # PointClick
    box_drawn = Signal(object)  # Box
    cell_clicked = Signal(object, bool)  # id of the cell or None; whether it adds to the selection
    cells_framed = Signal(object, bool)  # tuple of ids; whether they add to the selection
    line_drawn = Signal(object, object)  # start and end, Point
    hover_moved = Signal(object)  # Point, or None when the cursor left or the tool has no preview

    accept_requested = Signal()
    drop_requested = Signal()
    remove_point_requested = Signal()
    next_candidate_requested = Signal()
    delete_requested = Signal()

    tool_changed = Signal(object)  # ToolName

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = make_tools(self)
        self._tool = self._tools[ToolName.POINT]
        self._temporary: Tool | None = None
        self._offers_candidates = False
        self._crosshair = Crosshair(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setCursor(self._tool.cursor)
        # The window takes dropped files; a graphics view would swallow them.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    @property
    def tool(self) -> ToolName:
        """The tool that the user chose."""
        return self._tool.name

    @property
    def tool_hint(self) -> str:
        """What the mouse does with this tool."""
        return self._tool.hint

    def set_tool(self, name: ToolName) -> None:
        """Take another tool; an open proposal stays."""
        if name != self._tool.name:
            self._active_tool.cancel()
            self.layers.gesture.clear()
            self._tool = self._tools[name]
            self._show_cursor()
            self.hover_moved.emit(None)
            self.tool_changed.emit(name)

    def cell_at(self, point: Point) -> int | None:
        """The accepted cell under a field position, the smallest of several; None while outlines are hidden."""
        return self.layers.cells.at(point) if self.layers.cells.isVisible() else None

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture; the middle button pans with any tool."""
        event.accept()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_for_now(True)
        # A second button during a gesture gives it up, as Esc does.
        if self._active_tool.pressed is not None:
            self._active_tool.cancel()
            return
        if self._field_id is not None:
            self.hover_moved.emit(None)
            self._active_tool.press(self._at(event, event.button()))
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or say where the cursor is."""
        event.accept()
        self._crosshair.hide()
        tool = self._active_tool
        if tool.pressed is not None:
            tool.move(self._at(event, tool.pressed.button))
        elif tool.previews and self._field_id is not None:
            point = self.to_field(event.position())
            self.hover_moved.emit(point if self.is_in_field(point) else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        event.accept()
        tool = self._active_tool
        if tool.pressed is not None and tool.pressed.button == event.button():
            tool.release(self._at(event, event.button()))
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_for_now(False)
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click on one spot says nothing new to the model."""
        event.accept()
        if self._active_tool.name in (ToolName.PAN, ToolName.SELECT, ToolName.LINE):
            self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The crosshair stays in the middle."""
        super().resizeEvent(event)
        self._crosshair.centre_on(QPointF(self.rect().center()))

    def leaveEvent(self, event: QEvent) -> None:
        """The cursor is gone, and with it the preview."""
        super().leaveEvent(event)
        self.hover_moved.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """With Point and Box the right button is a negative point; with other tools the window may show a menu."""
        is_prompting = self.tool in (ToolName.POINT, ToolName.BOX) and event.reason() == QContextMenuEvent.Reason.Mouse
        event.setAccepted(is_prompting)

    # Wheel and trackpad

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms to the cursor; two fingers on a trackpad pan, and zoom with Ctrl (which a pinch sends)."""
        event.accept()
        delta, fingers = event.angleDelta(), event.pixelDelta()
        is_trackpad = event.deviceType() == QInputDevice.DeviceType.TouchPad or (
            event.phase() != Qt.ScrollPhase.NoScrollPhase and not fingers.isNull()
        )
        if is_trackpad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = fingers if not fingers.isNull() else delta / 2
            self.pan_by(step.x(), step.y())
        elif delta.y():
            self.set_zoom(self.zoom * wheel_factor(delta.y()), at=event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinch on a trackpad zooms to the fingers."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), at=event.position())
            return True
        return super().viewportEvent(event)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Tab cycles candidates while there are any, and else moves the focus as everywhere."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self._offers_candidates
        ):
            self.next_candidate_requested.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean something only here; the window's shortcuts do the rest."""
        signal = {
            Qt.Key.Key_Return: self.accept_requested,
            Qt.Key.Key_Enter: self.accept_requested,
            Qt.Key.Key_Backspace: self.remove_point_requested,
            Qt.Key.Key_Delete: self.delete_requested,
        }.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._pan_for_now(True)
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in _ARROWS and not event.modifiers() & ~_WITH_ARROWS:
            self._aim(*_ARROWS[Qt.Key(event.key())], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in _KEY_POINTS and self._crosshair.isVisible():
            self._mark_by_key(positive=_KEY_POINTS[Qt.Key(event.key())])
        elif signal is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            signal.emit()
        else:
            event.ignore()
            return
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space up: back to the tool."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._pan_for_now(False)
            event.accept()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key or button that goes up elsewhere is never heard of here."""
        super().focusOutEvent(event)
        self._pan_for_now(False)

    def _aim(self, dx: int, dy: int, *, fine: bool) -> None:
        """Move the image under the crosshair, which stays in the middle."""
        step = _FINE_ARROW_PX if fine else _ARROW_PX
        self.pan_by(dx * step, dy * step)
        self._crosshair.show()
        if self._tool.previews and self.is_in_field(self._centre):
            self.hover_moved.emit(self._centre)

    def _mark_by_key(self, *, positive: bool) -> None:
        """What a click under the crosshair would say, with the Point tool whatever tool is in hand."""
        point = self._centre
        if self.is_in_field(point):
            self.hover_moved.emit(None)
            self.point_clicked.emit(PointClick(point, positive=positive, cell_id=self.cell_at(point)))

    def _escape(self) -> None:
        """Esc gives up the gesture under way, else the proposal."""
        if not self._active_tool.cancel():
            self.layers.gesture.clear()
            self.drop_requested.emit()

    @property
    def _active_tool(self) -> Tool:
        return self._temporary or self._tool

    def _pan_for_now(self, pan: bool) -> None:
        if pan != (self._temporary is not None):
            self._active_tool.cancel()
            self._temporary = self._tools[ToolName.PAN] if pan else None
            self._show_cursor()

    def _show_cursor(self) -> None:
        tool = self._active_tool
        holds = tool.name is ToolName.PAN and tool.pressed is not None
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor if holds else tool.cursor)

    def _at(self, event: QMouseEvent, button: Qt.MouseButton) -> MouseAt:
        position = event.position()
        return MouseAt(self.to_field(position), position.toPoint(), button, event.modifiers())

    # What tools ask and tell (`ToolHost`)

    def is_in_field(self, point: Point) -> bool:
        """Whether the position lies in the image."""
        return self._field_id is not None and 0 <= point.x < self._size[0] and 0 <= point.y < self._size[1]

    def field_part(self, first: Point, second: Point) -> Box | None:
        """The part of the image between two corners."""
        return Box.from_corners(first, second).clipped(width=self._size[0], height=self._size[1])

    def show_frame(self, box: Box | None, *, selects: bool = False) -> None:
        """Show the frame under way, or none."""
        if box is not None:
            self.layers.gesture.show_box(box, selects=selects)
        elif self._tool.name is not ToolName.LINE:
            self.layers.gesture.clear()

    def show_line(self, start: Point, end: Point) -> None:
        """Show the line under way; it stays until another is drawn or the tool changes."""
        self.layers.gesture.show_line(start, end)

    def report_point(self, at: MouseAt) -> None:
        """Say that a point was marked."""
        extend = at.has(Qt.KeyboardModifier.ShiftModifier)
        click = PointClick(at.point, positive=not at.is_negative, extend=extend, cell_id=self.cell_at(at.point))
        self.point_clicked.emit(click)

    def report_box(self, box: Box) -> None:
        """Say that the box of a cell was drawn."""
        self.box_drawn.emit(box)

    def report_cell(self, at: MouseAt) -> None:
        """Say that a cell, or none, was clicked to select it."""
        self.cell_clicked.emit(self.cell_at(at.point), adds_to_selection(at))

    def report_band(self, box: Box, *, extend: bool) -> None:
        """Say that cells were framed to select them."""
        ids = self.layers.cells.index.centred_in(box) if self.layers.cells.isVisible() else ()
        self.cells_framed.emit(ids, extend)

    def report_line(self, start: Point, end: Point) -> None:
        """Say that a line was drawn."""
        self.line_drawn.emit(start, end)
