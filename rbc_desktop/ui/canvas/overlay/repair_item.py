"""What a repairing tool draws while the button is down: strokes, outlines with their corners, the size of the brush."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ....domain.geometry import Point
from .items import OverlayItem
from .pens import DARK, PROPOSAL, WHITE

ADDS, TAKES = QColor(255, 225, 77, 110), QColor(200, 16, 46, 110)
CORNER_PX = 4.0


@dataclass(frozen=True, slots=True)
class RepairView:
    """What is shown.

    Attributes:
        line: the way of the mouse, or the corners of an outline.
        diameter: of the brush in field pixels, 0 for a thin line.
        takes: it erases.
        closed: the line is an outline.
        corners: how many of the line's points are marked as corners that can be moved: all or none.
        circle: where the brush rests, or None.
    """

    line: tuple[Point, ...] = ()
    diameter: float = 0.0
    takes: bool = False
    closed: bool = False
    corners: bool = False
    circle: Point | None = None


NOTHING = RepairView()


class RepairItem(OverlayItem):
    """The gesture of a repairing tool."""

    def __init__(self) -> None:
        super().__init__()
        self._view = NOTHING
        self._path = QPainterPath()

    @property
    def shown(self) -> RepairView:
        """What is on show."""
        return self._view

    def show_view(self, view: RepairView) -> None:
        """Show this."""
        if view == self._view:
            return
        self.prepareGeometryChange()
        if view.line != self._view.line or view.closed != self._view.closed:
            self._path = _path_of(view.line, closed=view.closed)
        self._view = view
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_view(NOTHING)

    def boundingRect(self) -> QRectF:
        """Line and brush, with room for pens and corners."""
        view, rect = self._view, QRectF()
        half = view.diameter / 2
        if view.line:
            rect = self._path.boundingRect().adjusted(-half, -half, half, half)
        if view.circle is not None:
            rect = rect.united(QRectF(view.circle.x - half, view.circle.y - half, view.diameter, view.diameter))
        return self._grown(rect) if view != NOTHING else QRectF()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the line, its corners and the brush."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        view = self._view
        if view.line and view.diameter:
            round_pen = QPen(TAKES if view.takes else ADDS, view.diameter)
            round_pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            round_pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(round_pen)
            painter.drawPath(self._path)
        elif view.line:
            for colour, width in ((DARK, 4.0), (PROPOSAL, 2.0)):
                painter.setPen(self.screen_pen(colour, width, cap=Qt.PenCapStyle.RoundCap))
                painter.drawPath(self._path)
        if view.corners:
            self._draw_corners(painter, view.line)
        if view.circle is not None:
            middle, radius = QPointF(view.circle.x, view.circle.y), view.diameter / 2
            for colour, width in ((DARK, 3.2), (WHITE, 1.4)):
                painter.setPen(self.screen_pen(colour, width))
                painter.drawEllipse(middle, radius, radius)

    def _draw_corners(self, painter: QPainter, points: Sequence[Point]) -> None:
        reach = CORNER_PX / self._scale
        painter.setBrush(WHITE)
        painter.setPen(self.screen_pen(DARK, 1.6))
        for p in points:
            painter.drawRect(QRectF(p.x - reach, p.y - reach, 2 * reach, 2 * reach))


def _path_of(points: Sequence[Point], *, closed: bool) -> QPainterPath:
    path = QPainterPath()
    if points:
        path.moveTo(points[0].x, points[0].y)
        for p in points[1:] or points:  # a line to where it begins makes a dab of a round pen
            path.lineTo(p.x, p.y)
        if closed:
            path.closeSubpath()
    return path
