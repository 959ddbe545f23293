"""Features of the outline: axes, roundness, Fourier descriptors, spicules, tail."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from ...domain.mask import BoolArray
from ..field_context import FloatArray
from .views import CELL_PX, CellView

Floats = npt.NDArray[np.float64]

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
    diameter = 2 * float(np.sqrt(view.area / np.pi)) / unit
    return [diameter, diameter**2, view.axes[0] / unit, view.axes[1] / unit, view.inscribed / unit, view.shrink]


def physical_sizes(view: CellView, normal: float | None) -> list[float]:
    """Diameter and axes over a normal cell's diameter; normal: that over the reference, None unless calibrated."""
    if normal is None:
        return [float("nan")] * len(PHYSICAL_NAMES)
    unit = CELL_PX * view.shrink * normal
    return [2 * float(np.sqrt(view.area / np.pi)) / unit, view.axes[0] / unit, view.axes[1] / unit]


def shape_features(view: CellView, normalised: FloatArray) -> list[float]:
    """Values for `SHAPE_NAMES` and `FOURIER_NAMES`; normalised: the mask of `normalised_view`."""
    raw = largest_contour(view.mask)
    contour = resampled_contour(raw)
    radius = np.hypot(*(contour - view.centre).T)
    radius /= max(float(radius.mean()), 1e-6)
    spectrum = np.abs(np.fft.rfft(radius))[1 : _SPECTRUM + 1] / len(radius)
    return [
        *_outline(raw, contour, view),
        *_radial(radius),
        *_concavities(raw, contour, view),
        *(_spicules(radius, p) for p in _PROMINENCES),
        *_widths(normalised),
        *_descriptors(contour),
        *spectrum,
    ]


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


def _outline(raw: npt.NDArray[np.int32], contour: Floats, view: CellView) -> list[float]:
    area = view.area
    length = float(np.hypot(*(np.roll(contour, -1, axis=0) - contour).T).sum()) + np.pi
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


def _radial(radius: Floats) -> list[float]:
    deviations = radius - 1
    spread = float(deviations.std())
    skew = float((deviations**3).mean()) / max(spread, 1e-3) ** 3
    return [float(radius.min()), float(radius.max()), spread, skew]


def _concavities(raw: npt.NDArray[np.int32], contour: Floats, view: CellView) -> list[float]:
    curvature = _curvature(contour) * np.sqrt(view.area / np.pi)
    corners = find_peaks(np.concatenate([curvature, curvature[:8]]), height=_CORNER)[0]
    depths = _defects(raw) / np.sqrt(view.area)
    return [
        float(curvature.min()),
        float(curvature.max()),
        float(curvature.std()),
        float((curvature < -0.2).mean()),
        float((curvature > _CORNER).mean()),
        float(len(corners)),
        float(depths.max(initial=0)),
        float(depths.sum()),
        float((depths > 0.03).sum()),
    ]


def _curvature(contour: Floats) -> Floats:
    """Signed curvature of a closed contour, positive where convex."""
    first = (np.roll(contour, -1, axis=0) - np.roll(contour, 1, axis=0)) / 2
    second = np.roll(contour, -1, axis=0) - 2 * contour + np.roll(contour, 1, axis=0)
    turn = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    speed = np.maximum(np.hypot(first[:, 0], first[:, 1]), 1e-3) ** 3
    x, y = contour.T
    sign = np.sign(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) or 1.0
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


def _spicules(radius: Floats, prominence: float) -> float:
    """Number of outward peaks of the relative radius with at least this prominence, counted around the circle."""
    start = int(np.argmin(radius))
    turned = np.concatenate([radius[start:], radius[: start + 1]])
    return float(len(find_peaks(turned, prominence=prominence)[0]))


def _widths(mask: FloatArray) -> Floats:
    """Width across the long axis in ten bands along it, over the mean width: the taper of a tail."""
    widths = mask.sum(axis=0)
    used = np.flatnonzero(widths > 0.5)
    if used.size < 2:
        return np.ones(_BANDS)
    at = np.linspace(used[0], used[-1], 2 * _BANDS + 1)[1::2]
    sampled = np.interp(at, np.arange(len(widths)), widths)
    return np.asarray(sampled / max(float(sampled.mean()), 1e-6))


def _descriptors(contour: Floats) -> Floats:
    """Magnitudes of the complex Fourier descriptors over that of the first (Kuhl and Giardina's invariances)."""
    spectrum = np.fft.fft(contour[:, 0] + 1j * contour[:, 1])
    magnitudes = np.abs(spectrum)
    first, last = magnitudes[1], magnitudes[-1]
    if last > first:  # the contour runs the other way round
        magnitudes = np.concatenate([magnitudes[:1], magnitudes[:0:-1]])
    return np.asarray(magnitudes[list(_HARMONICS)] / max(float(magnitudes[1]), 1e-6))
