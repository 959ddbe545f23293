"""The pixels of the field as a scene item."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ....domain.arrays import BoolArray
from ....imaging.light.field_of_view import WORK_SIDE, FieldOfView
from ....ports import RgbImage

NEAREST_ABOVE = 2.0
"""Above this zoom (screen pixels per image pixel) the image's own pixels are shown instead of a smooth picture."""

_COARSEST_SIDE = 1024
"""Reduced copies are made down to this side; drawing skips pixels, and so sparkles, only below half of a copy."""

_DIM_SIDE = 1024
"""The veil over what shows no smear has at most so many pixels a side."""

_VEIL = (34, 38, 44, 150)
"""Red, green, blue and opacity, premultiplied: grey on white as on black, so that it is seen in either."""


class FieldItem(QGraphicsItem):
    """The field, from its pixels and halved copies of them.

    Smooth drawing reads four pixels for one of the screen, so a large image shown small would sparkle and cost time:
    the copy next above the wanted size is drawn instead. Copies are averages. They, and the pixmaps of pixels and
    copies, are made when they are first needed: a large image is seldom shown in its own pixels.
    """

    def __init__(self) -> None:
        super().__init__()
        self._levels: list[RgbImage] = []
        self._pixmaps: dict[int, QPixmap] = {}
        self._size = (0, 0)
        self._dim: QPixmap | None = None
        # Without it Qt passes no exposed rectangle, and every strip of a pan would draw the whole field.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def set_pixels(self, pixels: RgbImage | None) -> None:
        """Show this image ``(H, W, 3)`` uint8 RGB, or nothing."""
        self.prepareGeometryChange()
        self._levels = [] if pixels is None else [pixels]
        self._pixmaps.clear()
        self._size = (0, 0) if pixels is None else (pixels.shape[1], pixels.shape[0])
        self._dim = None
        self.update()

    def dim_outside(self, view: FieldOfView) -> None:
        """Dim what shows no smear of this field."""
        factor = min(1.0, _DIM_SIDE / max(view.width, view.height))
        size = (max(1, round(view.width * factor)), max(1, round(view.height * factor)))
        outside = view.outside_reduced(size)
        self._dim = None if outside is None else _veil(outside, is_round=view.surround is not None)
        self.update()

    @property
    def is_dimmed(self) -> bool:
        """Whether a part of the field is dimmed."""
        return self._dim is not None

    def boundingRect(self) -> QRectF:
        """The field in its own pixels."""
        return QRectF(0, 0, *self._size)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the exposed part from the level that fits the zoom."""
        exposed = option.exposedRect.intersected(self.boundingRect())
        if not self._levels or exposed.isEmpty():
            return
        device = painter.deviceTransform()
        zoom = float(np.hypot(device.m11(), device.m12()))
        pixmap = self._level(zoom)
        fx, fy = pixmap.width() / self._size[0], pixmap.height() / self._size[1]
        # Whole source pixels with one to spare, or strips of a pan would not meet exactly.
        x0, y0 = int(exposed.left() * fx) - 1, int(exposed.top() * fy) - 1
        x1, y1 = int(exposed.right() * fx) + 2, int(exposed.bottom() * fy) + 2
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, pixmap.width()), min(y1, pixmap.height())
        source = QRectF(x0, y0, x1 - x0, y1 - y0)
        target = QRectF(x0 / fx, y0 / fy, (x1 - x0) / fx, (y1 - y0) / fy)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom <= NEAREST_ABOVE)
        painter.drawPixmap(target, pixmap, source)
        if self._dim is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            fx, fy = self._dim.width() / self._size[0], self._dim.height() / self._size[1]
            part = QRectF(exposed.x() * fx, exposed.y() * fy, exposed.width() * fx, exposed.height() * fy)
            painter.drawPixmap(exposed, self._dim, part)

    def _level(self, zoom: float) -> QPixmap:
        """The smallest copy that has at least the screen's resolution."""
        index = 0
        while zoom < 0.5 ** (index + 1) and self._has_level(index + 1):
            index += 1
        if index not in self._pixmaps:
            self._pixmaps[index] = _pixmap(self._levels[index])
        return self._pixmaps[index]

    def _has_level(self, index: int) -> bool:
        while len(self._levels) <= index:
            height, width = self._levels[-1].shape[:2]
            if max(width, height) <= _COARSEST_SIDE:
                return False
            size = ((width + 1) // 2, (height + 1) // 2)
            self._levels.append(np.asarray(cv2.resize(self._levels[-1], size, interpolation=cv2.INTER_AREA), np.uint8))
        return True


def _veil(outside: BoolArray, *, is_round: bool) -> QPixmap:
    """A dark veil, premultiplied, where a mask ``(h, w)`` is true."""
    veil = np.zeros((*outside.shape, 4), np.uint8)
    veil[outside] = _VEIL
    if is_round:  # found on a coarse grid, whose steps nobody wants to see
        veil = np.ascontiguousarray(cv2.GaussianBlur(veil, (0, 0), max(outside.shape) / WORK_SIDE))
    height, width = outside.shape
    image = QImage(veil.data, width, height, veil.strides[0], QImage.Format.Format_RGBA8888_Premultiplied)
    return QPixmap.fromImage(image)


def _pixmap(pixels: RgbImage) -> QPixmap:
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    # Qt takes the pixels without copying them; `fromImage` copies, so they need to live only until it returns.
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)
