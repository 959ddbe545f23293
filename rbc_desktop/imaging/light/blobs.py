"""Shapes of a stained mask in time linear in its pixels, whatever it shows: holes filled, peaks within a disc."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray
from ...domain.fields.regions import Region
from .stain_levels import BAND_PIXELS, Steps

FloatArray = npt.NDArray[np.float32]
U8Array = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.intp]

OUTSIDE = 2
"""What can be reached from the frame, while holes are looked for."""

DIRECT_RADIUS, LARGEST_RADIUS = 7, 100
"""Up to the first, dilation by the disc itself is fastest; beyond the second, peaks are looked for on a reduced copy,
so that no element is compared with more than about 31,000 others. A cell 200 px across still lies below it."""


BARE_SHARE = 0.3
"""Of the threshold between background and stain: a hole of a lower mean level is a gap between cells."""

LEAST_GAP = 50
"""Pixels of the smallest gap between cells; a smaller hole is noise in a pale cell, whatever its level."""


def filled_above(levels: U8Array, threshold: int) -> Steps[U8Array]:
    """1 where a field's grey level is above a threshold, and in pale centres; else 0, ``(H, W)`` uint8."""
    mask = np.greater(levels, threshold).view(np.uint8)
    yield
    return (yield from hole_steps(mask, levels=levels, bare=BARE_SHARE * threshold))


def hole_steps(
    mask: U8Array,
    *,
    levels: U8Array | None = None,
    bare: float = 0.0,
    least: int = LEAST_GAP,
    band_pixels: int = 4 * BAND_PIXELS,
) -> Steps[U8Array]:
    """The mask with everything filled that can't be reached from outside, ``(H, W)`` uint8, 0 or 1, bit by bit.

    Chains of cells close round bare background too. With `levels` such gaps stay open.

    Args:
        mask: ``(H, W)`` uint8, 0 or 1. Diagonal neighbours touch each other; what passes between them doesn't.
        levels: ``(H, W)`` uint8, grey levels of the stain (`stain_levels.PER_DENSITY` per unit of optical density).
        bare: holes of a lower mean level are gaps between cells and no pale centres.
        least: pixels of the smallest gap.
        band_pixels: so many at a time.
    """
    framed = np.zeros((mask.shape[0] + 2, mask.shape[1] + 2), np.uint8)
    for part in Region(0, 0, mask.shape[1], mask.shape[0]).bands(band_pixels):  # memory that is new takes its time
        framed[1:-1, 1:-1][part.slices] = mask[part.slices]
        yield
    bands = [framed[b.slices] for b in Region(0, 0, framed.shape[1], framed.shape[0]).bands(band_pixels)]
    for band in bands:  # the frame leads along both sides into each of them
        cv2.floodFill(band, None, (0, 0), OUTSIDE, flags=4)
        cv2.floodFill(band, None, (band.shape[1] - 1, 0), OUTSIDE, flags=4)
        yield
    yield from _flow_on(bands)
    filled = np.empty(mask.shape, np.uint8)
    for part in Region(0, 0, mask.shape[1], mask.shape[0]).bands(band_pixels // 4):
        inside = framed[1:-1, 1:-1][part.slices]
        filled[part.slices] = inside != OUTSIDE
        if levels is not None:
            filled[part.slices][_gaps(inside == 0, levels[part.slices], bare, least)] = 0
        yield
    return filled


def _gaps(holes: BoolArray, levels: U8Array, bare: float, least: int) -> BoolArray:
    """Those of the holes ``(h, w)`` that are bare; one that a part's border cuts is judged on each side by itself."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(holes.view(np.uint8), connectivity=4)
    areas = stats[:, cv2.CC_STAT_AREA]
    sums = np.bincount(labels.ravel(), weights=levels.ravel(), minlength=count)
    gap = (areas >= least) & (sums < bare * areas)
    gap[0] = False
    return np.asarray(gap[labels])


def _flow_on(bands: Sequence[U8Array]) -> Steps[None]:
    """Let what is outside flow from band to band until it stands, in place."""
    changed = deque(range(len(bands)))
    while changed:
        source = changed.popleft()
        for target, there, here in ((source - 1, -1, 0), (source + 1, 0, -1)):
            if not 0 <= target < len(bands):
                continue
            reached = (bands[source][here] == OUTSIDE) & (bands[target][there] == 0)
            row = there % bands[target].shape[0]
            for column in np.flatnonzero(reached).tolist():
                if not bands[target][row, column]:  # not by a place before it
                    cv2.floodFill(bands[target], None, (column, row), OUTSIDE, flags=4)
            if reached.any():
                changed.append(target)
                yield


def disc_peaks(values: FloatArray, *, radius: int, least: float) -> tuple[Indices, Indices]:
    """Rows and columns of the elements that nothing within a disc around them exceeds, row by row.

    Args:
        values: ``(H, W)`` float32.
        radius: of the disc (OpenCV's ellipse of ``2 * radius + 1``), elements.
        least: smaller elements are no peaks.
    """
    if radius > LARGEST_RADIUS:
        return _peaks_of_reduced(values, radius=radius, least=least)
    side = 2 * radius + 1
    disc = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
    if radius <= DIRECT_RADIUS:
        rows, columns = np.nonzero((values >= cv2.dilate(values, disc)) & (values >= least))
        return rows, columns
    # What a square inside the disc exceeds is no peak; it is separable and leaves few elements to compare one by one.
    inner = 2 * (int(radius / np.sqrt(2)) - 1) + 1
    square = cv2.dilate(values, np.ones((1, inner), np.uint8))
    square = cv2.dilate(square, np.ones((inner, 1), np.uint8))
    rows, columns = np.nonzero((values >= square) & (values >= least))
    tops = [_is_top(values, int(row), int(column), disc) for row, column in zip(rows, columns, strict=True)]
    chosen = np.array(tops, bool)
    return rows[chosen], columns[chosen]


def _is_top(values: FloatArray, row: int, column: int, disc: U8Array) -> bool:
    radius = disc.shape[0] // 2
    top, left = max(0, row - radius), max(0, column - radius)
    around = values[top : row + radius + 1, left : column + radius + 1]
    inside = disc[top - row + radius :, left - column + radius :][: around.shape[0], : around.shape[1]]
    return bool(values[row, column] >= around[inside > 0].max())


def _peaks_of_reduced(values: FloatArray, *, radius: int, least: float) -> tuple[Indices, Indices]:
    height, width = values.shape
    factor = LARGEST_RADIUS / radius
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
    rows, columns = disc_peaks(small, radius=LARGEST_RADIUS, least=least)
    rows = np.minimum((rows + 0.5) * (height / small.shape[0]), height - 1).astype(np.intp)
    columns = np.minimum((columns + 0.5) * (width / small.shape[1]), width - 1).astype(np.intp)
    return rows, columns
