"""Masks that people drew: which side of them is cells, and which grey values.

Some sets draw cells bright on black, AneRBC draws them dark on white and leaves their picture inside. No file says
which; the image does, because cells absorb light.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.light.illumination import optical_density

Polarity = Literal["bright on dark", "dark on white"]

LEAST_DIFFERENCE = 0.02
"""Optical density by which one side of a mask absorbs more before an image says anything."""

WORK_SIDE = 480
"""Longest side at which images are looked at, pixels."""

NEARLY, NEARLY_SHARE = 8, 0.01
"""Where the paper is exact, hardly a pixel lies within so many levels of it: at most this share of its own."""

FLAT_SHARE = 0.5
"""Where one level holds so much of the ink, the mask is binary and other greys are its blurred edges."""


def find_polarity(pairs: Iterable[tuple[NDArray[np.uint8], NDArray[np.uint8]]]) -> tuple[Polarity, int]:
    """How the cells of some masks are drawn, and how many images say so.

    Each image has one vote, for the side of its mask that absorbs more. Without any vote (empty or full masks, blank
    images) cells count as bright, as in most sets.

    Args:
        pairs: images (H, W, 3) uint8 RGB, each with its mask (H, W) uint8.
    """
    votes: dict[Polarity, int] = {"bright on dark": 0, "dark on white": 0}
    for rgb, grey in pairs:
        more = bright_absorbs(rgb, grey)
        if abs(more) >= LEAST_DIFFERENCE:
            votes["bright on dark" if more > 0 else "dark on white"] += 1
    chosen: Polarity = "dark on white" if votes["dark on white"] > votes["bright on dark"] else "bright on dark"
    return chosen, votes[chosen]


def bright_absorbs(rgb: NDArray[np.uint8], grey: NDArray[np.uint8]) -> float:
    """Mean density under a mask's bright side less that under its dark side; 0 where one is empty."""
    factor = min(1.0, WORK_SIDE / max(rgb.shape[:2]))
    size = (max(1, round(rgb.shape[1] * factor)), max(1, round(rgb.shape[0] * factor)))
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    bright = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) > 127
    if bright.all() or not bright.any():
        return 0.0
    density = optical_density(small).mean(axis=2)
    return float(density[bright].mean() - density[~bright].mean())


def cells_of(mask: NDArray[np.uint8], polarity: Polarity) -> NDArray[np.bool_]:
    """The cells of a mask file (H, W, 3) uint8, (H, W) bool.

    A binary mask is cut at half of white, which removes what JPEG leaves around edges. Where the paper is exact and the
    ink is no single level (a picture of the cells on white, as in AneRBC), everything that isn't paper is cell.
    """
    ink = mask.max(axis=2) if polarity == "bright on dark" else 255 - mask.min(axis=2)
    levels = np.bincount(ink.ravel(), minlength=256)
    exact = levels[1 : NEARLY + 1].sum() <= NEARLY_SHARE * levels[0]
    flat = levels[1:].max() >= FLAT_SHARE * levels[1:].sum()
    return ink > (0 if exact and not flat else 127)
