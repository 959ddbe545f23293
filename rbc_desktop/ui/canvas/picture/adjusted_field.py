"""The field as it is shown with an adjustment: painted pixels are changed, those of the field never."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ....domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment, shown_levels
from .field_item import FieldItem
from .slide_item import SlideItem


class Adjusted(QGraphicsItem):
    """Before another item class: what that paints goes through a table of levels, however it is painted.

    The work is that of the pixels on the screen, so it doesn't grow with the field.
    """

    adjustment = NEUTRAL

    def set_adjustment(self, adjustment: PictureAdjustment) -> None:
        """Show the field with this from now on."""
        if adjustment != self.adjustment:
            self.adjustment = adjustment
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the exposed part, adjusted."""
        if self.adjustment.is_neutral:
            super().paint(painter, option, widget)
            return
        device = painter.deviceTransform()
        area = device.mapRect(option.exposedRect.intersected(self.boundingRect())).toAlignedRect()
        if area.isEmpty():
            return
        picture = QImage(area.size(), QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        with QPainter(picture) as inner:
            inner.translate(-area.x(), -area.y())
            inner.setTransform(device, combine=True)
            super().paint(inner, option, widget)
        apply_levels(picture, shown_levels(self.adjustment))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(device.inverted()[0].mapRect(QRectF(area)), picture, QRectF(picture.rect()))


class AdjustedFieldItem(Adjusted, FieldItem):
    """A field from memory."""


class AdjustedSlideItem(Adjusted, SlideItem):
    """A slide, of which parts may still be on their way."""


def apply_levels(picture: QImage, levels: NDArray[np.uint8]) -> None:
    """Change a picture in place: each colour becomes what the table says, what is transparent stays so.

    Args:
        picture: ``ARGB32_Premultiplied``, of which each pixel is opaque or transparent.
        levels: (256, 3) uint8, red, green, blue.
    """
    width, height = picture.width(), picture.height()
    rows = np.frombuffer(picture.bits(), np.uint8).reshape(height, picture.bytesPerLine())
    pixels = rows[:, : 4 * width].reshape(height, width, 4)
    # Blue, green, red, alpha: the order of the bytes on every machine that Qt's desktop builds are for.
    table = np.dstack([levels[:, 2], levels[:, 1], levels[:, 0], np.arange(256, dtype=np.uint8)])
    cv2.LUT(pixels, table, pixels)
    opaque = pixels[..., 3]
    if not opaque.all():  # at the rim of the field, and where nothing has been painted yet
        pixels[opaque == 0] = 0
