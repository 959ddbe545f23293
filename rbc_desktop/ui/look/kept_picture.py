"""Small pictures that are painted again and again: drawn once, and kept by Qt."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QPixmapCache


def kept_picture(key: str, size: QSize, *, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    """The picture of this key; a table or a toolbar paints dozens of them at a time, and to draw one takes 0.1 ms.

    Args:
        key: names all that the picture depends on, besides size and ratio.
        size: logical pixels.
        ratio: of the device's pixels to these.
        draw: draws it the first time, in logical pixels on a transparent ground.
    """
    name = f"{key} {size.width()}x{size.height()}@{ratio}"
    kept = QPixmap()
    if QPixmapCache.find(name, kept):
        return kept
    image = QImage(
        math.ceil(size.width() * ratio), math.ceil(size.height() * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        draw(painter)
    made = QPixmap.fromImage(image)
    QPixmapCache.insert(name, made)
    return made
