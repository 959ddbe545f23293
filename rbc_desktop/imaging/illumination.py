"""Background of a transmitted-light field and optical density relative to it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_WORK_SIDE = 160
"""The background is smooth: it is estimated on a copy whose longer side has this many pixels."""


def background(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Light that would reach the camera without cells, (H, W, 3) float32, 1..255.

    On a reduced copy, pixels darker than most of their wide neighbourhood are taken for cells and
    left out; the rest is averaged with a wide Gaussian (normalised convolution), which also fills
    the places under the cells. rgb: (H, W, 3) uint8 RGB.
    """
    height, width = rgb.shape[:2]
    factor = min(1.0, _WORK_SIDE / max(height, width))
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    smooth = cv2.GaussianBlur(small, (0, 0), 0.8)
    grey = smooth.min(axis=2)
    free = _cell_free(grey)
    sigma = max(size) / 8
    weight = cv2.GaussianBlur(free, (0, 0), sigma)
    total = cv2.GaussianBlur(smooth * free[..., None], (0, 0), sigma)
    estimate = total / np.maximum(weight, 1e-4)[..., None]
    plain = _bright_level(np.asarray(smooth, np.float32), free)
    trust = np.clip(weight / 0.05, 0, 1)[..., None]
    estimate = trust * estimate + (1 - trust) * plain
    full = cv2.resize(estimate, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(full, 1.0, 255.0), np.float32)


def optical_density(rgb: NDArray[np.uint8], background: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """Optical density ``-ln(I / background)`` per channel, (H, W, 3) float32, at least -0.3.

    rgb: (H, W, 3) uint8 RGB; background as from `background` (estimated when None).
    Intensities below 2 count as 2, so that the density of a black pixel stays finite.
    """
    light = _estimate(rgb) if background is None else background
    intensity = np.maximum(rgb.astype(np.float32), 2.0)
    return np.asarray(np.maximum(-np.log(intensity / light), -0.3), np.float32)


_estimate = background


def _cell_free(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 where the reduced image shows background, else 0.

    Background is brighter than Otsu's threshold of the image after its coarse shading (a wide grey closing) is divided
    out, shrunk by a pixel.
    """
    side = max(9, (max(grey.shape) // 5) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    shading = cv2.GaussianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel), (0, 0), side / 2)
    flat = np.clip(grey / np.maximum(shading, 1.0), 0, 1.2)
    levels = np.clip(flat * 200, 0, 255).astype(np.uint8)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    free = (levels > threshold).astype(np.uint8)
    eroded = cv2.erode(free, np.ones((3, 3), np.uint8))
    chosen = eroded if eroded.mean() > 0.02 else free
    return chosen.astype(np.float32)


def _bright_level(smooth: NDArray[np.float32], free: NDArray[np.float32]) -> NDArray[np.float32]:
    """One background colour for the whole field, used where none is near."""
    pixels = smooth[free > 0]
    if len(pixels) < 16:
        return np.percentile(smooth.reshape(-1, 3), 95, axis=0).astype(np.float32)
    return np.median(pixels, axis=0).astype(np.float32)
