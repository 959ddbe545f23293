"""The mark in the middle of the canvas for those who work without a mouse: the image moves under it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from .pens import DARK, PROPOSAL

_SIDE, _GAP = 41, 5


class Crosshair(QWidget):
    """Shown once an arrow key is pressed, gone when the mouse moves. Lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Crosshair")
        self.resize(_SIDE, _SIDE)
        self.hide()

    def centre_on(self, point: QPointF) -> None:
        """Move so that the arms meet at this position of the parent."""
        self.move(round(point.x() - _SIDE / 2), round(point.y() - _SIDE / 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw four arms that leave the middle free."""
        painter = QPainter(self)
        middle = _SIDE / 2
        arms = [
            QLineF(2, middle, middle - _GAP, middle),
            QLineF(middle + _GAP, middle, _SIDE - 2, middle),
            QLineF(middle, 2, middle, middle - _GAP),
            QLineF(middle, middle + _GAP, middle, _SIDE - 2),
        ]
        for colour, width in ((DARK, 5), (PROPOSAL, 2)):
            painter.setPen(QPen(colour, width))
            painter.drawLines(arms)
        painter.end()
