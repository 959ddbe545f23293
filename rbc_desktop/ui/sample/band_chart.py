"""One measure of the case beside the band of the laboratory's normal samples, drawn."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...domain.laboratory.reference_band import LEVELS, Band, Profile, outside
from ...language import number
from ..look.theme import SPACE_S, SPACE_XS, ThemeController, tabular

HEIGHT_PX = 132
SAMPLE = "00.00"


def level_texts(width_of: Callable[[str], float], *, room: float) -> tuple[str, ...]:
    """The quantiles in percent, with the sign at the last one only where it has no room at each.

    Args:
        width_of: of a text, pixels.
        room: from one to the next, pixels.
    """
    texts = tuple(f"{100 * level:.0f} %" for level in LEVELS)
    if max(map(width_of, texts)) + SPACE_XS <= room:
        return texts
    return (*(f"{100 * level:.0f}" for level in LEVELS[:-1]), texts[-1])


class BandChart(QWidget):
    """Values over the quantiles: the band as a shape, the case as points, those outside it as squares.

    Args:
        title: what stands over it.
        theme: colours.
    """

    def __init__(self, title: str, *, theme: ThemeController) -> None:
        super().__init__()
        self._title, self._theme = title, theme
        self._profile: Profile | None = None
        self._band: Band | None = None
        self._missing = ""
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def show_values(self, profile: Profile | None, band: Band | None, *, said: str, missing: str = "") -> None:
        """Draw these; `said` tells them to a screen reader, `missing` stands where something isn't there to draw."""
        self._profile, self._band, self._missing = profile, band, missing
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, HEIGHT_PX)

    @property
    def _plot(self) -> QRectF:
        line, left = self.fontMetrics().height(), self.fontMetrics().horizontalAdvance(SAMPLE) + SPACE_S
        return QRectF(self.rect()).adjusted(left, line + SPACE_XS, -SPACE_S, -line - SPACE_XS)

    @property
    def _range(self) -> tuple[float, float]:
        values = [*(self._profile or ()), *itertools.chain.from_iterable(self._band or ())]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        room = 0.08 * (high - low) or 0.5
        return low - room, high + room

    def place(self, index: int, value: float) -> QPointF:
        """Where a value at one of the quantiles is drawn, in the widget's pixels."""
        plot, (low, high) = self._plot, self._range
        across = (index + 0.5) / len(LEVELS)
        return QPointF(
            plot.left() + plot.width() * across, plot.bottom() - plot.height() * (value - low) / (high - low)
        )

    # Qt's side

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tokens, plot, metrics = self._theme.tokens, self._plot, QFontMetricsF(self.font())
            painter.fillRect(plot, QColor(tokens.base))
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(0, 0, self.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, self._title)
            painter.setPen(QColor(tokens.muted))
            for index, text in enumerate(level_texts(metrics.horizontalAdvance, room=plot.width() / len(LEVELS))):
                middle = self.place(index, self._range[0]).x()
                box = QRectF(middle - 30, plot.bottom() + SPACE_XS, 60, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)
            if self._profile or self._band:
                for value, top in zip(self._range, (plot.bottom() - metrics.height(), plot.top()), strict=True):
                    box = QRectF(0, top, plot.left() - SPACE_XS, metrics.height())
                    painter.drawText(box, Qt.AlignmentFlag.AlignRight, number(value, ".2f"))
            if self._band is not None:
                low = [self.place(i, pair[0]) for i, pair in enumerate(self._band)]
                high = [self.place(i, pair[1]) for i, pair in enumerate(self._band)]
                painter.setPen(QPen(QColor(tokens.accent), 1, Qt.PenStyle.DashLine))
                painter.setBrush(QColor(tokens.accent_soft))
                painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
            if self._profile is not None:
                self._draw_profile(painter, self._profile)
            self._draw_missing(painter, plot)

    def _draw_missing(self, painter: QPainter, plot: QRectF) -> None:
        """In the middle of an empty chart, else in its upper left corner, which a rising profile leaves free."""
        painter.setPen(QColor(self._theme.tokens.muted))
        flags = Qt.AlignmentFlag.AlignCenter if self._profile is None else Qt.AlignmentFlag.AlignLeft
        room = plot.adjusted(SPACE_S, SPACE_XS, -SPACE_S, -SPACE_XS)
        painter.drawText(room, flags | Qt.TextFlag.TextWordWrap, self._missing)

    def _draw_profile(self, painter: QPainter, profile: Profile) -> None:
        tokens = self._theme.tokens
        beyond = outside(profile, self._band) if self._band is not None else ()
        places = [self.place(i, value) for i, value in enumerate(profile)]
        painter.setPen(QPen(QColor(tokens.text), 1.4))
        for one, other in itertools.pairwise(places):
            painter.drawLine(one, other)
        painter.setPen(Qt.PenStyle.NoPen)
        for index, where in enumerate(places):
            painter.setBrush(QColor(tokens.error if index in beyond else tokens.text))
            if index in beyond:
                painter.drawRect(QRectF(where.x() - 3.5, where.y() - 3.5, 7, 7))
            else:
                painter.drawEllipse(where, 3, 3)
