"""Places inside a cell by their distance to its outline: core and rim."""

from __future__ import annotations

import cv2
import numpy as np

from ...domain.arrays import BoolArray, FloatArray

CORE_DISTANCE = 0.72
"""The core: pixels farther from the outline than this fraction of the largest distance in the cell."""

RIM_DISTANCES = (0.2, 0.5)
"""The rim: pixels between these fractions; the outermost fifth is left out because the optics blur it."""


def relative_distance(mask: BoolArray) -> FloatArray:
    """Distance to the outline over the largest one in the mask, float32, 0 outside. The mask has a free border."""
    distance = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(distance / max(float(distance.max()), 1e-6), dtype=np.float32)


def core_rim_ratio(density: FloatArray, distance: FloatArray) -> float:
    """Mean density of the core over that of the rim; 1 where the cell is too small to tell them apart."""
    core = density[distance > CORE_DISTANCE]
    rim = density[(distance > RIM_DISTANCES[0]) & (distance < RIM_DISTANCES[1])]
    if core.size == 0 or rim.size == 0:
        return 1.0
    return float(np.clip(core.mean() / max(float(rim.mean()), 0.01), 0, 5))
