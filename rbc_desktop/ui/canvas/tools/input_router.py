"""Mouse, wheel, trackpad and keys of the canvas: what they mean by the tool in hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ....language import tr
from ....workflows.outlines.outlining import PointClick
from ..overlay.layers import Layers
from ..overlay.pens import DARK, PROPOSAL
from ..picture.camera import Camera
from ..picture.view_state import wheel_factor
from .brush_size import BrushSize
from .gestures import Gesture, HintChanged, Hover, Request, ToolName
from .toolbox import make_tools
from .tools import MouseAt, Tool

_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ARROW_PX, _FINE_ARROW_PX = 60, 6
_WITH_ARROWS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
_KEY_POINTS = {Qt.Key.Key_Period: True, Qt.Key.Key_Comma: False}
_REQUESTS = {
    Qt.Key.Key_Return: Request.ACCEPT,
    Qt.Key.Key_Enter: Request.ACCEPT,
    Qt.Key.Key_Backspace: Request.REMOVE_POINT,
}
"""Keys that mean this with any tool; Esc and Tab depend on what is under way."""

_CROSSHAIR_SIDE, _CROSSHAIR_GAP = 41, 5
_NOTCH = 120
"""Of a wheel, in the eighths of a degree that Qt counts."""


class InputRouter:
    """The tools, the one in hand, and what every event is to them.

    Args:
        view: whose viewport shows the cursor.
        camera: moved by wheel, trackpad and keys.
        layers: what tools look at and draw on.
        tell: takes what the user meant.
    """

    def __init__(
        self, view: QAbstractScrollArea, *, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]
    ) -> None:
        self._view, self._camera, self._layers, self._tell = view, camera, layers, tell
        self.brush = BrushSize()
        self._tools = make_tools(camera, layers, tell, brush=self.brush)
        self._turned = 0
        self._tool = self._tools[ToolName.POINT]
        self._temporary: Tool | None = None
        self._mouse: QPointF | None = None
        self._keyed = False
        """A gesture is under way that keys began."""
        self.crosshair = Crosshair(view)
        self.offers_candidates = False
        self._show_cursor()

    @property
    def tool(self) -> Tool:
        """The tool that the user chose."""
        return self._tool

    def take(self, name: ToolName) -> bool:
        """Take another tool. Returns whether it is another."""
        if name == self._tool.name:
            return False
        self.cancel()
        self._tool.put_away()
        self._tool = self._tools[name]
        self._tool.refresh()
        self._show_cursor()
        self._tell(Hover(None))
        if self._mouse is not None and self._camera.field_id is not None:
            self._tool.hover(self._seen_at(self._mouse))
        return True

    def resize_brush(self, steps: int) -> None:
        """Make brush and eraser larger by so many steps, or smaller."""
        self.brush.step(steps)
        self._active_tool.refresh()
        self._tell(HintChanged(self.tool.name))

    def cancel(self) -> None:
        """Give the gesture under way up, and show none."""
        self._active_tool.cancel()
        self._keyed = False
        self._layers.gesture.clear()

    # Mouse

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture; the middle button pans with any tool."""
        event.accept()
        if event.button() == Qt.MouseButton.MiddleButton:
            self.pan_for_now(True)
        elif event.button() == Qt.MouseButton.LeftButton and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._select_for_now()
        # A second button during a gesture gives it up, as Esc does.
        if self._active_tool.pressed is not None:
            self._active_tool.cancel()
            return
        if self._camera.field_id is not None:
            self._tell(Hover(None))
            self._active_tool.press(self._at(event, event.button()))
            self._show_cursor()

    def move(self, event: QMouseEvent) -> None:
        """Continue the gesture; without one, tell where the cursor is."""
        event.accept()
        self.crosshair.hide()
        self._mouse = event.position()
        if self._keyed:
            self.cancel()
        tool = self._active_tool
        if tool.pressed is not None:
            tool.move(self._at(event, tool.pressed.button))
        elif tool.previews and self._camera.field_id is not None:
            point = self._camera.to_field(event.position())
            self._tell(Hover(point if self._camera.is_in_field(point) else None))
        elif self._camera.field_id is not None:
            tool.hover(self._at(event, Qt.MouseButton.NoButton))

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        event.accept()
        tool = self._active_tool
        if tool.pressed is not None and tool.pressed.button == event.button():
            tool.release(self._at(event, event.button()))
        if event.button() == Qt.MouseButton.MiddleButton or self._temporary is self._tools[ToolName.SELECT]:
            self.pan_for_now(False)
        self._show_cursor()

    def double_click(self, event: QMouseEvent) -> None:
        """The second half of a double click on one spot says nothing new to the model."""
        event.accept()
        if self._active_tool.finish():
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._active_tool.name in (
            ToolName.PAN,
            ToolName.SELECT,
            ToolName.LINE,
        ):
            self.press(event)

    def leave(self) -> None:
        """The cursor is gone, and with it the preview."""
        self._mouse = None
        self._active_tool.leave()
        self._tell(Hover(None))

    def context_menu(self, event: QContextMenuEvent) -> None:
        """With some tools the right button says "not this"; with the others the window may show a menu."""
        event.setAccepted(self._tool.uses_right_button and event.reason() == QContextMenuEvent.Reason.Mouse)

    # Wheel and trackpad

    def wheel(self, event: QWheelEvent) -> None:
        """A wheel zooms to the cursor; two fingers on a trackpad pan, and zoom with Ctrl (which a pinch sends)."""
        event.accept()
        delta, fingers = event.angleDelta(), event.pixelDelta()
        is_trackpad = event.deviceType() == QInputDevice.DeviceType.TouchPad or (
            event.phase() != Qt.ScrollPhase.NoScrollPhase and not fingers.isNull()
        )
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and self._turn(event):
            return
        if is_trackpad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = fingers if not fingers.isNull() else delta / 2
            self._camera.pan_by(step.x(), step.y())
        elif delta.y():
            self._camera.set_zoom(self._camera.zoom * wheel_factor(delta.y()), at=event.position())

    def _turn(self, event: QWheelEvent) -> bool:
        """Alt and the wheel, which some systems turn by a quarter. Returns whether the tool makes something of it."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        self._turned = delta if self._turned * delta < 0 else self._turned + delta
        steps = int(self._turned / _NOTCH)
        if not steps or self._camera.field_id is None:
            return self._tool.uses_right_button
        self._turned -= steps * _NOTCH
        position = event.position()
        at = MouseAt(self._camera.to_field(position), position.toPoint(), Qt.MouseButton.NoButton, event.modifiers())
        return self._active_tool.wheel(at, steps)

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Pinch on a trackpad zooms to the fingers. Returns whether the gesture was one."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._camera.set_zoom(self._camera.zoom * (1 + event.value()), at=event.position())
        return True

    # Keys

    def tab(self, event: QKeyEvent) -> bool:
        """Tab cycles candidates while there are any. Returns False for all that moves the focus or is another key."""
        if (
            self.offers_candidates
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self._tell(Request.NEXT_CANDIDATE)
            return True
        return False

    def key_press(self, event: QKeyEvent) -> None:
        """Keys that mean something only here; the window's shortcuts do the rest."""
        request = _REQUESTS.get(Qt.Key(event.key()))
        if (request is Request.ACCEPT and self._tool.finish()) or (
            request is Request.REMOVE_POINT and self._tool.back()
        ):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.pan_for_now(True)
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in _ARROWS and not event.modifiers() & ~_WITH_ARROWS:
            self._aim(*_ARROWS[Qt.Key(event.key())], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in _KEY_POINTS and self.crosshair.isVisible():
            self._mark_by_key(_KEY_POINTS[Qt.Key(event.key())], event.modifiers())
        elif request is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._tell(request)
        else:
            event.ignore()
            return
        event.accept()

    def key_release(self, event: QKeyEvent) -> None:
        """Space up: back to the tool."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pan_for_now(False)
            event.accept()
        else:
            event.ignore()

    def pan_for_now(self, pan: bool) -> None:
        """Hold the hand instead of the chosen tool, or take that up again."""
        if pan != (self._temporary is not None):
            if self._active_tool.pressed is not None:
                self._active_tool.cancel()
            self._temporary = self._tools[ToolName.PAN] if pan else None
            self._show_cursor()

    def _select_for_now(self) -> None:
        """Ctrl and the left button add to the selection with any tool."""
        if self._temporary is None and self._tool.pressed is None:
            self._temporary = self._tools[ToolName.SELECT]

    def _aim(self, dx: int, dy: int, *, fine: bool) -> None:
        """Move the image under the crosshair, which stays in the middle."""
        step = _FINE_ARROW_PX if fine else _ARROW_PX
        self._camera.pan_by(dx * step, dy * step)
        self.crosshair.show()
        aim = self._camera.centre
        self._tool.aim(aim)
        if self._tool.previews and self._camera.is_in_field(aim):
            self._tell(Hover(aim))
        elif self._tool.by_keys and self._camera.field_id is not None:
            at = self._aimed_at(Qt.MouseButton.NoButton)
            (self._tool.move if self._keyed else self._tool.hover)(at)

    def _mark_by_key(self, positive: bool, modifiers: Qt.KeyboardModifier) -> None:
        """What a click under the crosshair says to the tool, or would say to Point where that means nothing.

        A gesture that goes from one place to another begins with one mark and ends with the next.
        """
        aim, tool = self._camera.centre, self._tool
        if positive and tool.place(aim):
            return
        is_point = not positive and tool.name is ToolName.BOX
        if tool.by_keys and not is_point and self._camera.field_id is not None:
            at = self._aimed_at(Qt.MouseButton.LeftButton if positive else Qt.MouseButton.RightButton, modifiers)
            if not self._keyed:
                tool.press(at)
            if self._keyed or tool.by_keys == "click":
                tool.release(at)
            self._keyed = tool.pressed is not None
            return
        if self._camera.is_in_field(aim):
            self._tell(Hover(None))
            self._tell(PointClick(aim, positive=positive, cell_id=self._layers.cell_at(aim)))

    def _escape(self) -> None:
        """Esc gives up the gesture under way, else the proposal."""
        self._keyed = False
        if not self._active_tool.cancel():
            self._layers.gesture.clear()
            self._tell(Request.DROP)

    @property
    def _active_tool(self) -> Tool:
        return self._temporary or self._tool

    def _show_cursor(self) -> None:
        tool = self._active_tool
        holds = tool.name is ToolName.PAN and tool.pressed is not None
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor if holds else tool.cursor)

    def _seen_at(self, position: QPointF) -> MouseAt:
        """The mouse over this position, with no button down."""
        nothing = Qt.KeyboardModifier.NoModifier
        return MouseAt(self._camera.to_field(position), position.toPoint(), Qt.MouseButton.NoButton, nothing)

    def _aimed_at(
        self, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> MouseAt:
        """The crosshair as the mouse. The image moves under it, so the way of a gesture is that on the image."""
        aim, scale = self._camera.centre, self._camera.scale
        return MouseAt(aim, QPoint(round(aim.x * scale), round(aim.y * scale)), button, modifiers)

    def _at(self, event: QMouseEvent, button: Qt.MouseButton) -> MouseAt:
        position = event.position()
        return MouseAt(self._camera.to_field(position), position.toPoint(), button, event.modifiers())


class Crosshair(QWidget):
    """The mark in the middle for those who work without a mouse: the image moves under it.

    Shown once an arrow key is pressed, gone when the mouse moves. Lets the mouse through.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Crosshair"))
        self.resize(_CROSSHAIR_SIDE, _CROSSHAIR_SIDE)
        self.hide()

    def centre_on(self, point: QPointF) -> None:
        """Move so that the arms meet at this position of the parent."""
        self.move(round(point.x() - _CROSSHAIR_SIDE / 2), round(point.y() - _CROSSHAIR_SIDE / 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw four arms that leave the middle free."""
        with QPainter(self) as painter:
            side, middle, gap = _CROSSHAIR_SIDE, _CROSSHAIR_SIDE / 2, _CROSSHAIR_GAP
            arms = [
                QLineF(2, middle, middle - gap, middle),
                QLineF(middle + gap, middle, side - 2, middle),
                QLineF(middle, 2, middle, middle - gap),
                QLineF(middle, middle + gap, middle, side - 2),
            ]
            for colour, width in ((DARK, 5), (PROPOSAL, 2)):
                painter.setPen(QPen(colour, width))
                painter.drawLines(arms)
