"""The optical density of a field: whole where it is small, computed where it is looked at where it is large."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np

from ...domain.arrays import FloatArray, U8Array
from ...domain.fields.regions import Region, RegionReader, whole
from .channels import averaged
from .field_of_view import FieldOfView, field_of_view, reduced
from .illumination import density_of, light_of, optical_density
from .stain_levels import Steps

WHOLE_PIXELS = 2**24
"""Up to here the density of a field is kept, 16 bytes a pixel; beyond, one look costs what it looks at."""

ROWS_AT_A_TIME = 256
"""Sampled rows of a very large field that are read in one step."""

_ENOUGH_PIXELS = 16_000_000
"""Fields of up to twice as many pixels are looked at whole."""


class Density(Protocol):
    """What is read of a density, by rows and columns: an array is one."""

    @property
    def shape(self) -> tuple[int, ...]:
        """``(H, W, 3)``, or ``(H, W)`` for the mean of the channels."""

    @property
    def nbytes(self) -> int:
        """Memory that it holds."""

    def __getitem__(self, part: tuple[slice, slice], /) -> FloatArray:
        """The density of some rows and columns, float32."""


class RegionDensity:
    """As `optical_density`, of the regions that are asked for; only the reduced background is kept.

    Args:
        field: whose.
        small: the field `reduced`.
        view: what it shows of the smear, where that is known.
    """

    def __init__(self, field: RegionReader, small: FloatArray, *, view: FieldOfView | None = None) -> None:
        self._field = field
        size = (field.width, small.shape[0])
        self._view = view or field_of_view(field, small=small)
        light = light_of(small, view=self._view)
        self._light = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_LINEAR), np.float32)

    @property
    def shape(self) -> tuple[int, ...]:
        """``(H, W, 3)``."""
        return self._field.height, self._field.width, 3

    @property
    def nbytes(self) -> int:
        """Memory of the reduced background."""
        return int(self._light.nbytes)

    def __getitem__(self, part: tuple[slice, slice], /) -> FloatArray:
        """The density of some rows and columns ``(h, w, 3)`` float32."""
        rows, columns = (s.indices(n)[:2] for s, n in zip(part, self.shape, strict=False))
        region = Region(columns[0], rows[0], max(columns), max(rows))
        density = density_of(self._field.read(region), self._light_at(region))
        outside = self._view.outside(region)
        if outside is not None:
            density[outside] = 0
        return density

    def _light_at(self, region: Region) -> FloatArray:
        """The background, interpolated as OpenCV does to a few millionths."""
        known = self._light.shape[0]
        at = (np.arange(region.y0, region.y1) + 0.5) * (known / self._field.height) - 0.5
        above = np.floor(at).astype(int)
        share = (at - above).astype(np.float32)[:, None, None]
        upper = self._light[np.clip(above, 0, known - 1), region.x0 : region.x1]
        lower = self._light[np.clip(above + 1, 0, known - 1), region.x0 : region.x1]
        return np.asarray(np.clip(upper + (lower - upper) * share, 1.0, 255.0), np.float32)


class MeanDensity:
    """The mean of the channels of a density, ``(H, W)``."""

    def __init__(self, colour: Density) -> None:
        self._colour = colour

    @property
    def shape(self) -> tuple[int, ...]:
        """``(H, W)``."""
        return self._colour.shape[:2]

    @property
    def nbytes(self) -> int:
        """It keeps nothing."""
        return 0

    def __getitem__(self, part: tuple[slice, slice], /) -> FloatArray:
        """The density of some rows and columns ``(h, w)`` float32."""
        return averaged(self._colour[part])


def density_steps(
    field: RegionReader, *, view: FieldOfView | None = None, whole_pixels: int = WHOLE_PIXELS
) -> Steps[tuple[Density, Density]]:
    """Optical density of a field, ``(H, W, 3)``, and its mean over the channels, ``(H, W)``.

    Args:
        field: whose.
        view: what it shows of the smear, where that is known.
        whole_pixels: largest field whose density is kept as arrays.
    """
    if field.width * field.height <= whole_pixels:
        density = optical_density(field.read(whole(field)), view=view)
        return density, averaged(density)
    known = None if view is None else view.small
    small = reduced(field) if known is None else np.asarray(known, np.float32)
    yield
    colour = RegionDensity(field, small, view=view)
    return colour, MeanDensity(colour)


def stained_pixel_steps(density: Density, stained: U8Array) -> Steps[FloatArray]:
    """The density of what is stained, ``(K,)`` or ``(K, 3)``; of very large fields every so many rows.

    Args:
        density: of the field.
        stained: ``(H, W)`` uint8, not 0 where it counts.
    """
    parts = []
    for number, row in enumerate(sampled_rows(density.shape), start=1):
        parts.append(density[row, :][stained[row] > 0])
        if number % ROWS_AT_A_TIME == 0:
            yield
    return np.concatenate(parts)


def sampled_rows(shape: tuple[int, ...]) -> list[slice]:
    """The rows that stand for a field: all of them, or every so many of a very large one."""
    step = max(1, shape[0] * shape[1] // _ENOUGH_PIXELS)
    return [slice(0, shape[0])] if step == 1 else [slice(y, y + 1) for y in range(0, shape[0], step)]
