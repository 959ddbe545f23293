"""Whether two pictures show the same place of a film: planes of a focus stack, a copy in another format, a second shot.

The cells of such pictures would count as often as the place was pictured. Cells lie elsewhere in any other field, so
parts of one place correlate and those of two don't, whatever focus, light and compression did to them. Each part is
compared by itself: a frame, a scale bar or the fall of the light, which all fields of a camera share, decide nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ...domain.arrays import BoolArray, FloatArray, U8Array

WIDTH, HEIGHT, SIDE = 192, 144, 8
"""Pixels of the copy that is compared, and parts of it across and down."""

_SHADING_PX = 12.0
"""What is wider than this sigma in that copy is light, not cells."""

_FRAME_LEVEL = 0.25
"""What is darker than this share of the bright level, in its brightest channel, is no smear."""

_LEAST_LEVELS, _LEAST_SHARE, _LEAST_PARTS = 2.0, 0.2, 6
"""A part shows something from this deviation in grey levels on, and from this share of the picture's median; pictures
with fewer such parts can't be told apart."""

ALIKE, SHARE_ALIKE = 0.5, 0.7
"""Correlation from which on a part shows the same, and the share of such parts that makes it the same place: at most
0.29 in 15,600 pairs of fields of Chula and TXL-PBC that differ, 1.00 in the seven that are one field twice, and at
least 0.88 between a field and the same blurred by a fifth of a cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What is compared of a picture.

    Attributes:
        parts: ``(SIDE², N)`` float32, the grey levels of each part without their mean, of unit length.
        shows: ``(SIDE²,)`` bool, whether there is anything to see in a part.
    """

    parts: FloatArray
    shows: BoolArray


def look_of(pixels: U8Array) -> Look:
    """Of a picture ``(H, W, 3)`` uint8 RGB, in whole or reduced."""
    small = np.asarray(cv2.resize(pixels, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
    inside = _inside(small)
    grey = small.astype(np.float32).mean(axis=2) * inside
    light = cv2.GaussianBlur(grey, (0, 0), _SHADING_PX) / np.maximum(
        cv2.GaussianBlur(inside, (0, 0), _SHADING_PX), 1e-3
    )
    parts = (
        ((grey - light) * inside)
        .reshape(SIDE, HEIGHT // SIDE, SIDE, WIDTH // SIDE)
        .swapaxes(1, 2)
        .reshape(SIDE * SIDE, -1)
    )
    parts = parts - parts.mean(axis=1, keepdims=True)
    levels = parts.std(axis=1)
    lengths = np.linalg.norm(parts, axis=1, keepdims=True)
    shows = levels > max(_LEAST_LEVELS, _LEAST_SHARE * float(np.median(levels)))
    return Look(parts / np.maximum(lengths, 1e-6), shows)


def _inside(small: U8Array) -> FloatArray:
    """``(H, W)`` float32: 0 in a black frame and at its rim, 1 elsewhere."""
    brightest = small.max(axis=2)
    frame = (brightest < _FRAME_LEVEL * float(np.percentile(brightest, 90))).astype(np.uint8)
    return np.float32(1) - cv2.dilate(frame, np.ones((5, 5), np.uint8)).astype(np.float32)


def shows_same_place(one: Look, other: Look) -> bool:
    """Whether both show the same place, upright in both; False where there is too little to see."""
    seen = one.shows | other.shows
    if np.count_nonzero(seen) < _LEAST_PARTS:
        return False
    alike = np.einsum("ij,ij->i", one.parts, other.parts) > ALIKE
    return bool(np.mean(alike[seen]) >= SHARE_ALIKE)


def sharpness_of(pixels: U8Array) -> float:
    """How much fine detail a picture ``(H, W, 3)`` uint8 RGB has: comparable between pictures of one place."""
    smooth = cv2.GaussianBlur(np.ascontiguousarray(pixels[..., 1]), (0, 0), 1.0)
    return float(cv2.Laplacian(smooth, cv2.CV_32F).var())
