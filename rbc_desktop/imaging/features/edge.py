"""Features of the cell's edge as the stain shows it, wherever a segmenter drew the mask: spicules, bumps, sharpness."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d

from ...domain.arrays import FloatArray, Floats
from ...domain.geometry import equivalent_diameter
from .shape import peak_counts
from .views import CELL_PX, CellView

_REACH = 3.0
"""Canvas pixels to either side of the mask's outline in which the edge is looked for."""

_STEP = 0.5
_OFFSETS = np.arange(-_REACH - 2, _REACH + _STEP / 2, _STEP)
"""Places along the normal, outwards positive; the innermost two pixels only show the rim's density."""

_BANDS = ((2, 3), (3, 4), (4, 5), (5, 7), (7, 10), (10, 14), (14, 21))
_RIM_BANDS = ((2, 3), (3, 5), (5, 8), (8, 13), (13, 21))
_PROMINENCES = (0.01, 0.02, 0.04)
_RIM_PROMINENCE = 0.1
_DEPTHS = np.arange(0.5, 10, 1.0)
"""Canvas pixels inside the edge at which the density is read."""

_RIM = 2
"""The depth (of those) whose density is searched for bumps."""

EDGE_NAMES = (
    *(f"edge_{low}to{high - 1}" for low, high in _BANDS),
    *(f"edge_spicules_{p}" for p in _PROMINENCES),
    "edge_curvature_sd", "edge_concave", "edge_curvature_max", "edge_circularity", "edge_slope", "edge_slope_sd",
    "edge_found", "edge_shift",
    *(f"rim_{low}to{high - 1}" for low, high in _RIM_BANDS),
    "rim_peaks", "edge_diameter",
    *(f"depth_mean_{d:g}" for d in _DEPTHS),
    *(f"depth_sd_{d:g}" for d in _DEPTHS),
)  # fmt: skip


def edge_features(views: Sequence[CellView], contours: Floats) -> Floats:
    """Values for `EDGE_NAMES`, (N, F), of N cells; contours: (N, 128, 2) as from `shape.resampled_contour`."""
    normals = _normals(contours)
    units = [view.mean_inside for view in views]
    profiles = np.stack([
        _along(view.mean, contour, normal, _OFFSETS) / unit
        for view, contour, normal, unit in zip(views, contours, normals, units, strict=True)
    ])  # fmt: skip
    shift, found, slope = _edge(profiles)
    shift = gaussian_filter1d(shift, 1.0, axis=1, mode="wrap")
    edges = contours + shift[..., None] * normals
    offsets = edges - edges.mean(axis=1, keepdims=True)
    radius = np.hypot(offsets[..., 0], offsets[..., 1])
    scale = np.maximum(radius.mean(axis=1, keepdims=True), 1e-6)
    radius = radius / scale
    depths = np.stack([
        _along(view.mean, edge, normal, -_DEPTHS) / unit
        for view, edge, normal, unit in zip(views, edges, normals, units, strict=True)
    ])  # fmt: skip
    rim = depths[..., _RIM]
    curvature, area, length = _bends(edges)
    units_px = np.array([CELL_PX * view.shrink for view in views])
    curvature = curvature * scale
    return np.column_stack(
        [
            _bands(radius, _BANDS),
            [peak_counts(row, _PROMINENCES) for row in radius],
            curvature.std(axis=1),
            (curvature < -0.2).mean(axis=1),
            curvature.max(axis=1),
            4 * np.pi * area / length**2,
            slope.mean(axis=1),
            slope.std(axis=1),
            found.mean(axis=1),
            shift.mean(axis=1) / scale[:, 0],
            _bands(rim, _RIM_BANDS),
            [peak_counts(row, (_RIM_PROMINENCE,)) for row in rim],
            np.array([equivalent_diameter(each) for each in area]) / units_px,
            depths.mean(axis=1),
            depths.std(axis=1),
        ]
    )


def _normals(contours: Floats) -> Floats:
    """Unit vectors (N, K, 2) that point out of the closed contours."""
    tangents = np.roll(contours, -2, axis=1) - np.roll(contours, 2, axis=1)
    tangents /= np.maximum(np.hypot(tangents[..., 0], tangents[..., 1]), 1e-6)[..., None]
    normals = np.stack([tangents[..., 1], -tangents[..., 0]], axis=2)
    inwards = ((contours - contours.mean(axis=1, keepdims=True)) * normals).sum(axis=(1, 2)) < 0
    normals[inwards] *= -1
    return np.asarray(normals)


def _along(image: FloatArray, points: Floats, normal: Floats, offsets: Floats) -> FloatArray:
    """Values of the image at the offsets along each normal, ``(points, offsets)``."""
    x = (points[:, :1] + normal[:, :1] * offsets).astype(np.float32)
    y = (points[:, 1:] + normal[:, 1:] * offsets).astype(np.float32)
    return np.asarray(cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), dtype=np.float32)


def _edge(profiles: FloatArray) -> tuple[Floats, npt.NDArray[np.bool_], Floats]:
    """Where along each normal the density falls to half of the rim's; whether it does; how steeply. (N, K) each."""
    half = 0.5 * profiles[..., _OFFSETS <= 0].max(axis=2, keepdims=True)
    below = (profiles < half) & (_OFFSETS >= -_REACH)
    place = below.argmax(axis=2)[..., None]
    before = np.maximum(place - 1, 0)
    found = np.take_along_axis(below, place, axis=2)
    high, low = np.take_along_axis(profiles, before, axis=2), np.take_along_axis(profiles, place, axis=2)
    share = np.clip((high - half) / np.maximum(high - low, 1e-6), 0, 1)
    shift = np.where(found, _OFFSETS[before] + share * _STEP, 0.0)
    slope = np.where(found, (high - low) / _STEP, 0.0)
    return np.asarray(shift[..., 0], np.float64), found[..., 0], np.asarray(slope[..., 0], np.float64)


def _bends(points: Floats) -> tuple[Floats, Floats, Floats]:
    """Signed curvature (N, K) along closed lines, positive where convex, and their areas and lengths (N,)."""
    smooth = gaussian_filter1d(points, 1.0, axis=1, mode="wrap")
    ahead, behind = np.roll(smooth, -1, axis=1), np.roll(smooth, 1, axis=1)
    first, second = (ahead - behind) / 2, ahead - 2 * smooth + behind
    speed = np.maximum(np.hypot(first[..., 0], first[..., 1]), 1e-2)
    curvature = (first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]) / speed**3
    area = (smooth[..., 0] * ahead[..., 1] - ahead[..., 0] * smooth[..., 1]).sum(axis=1) / 2
    step = ahead - smooth
    length = np.hypot(step[..., 0], step[..., 1]).sum(axis=1)
    curvature = np.clip(curvature * np.where(area >= 0, 1, -1)[:, None], -1, 1)
    return curvature, np.abs(area), np.maximum(length, 1e-6)


def _bands(values: Floats, bands: tuple[tuple[int, int], ...]) -> Floats:
    """Strength of the variation round each cell in bands of harmonics."""
    power = np.abs(np.fft.rfft(values, axis=1) / values.shape[1]) ** 2
    return np.column_stack([np.sqrt(power[:, low:high].sum(axis=1)) for low, high in bands])
