"""A mouse over the canvas, and an ear for its signals."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.geometry import Point

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hand:
    """A mouse over the canvas; positions are field pixels."""

    def __init__(self, canvas):
        self.canvas = canvas

    def at(self, x, y):
        return self.canvas.to_view(Point(x, y)).toPoint()

    def _send(self, kind, view, button, buttons, modifiers):
        position = QPointF(view)
        viewport = self.canvas.viewport()
        event = QMouseEvent(kind, position, QPointF(viewport.mapToGlobal(view)), button, buttons, modifiers)
        QApplication.sendEvent(viewport, event)

    def press(self, x, y, button=LEFT, modifiers=NONE):
        self._send(QMouseEvent.Type.MouseButtonPress, self.at(x, y), button, button, modifiers)

    def move(self, x, y, button=Qt.MouseButton.NoButton, modifiers=NONE):
        self._send(QMouseEvent.Type.MouseMove, self.at(x, y), Qt.MouseButton.NoButton, button, modifiers)

    def release(self, x, y, button=LEFT, modifiers=NONE):
        self._send(QMouseEvent.Type.MouseButtonRelease, self.at(x, y), button, Qt.MouseButton.NoButton, modifiers)

    def click(self, x, y, button=LEFT, modifiers=NONE):
        self.press(x, y, button, modifiers)
        self.release(x, y, button, modifiers)

    def drag(self, start, end, button=LEFT, modifiers=NONE):
        self.press(*start, button=button, modifiers=modifiers)
        self.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, button, modifiers)
        self.move(*end, button=button, modifiers=modifiers)
        self.release(*end, button=button, modifiers=modifiers)

    def wheel(self, x, y, notches=1, *, modifiers=NONE, fingers=None, phase=Qt.ScrollPhase.NoScrollPhase):
        view, viewport = QPointF(self.at(x, y)), self.canvas.viewport()
        angle = QPoint(0, round(120 * notches))
        where = QPointF(viewport.mapToGlobal(view.toPoint()))
        buttons = Qt.MouseButton.NoButton
        QApplication.sendEvent(
            viewport, QWheelEvent(view, where, fingers or QPoint(), angle, buttons, modifiers, phase, False)
        )


class Heard(list):
    """The values that a signal carried."""

    def __init__(self, signal):
        super().__init__()
        signal.connect(lambda *values: self.append(values[0] if len(values) == 1 else values))
