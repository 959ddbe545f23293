"""Optical density as grey levels, band by band, and thresholds from their histogram.

Long work on a field is a generator: it yields where it may be left, and returns its result.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import FloatArray, U8Array
from ...domain.fields.regions import Region

PER_DENSITY = 160
"""Grey levels per unit of optical density."""

BAND_PIXELS = 2**21
"""Pixels per step: a tenth of a second, three while memory is new."""

_REACH = 8
"""Rows beyond a band that its smoothing sees, at least four standard deviations."""

Counts = npt.NDArray[np.int64]
"""How many pixels have each grey level, ``(256,)``."""

Result = TypeVar("Result")
Steps = Generator[None, None, Result]


def result_of(steps: Steps[Result]) -> Result:
    """The result of work that nobody wants to leave."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def level_steps(
    read: Callable[[Region], FloatArray], *, field: Region, sigma: float, band_pixels: int = BAND_PIXELS
) -> Steps[tuple[U8Array, Counts]]:
    """Smoothed grey levels of a field ``(H, W)`` uint8, and their histogram.

    Args:
        read: optical density of a region, one channel.
        field: all of it.
        sigma: of the Gaussian smoothing, at most 2 pixels.
        band_pixels: so many at a time.
    """
    levels = np.empty((field.height, field.width), np.uint8)
    counts = np.zeros(256, np.int64)
    for band in field.bands(band_pixels):
        seen = Region(0, max(0, band.y0 - _REACH), field.width, min(field.height, band.y1 + _REACH))
        smooth = np.asarray(cv2.GaussianBlur(read(seen), (0, 0), sigma), np.float32)
        smooth *= PER_DENSITY
        levels[band.slices] = np.clip(smooth, 0, 255, out=smooth)[band.seen_from(seen).slices]
        counts += np.bincount(levels[band.slices].ravel(), minlength=256)
        yield
    return levels, counts


def otsu(counts: Counts) -> int:
    """Otsu's threshold as `cv2.threshold` finds it: what is above it is the brighter class."""
    total = int(counts.sum())
    if not total:
        return 0
    mean = float((np.arange(len(counts)) * counts).sum()) / total
    lower_mean = lower = best = 0.0
    found = 0
    for level, count in enumerate(counts.tolist()):
        share = count / total
        lower_mean *= lower
        lower += share
        if not _LEAST <= lower <= 1 - _LEAST:
            continue
        lower_mean = (lower_mean + level * share) / lower
        upper_mean = (mean - lower * lower_mean) / (1 - lower)
        between = lower * (1 - lower) * (lower_mean - upper_mean) ** 2
        if between > best:
            best, found = between, level
    return found


_LEAST = float(np.finfo(np.float32).eps)
