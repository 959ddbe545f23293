"""A film that tells from each pixel where it lies, and pictures of Qt as arrays."""

import numpy as np
from PySide6.QtGui import QImage


def film(width, height):
    """``(height, width, 3)`` uint8: red grows to the right, green downwards, blue is a coarse chequer."""
    ys, xs = np.mgrid[:height, :width]
    chequer = 120 * ((xs // 64 + ys // 64) % 2)
    return np.stack([xs * 255 // width, ys * 255 // height, chequer], axis=2).astype(np.uint8)


def rgb_of(image):
    """A picture as ``(H, W, 3)`` uint8 RGB."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
