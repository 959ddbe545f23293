"""Square pictures of cells, cut from a field."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

BEYOND = (170, 175, 181)
"""sRGB of what lies beyond the edge of a field: no smear has it, and it invents nothing."""


@dataclass(frozen=True, slots=True)
class Square:
    """A square part of a field, which may reach beyond its edges; field pixels.

    Attributes:
        left, top: position of its top left pixel.
        size: side.
    """

    left: int
    top: int
    size: int

    @classmethod
    def around(cls, box: tuple[int, int, int, int], *, margin: float) -> Square:
        """The square around a half-open box ``(x0, y0, x1, y1)``, with a margin as a share of its longer side."""
        x0, y0, x1, y1 = box
        half = max(x1 - x0, y1 - y0, 2) * (0.5 + margin)
        return cls(round((x0 + x1) / 2 - half), round((y0 + y1) / 2 - half), max(2, round(2 * half)))

    @classmethod
    def centred(cls, box: tuple[int, int, int, int], *, size: float) -> Square:
        """The square of this side whose middle is the box's."""
        x0, y0, x1, y1 = box
        return cls(round((x0 + x1 - size) / 2), round((y0 + y1 - size) / 2), max(2, round(size)))


def cut(pixels: npt.NDArray[np.uint8], square: Square, *, side: int) -> npt.NDArray[np.uint8]:
    """A square of a field, resampled.

    Args:
        pixels: ``(H, W, 3)`` uint8 RGB of the field.
        square: what to cut; beyond the field's edge it is `BEYOND`.
        side: wanted size in pixels.

    Returns:
        ``(side, side, 3)`` uint8 RGB.
    """
    height, width = pixels.shape[:2]
    right, bottom = square.left + square.size, square.top + square.size
    left, top = max(0, square.left), max(0, square.top)
    crop = pixels[top : max(top, min(bottom, height)), left : max(left, min(right, width))]
    if crop.shape[:2] != (square.size, square.size):
        inside, crop = crop, np.full((square.size, square.size, 3), BEYOND, np.uint8)
        rows, columns = inside.shape[:2]
        crop[top - square.top :, left - square.left :][:rows, :columns] = inside
    shrink = cv2.INTER_AREA if square.size > side else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(crop, (side, side), interpolation=shrink), dtype=np.uint8)
