"""The mark of a class: its colour with its two letters, the same everywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen, QPixmap

from ...domain.classes.taxonomy import CellClass
from ...domain.contrast import ink_on
from ...workflows.key_map import shown
from .kept_picture import kept_picture

WIDTH, HEIGHT = 26, 18
UNCLASSIFIED = "#8A929C"


def paint(painter: QPainter, rect: QRect, cell_class: CellClass | None, *, font: QFont) -> None:
    """Paint the mark into `rect`; a class that is drawn dashed on the image has a dashed rim here."""
    looks = (
        (UNCLASSIFIED, False, "?") if cell_class is None else (cell_class.colour, cell_class.dashed, cell_class.code)
    )
    picture = kept_picture(
        f"swatch {looks} {font.key()}",
        rect.size(),
        ratio=painter.device().devicePixelRatioF(),
        draw=lambda ours: _draw(ours, QRect(QPoint(0, 0), rect.size()), *looks, font=font),
    )
    painter.drawPixmap(rect.topLeft(), picture)


def _draw(painter: QPainter, rect: QRect, colour: str, dashed: bool, code: str, *, font: QFont) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    area = QRectF(rect)
    painter.drawRoundedRect(area, 4, 4)
    if dashed:
        painter.setPen(QPen(QColor(ink_on(colour)), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
    small = QFont(font)
    small.setPixelSize(max(8, round(rect.height() * 0.62)))
    small.setWeight(QFont.Weight.DemiBold)
    painter.setFont(small)
    painter.setPen(QColor(ink_on(colour)))
    metrics = QFontMetrics(small)
    # Centred on the capital letter, not on the line with its descender: the letters sat too high otherwise.
    baseline = QPointF(
        rect.center().x() + 0.5 - metrics.horizontalAdvance(code) / 2,
        rect.center().y() + 0.5 + metrics.capHeight() / 2,
    )
    painter.drawText(baseline, code)


def icon(cell_class: CellClass, *, font: QFont) -> QIcon:
    """The mark as an icon, for lists of classes."""
    result = QIcon()
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0):
        picture = QPixmap(QSize(round(WIDTH * ratio), round(HEIGHT * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            paint(painter, QRect(0, 0, WIDTH, HEIGHT), cell_class, font=font)
        result.addPixmap(picture)
    return result


def short_key(cell_class: CellClass) -> str:
    """The key that sets a class, in little room: an arrow stands for Shift, as on keyboards."""
    return shown(cell_class.key).replace("Shift+", "⇧")
