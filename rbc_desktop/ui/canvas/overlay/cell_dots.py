"""Cells as dots, for views in which their outlines would be too small to tell anything: one array operation a picture.

Where dots lie over each other their colours mix, so that from far away they become a map of density and classes.
"""

from __future__ import annotations

import math

import numpy as np

from ....domain.arrays import FloatArray, U8Array

LEAST_RADIUS = 0.9
"""Pixels of the screen: a cell never becomes invisible."""

_RIM = 0.45
"""How much of its colour the outermost pixel of a dot keeps, so that dots of neighbours stay apart."""

_RIM_FROM = 2.5
"""Smaller dots have no rim: it would be all of them."""


def dots(centres: FloatArray, colours: U8Array, *, width: int, height: int, radius: float) -> U8Array:
    """A picture ``(height, width, 4)`` uint8 of red, green, blue and opacity, premultiplied.

    Args:
        centres: ``(N, 2)`` float32, x and y in pixels of the picture; those outside leave what reaches into it.
        colours: ``(N, 3)`` uint8 RGB.
        width, height: of the picture.
        radius: of a dot, pixels of the picture.
    """
    dx, dy, opacity, shade = _stamp(max(radius, LEAST_RADIUS))
    columns = np.floor(centres[:, 0, None]).astype(np.int32) + dx
    rows = np.floor(centres[:, 1, None]).astype(np.int32) + dy
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    dot, part = np.nonzero(inside)
    places = rows[inside] * width + columns[inside]
    weight = opacity[part]
    total = np.bincount(places, weight, width * height)
    picture = np.zeros((height * width, 4))
    scale = np.minimum(total, 1.0) / np.maximum(total, 1e-6)
    for channel in range(3):
        ink = weight * shade[part] * colours[dot, channel]
        picture[:, channel] = np.bincount(places, ink, width * height) * scale
    picture[:, 3] = 255 * np.minimum(total, 1.0)
    return np.round(picture).astype(np.uint8).reshape(height, width, 4)


def _stamp(radius: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Offsets, opacity and brightness of the pixels of one dot, each ``(K,)``."""
    reach = math.ceil(radius)
    ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    away = np.hypot(xs, ys)
    opacity = np.clip(radius + 0.5 - away, 0, 1)
    shade = np.where((away > radius - 1.0) & (radius >= _RIM_FROM), _RIM, 1.0)
    inside = opacity > 0
    return xs[inside].astype(np.int32), ys[inside].astype(np.int32), opacity[inside], shade[inside]
