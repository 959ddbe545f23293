"""Every cell on the same canvas: one scale for all microscopes, mask centred, surroundings left out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray, FloatArray
from ...domain.cells.mask import CellMask
from ..cells.field_context import FieldContext, blurred, quantiles
from ..light.field_density import Density

CELL_PX = 40
"""Canvas pixels for one reference diameter."""

CANVAS_PX = 112
"""Side of a canvas: 2.8 reference diameters. Larger objects are shrunk until they fit."""

NORMALISED_PX = 40
"""Side of the size- and rotation-normalised view."""

_FIT_PX = CANVAS_PX - 8
_MASK_BLUR_PX = 0.7
"""Masks of every source are smoothed alike, canvas pixels, so that single jagged pixels carry no meaning."""


WINDOW_PX = 60
"""Side of the physical window: 1.5 reference diameters."""

_MARGIN = 3
_LONG = 1.15
"""Axis ratio from which the outline gives the direction of a cell."""


@dataclass(frozen=True, slots=True, eq=False)
class CellView:
    """One cell at `CELL_PX` a reference diameter, cropped to its box and a small margin ``(h, w)``.

    Attributes:
        mask: ``(h, w)`` bool.
        density: ``(h, w, 3)`` float32 optical density, RGB; not masked.
        mean: ``(h, w)`` float32, mean of the channels; not masked.
        values: ``(K,)`` float32, `mean` inside the mask.
        mean_inside: mean of `values`, at least 0.02: the unit of densities within the cell.
        distance: ``(h, w)`` float32, distance to the outline over the largest, 0 outside.
        window: ``(W, W)`` float32, W = `WINDOW_PX` round the centre, mean density, 0 outside the mask.
        area: pixels of the mask.
        inscribed: radius of the largest inscribed circle.
        shrink: 1, or the extra factor by which an oversized object was shrunk.
        outline_angle: direction of the outline's long axis, radians.
        angle: direction that the normalised view turns to the x axis, radians.
        axes: full long and short axis of the ellipse with the same moments.
        centre: centre of mass in the crop, x then y.
    """

    mask: BoolArray
    density: FloatArray
    mean: FloatArray
    values: FloatArray
    mean_inside: float
    distance: FloatArray
    window: FloatArray
    area: float
    inscribed: float
    shrink: float
    outline_angle: float
    angle: float
    axes: tuple[float, float]
    centre: tuple[float, float]


def cell_view(context: FieldContext, mask: CellMask, *, reference: float) -> CellView:
    """Resample one cell so that `reference` field pixels become `CELL_PX`."""
    scale = CELL_PX / reference
    shrink = min(1.0, _FIT_PX / (2 * _reach(mask) * scale))
    canvas_mask, canvas = _resample(context.density, mask, scale * shrink)
    x, y, width, height = cv2.boundingRect(canvas_mask.astype(np.uint8))
    part = (
        slice(max(0, y - _MARGIN), y + height + _MARGIN),
        slice(max(0, x - _MARGIN), x + width + _MARGIN),
    )
    canvas_mean = np.asarray((canvas[..., 0] + canvas[..., 1] + canvas[..., 2]) / 3, dtype=np.float32)
    inside, mean = canvas_mask[part], canvas_mean[part]
    pixels = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)
    largest = max(float(pixels.max()), 1e-6)
    moments = cv2.moments(inside.astype(np.uint8), binaryImage=True)
    outline_angle, major, minor = _principal(moments)
    values = mean[inside]
    edge = (CANVAS_PX - WINDOW_PX) // 2
    middle = (slice(edge, edge + WINDOW_PX), slice(edge, edge + WINDOW_PX))
    return CellView(
        mask=inside,
        density=canvas[part],
        mean=mean,
        values=values,
        mean_inside=max(float(values.mean()), 0.02),
        distance=np.asarray(pixels / largest, dtype=np.float32),
        window=np.asarray(canvas_mean[middle] * canvas_mask[middle], dtype=np.float32),
        area=float(moments["m00"]),
        inscribed=largest,
        shrink=shrink,
        outline_angle=outline_angle,
        angle=outline_angle if major / minor >= _LONG else _pallor_angle(inside, mean, outline_angle),
        axes=(major, minor),
        centre=(moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]),
    )


def _reach(mask: CellMask) -> float:
    """Field pixels from the centre of mass to the farthest edge of the box."""
    box, centre = mask.box, mask.centroid
    return max(centre.x - box.x0, box.x1 - centre.x, centre.y - box.y0, box.y1 - centre.y)


def _resample(density: Density, mask: CellMask, scale: float) -> tuple[BoolArray, FloatArray]:
    """Mask and density on the canvas; downscaling averages, so that fine and coarse cameras look alike."""
    height, width = density.shape[:2]
    centre = mask.centroid
    margin = CANVAS_PX / 2 / scale + 2
    x0, y0 = max(0, int(centre.x - margin)), max(0, int(centre.y - margin))
    x1, y1 = min(width, int(centre.x + margin) + 1), min(height, int(centre.y + margin) + 1)
    region = density[y0:y1, x0:x1]
    inside = np.zeros(region.shape[:2], np.float32)
    mask_height, mask_width = mask.crop.shape
    inside[mask.y0 - y0 : mask.y0 - y0 + mask_height, mask.x0 - x0 : mask.x0 - x0 + mask_width] = mask.crop
    if scale < 1:
        sigma = 0.45 * float(np.sqrt(1 / scale**2 - 1))
        if sigma > 0.2:
            region, inside = blurred(region, sigma), blurred(inside, sigma)
    half = CANVAS_PX / 2
    # Pixel centres lie at +0.5 in field coordinates and at integers in OpenCV's.
    matrix = np.array(
        [[scale, 0, half - 0.5 - scale * (centre.x - x0 - 0.5)], [0, scale, half - 0.5 - scale * (centre.y - y0 - 0.5)]]
    )
    size = (CANVAS_PX, CANVAS_PX)
    canvas = cv2.warpAffine(region, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    soft = blurred(cv2.warpAffine(inside, matrix, size, flags=cv2.INTER_LINEAR), _MASK_BLUR_PX)
    hard = np.asarray(soft > min(0.5, 0.99 * float(soft.max())))
    hard[[0, -1]] = hard[:, [0, -1]] = False
    return hard, np.asarray(canvas, dtype=np.float32)


def _pallor_angle(mask: BoolArray, mean: FloatArray, fallback: float) -> float:
    """Direction of the pale weight inside a round cell, whose outline has no direction of its own."""
    smooth = blurred(mean, 1.0)
    inside = cv2.erode(mask.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    pale = np.where(inside, np.maximum(quantiles(smooth[mask], (75,)) - smooth, 0), 0).astype(np.float32)
    moments = cv2.moments(pale)
    return _principal(moments)[0] if moments["m00"] > 1e-6 else fallback


def _principal(moments: dict[str, float]) -> tuple[float, float, float]:
    """Angle of the long axis and both full axes of the ellipse with these second moments."""
    mass = moments["m00"]
    xx, yy, xy = moments["mu20"] / mass + 1 / 12, moments["mu02"] / mass + 1 / 12, moments["mu11"] / mass
    spread, middle = np.hypot((xx - yy) / 2, xy), (xx + yy) / 2
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    return float(angle), 4 * float(np.sqrt(middle + spread)), 4 * float(np.sqrt(max(middle - spread, 1 / 12)))


def normalised_view(view: CellView) -> tuple[FloatArray, FloatArray]:
    """The cell turned to its angle and scaled to one extent: mask and masked mean density, each ``(P, P)`` float32.

    Of the four equal orientations (mirrored along either axis) the one with the longer tail at the far end is taken.
    """
    side = NORMALISED_PX
    matrix = _normalising(view)
    mask = cv2.warpAffine(view.mask.astype(np.float32), matrix, (side, side), flags=cv2.INTER_LINEAR)
    density = cv2.warpAffine(view.mean * view.mask, matrix, (side, side), flags=cv2.INTER_LINEAR)
    weight = (np.arange(side) - (side - 1) / 2) ** 3
    if float(mask.sum(axis=0) @ weight) < 0:
        mask, density = mask[:, ::-1], density[:, ::-1]
    if float(mask.sum(axis=1) @ weight) < 0:
        mask, density = mask[::-1], density[::-1]
    return np.ascontiguousarray(mask, np.float32), np.ascontiguousarray(density, np.float32)


def _normalising(view: CellView) -> npt.NDArray[np.float64]:
    """Affine matrix that turns by -angle and fits the farthest pixel of either axis into the view."""
    ys, xs = np.nonzero(view.mask)
    centre = np.array(view.centre)
    cos, sin = np.cos(view.angle), np.sin(view.angle)
    u = cos * (xs - centre[0]) + sin * (ys - centre[1])
    v = -sin * (xs - centre[0]) + cos * (ys - centre[1])
    extent = max(float(np.abs(u).max()), float(np.abs(v).max()), 1.0) + 0.5
    scale = (NORMALISED_PX / 2 - 1) / extent
    rotation = scale * np.array([[cos, sin], [-sin, cos]])
    offset = (NORMALISED_PX - 1) / 2 - rotation @ centre
    return np.column_stack([rotation, offset])
