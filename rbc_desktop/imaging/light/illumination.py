"""Background of a transmitted-light field and optical density relative to it."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ...domain.fields.regions import Region, whole
from .array_reader import ArrayReader
from .channels import lowest
from .field_of_view import FieldOfView, field_of_view, reduced
from .stain_levels import otsu

TRIMS, SCATTERS, LEAST_SCATTER, LEAST_FREE = 8, 2.0, 0.01, 0.01
"""Background is left out up to so many times: what lies further below the estimate than so many scatters of what lies
above it, and than so much optical density; at least such a share of the image stays. Set on `txl-pbc/train` and Chula
training fields: 53 of 3,779 masks there had under half of the median density of their field's before, 15 have now."""

PALER_SHARE, LEAST_APART = 0.5, 16
"""What is darkest isn't the red cells when it covers less than this share of what a second threshold parts from the
background, by so many levels of 200 (8 % of the light)."""

FLATNESS = 0.003
"""How much a slope or bowl costs, against the mean square of what it leaves: where cells hide half of a field, the
other half doesn't tell its slope."""

_BAND = 2**20
"""Pixels that are computed at a time."""


def background(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Light that would reach the camera without cells, (H, W, 3) float32, 1..255.

    On a reduced copy, pixels darker than most of their wide neighbourhood are taken for cells and
    left out; the rest is averaged with a wide Gaussian (normalised convolution), which also fills
    the places under the cells, and what then lies clearly below that is left out in turn.
    What is out of view is left out too. rgb: (H, W, 3) uint8 RGB.
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
    grey = np.asarray(lowest(smooth), np.float32)
    outside = view.outside_reduced(size)
    if outside is None or outside.all():
        free = _cell_free(grey)
    else:  # filled with the bright level, or its slope would pass for shading
        lit = ~outside
        free = _cell_free(np.where(lit, grey, np.percentile(grey[lit], 80)).astype(np.float32)) & lit
    levels = np.log(np.maximum(smooth, 1.0)).astype(np.float32)
    estimate = _shading(levels, free)
    for _ in range(TRIMS):
        fewer = _without_cells(free, levels - estimate)
        if fewer is None:
            break
        free, estimate = fewer, _shading(levels, fewer)
    return np.exp(estimate)


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


def _cell_free(grey: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where the reduced image shows background.

    Background is brighter than Otsu's threshold of the image after its coarse shading (a wide grey closing) is divided
    out, shrunk by a pixel. Where nuclei are so much darker than the red cells that the threshold parts only them from
    all else, a second one among what is brighter parts the cells from the background.
    """
    side = max(9, (max(grey.shape) // 5) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    shading = cv2.GaussianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel), (0, 0), side / 2)
    flat = np.clip(grey / np.maximum(shading, 1.0), 0, 1.2)
    levels = np.clip(flat * 200, 0, 255).astype(np.uint8)
    counts = np.bincount(levels.ravel(), minlength=256)
    threshold = otsu(counts)
    second = threshold + 1 + otsu(counts[threshold + 1 :])
    at = np.arange(256)
    cells, bare = (slice(threshold + 1, second + 1), slice(second + 1, None))
    found = counts[cells].sum(), counts[bare].sum()
    if counts[: threshold + 1].sum() < PALER_SHARE * found[0] and found[1]:
        apart = (at[bare] @ counts[bare]) / found[1] - (at[cells] @ counts[cells]) / found[0]
        threshold = second if apart > LEAST_APART else threshold
    free = levels > threshold
    eroded = cv2.erode(free.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.asarray(eroded if eroded.mean() > 0.02 else free)


def _without_cells(free: NDArray[np.bool_], above: NDArray[np.float32]) -> NDArray[np.bool_] | None:
    """The background less what lies clearly below the estimate; None when nothing more does, or hardly any would stay.

    Cells, their pale centres and plasma only darken, so what lies above the estimate tells how far bare background
    scatters. Cells in it pull the estimate down, and come to lie clearly below as it rises.

    Args:
        free: ``(h, w)``, taken for background so far.
        above: ``(h, w, 3)``, logarithm of the image less that of the estimate.
    """
    mean = (above[..., 0] + above[..., 1] + above[..., 2]) / 3
    brighter = mean[free & (mean > 0)]
    if not len(brighter):
        return None
    limit = max(LEAST_SCATTER, SCATTERS * float(np.sqrt(np.square(brighter).mean())))
    fewer = free & (mean > -limit)
    count = np.count_nonzero(fewer)
    return fewer if max(16, LEAST_FREE * free.size) <= count < np.count_nonzero(free) else None


def _shading(levels: NDArray[np.float32], free: NDArray[np.bool_]) -> NDArray[np.float32]:
    """A slope and a bowl through the free pixels, and what a wide Gaussian mean says that they leave.

    Where few are near the slope and the bowl stand alone. levels: ``(h, w, 3)``, logarithms.
    """
    bowl = _bowl(levels, free)
    share = free.astype(np.float32)
    weight = _spread(share)
    left = _spread((levels - bowl) * share[..., None]) / np.maximum(weight, 0.05)[..., None]
    return np.asarray(bowl + left, np.float32)


def _bowl(levels: NDArray[np.float32], free: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The polynomial of second degree through the free pixels; flat as far as they leave it open."""
    count = np.count_nonzero(free)
    if count < 16:
        return np.broadcast_to(np.percentile(levels.reshape(-1, 3), 95, axis=0), levels.shape).astype(np.float32)
    # In double: in single precision what a processor's way to add up leaves is seen in the fourth digit of densities.
    terms = _terms(*free.shape).astype(np.float64)
    known = terms * free.reshape(-1, 1)
    flat = np.diag(np.array([0, *[FLATNESS * count] * 5], np.float64))
    factors = np.linalg.solve(known.T @ terms + flat, known.T @ levels.reshape(-1, 3))
    return np.asarray((terms @ factors).reshape(levels.shape), np.float32)


@lru_cache(maxsize=4)
def _terms(height: int, width: int) -> NDArray[np.float32]:
    """A constant, x, y and their squares and product at each pixel, ``(h x w, 6)``; x and y run from -1 to 1."""
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=-1)
    return np.asarray(terms.reshape(-1, 6), np.float32)


def _spread(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Gaussian over an eighth of the longer side, on a quarter of the pixels across: nothing finer stays anyway."""
    height, width = values.shape[:2]
    size = (max(2, round(width / 4)), max(2, round(height / 4)))
    coarse = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    wide = cv2.GaussianBlur(coarse, (0, 0), max(size) / 8)
    return np.asarray(cv2.resize(wide, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
