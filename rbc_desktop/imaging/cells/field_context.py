"""What the cells of one field are compared with: its optical density and its typical red cell.

Computed once a field and shared by `measure` and `features`. Of a large field nothing is computed whole but what takes
a byte a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import FloatArray, U8Array
from ...domain.cells.mask import CellMask
from ...domain.fields.regions import Region, RegionReader
from ..light.array_reader import ArrayReader
from ..light.blobs import disc_peaks, filled_above
from ..light.field_density import WHOLE_PIXELS, Density, density_steps, sampled_rows, stained_pixel_steps
from ..light.field_of_view import FieldOfView
from ..light.stain_levels import BAND_PIXELS, Steps, level_steps, otsu, result_of
from .field_cells import FieldCells, single_cell_steps

_MIN_CELL_AREA = 60
"""Smaller components are specks (a red cell is at least 12 px across in any usable field)."""

_ENOUGH_CELLS = 5
"""Fewer clean single cells than this give no dependable median."""


_PALER_SHARE = 0.5
"""The darker pixels are not the red cells when they make up less than this share of all that is stained."""

_MIN_LEVEL = 10
"""Threshold below which stain can't be told from noise, in 1/160 of optical density."""

_MIDDLE = 2048
"""Half the side, pixels, of the part of a large crowded field whose circles tell the diameter."""

_INSCRIBED_FACTOR = 1.12
"""Diameter of a cell over that of its inscribed circle, median of single red cells."""


@dataclass(frozen=True, slots=True, eq=False)
class FieldContext:
    """One field's optical density and typical cell.

    Attributes:
        density: ``(H, W, 3)`` float32 optical density against the local background, natural log, RGB. Of a large field
            it is computed where it is looked at.
        mean_density: ``(H, W)`` float32, mean of the three channels.
        cell_density: ``(3,)`` float32, median density of the field's stained pixels, at least 0.02.
        cell_diameter: pixels, median diameter of the field's single cells, or None when too few stand alone.
        cells: the field's single cells.
    """

    density: Density
    mean_density: Density
    cell_density: FloatArray
    cell_diameter: float | None
    cells: FieldCells

    @property
    def nbytes(self) -> int:
        """Memory of the densities."""
        return int(self.density.nbytes + self.mean_density.nbytes)

    def reference_diameter(self, masks: Sequence[CellMask], given: float | None) -> float:
        """Pixels that count as one cell diameter: the given one, else the field's, else the masks' median, else 40."""
        if given is not None and np.isfinite(given) and given > 0:
            return float(given)
        if self.cell_diameter is not None:
            return self.cell_diameter
        if masks:
            return float(np.median([m.diameter for m in masks]))
        return 40.0


def field_context(rgb: U8Array) -> FieldContext:
    """The context of a field ``(H, W, 3)`` uint8 RGB."""
    return result_of(context_steps(ArrayReader(rgb)))


def context_steps(
    field: RegionReader, *, view: FieldOfView | None = None, whole_pixels: int = WHOLE_PIXELS
) -> Steps[FieldContext]:
    """`field_context`, of a field that need not be in memory.

    Args:
        field: whose.
        view: what it shows of the smear, where that is known.
        whole_pixels: largest field whose density is kept.
    """
    density, mean = yield from density_steps(field, view=view, whole_pixels=whole_pixels)
    yield
    stained = yield from stained_mask_steps(density)
    yield
    typical = yield from _typical_colour(density, stained)
    yield
    cells = yield from single_cell_steps(stained, mean)
    yield
    alone = len(cells.diameter) >= _ENOUGH_CELLS
    return FieldContext(
        density=density,
        mean_density=mean,
        cell_density=np.maximum(typical, 0.02).astype(np.float32),
        cell_diameter=float(np.median(cells.diameter)) if alone else _inscribed_diameter(_middle(stained)),
        cells=cells,
    )


def _typical_colour(density: Density, stained: U8Array) -> Steps[npt.NDArray[np.floating]]:
    """Median density ``(3,)`` of what is stained; of very large fields every so many rows are looked at."""
    pixels = yield from stained_pixel_steps(density, stained)
    if len(pixels) >= 16:
        return np.asarray(np.median(pixels, axis=0))
    looked_at = [density[row, :].reshape(-1, 3) for row in sampled_rows(density.shape)]
    return np.asarray(np.percentile(np.concatenate(looked_at), 90, axis=0))


def blurred(image: npt.NDArray[np.generic], sigma: float) -> FloatArray:
    """Gaussian smoothing, float32."""
    return np.asarray(cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), sigma), dtype=np.float32)


def quantiles(values: npt.NDArray[np.float32], percents: Sequence[float]) -> npt.NDArray[np.float64]:
    """Percentiles of ``(K,)`` values as `numpy.percentile` interpolates them, ten times faster for few values."""
    ordered = np.sort(values)
    at = np.asarray(percents) * ((len(ordered) - 1) / 100)
    return np.asarray(np.interp(at, np.arange(len(ordered)), ordered))


def stained_mask(density: Density) -> U8Array:
    """1 where the field is stained, else 0, uint8 ``(H, W)``, holes filled; density: ``(H, W, 3)`` float32.

    Otsu's threshold of the smoothed green density, the channel in which haemoglobin and eosin stand out. Where ink, a
    pointer or white-cell nuclei are much darker than the red cells, the first threshold keeps only them: a second one
    among the paler pixels is taken then, if it finds clearly more (see `_PALER_SHARE`).
    """
    return result_of(stained_mask_steps(density))


def stained_mask_steps(density: Density, *, band_pixels: int = BAND_PIXELS) -> Steps[U8Array]:
    """`stained_mask`, so many pixels at a time."""
    field = Region(0, 0, density.shape[1], density.shape[0])
    levels, counts = yield from level_steps(
        lambda part: density[part.slices][..., 1], field=field, sigma=0.8, band_pixels=band_pixels
    )
    threshold = otsu(counts)
    second = otsu(counts[: threshold + 1])
    if counts[threshold + 1 :].sum() < _PALER_SHARE * counts[second + 1 :].sum() and second > _MIN_LEVEL:
        threshold = second
    filled = yield from filled_above(levels, threshold)
    return np.asarray(cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _middle(stained: U8Array) -> U8Array:
    """The middle of a large field, which stands for all of it."""
    rows, columns = (slice(max(0, n // 2 - _MIDDLE), n // 2 + _MIDDLE) for n in stained.shape)
    return stained if stained.size <= WHOLE_PIXELS else np.ascontiguousarray(stained[rows, columns])


def _inscribed_diameter(stained: U8Array) -> float | None:
    """Crowded fields: median diameter of the circles inscribed in cells and clumps, or None where nothing is stained.

    Circles that reach the field's edge are left out.
    """
    if stained.all():  # no border to inscribe a circle in
        return None
    distance = blurred(cv2.distanceTransform(stained, cv2.DIST_L2, 5), 1.5)
    if distance.max() < np.sqrt(_MIN_CELL_AREA / np.pi):
        return None
    reach = int(np.percentile(distance[distance > 0], 90))
    least = float(np.nextafter(np.float32(0.4 * np.percentile(distance[stained > 0], 98)), np.float32(np.inf)))
    rows, columns = disc_peaks(distance, radius=reach, least=least)
    height, width = stained.shape
    edge = np.minimum.reduce([rows, columns, height - 1 - rows, width - 1 - columns])
    radii = distance[rows, columns]
    radii = radii[edge > 0.8 * radii]
    return 2 * _INSCRIBED_FACTOR * float(np.median(radii)) if len(radii) else None
