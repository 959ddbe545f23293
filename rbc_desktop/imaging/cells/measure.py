"""Measurements of cells from their masks and the field's optical density.

Names, units and formulas are those of `domain.cells.cell.Measurements`. Masks are ``(H, W)`` bool, cut to the cell;
lengths are pixels of the field; optical density has no unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray, FloatArray
from ...domain.cells.cell import MEDIAN_NEEDS, Measurements
from ...domain.cells.mask import CellMask
from ...domain.geometry import equivalent_diameter
from .field_context import FieldContext, blurred, field_context, quantiles
from .radial import RIM_DISTANCES, core_rim_ratio, relative_distance

PALE_DEPTH = 0.85
"""Without a centre below this fraction of the rim's density a cell has no pale centre (spherocytes of the
training set lie at 0.78 and above for nine in ten, normal cells at 0.44)."""

_PART = 0.6
"""Width of the smaller of two parts over that of the larger; what is thinner is a tail or a spike."""

_CROFTON = np.pi * np.array(
    [0, (1 + np.sqrt(0.5)) / 4, np.sqrt(0.5) / 4, np.sqrt(0.5) / 2, 0, (1 + np.sqrt(0.5)) / 4, 0, np.sqrt(0.5) / 4,
     1 / 4, 1 / 2, np.sqrt(0.5) / 4, np.sqrt(0.5) / 4, 1 / 4, 1 / 2, 0, 0]
)  # fmt: skip
"""Length per pixel for each of the sixteen patterns of `perimeter_px`, as in `skimage.measure.perimeter_crofton`."""

_PIXEL_CORNERS = np.array([[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]], np.float32)


def measure_many(
    rgb: npt.NDArray[np.uint8],
    masks: Sequence[CellMask],
    *,
    field_median_diameter: float | None = None,
    context: FieldContext | None = None,
) -> list[Measurements]:
    """Measure every mask of one field, in order.

    Args:
        rgb: ``(H, W, 3)`` uint8 RGB, the field the masks lie in.
        masks: any number of cells.
        field_median_diameter: pixels; for `relative_diameter`. Without it the field's own estimate is used, and
            `relative_diameter` is NaN when the field has none.
        context: the field's context where the caller has it already.

    Returns:
        One `Measurements` a mask; a value that the field has no reference for is NaN.
    """
    context = field_context(rgb) if context is None else context
    reference = context.cell_diameter if field_median_diameter is None else field_median_diameter
    typical = float(np.median(context.cells.density)) if len(context.cells.density) >= MEDIAN_NEEDS else 0.0
    return [_measure(context, mask, reference, typical) for mask in masks]


def _measure(context: FieldContext, mask: CellMask, reference: float | None, typical: float) -> Measurements:
    """One cell; reference: diameter that relative sizes refer to, typical: median density of the field's cells or 0."""
    height, width = mask.crop.shape
    crop = _framed(mask.crop)
    area = float(np.count_nonzero(crop))
    perimeter = perimeter_px(crop)
    major, minor = ellipse_axes(crop)
    diameter = equivalent_diameter(area)
    inside = context.mean_density[mask.y0 : mask.y0 + height, mask.x0 : mask.x0 + width]
    density = np.asarray(cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_REPLICATE), np.float32)
    distance = relative_distance(crop)
    mean_density = float(density[crop].mean())
    return Measurements(
        area_px=area,
        perimeter_px=perimeter,
        diameter_px=diameter,
        major_axis_px=major,
        minor_axis_px=minor,
        circularity=min(1.0, 4 * float(np.pi) * area / perimeter**2),
        axis_ratio=max(1.0, major / minor),
        solidity=min(1.0, area / hull_area(crop)),
        pallor_ratio=pallor_ratio(density, crop, distance),
        core_rim_ratio=core_rim_ratio(density, distance),
        mean_density=mean_density,
        relative_diameter=diameter / reference if reference else float("nan"),
        waist=waist(crop),
        relative_density=mean_density / typical if typical else float("nan"),
    )


def perimeter_px(mask: BoolArray) -> float:
    """Length of the outline by the Cauchy–Crofton formula in four directions, at least that of one pixel."""
    image = _framed(mask).view(np.uint8)
    corners = image.copy()  # which of a pixel and its three neighbours above and to the left are inside, as bits
    corners[:, 1:] += 4 * image[:, :-1]
    corners[1:] += 2 * image[:-1]
    corners[1:, 1:] += 8 * image[:-1, :-1]
    return max(float(_CROFTON @ np.bincount(corners.ravel(), minlength=16)), float(np.pi))


def _framed(mask: BoolArray) -> BoolArray:
    """The mask with one more pixel outside on each side."""
    framed = np.zeros((mask.shape[0] + 2, mask.shape[1] + 2), np.bool_)
    framed[1:-1, 1:-1] = mask
    return framed


def ellipse_axes(mask: BoolArray) -> tuple[float, float]:
    """Major and minor axis of the ellipse with the mask's second moments (4√eigenvalue, pixels as unit squares)."""
    moments = cv2.moments(mask.astype(np.uint8), binaryImage=True)
    area = moments["m00"]
    xx, yy, xy = moments["mu20"] / area + 1 / 12, moments["mu02"] / area + 1 / 12, moments["mu11"] / area
    spread = np.hypot((xx - yy) / 2, xy)
    middle = (xx + yy) / 2
    return 4 * float(np.sqrt(middle + spread)), 4 * float(np.sqrt(max(middle - spread, 1 / 12)))


def waist(mask: BoolArray) -> float:
    """Width of the mask's narrowest place between its two widest parts over that of the smaller part; 1 for one part.

    The widths are those of inscribed discs: at the first level of the distance to the rim that cuts the mask in two
    parts, each at least `_PART` as wide as the widest, over the smaller part's own maximum. mask: padded by a pixel.
    """
    distance = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    highest = float(distance.max())
    # Each part holds a peak; where only one is high enough there are no two parts.
    tops = (distance >= cv2.dilate(distance, np.ones((3, 3), np.uint8))) & (distance >= _PART * highest)
    if cv2.connectedComponents(tops.astype(np.uint8))[0] <= 2:
        return 1.0
    for level in np.linspace(0.2, 0.95, 26) * highest:
        count, labels = cv2.connectedComponents((distance > level).astype(np.uint8))
        if count > 2:
            peaks = sorted(float(distance[labels == label].max()) for label in range(1, count))
            if peaks[-2] >= _PART * highest and level < peaks[-2]:
                return min(1.0, float(level) / peaks[-2])
    return 1.0


def hull_area(mask: BoolArray) -> float:
    """Area of the convex hull of the mask's pixels as unit squares."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    points = np.concatenate(contours).reshape(-1, 2).astype(np.float32)
    corners = np.concatenate([points + offset for offset in _PIXEL_CORNERS])
    return float(cv2.contourArea(cv2.convexHull(corners)))


def pallor_ratio(density: FloatArray, mask: BoolArray, distance: FloatArray) -> float:
    """Diameter of the pale centre over the diameter of the cell, from the areas: √(pale / cell).

    The pale centre is the largest connected region, inside the outer fifth, whose density (smoothed by one pixel) lies
    under the middle between the cell's palest spot and its rim (90th percentile of the density inside the outer
    fifth); what it encloses, such as the spot of a target cell, belongs to it. 0 when the palest spot is not clearly
    paler than the rim (`PALE_DEPTH`).

    Args:
        density: ``(H, W)`` float32 optical density around the cell.
        mask: ``(H, W)`` bool, the cell.
        distance: ``(H, W)`` float32, 0 outside and 1 at the innermost pixel, see `radial.relative_distance`.
    """
    smooth = blurred(density, 1.0)
    inside = distance > RIM_DISTANCES[0]
    if np.count_nonzero(inside) < 9:
        return 0.0
    low, high = quantiles(smooth[inside], (5, 90))
    if low >= PALE_DEPTH * high:
        return 0.0
    pale = (inside & (smooth < (low + high) / 2)).astype(np.uint8)
    contours, _ = cv2.findContours(pale, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(pale)
    if contours:
        largest = max(contours, key=lambda c: float(cv2.contourArea(c)))
        cv2.drawContours(filled, [largest], -1, 1, thickness=cv2.FILLED)
    return float(np.sqrt(np.count_nonzero(filled) / np.count_nonzero(mask)))
