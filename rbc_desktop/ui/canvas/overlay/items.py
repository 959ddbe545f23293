"""What lies over the cells: proposal, hover preview, the gesture under way. Sizes are logical screen pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ....domain.cells.mask import CellMask
from ....domain.cells.prompts import PromptPoint
from ....domain.geometry import Box, Point
from ....language import tr
from .pens import DARK, NEGATIVE, POSITIVE, PROPOSAL, WHITE, cosmetic_pen
from .shapes import outline

_REACH_PX = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class ProposalView:
    """The open proposal as the canvas shows it.

    Attributes:
        points: what the user marked, in order.
        box: the box the user drew, or None.
        mask: the mask on show, or None while there is none yet.
        waiting: the model has not answered the last prompt; its marker is hollow.
    """

    points: tuple[PromptPoint, ...] = ()
    box: Box | None = None
    mask: CellMask | None = None
    waiting: bool = False


class OverlayItem(QGraphicsItem):
    """An item that knows the zoom, so that its markers keep their size and its bounds their margin."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = 1.0
        self._ratio = 1.0

    def set_zoom(self, *, scale: float, ratio: float) -> None:
        """Logical pixels per image pixel, and device pixels per logical pixel."""
        if (scale, ratio) != (self._scale, self._ratio):
            self.prepareGeometryChange()
            self._scale, self._ratio = scale, ratio

    def screen_pen(
        self,
        colour: QColor,
        width: float,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap,
    ) -> QPen:
        """A pen whose width is in logical pixels at every zoom."""
        return cosmetic_pen(colour, width, ratio=self._ratio, style=style, cap=cap)

    def _grown(self, rect: QRectF) -> QRectF:
        reach = _REACH_PX / self._scale
        return rect.adjusted(-reach, -reach, reach, reach)


class ProposalItem(OverlayItem):
    """The open proposal: dashed yellow on dark, tinted; its points as plus and minus signs."""

    def __init__(self) -> None:
        super().__init__()
        self._view: ProposalView | None = None
        self._polygon = QPolygonF()

    def show_proposal(self, view: ProposalView | None) -> None:
        """Show this proposal, or none."""
        self.prepareGeometryChange()
        self._view = view
        self._polygon = polygon_of(view.mask) if view is not None and view.mask is not None else QPolygonF()
        self.update()

    @property
    def shown(self) -> ProposalView | None:
        """The proposal on show."""
        return self._view

    def boundingRect(self) -> QRectF:
        """Mask, box and points, with room for their pens."""
        if self._view is None:
            return QRectF()
        rect = self._polygon.boundingRect()
        if self._view.box is not None:
            rect = rect.united(rect_of(self._view.box))
        for p in self._view.points:
            rect = rect.united(QRectF(p.x - 0.5, p.y - 0.5, 1, 1))
        return self._grown(rect)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw tint, outline, box and points."""
        if self._view is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._polygon.isEmpty():
            tint = QColor(PROPOSAL)
            tint.setAlpha(46)
            painter.setBrush(tint)
            painter.setPen(self.screen_pen(DARK, 4.0))
            painter.drawPolygon(self._polygon)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.screen_pen(PROPOSAL, 2.2, Qt.PenStyle.DashLine))
            painter.drawPolygon(self._polygon)
        if self._view.box is not None:
            draw_frame(painter, self, self._view.box)
        for number, p in enumerate(self._view.points, start=1):
            self._draw_point(painter, p, hollow=self._view.waiting and number == len(self._view.points))

    def _draw_point(self, painter: QPainter, p: PromptPoint, *, hollow: bool) -> None:
        radius, arm = 6.5 / self._scale, 3.2 / self._scale
        colour = QColor(POSITIVE if p.positive else NEGATIVE)
        if hollow:
            colour.setAlpha(90)
        painter.setPen(self.screen_pen(DARK, 3.6))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(p.x, p.y), radius, radius)
        painter.setPen(self.screen_pen(WHITE, 1.8))
        painter.drawEllipse(QPointF(p.x, p.y), radius, radius)
        painter.drawLine(QLineF(p.x - arm, p.y, p.x + arm, p.y))
        if p.positive:
            painter.drawLine(QLineF(p.x, p.y - arm, p.x, p.y + arm))
        painter.setBrush(Qt.BrushStyle.NoBrush)


class HoverItem(OverlayItem):
    """What a click would outline: dotted, without tint, lighter than a proposal."""

    def __init__(self) -> None:
        super().__init__()
        self._mask: CellMask | None = None
        self._polygon = QPolygonF()

    def show_mask(self, mask: CellMask | None) -> None:
        """Show this preview, or none."""
        if mask is not self._mask:
            self.prepareGeometryChange()
            self._mask = mask
            self._polygon = polygon_of(mask) if mask is not None else QPolygonF()
            self.update()

    @property
    def mask(self) -> CellMask | None:
        """The preview on show."""
        return self._mask

    def boundingRect(self) -> QRectF:
        """The preview, with room for its pen."""
        return self._grown(self._polygon.boundingRect()) if self._mask is not None else QRectF()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw white dots on a dark line."""
        if self._mask is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.screen_pen(QColor(12, 16, 20, 150), 3.0))
        painter.drawPolygon(self._polygon)
        painter.setPen(self.screen_pen(WHITE, 2.0, Qt.PenStyle.DotLine))
        painter.drawPolygon(self._polygon)


class GestureItem(OverlayItem):
    """The gesture under way: a prompt box, the frame of a selection, or a calibration line with its length."""

    def __init__(self) -> None:
        super().__init__()
        self._box: Box | None = None
        self._selects = False
        self._line: tuple[Point, Point] | None = None

    def show_box(self, box: Box, *, selects: bool) -> None:
        """Show a frame; `selects` draws it as a selection instead of a prompt."""
        self._become(box=box, selects=selects, line=None)

    def show_line(self, start: Point, end: Point) -> None:
        """Show a line and its length in pixels."""
        self._become(box=None, selects=False, line=(start, end))

    def clear(self) -> None:
        """Show nothing."""
        self._become(box=None, selects=False, line=None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return self._box is None and self._line is None

    @property
    def line(self) -> tuple[Point, Point] | None:
        """The line on show."""
        return self._line

    def _become(self, *, box: Box | None, selects: bool, line: tuple[Point, Point] | None) -> None:
        self.prepareGeometryChange()
        self._box, self._selects, self._line = box, selects, line
        self.update()

    def boundingRect(self) -> QRectF:
        """What is shown, with room for pens and the length."""
        if self._box is not None:
            return self._grown(rect_of(self._box))
        if self._line is not None:
            a, b = self._line
            rect = QRectF(QPointF(a.x, a.y), QPointF(b.x, b.y)).normalized()
            wide, high = 80 / self._scale, 40 / self._scale
            return rect.adjusted(-wide, -high, wide, high)
        return QRectF()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw frame or line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._box is not None:
            if self._selects:
                painter.fillRect(rect_of(self._box), QColor(77, 180, 219, 50))
            draw_frame(painter, self, self._box)
        elif self._line is not None:
            self._draw_line(painter, *self._line)

    def _draw_line(self, painter: QPainter, start: Point, end: Point) -> None:
        length = math.hypot(end.x - start.x, end.y - start.y)
        if length == 0:
            return
        nx, ny = (start.y - end.y) / length, (end.x - start.x) / length
        tick = 7 / self._scale
        lines = [QLineF(start.x, start.y, end.x, end.y)]
        lines += [QLineF(p.x - nx * tick, p.y - ny * tick, p.x + nx * tick, p.y + ny * tick) for p in (start, end)]
        for colour, width in ((DARK, 4.4), (PROPOSAL, 2.2)):
            painter.setPen(self.screen_pen(colour, width, cap=Qt.PenCapStyle.SquareCap))
            painter.drawLines(lines)
        self._draw_length(
            painter, QPointF((start.x + end.x) / 2, (start.y + end.y) / 2), tr("{length:.1f} px", length=length)
        )

    def _draw_length(self, painter: QPainter, middle: QPointF, text: str) -> None:
        painter.save()
        painter.translate(middle)
        painter.scale(1 / self._scale, 1 / self._scale)
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        plate = QRectF(-38, 10, 76, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(12, 16, 20, 200))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(WHITE)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def draw_frame(painter: QPainter, item: OverlayItem, box: Box) -> None:
    """A dashed yellow rectangle on dark."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(item.screen_pen(DARK, 3.4))
    painter.drawRect(rect_of(box))
    painter.setPen(item.screen_pen(PROPOSAL, 1.6, Qt.PenStyle.DashLine))
    painter.drawRect(rect_of(box))


def polygon_of(mask: CellMask) -> QPolygonF:
    """The mask's outline for Qt."""
    return QPolygonF([QPointF(x, y) for x, y in outline(mask).tolist()])


def rect_of(box: Box) -> QRectF:
    """The box for Qt."""
    return QRectF(box.x0, box.y0, box.width, box.height)
