"""Short texts that are painted again and again, as in a table: cut to their room and laid out once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

KEPT = 2000
"""Texts that are kept: those of many screens, a megabyte."""


class TextLines:
    """Paints lines of text as `QPainter.drawText` does, in two thirds of its time: that lays each out anew."""

    def __init__(self) -> None:
        self._font = QFont()
        self._height = 0.0
        self._kept: dict[tuple[str, int | None], tuple[QStaticText, float]] = {}

    def paint(
        self, painter: QPainter, room: QRect, side: Qt.AlignmentFlag, text: str, *, font: QFont, cut: bool = True
    ) -> None:
        """Paint one line with the painter's pen, in the middle of the room's height.

        Args:
            painter: gets the font.
            room: logical pixels.
            side: left, right or in the middle.
            text: without markup.
            font: where it is another than before, every text is laid out anew.
            cut: what is wider than the room ends in an ellipsis; otherwise it reaches beyond.
        """
        line, advance = self._found(text, room.width() if cut else None, font)
        spare = 0.0 if side & Qt.AlignmentFlag.AlignLeft else room.width() - advance
        if side & Qt.AlignmentFlag.AlignHCenter:
            spare /= 2
        painter.setFont(font)
        painter.drawStaticText(QPointF(room.left() + spare, room.top() + (room.height() - self._height) / 2), line)

    def advance(self, text: str, *, font: QFont) -> float:
        """How wide a text is that isn't cut, logical pixels."""
        return self._found(text, None, font)[1]

    def _found(self, text: str, width: int | None, font: QFont) -> tuple[QStaticText, float]:
        if font != self._font or len(self._kept) > KEPT:
            self._font, self._height = QFont(font), QFontMetricsF(font).height()
            self._kept.clear()
        found = self._kept.get((text, width))
        if found is None:
            metrics = QFontMetricsF(font)
            shown = text if width is None else metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            line = QStaticText(shown)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.prepare(QTransform(), font)
            found = self._kept[text, width] = line, metrics.horizontalAdvance(shown)
        return found
