"""Background of a transmitted-light field and optical density relative to it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ..domain.regions import Region, whole
from .array_reader import ArrayReader
from .field_of_view import FieldOfView, field_of_view, reduced

_BAND = 2**20
"""Pixels that are computed at a time."""


def background(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Light that would reach the camera without cells, (H, W, 3) float32, 1..255.

    On a reduced copy, pixels darker than most of their wide neighbourhood are taken for cells and
    left out; the rest is averaged with a wide Gaussian (normalised convolution), which also fills
    the places under the cells. What is out of view is left out too. rgb: (H, W, 3) uint8 RGB.
    """
    return _light(rgb, field_of_view(ArrayReader(rgb)))


def _light(rgb: NDArray[np.uint8], view: FieldOfView) -> NDArray[np.float32]:
    estimate = light_of(reduced(ArrayReader(rgb)), view=view)
    full = np.asarray(cv2.resize(estimate, rgb.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)
    return np.clip(full, 1.0, 255.0, out=full)


def light_of(small: NDArray[np.float32], *, view: FieldOfView) -> NDArray[np.float32]:
    """As `background`, of a field that `reduced` has made small: at its resolution and not clipped yet."""
    size = (small.shape[1], small.shape[0])
    smooth = cv2.GaussianBlur(small, (0, 0), 0.8)
    grey = np.asarray(smooth.min(axis=2), np.float32)
    outside = view.outside_reduced(size)
    if outside is None or outside.all():
        free = _cell_free(grey)
    else:  # filled with the bright level, or its slope would pass for shading
        lit = ~outside
        free = _cell_free(np.where(lit, grey, np.percentile(grey[lit], 80)).astype(np.float32)) * lit
    sigma = max(size) / 8
    weight = cv2.GaussianBlur(free, (0, 0), sigma)
    total = cv2.GaussianBlur(smooth * free[..., None], (0, 0), sigma)
    estimate = total / np.maximum(weight, 1e-4)[..., None]
    plain = _bright_level(np.asarray(smooth, np.float32), free)
    trust = np.clip(weight / 0.05, 0, 1)[..., None]
    return np.asarray(trust * estimate + (1 - trust) * plain)


def optical_density(
    rgb: NDArray[np.uint8], background: NDArray[np.float32] | None = None, *, view: FieldOfView | None = None
) -> NDArray[np.float32]:
    """Optical density ``-ln(I / background)`` per channel, (H, W, 3) float32, at least -0.3; 0 out of view.

    rgb: (H, W, 3) uint8 RGB; background as from `background` (estimated when None); view: what the image
    shows of the smear, where that is known.
    Intensities below 2 count as 2, so that the density of a black pixel stays finite.
    """
    view = view or field_of_view(ArrayReader(rgb))
    light = _light(rgb, view) if background is None else background
    density = np.empty(rgb.shape, np.float32)
    rows = max(1, _BAND // rgb.shape[1])
    for y in range(0, rgb.shape[0], rows):  # what a step needs besides stays small, however large the image
        density[y : y + rows] = density_of(rgb[y : y + rows], light[y : y + rows])
    outside = view.outside(Region(0, 0, rgb.shape[1], rgb.shape[0]))
    if outside is not None:
        density[outside] = 0
    return density


def density_of(rgb: NDArray[np.uint8], light: NDArray[np.float32]) -> NDArray[np.float32]:
    """As `optical_density`, of a part of a field under its part of the background; it knows of no field of view."""
    intensity = np.maximum(rgb.astype(np.float32), 2.0)
    return np.asarray(np.maximum(-np.log(intensity / light), -0.3))


def out_of_view(rgb: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """1 where the image shows the rim of an eyepiece, a frame, a border or a banner, (H, W) uint8; see `FieldOfView`.

    None where there is none, and where all is dark. rgb: (H, W, 3) uint8 RGB.
    """
    field = ArrayReader(rgb)
    outside = field_of_view(field).outside(whole(field))
    return None if outside is None else outside.view(np.uint8)


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
