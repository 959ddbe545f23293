"""One measure of a microscope's control films over time, drawn."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...domain.laboratory.control_chart import REJECTIONS, Chart, Point
from ...domain.laboratory.control_film import MEASURES, value_text
from ...language import capital, number, tr
from ..look.theme import SPACE_S, SPACE_XS, ThemeController, tabular

HEIGHT_PX = 132
MOST_SD = 4.0
"""Half of what the chart shows; what lies beyond is drawn at its edge."""
MOST_POINTS = 60
"""Films that are shown: the newest ones, and so many that a point can be told from its neighbour."""
REACH_PX = 9
LABELLED = (-3, 0, 3)
SAMPLE = "0.0000"
"""As wide as most values, so that the charts stand below each other."""


def chart_title(chart: Chart, *, measure: str) -> str:
    """What is drawn, and between which limits."""
    unit = MEASURES[measure]
    name = capital(f"{tr(measure)} / {unit}" if unit else tr(measure))
    mean, sd = value_text(measure, chart.mean), value_text(measure, chart.sd, is_sd=True)
    return tr("{name}: mean {mean}, SD {sd}", name=name, mean=mean, sd=sd)


def point_text(point: Point, *, measure: str) -> str:
    """Everything about one film, for the tooltip."""
    value = f"{value_text(measure, point.value)} {MEASURES[measure]}".strip()
    lines = [f"{point.time[:10]}  {point.name}".strip(), f"{value}, {number(point.z, '+.1f')} SD"]
    lines += [tr("one of the films that make the limits")] if point.in_baseline else []
    warning = tr("more than 2 SD off, a warning")
    lines += [f"{rule}: {tr(REJECTIONS.get(rule, '')) or warning}" for rule in point.broken]
    return "\n".join(lines)


class LeveyJennings(QWidget):
    """Points over lines at the mean and 1, 2 and 3 SD.

    Args:
        chart: what is drawn.
        measure: what its values are of.
        theme: colours.
    """

    def __init__(self, chart: Chart, *, measure: str, theme: ThemeController) -> None:
        super().__init__()
        self._title, self._measure, self._theme = chart_title(chart, measure=measure), measure, theme
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._title)
        self.points = chart.points[-MOST_POINTS:]
        self._chart = chart
        last = self.points[-1]
        self.setAccessibleDescription(point_text(last, measure=measure).replace("\n", "; "))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(520, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, HEIGHT_PX)

    @property
    def _plot(self) -> QRectF:
        line = self.fontMetrics().height()
        widest = max(SAMPLE, *(self._value(sd) for sd in LABELLED), key=self.fontMetrics().horizontalAdvance)
        left = self.fontMetrics().horizontalAdvance(widest) + SPACE_S
        return QRectF(self.rect()).adjusted(left, line + SPACE_XS, -SPACE_S - 4, -line - SPACE_XS)

    def place(self, index: int) -> QPointF:
        """Where a point is drawn, in the widget's pixels."""
        plot, z = self._plot, self.points[index].z
        share = index / max(1, len(self.points) - 1)
        return QPointF(plot.left() + 4 + (plot.width() - 8) * share, self._y(z))

    def _y(self, z: float) -> float:
        plot = self._plot
        return plot.center().y() - plot.height() / (2 * MOST_SD) * min(MOST_SD, max(-MOST_SD, z))

    def _value(self, sd: int) -> str:
        return value_text(self._measure, self._chart.mean + sd * self._chart.sd)

    # Qt's side

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tokens, plot, metrics = self._theme.tokens, self._plot, QFontMetricsF(self.font())
            painter.fillRect(plot, QColor(tokens.base))
            for sd in range(-3, 4):
                colour = tokens.muted if sd == 0 else tokens.error if abs(sd) == 3 else tokens.border
                style = Qt.PenStyle.DashLine if abs(sd) == 2 else Qt.PenStyle.SolidLine
                painter.setPen(QPen(QColor(colour), 1, style))
                painter.drawLine(QPointF(plot.left(), self._y(sd)), QPointF(plot.right(), self._y(sd)))
                if sd in LABELLED:
                    painter.setPen(QColor(tokens.muted))
                    box = QRectF(0, self._y(sd) - metrics.height() / 2, plot.left() - SPACE_XS, metrics.height())
                    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._value(sd))
            places = [self.place(i) for i in range(len(self.points))]
            painter.setPen(QPen(QColor(tokens.muted), 1))
            for one, other in itertools.pairwise(places):
                painter.drawLine(one, other)
            for where, point in zip(places, self.points, strict=True):
                self._draw_point(painter, where, point)
            painter.setPen(QColor(tokens.text))
            top = QRectF(0, 0, self.width(), metrics.height())
            painter.drawText(top, Qt.AlignmentFlag.AlignLeft, self._title)
            painter.setPen(QColor(tokens.muted))
            below = QRectF(plot.left(), plot.bottom() + SPACE_XS, plot.width(), metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self.points[0].time[:10])
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, self.points[-1].time[:10])

    def _draw_point(self, painter: QPainter, where: QPointF, point: Point) -> None:
        """Shape and colour both say what it is: hollow for the films of the limits, a square for one that is off."""
        tokens = self._theme.tokens
        colour = QColor(tokens.error if point.is_rejected else tokens.warning if point.broken else tokens.accent)
        painter.setPen(QPen(QColor(tokens.muted) if point.in_baseline else colour, 1.4))
        painter.setBrush(QColor(tokens.base) if point.in_baseline else colour)
        if point.is_rejected:
            painter.drawRect(QRectF(where.x() - 3.5, where.y() - 3.5, 7, 7))
        else:
            painter.drawEllipse(where, 3, 3)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            index = min(range(len(self.points)), key=lambda i: (self.place(i) - at).manhattanLength())
            if (self.place(index) - at).manhattanLength() <= 2 * REACH_PX:
                QToolTip.showText(event.globalPos(), point_text(self.points[index], measure=self._measure), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
