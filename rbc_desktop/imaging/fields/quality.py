"""What the image of a field lets be seen, measured on its pixels: the facts that assessability and gates go by.

Everything is measured on the field's stained parts without the segmenter, so it doesn't depend on which cells a person
has marked, and the same image always gives the same values.
"""

from __future__ import annotations

import cv2
import numpy as np

from ...domain.arrays import FloatArray, Floats, U8Array
from ...domain.fields.field_quality import FieldQuality
from ..cells.field_context import FieldContext, blurred, stained_mask
from ..cells.measure import PALE_DEPTH
from ..light.array_reader import ArrayReader
from ..light.blobs import disc_peaks
from ..light.channels import averaged, lowest
from ..light.field_of_view import FieldOfView, field_of_view, reduced
from ..light.illumination import light_of

ENOUGH = 8
"""Single cells from which on their shares mean something; with fewer the middles of clumps are looked at, too."""

TRAINING_HUE = (0.183, 0.505, 0.312)
"""Shares of red, green and blue in the density of a cell: mean over the training's Chula fields."""

DARKEST, BRIGHTEST = 2, 253
"""Levels at which a camera has no room left: any channel at or under the first, all above the second."""

SQUARE_FILL, SQUARE_AXES = 0.88, 1.35
"""A single cell that fills so much of its smallest upright or turned box (a circle or ellipse 0.785), and is no longer
than so much of its width, has corners."""

SINGLE_AREAS = 1.6
"""Typical areas up to which a stained part at the field's edge counts as one cell."""

_SLOPE_REACH, _TOP_REACH, _NOISE = 0.06, 0.2, 0.01
"""Shares of a cell's diameter: how far from the outline the steepest slope and the rim's density are looked for, and
by how much the density is smoothed before."""

_LOOKED_AT = 3000
"""Pixels across the middle of a field that are looked at: enough cells of any slide, in bounded memory."""

_SAMPLED = 2_000_000
"""Pixels of which clipped ones are counted."""

_CORE, _RIM = 0.28, (0.5, 0.8)
"""Shares of an inscribed circle's radius: the middle of a cell that can't be told from its neighbours, and its rim."""


def field_quality(rgb: U8Array, *, context: FieldContext, view: FieldOfView | None = None) -> FieldQuality:
    """Measure a field.

    Args:
        rgb: ``(H, W, 3)`` uint8 RGB.
        context: of the same field.
        view: what the image shows of the smear, where that is known.
    """
    part = _middle(rgb.shape[0]), _middle(rgb.shape[1])
    density, stained = context.mean_density[part], stained_mask(context.density[part])
    diameter = context.cell_diameter
    single = context.cells
    core_rim = single.core_rim
    if len(core_rim) < ENOUGH and diameter is not None:
        middles = middles_of(stained, density, diameter=diameter)
        core_rim = middles if len(middles) > len(core_rim) else core_rim
    known = len(core_rim) >= ENOUGH
    view = view or field_of_view(ArrayReader(rgb))
    return FieldQuality(
        cell_px=float("nan") if diameter is None else diameter,
        edge_share=float("nan") if diameter is None else edge_width(stained, density, diameter) / diameter,
        pallor_share=float((core_rim < PALE_DEPTH).mean()) if known else float("nan"),
        overlap_share=float("nan") if diameter is None else overlap(stained, diameter=diameter),
        square_share=_square_share(single.fill, single.axis_ratio),
        hue_degrees=hue_distance(context.cell_density) if diameter is not None else float("nan"),
        level=float(context.cell_density.mean()) if diameter is not None else float("nan"),
        clipped_share=_clipped(rgb, view),
        evenness=_evenness(rgb, view),
        cells=len(core_rim),
    )


def _middle(side: int) -> slice:
    start = max(0, (side - _LOOKED_AT) // 2)
    return slice(start, start + _LOOKED_AT)


def edge_width(stained: U8Array, density: FloatArray, diameter: float) -> float:
    """Width of the cells' edges in pixels, NaN where nothing is stained: density of the rim over its steepest slope.

    The median over the outlines of all that is stained; what the field's own edge cuts is left out. A step that was
    blurred by a Gaussian of standard deviation s is 2.5 s wide.

    Args:
        stained: ``(H, W)`` 0 or 1.
        density: ``(H, W)`` float32, mean of the channels.
        diameter: of a typical cell, pixels.
    """
    smooth = blurred(density, max(0.4, _NOISE * diameter))
    slope = np.hypot(cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8))
    steepest = cv2.dilate(slope, _square(max(3, round(_SLOPE_REACH * diameter))))
    top = cv2.dilate(blurred(density, 1.0), _square(max(2, round(_TOP_REACH * diameter))))
    outline = (stained > 0) & (cv2.erode(stained, np.ones((3, 3), np.uint8)) == 0)
    outline[[0, 1, -2, -1]] = False
    outline[:, [0, 1, -2, -1]] = False
    if not outline.any():
        return float("nan")
    return float(np.median(top[outline] / np.maximum(steepest[outline], 1e-3)))


def middles_of(stained: U8Array, density: FloatArray, *, diameter: float) -> Floats:
    """Density of the middle over that near the rim of every cell whose middle can be found, ``(N,)``; clumps count.

    Where cells touch, the circles inscribed between their borders stand for them. Those cut by the field's edge are
    left out.
    """
    distance = blurred(cv2.distanceTransform(np.pad(stained, 1), cv2.DIST_L2, 5)[1:-1, 1:-1], 0.04 * diameter)
    rows, columns = disc_peaks(distance, radius=max(2, round(0.35 * diameter)), least=0.3 * diameter)
    height, width = stained.shape
    ratios = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        radius = min(float(distance[row, column]), 0.6 * diameter)
        reach = int(radius)
        if min(row, column, height - 1 - row, width - 1 - column) < reach:
            continue
        part = density[row - reach : row + reach + 1, column - reach : column + reach + 1]
        ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        away = np.hypot(ys, xs) / radius
        rim = part[(away > _RIM[0]) & (away < _RIM[1])]
        ratios.append(float(part[away < _CORE].mean() / max(float(rim.mean()), 0.01)))
    return np.asarray(ratios)


def overlap(stained: U8Array, *, diameter: float) -> float:
    """Share of the stained area that lies in parts of more than one cell; NaN where nothing is stained.

    What the field's edge cuts counts as one cell as long as it is no larger than one.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(stained, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA].astype(np.float64)
    if count < 2:
        return float("nan")
    return float(areas[areas > SINGLE_AREAS * np.pi / 4 * diameter**2].sum() / areas.sum())


def hue_distance(cell_density: FloatArray) -> float:
    """Degrees between a cell's densities in red, green and blue ``(3,)`` and those of the training's typical cell."""
    hue = np.asarray(TRAINING_HUE)
    cosine = float(cell_density @ hue) / float(np.linalg.norm(cell_density) * np.linalg.norm(hue))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _square_share(fill: Floats, axis_ratio: Floats) -> float:
    if len(fill) < ENOUGH:
        return float("nan")
    return float(((fill > SQUARE_FILL) & (axis_ratio < SQUARE_AXES)).mean())


def _clipped(rgb: U8Array, view: FieldOfView) -> float:
    """Share of the pixels that say nothing, black in any channel or white in all; every so many are looked at."""
    step = max(1, round((rgb.shape[0] * rgb.shape[1] / _SAMPLED) ** 0.5))
    levels = lowest(rgb[::step, ::step])
    outside = view.outside_reduced(levels.shape[::-1])
    levels = levels if outside is None else levels[~outside]
    return float(((levels <= DARKEST) | (levels > BRIGHTEST)).mean()) if levels.size else 1.0


def _evenness(rgb: U8Array, view: FieldOfView) -> float:
    """Light of the background at its darkest place over that at its brightest, hundredths left out."""
    light = averaged(light_of(reduced(ArrayReader(rgb)), view=view))
    outside = view.outside_reduced(light.shape[::-1])
    inside = light.ravel() if outside is None else light[~outside]
    low, high = np.percentile(inside if inside.size else light, (1, 99))
    return float(low / max(float(high), 1.0))


def _square(reach: int) -> U8Array:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
