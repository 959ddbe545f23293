"""One point per cell for Segment all: from the dense head's maps, or from the image where a model has none."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.arrays import FloatArray
from ..fields.scale import stained_area
from ..light.channels import averaged
from ..light.illumination import optical_density


@dataclass(frozen=True, slots=True)
class Seed:
    """A point that lies in a cell, and how sure that is (0 to 1). The unit of x and y is the caller's."""

    x: float
    y: float
    strength: float


@dataclass(frozen=True, slots=True)
class SeedLimits:
    """What counts as a seed in the dense maps.

    Attributes:
        centre: least centre probability.
        foreground: least foreground probability at the peak.
        distance_px: seeds are at least so far apart, model pixels.
        smoothing_px: Gaussian smoothing of the centre map, model pixels.
    """

    centre: float = 0.25
    foreground: float = 0.5
    distance_px: float = 14.0
    smoothing_px: float = 3.0


def seeds_from_maps(
    *, centre: FloatArray, foreground: FloatArray, stride: float, limits: SeedLimits | None = None
) -> list[Seed]:
    """Peaks of the centre map that lie in the foreground, strongest first, model pixels.

    Args:
        centre: ``(h, w)`` float32, probability of a cell's centre.
        foreground: ``(h, w)`` float32, probability of a cell.
        stride: model pixels per element of the maps.
        limits: see `SeedLimits`.
    """
    limits = limits or SeedLimits()
    smooth = np.asarray(cv2.GaussianBlur(centre, (0, 0), max(0.3, limits.smoothing_px / stride)), np.float32)
    rows, columns = _peaks(smooth, radius=limits.distance_px / stride)
    strong = (centre[rows, columns] >= limits.centre) & (foreground[rows, columns] >= limits.foreground)
    rows, columns = rows[strong], columns[strong]
    order = np.argsort(-smooth[rows, columns], kind="stable")
    return [
        Seed((float(columns[i]) + 0.5) * stride, (float(rows[i]) + 0.5) * stride, float(centre[rows[i], columns[i]]))
        for i in order
    ]


def seeds_from_image(rgb: npt.NDArray[np.uint8], *, diameter_px: float) -> list[Seed]:
    """Peaks of the distance to the border of the stained area, for models without a dense head; field pixels.

    Stained is what `scale.stained_area` calls so.

    Args:
        rgb: the field, ``(H, W, 3)`` uint8 RGB.
        diameter_px: of a typical red cell, field pixels.
    """
    stained = stained_area(averaged(optical_density(rgb)))
    if stained is None:
        return []
    exact = cv2.distanceTransform(stained, cv2.DIST_L2, 5)
    distance = np.asarray(cv2.GaussianBlur(exact, (0, 0), max(0.5, diameter_px / 20)), np.float32)
    rows, columns = _peaks(distance, radius=diameter_px * 0.35)
    deep = distance[rows, columns] >= 0.25 * diameter_px
    rows, columns = rows[deep], columns[deep]
    order = np.argsort(-distance[rows, columns], kind="stable")
    return [
        Seed(
            float(columns[i]) + 0.5,
            float(rows[i]) + 0.5,
            float(min(1.0, distance[rows[i], columns[i]] / (0.5 * diameter_px))),
        )
        for i in order
    ]


def _peaks(values: FloatArray, *, radius: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the local maxima within a disc; of a plateau one element."""
    size = 2 * max(1, round(radius)) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    top = np.asarray((values >= cv2.dilate(values, disc)) & (values > 0), np.uint8)
    count, labels = cv2.connectedComponents(top, connectivity=8)
    if count <= 1:
        empty = np.empty(0, np.intp)
        return empty, empty
    rows, columns = np.nonzero(labels)
    _, first = np.unique(labels[rows, columns], return_index=True)
    return rows[first], columns[first]
