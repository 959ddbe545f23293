"""How many pixels across a typical red cell is: from the calibration, else from the image alone (granulometry).

Granulometry fixes the model's scale and nothing else; it never yields micrometres.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ..domain.calibration import Calibration
from .seeds import stained_area

WORK_SIDE = 640
"""Longer side of the reduced copy on which the diameter is measured: cells of 20 to 260 px keep at least 8 px there."""

FALLBACK_SHARE = 1 / 12
"""Diameter as a share of the field's shorter side where nothing can be measured: 40 px on a 640×480 field."""

MIN_DIAMETER, MAX_SHARE = 6.0, 0.6
"""Bounds of a believable diameter: pixels of the reduced copy, and share of its shorter side."""


def typical_diameter(rgb: npt.NDArray[np.uint8], *, calibration: Calibration | None = None) -> float:
    """Diameter of a typical red cell in field pixels.

    Args:
        rgb: the field, ``(H, W, 3)`` uint8 RGB.
        calibration: when given, a normal cell's 7.5 µm decide and the image is not looked at.
    """
    if calibration is not None:
        return calibration.normal_diameter_px
    measured = measured_diameter(rgb)
    return measured if measured is not None else min(rgb.shape[:2]) * FALLBACK_SHARE


def measured_diameter(rgb: npt.NDArray[np.uint8]) -> float | None:
    """Granulometry of the stained area; None where nothing cell-like is stained.

    Every stained pixel is given the diameter of the largest disc that holds it and fits into the stained area (local
    thickness); the median over the pixels is the diameter of the typical disc, weighted by area. Overlapping cells
    hardly matter, because a disc doesn't grow much over the waist between them, and specks weigh little.
    """
    height, width = rgb.shape[:2]
    factor = min(1.0, WORK_SIDE / max(height, width))
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    stained = stained_area(np.asarray(small, np.uint8))
    diameter = _median_thickness(stained)
    if diameter is None or not MIN_DIAMETER <= diameter <= MAX_SHARE * min(stained.shape):
        return None
    return diameter / factor


def _median_thickness(stained: npt.NDArray[np.uint8]) -> float | None:
    """Area-weighted median of the local thickness, pixels; discs are tried by growing radius."""
    distance = cv2.distanceTransform(stained, cv2.DIST_L2, 5)
    total = int(np.count_nonzero(stained))
    if total == 0:
        return None
    radius = MIN_DIAMETER / 2
    while radius < distance.max():
        opened = _area_of_discs(distance, radius)
        if opened < total / 2:
            break
        radius *= 1.05
    return 2 * radius


def _area_of_discs(distance: npt.NDArray[np.float32], radius: float) -> int:
    """Pixels within `radius` of a place where a disc of this radius fits: the opening by that disc."""
    outside = np.asarray(distance < radius, np.uint8)
    if outside.all():
        return 0
    return int(np.count_nonzero(cv2.distanceTransform(outside, cv2.DIST_L2, 5) <= radius))
