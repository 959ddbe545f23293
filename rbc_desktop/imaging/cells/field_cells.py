"""The single cells of a field, found without the segmenter: what one cell is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from ...domain.arrays import Floats, U8Array
from ...domain.geometry import equivalent_diameter
from ..light.field_density import Density
from ..light.stain_levels import Steps
from .radial import core_rim_ratio, relative_distance

_MIN_CELL_AREA = 60
"""Smaller components are specks (a red cell is at least 12 px across in any usable field)."""

_MIN_SOLIDITY = 0.9
"""Components below it are clumps or fragments and say nothing about the diameter of one cell."""

_SPECK = 0.5
"""Components under this part of the diameter of the upper quartile are specks and platelets."""

_MOST = 300
"""So many cells describe a field well enough."""


@dataclass(frozen=True, slots=True, eq=False)
class FieldCells:
    """Single cells that lie wholly in the field, one entry each in every array.

    Attributes:
        diameter: pixels, of the circle of equal area.
        axis_ratio: long over short axis.
        density: mean optical density of all channels.
        core_rim: density of the core over that of the rim.
        fill: area over that of the smallest box of any direction: 0.785 for circles and ellipses, 1 for a square.
    """

    diameter: Floats
    axis_ratio: Floats
    density: Floats
    core_rim: Floats
    fill: Floats


def single_cell_steps(stained: U8Array, mean_density: Density) -> Steps[FieldCells]:
    """The single cells of a stained mask (H, W); mean_density: (H, W)."""
    contours, _ = cv2.findContours(stained, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    yield
    outlines = _single(contours, height=stained.shape[0], width=stained.shape[1])
    yield
    diameters = np.array([_diameter(outline) for outline in outlines])
    if len(outlines):
        large = diameters > _SPECK * np.percentile(diameters, 75)
        outlines = [outline for outline, keep in zip(outlines, large, strict=True) if keep]
        diameters = diameters[large]
    if len(outlines) > _MOST:
        chosen = np.linspace(0, len(outlines) - 1, _MOST).astype(int)
        outlines, diameters = [outlines[i] for i in chosen], diameters[chosen]
    inner = np.array([_inner(outline, mean_density) for outline in outlines]).reshape(-1, 3)
    fill = np.array([_fill(outline) for outline in outlines])
    return FieldCells(diameters, inner[:, 0], inner[:, 1], inner[:, 2], fill)


def _single(contours: Sequence[MatLike], *, height: int, width: int) -> list[npt.NDArray[np.int32]]:
    """Those that lie wholly in the field and are convex."""
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if x <= 0 or y <= 0 or x + w >= width or y + h >= height:
            continue
        area = cv2.contourArea(contour)
        if area >= _MIN_CELL_AREA and area >= _MIN_SOLIDITY * cv2.contourArea(cv2.convexHull(contour)):
            found.append(np.asarray(contour, np.int32))
    return found


def _diameter(outline: npt.NDArray[np.int32]) -> float:
    """Of the pixels' outer border, which runs half a pixel outside the contour."""
    return equivalent_diameter(cv2.contourArea(outline) + cv2.arcLength(outline, True) / 2)


def _fill(outline: npt.NDArray[np.int32]) -> float:
    """Of the polygon through the outline's pixel centres, and of its box."""
    _, (width, height), _ = cv2.minAreaRect(outline)
    return float(cv2.contourArea(outline)) / max(float(width * height), 1.0)


def _inner(outline: npt.NDArray[np.int32], mean_density: Density) -> tuple[float, float, float]:
    x, y, w, h = cv2.boundingRect(outline)
    mask = np.zeros((h + 2, w + 2), np.uint8)
    cv2.drawContours(mask, [outline - (x - 1, y - 1)], -1, 1, thickness=cv2.FILLED)
    density = mean_density[y - 1 : y + h + 1, x - 1 : x + w + 1]
    moments = cv2.moments(mask, binaryImage=True)
    xx, yy, xy = (moments[name] / moments["m00"] for name in ("mu20", "mu02", "mu11"))
    spread, middle = float(np.hypot((xx - yy) / 2, xy)), (xx + yy) / 2
    ratio = float(np.sqrt((middle + spread) / max(middle - spread, 1e-3)))
    inside = mask > 0
    return ratio, float(density[inside].mean()), core_rim_ratio(density, relative_distance(inside))
