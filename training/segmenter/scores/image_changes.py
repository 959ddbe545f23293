"""Changes to an image that leave its cells what they are: what other microscopes and programs do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Change = Callable[[Rgb], tuple[Rgb, float]]
"""Takes (H, W, 3) RGB; gives the changed image and by how much it is larger."""

LARGER, SMALLER = 3.0, 1 / 3
ORANGE = (1.0, 0.82, 0.6)
JPEG_QUALITY = 25
GAMMA, LAMP = 1.8, 0.7


def unchanged(rgb: Rgb) -> tuple[Rgb, float]:
    """The image as it is."""
    return rgb, 1.0


def larger(rgb: Rgb) -> tuple[Rgb, float]:
    """Cells three times as wide."""
    return np.asarray(cv2.resize(rgb, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC), np.uint8), LARGER


def smaller(rgb: Rgb) -> tuple[Rgb, float]:
    """Cells a third as wide."""
    return np.asarray(cv2.resize(rgb, None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA), np.uint8), SMALLER


def orange_cast(rgb: Rgb) -> tuple[Rgb, float]:
    """A white balance far off."""
    return (rgb * np.array(ORANGE)).astype(np.uint8), 1.0


def jpeg(rgb: Rgb) -> tuple[Rgb, float]:
    """Compressed until blocks show."""
    _, data = cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8), 1.0


def darker(rgb: Rgb) -> tuple[Rgb, float]:
    """Another tone curve and less light."""
    return (255 * LAMP * (rgb / 255) ** GAMMA).astype(np.uint8), 1.0


CHANGES: Mapping[str, Change] = {
    "unchanged": unchanged,
    "larger": larger,
    "smaller": smaller,
    "orange_cast": orange_cast,
    "jpeg": jpeg,
    "darker": darker,
}
