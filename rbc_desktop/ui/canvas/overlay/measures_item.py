"""Free lengths and angles as they lie over the cells, with their values."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ....domain.fields.free_measure import FreeMeasure
from ....domain.geometry import Point
from .corners import corner_at, side_at
from .items import OverlayItem
from .pens import DARK, MEASURE, WHITE

TICK_PX, ARC_PX, REACH_PX = 7.0, 26.0, 9.0
_LABEL_REACH_PX = 200.0
"""A label lies no farther from its points than this, logical pixels."""

_PLATE = QColor(12, 16, 20, 205)


class MeasuresItem(OverlayItem):
    """What was measured, and what is being drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._measures: tuple[FreeMeasure, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._draft: tuple[Point, ...] = ()

    @property
    def shown(self) -> tuple[FreeMeasure, ...]:
        """The measures on show."""
        return self._measures

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands beside each."""
        return self._texts

    @property
    def draft(self) -> tuple[Point, ...]:
        """The points of the one that is being drawn."""
        return self._draft

    def show_measures(self, measures: Sequence[FreeMeasure], texts: Sequence[str]) -> None:
        """Show exactly these, each with its text."""
        self.prepareGeometryChange()
        self._measures, self._texts = tuple(measures), tuple(texts)
        self.update()

    def show_draft(self, points: Sequence[Point]) -> None:
        """Show these points as begun; none for nothing."""
        if tuple(points) != self._draft:
            self.prepareGeometryChange()
            self._draft = tuple(points)
            self.update()

    def at(self, point: Point) -> int | None:
        """The measure under a field position, the last drawn of several."""
        reach = REACH_PX / self._scale
        for index in reversed(range(len(self._measures))):
            points = self._measures[index].points
            sides = (*points, points[1]) if len(points) == 3 else points
            if corner_at(points, point, reach=reach) is not None or side_at(sides, point, reach=reach) is not None:
                return index
        return None

    def boundingRect(self) -> QRectF:
        """All points, with room for labels."""
        points = [p for m in self._measures for p in m.points] + list(self._draft)
        if not points:
            return QRectF()
        xs, ys = [p.x for p in points], [p.y for p in points]
        reach = _LABEL_REACH_PX / self._scale
        return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))).adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw lines on dark, then the labels over all of them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for points in (*(m.points for m in self._measures), self._draft):
            if len(points) > 1:
                path = self._path(points)
                for colour, width in ((DARK, 4.2), (MEASURE, 2.0)):
                    painter.setPen(self.screen_pen(colour, width, cap=Qt.PenCapStyle.RoundCap))
                    painter.drawPath(path)
        for p in self._draft:
            painter.setPen(self.screen_pen(DARK, 1.6))
            painter.setBrush(WHITE)
            painter.drawEllipse(QPointF(p.x, p.y), 3.5 / self._scale, 3.5 / self._scale)
        for measure, text in zip(self._measures, self._texts, strict=True):
            self._draw_label(painter, measure, text)

    def _path(self, points: Sequence[Point]) -> QPainterPath:
        path = QPainterPath()
        path.moveTo(points[0].x, points[0].y)
        for p in points[1:]:
            path.lineTo(p.x, p.y)
        for tick in self._ticks(points):
            path.moveTo(tick.p1())
            path.lineTo(tick.p2())
        if len(points) == 3:
            self._add_arc(path, points)
        return path

    def _ticks(self, points: Sequence[Point]) -> list[QLineF]:
        """A stroke across each end, so that one sees where exactly it lies."""
        ticks, reach = [], TICK_PX / self._scale
        for end, inner in ((points[0], points[1]), (points[-1], points[-2])):
            length = math.hypot(end.x - inner.x, end.y - inner.y)
            if length:
                nx, ny = (inner.y - end.y) / length * reach, (end.x - inner.x) / length * reach
                ticks.append(QLineF(end.x - nx, end.y - ny, end.x + nx, end.y + ny))
        return ticks

    def _add_arc(self, path: QPainterPath, points: Sequence[Point]) -> None:
        first, vertex, second = points
        shortest = min(math.hypot(p.x - vertex.x, p.y - vertex.y) for p in (first, second))
        radius = min(ARC_PX / self._scale, 0.6 * shortest)
        begin = math.degrees(math.atan2(vertex.y - first.y, first.x - vertex.x))
        end = math.degrees(math.atan2(vertex.y - second.y, second.x - vertex.x))
        box = QRectF(vertex.x - radius, vertex.y - radius, 2 * radius, 2 * radius)
        path.arcMoveTo(box, begin)
        path.arcTo(box, begin, (end - begin + 180) % 360 - 180)

    def _draw_label(self, painter: QPainter, measure: FreeMeasure, text: str) -> None:
        points = measure.points
        if measure.is_angle:
            at = QPointF(points[1].x, points[1].y)
        else:
            at = QPointF((points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2)
        painter.save()
        painter.translate(at)
        painter.scale(1 / self._scale, 1 / self._scale)
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 6
        plate = QRectF(-width / 2, 11, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(WHITE)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
