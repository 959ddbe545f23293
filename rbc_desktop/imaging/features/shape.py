"""Features of the outline: axes, roundness, Fourier descriptors, spicules, tail."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from ...domain.arrays import BoolArray, FloatArray, Floats
from ...domain.geometry import equivalent_diameter
from .views import CELL_PX, CellView

CONTOUR_POINTS = 128
_HARMONICS = tuple(range(-9, 0)) + tuple(range(2, 10))
_SPECTRUM = 20
_BANDS = 10
_PROMINENCES = (0.015, 0.03, 0.06)

_CORNER = 2.5
"""Curvature, over that of the circle of equal area, from which a point counts as a corner."""

SHAPE_NAMES = (
    "circularity", "axis_ratio", "solidity", "rectangularity", "ellipse_overlap", "inscribed_ratio",
    "hull_perimeter_ratio", "skew_long", "skew_short", "radius_min", "radius_max", "radius_sd", "radius_skew",
    "curvature_min", "curvature_max", "curvature_sd", "concave_share", "corner_share", "corners", "defect_depth_max",
    "defect_depth_sum", "defects",
    *(f"spicules_{p}" for p in _PROMINENCES),
    *(f"width_{i}" for i in range(_BANDS)),
)  # fmt: skip
FOURIER_NAMES = (*(f"fourier_{k}" for k in _HARMONICS), *(f"radius_harmonic_{k}" for k in range(1, _SPECTRUM + 1)))
SIZE_NAMES = ("diameter", "area", "major", "minor", "inscribed_radius", "oversize")

PHYSICAL_NAMES = ("physical_diameter", "physical_major", "physical_minor")


def size_features(view: CellView) -> list[float]:
    """Six sizes, lengths over the reference diameter."""
    unit = CELL_PX * view.shrink
    diameter = equivalent_diameter(view.area) / unit
    return [diameter, diameter**2, view.axes[0] / unit, view.axes[1] / unit, view.inscribed / unit, view.shrink]


def physical_sizes(view: CellView, normal: float | None) -> list[float]:
    """Diameter and axes over a normal cell's diameter; normal: that over the reference, None unless calibrated."""
    if normal is None:
        return [float("nan")] * len(PHYSICAL_NAMES)
    unit = CELL_PX * view.shrink * normal
    return [equivalent_diameter(view.area) / unit, view.axes[0] / unit, view.axes[1] / unit]


def shape_features(
    views: Sequence[CellView],
    raws: Sequence[npt.NDArray[np.int32]],
    contours: Floats,
    normalised: Sequence[FloatArray],
) -> Floats:
    """Values for `SHAPE_NAMES` and `FOURIER_NAMES` of N cells, (N, F).

    Args:
        views: the cells.
        raws: their `largest_contour`.
        contours: (N, K, 2), their `resampled_contour`.
        normalised: their masks from `normalised_view`.
    """
    offsets = contours - np.array([view.centre for view in views])[:, None]
    radius = np.hypot(offsets[..., 0], offsets[..., 1])
    radius /= np.maximum(radius.mean(axis=1, keepdims=True), 1e-6)
    spectrum = np.abs(np.fft.rfft(radius, axis=1))[:, 1 : _SPECTRUM + 1] / radius.shape[1]
    lengths = np.hypot(*np.moveaxis(np.roll(contours, -1, axis=1) - contours, 2, 0)).sum(axis=1) + np.pi
    cells = zip(raws, lengths, views, strict=True)
    return np.column_stack(
        [
            [_outline(raw, float(length), view) for raw, length, view in cells],
            _radial(radius),
            _bends(contours, np.array([view.area for view in views])),
            [_concavities(raw, view) for raw, view in zip(raws, views, strict=True)],
            [peak_counts(row, _PROMINENCES) for row in radius],
            [_widths(mask) for mask in normalised],
            _descriptors(contours),
            spectrum,
        ]
    )


def largest_contour(mask: BoolArray) -> npt.NDArray[np.int32]:
    """The longest outer contour, ``(K, 2)`` int32, x then y."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(contours, key=len).reshape(-1, 2), dtype=np.int32)


def resampled_contour(contour: npt.NDArray[np.int32]) -> Floats:
    """`CONTOUR_POINTS` points at equal steps along the contour, smoothed over about one canvas pixel."""
    if len(contour) < 3:
        return np.repeat(contour[:1].astype(float), CONTOUR_POINTS, axis=0)
    closed = np.vstack([contour, contour[:1]]).astype(float)
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0, steps[-1], CONTOUR_POINTS, endpoint=False)
    points = np.column_stack([np.interp(at, steps, closed[:, 0]), np.interp(at, steps, closed[:, 1])])
    return np.asarray(gaussian_filter1d(points, 1.2 * CONTOUR_POINTS / max(steps[-1], 1.0), axis=0, mode="wrap"))


def _outline(raw: npt.NDArray[np.int32], length: float, view: CellView) -> list[float]:
    area = view.area
    hull = cv2.convexHull(raw)
    hull_length = cv2.arcLength(hull, True)
    hull_area = cv2.contourArea(hull) + hull_length / 2 + 1
    _, (w, h), _ = cv2.minAreaRect(raw)
    major, minor = view.axes
    return [
        4 * np.pi * area / length**2,
        major / minor,
        area / hull_area,
        area / ((w + 1) * (h + 1)),
        _ellipse_overlap(view),
        view.inscribed / float(np.sqrt(area / np.pi)),
        length / (hull_length + np.pi),
        *_third_moments(view),
    ]


def _radial(radius: Floats) -> Floats:
    """Least and largest relative radius, deviation and skewness of each cell, (N, 4)."""
    deviations = radius - 1
    spread = deviations.std(axis=1)
    skew = (deviations**3).mean(axis=1) / np.maximum(spread, 1e-3) ** 3
    return np.column_stack([radius.min(axis=1), radius.max(axis=1), spread, skew])


def _bends(contours: Floats, areas: Floats) -> Floats:
    """Curvature over that of the circle of equal area: least, largest, deviation, concave and corner share, corners."""
    curvature = _curvature(contours) * np.sqrt(areas / np.pi)[:, None]
    behind, ahead = np.roll(curvature, 1, axis=1), np.roll(curvature, -1, axis=1)
    corners = (curvature > _CORNER) & (curvature > behind) & (curvature >= ahead)
    return np.column_stack(
        [
            curvature.min(axis=1),
            curvature.max(axis=1),
            curvature.std(axis=1),
            (curvature < -0.2).mean(axis=1),
            (curvature > _CORNER).mean(axis=1),
            corners.sum(axis=1),
        ]
    )


def _concavities(raw: npt.NDArray[np.int32], view: CellView) -> list[float]:
    depths = _defects(raw) / np.sqrt(view.area)
    return [float(depths.max(initial=0)), float(depths.sum()), float(np.count_nonzero(depths > 0.03))]


def _curvature(contours: Floats) -> Floats:
    """Signed curvature (N, K) of closed contours, positive where convex."""
    before, after = np.roll(contours, 1, axis=1), np.roll(contours, -1, axis=1)
    first, second = (after - before) / 2, after - 2 * contours + before
    turn = first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]
    speed = np.maximum(np.hypot(first[..., 0], first[..., 1]), 1e-3) ** 3
    area = (contours[..., 0] * after[..., 1] - contours[..., 1] * after[..., 0]).sum(axis=1)
    sign = np.where(area >= 0, 1.0, -1.0)[:, None]
    return np.asarray(np.clip(sign * turn / speed, -1, 1))


def _defects(contour: npt.NDArray[np.int32]) -> Floats:
    """Depths of the convexity defects in canvas pixels."""
    if len(contour) < 4:
        return np.zeros(0)
    hull = cv2.convexHull(contour, returnPoints=False)
    if len(hull) < 3:
        return np.zeros(0)
    defects = cv2.convexityDefects(contour, np.sort(hull, axis=0)[::-1])
    return np.zeros(0) if defects is None else np.asarray(defects.reshape(-1, 4)[:, 3] / 256.0)


def _ellipse_overlap(view: CellView) -> float:
    """IoU of the mask with the ellipse of its own moments: low for tails, spicules and fragments."""
    drawn = np.zeros(view.mask.shape, np.uint8)
    fixed = 1 << 8  # OpenCV's fixed-point coordinates
    centre = (round(view.centre[0] * fixed), round(view.centre[1] * fixed))
    axes = (round(view.axes[0] / 2 * fixed), round(view.axes[1] / 2 * fixed))
    cv2.ellipse(drawn, centre, axes, float(np.degrees(view.outline_angle)), 0, 360, 1, thickness=cv2.FILLED, shift=8)
    ellipse = drawn > 0
    return float(np.count_nonzero(view.mask & ellipse)) / float(np.count_nonzero(view.mask | ellipse))


def _third_moments(view: CellView) -> tuple[float, float]:
    """Skewness along the long and the short axis, unsigned: a tail shows in the first."""
    ys, xs = np.nonzero(view.mask)
    dx, dy = xs - view.centre[0], ys - view.centre[1]
    cos, sin = np.cos(view.outline_angle), np.sin(view.outline_angle)
    u, v = cos * dx + sin * dy, cos * dy - sin * dx
    long, short = view.axes[0] / 4, view.axes[1] / 4
    return abs(float((u * u * u).mean())) / long**3, abs(float((v * v * v).mean())) / short**3


def peak_counts(radius: Floats, prominences: tuple[float, ...]) -> list[float]:
    """Number of outward peaks of the relative radius with at least each prominence, counted around the circle."""
    start = int(np.argmin(radius))
    turned = np.concatenate([radius[start:], radius[: start + 1]])
    found = find_peaks(turned, prominence=min(prominences))[1]["prominences"]
    return [float(np.count_nonzero(found >= p)) for p in prominences]


def _widths(mask: FloatArray) -> Floats:
    """Width across the long axis in ten bands along it, over the mean width: the taper of a tail."""
    widths = mask.sum(axis=0)
    used = np.flatnonzero(widths > 0.5)
    if used.size < 2:
        return np.ones(_BANDS)
    at = np.linspace(used[0], used[-1], 2 * _BANDS + 1)[1::2]
    sampled = np.interp(at, np.arange(len(widths)), widths)
    return np.asarray(sampled / max(float(sampled.mean()), 1e-6))


def _descriptors(contours: Floats) -> Floats:
    """Magnitudes (N, F) of the complex Fourier descriptors over the first (Kuhl and Giardina's invariances)."""
    magnitudes = np.abs(np.fft.fft(contours[..., 0] + 1j * contours[..., 1], axis=1))
    turned = np.concatenate([magnitudes[:, :1], magnitudes[:, :0:-1]], axis=1)
    backwards = magnitudes[:, -1:] > magnitudes[:, 1:2]  # the contour runs the other way round
    magnitudes = np.where(backwards, turned, magnitudes)
    return np.asarray(magnitudes[:, list(_HARMONICS)] / np.maximum(magnitudes[:, 1:2], 1e-6))
