"""Frames of regions over a slide: fields, and those that are proposed; and the zones of its film."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ...domain.fields.regions import Region
from ...domain.slides.film_map import ZONES, FilmMap, Zone
from ..canvas.overlay.items import OverlayItem
from ..canvas.overlay.pens import DARK, HINT, PROPOSAL, WHITE

ZONE_COLOURS: dict[Zone, str] = {
    Zone.BARE: "#FFFFFF", Zone.THICK: "#7A3DB8", Zone.THIN: "#2F7FD1", Zone.BLURRED: "#D98A00",
    Zone.MONOLAYER: "#0B8F4D",
}  # fmt: skip
"""Told apart with colour-vision deficiency by lightness, too; the legend names them."""

ZONE_OPACITY = 76

TINTED_BELOW_PX = 96.0
"""Patches that are larger on the screen, logical pixels, are not tinted: single cells are looked at then."""

_PLATE = 20.0
"""Height of a number's plate, logical pixels."""


class RegionsItem(OverlayItem):
    """Fields in cyan, proposals in dashed yellow, each with its number; the one in hand is drawn stronger."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: tuple[Region, ...] = ()
        self._proposed: tuple[Region, ...] = ()
        self._current: int | None = None
        self._zones: tuple[QImage, QRectF] | None = None
        self._zones_wanted = True
        self._patch = 0
        self._slide = QRectF()

    def show_regions(self, fields: Sequence[Region], proposed: Sequence[Region], *, current: int | None) -> None:
        """Show exactly these; `current` is the proposal in hand."""
        self.prepareGeometryChange()
        self._fields, self._proposed, self._current = tuple(fields), tuple(proposed), current
        self.update()

    def show_zones(self, film: FilmMap | None) -> None:
        """Tint the slide by its zones, or don't."""
        self.prepareGeometryChange()
        self._zones = None if film is None else (zone_picture(film), _all_patches(film))
        self._patch = 0 if film is None else film.side
        self._slide = QRectF() if film is None else QRectF(0, 0, film.width, film.height)
        self.update()

    def set_zones_wanted(self, wanted: bool) -> None:
        """Whether zones are drawn at all."""
        self._zones_wanted = wanted
        self.update()

    def boundingRect(self) -> QRectF:
        """Everything, with room for pens and numbers."""
        rect = QRectF() if self._zones is None else self._zones[1]
        for region in (*self._fields, *self._proposed):
            rect = rect.united(_rect(region))
        return self._grown(rect) if not rect.isEmpty() else rect

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw zones, frames and numbers."""
        if self._zones is not None and self._zones_wanted and self._patch * self._scale < TINTED_BELOW_PX:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.save()
            painter.setClipRect(self._slide, Qt.ClipOperation.IntersectClip)  # patches at the edges reach beyond it
            painter.drawImage(self._zones[1], self._zones[0])
            painter.restore()
        for region in self._fields:
            self._frame(painter, _rect(region), HINT, 2.0, Qt.PenStyle.SolidLine)
        for number, region in enumerate(self._proposed, start=1):
            in_hand = number - 1 == self._current
            self._frame(painter, _rect(region), PROPOSAL, 3.5 if in_hand else 2.0, Qt.PenStyle.DashLine)
            self._number(painter, _rect(region), str(number), in_hand=in_hand)

    def _frame(self, painter: QPainter, rect: QRectF, colour: QColor, width: float, style: Qt.PenStyle) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.screen_pen(DARK, width + 2.0))
        painter.drawRect(rect)
        painter.setPen(self.screen_pen(colour, width, style))
        painter.drawRect(rect)

    def _number(self, painter: QPainter, rect: QRectF, text: str, *, in_hand: bool) -> None:
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(1 / self._scale, 1 / self._scale)
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        plate = QRectF(0, 0, max(_PLATE, 10.0 + 8 * len(text)), _PLATE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PROPOSAL if in_hand else DARK)
        painter.drawRect(plate)
        painter.setPen(DARK if in_hand else WHITE)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def zone_picture(film: FilmMap) -> QImage:
    """The zones of a film, a pixel for each patch; bare glass is transparent."""
    table = np.zeros((len(ZONES), 4), np.uint8)
    for n, zone in enumerate(ZONES):
        if zone is not Zone.BARE:
            colour = QColor(ZONE_COLOURS[zone])
            rgb = np.array([colour.red(), colour.green(), colour.blue()]) * ZONE_OPACITY // 255
            table[n] = (*rgb, ZONE_OPACITY)
    pixels = np.ascontiguousarray(table[film.zones])
    rows, columns = film.zones.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888_Premultiplied).copy()


def _all_patches(film: FilmMap) -> QRectF:
    rows, columns = film.zones.shape
    return QRectF(0, 0, columns * film.side, rows * film.side)


def _rect(region: Region) -> QRectF:
    return QRectF(region.x0, region.y0, region.width, region.height)
