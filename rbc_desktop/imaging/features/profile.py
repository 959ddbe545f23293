"""Features of the density inside a cell: rings from the rim to the core, pallor, slits and spots, colour."""

from __future__ import annotations

import cv2
import numpy as np

from ...domain.arrays import BoolArray, FloatArray, Floats
from ...domain.geometry import equivalent_diameter
from ..cells.field_context import blurred, quantiles
from ..cells.measure import pallor_ratio
from ..cells.radial import core_rim_ratio
from .views import CellView

_RINGS = 10
_POLAR_RADII = np.linspace(0.12, 1.02, 10)
_POLAR_ANGLES = 32
_POLAR_HARMONICS = 4
_POLAR_BANDS = ((5, 9), (9, 16))
_PHI = np.arange(_POLAR_ANGLES) * 2 * np.pi / _POLAR_ANGLES
_POLAR_U, _POLAR_V = np.outer(_POLAR_RADII, np.cos(_PHI)), np.outer(_POLAR_RADII, np.sin(_PHI))
_QUANTILES = (5, 15, 25, 50, 75, 85, 95)
_FAINT = 0.06
"""Sum of the three densities below which a share of colour would be noise."""

_LEVELS = (0.35, 0.5, 0.65, 0.8)

PROFILE_NAMES = (
    "core_rim", "pallor", "centre_minus_ring",
    *(f"ring_{i}" for i in range(_RINGS)),
    *(f"ring_sd_{i}" for i in range(_RINGS)),
    *(f"quantile_{q}" for q in _QUANTILES),
    *(f"pale_share_{level}" for level in _LEVELS),
    *(f"pale_parts_{level}" for level in _LEVELS),
    "slit_ratio", "slit_along", "pale_offset", "gradient", "laplacian", "edge",
)  # fmt: skip
PALE_NAMES = (
    "pale_area", "pale_axis_ratio", "pale_long", "pale_short", "pale_solidity", "pale_shift", "pale_rim_gap",
    "pale_depth", "pale_spot", "rim_place", "rim_height", "pallor_half",
)  # fmt: skip
POLAR_NAMES = (
    *(f"polar_mean_{r}" for r in range(len(_POLAR_RADII))),
    *(f"polar_{m}_{r}" for m in range(1, _POLAR_HARMONICS + 1) for r in range(len(_POLAR_RADII))),
    *(f"polar_{low}to{high - 1}_{r}" for low, high in _POLAR_BANDS for r in range(len(_POLAR_RADII))),
)
DENSITY_NAMES = ("density_mean", "density_10", "density_50", "density_90", "density_total")
COLOUR_NAMES = (
    "red_share", "blue_share", "red_share_relative", "blue_share_relative", "red_share_sd", "blue_share_sd",
    "red_share_core", "blue_share_core", "red_share_dark", "blue_share_dark", "red_share_90", "red_share_99",
    "dark_share", "very_dark_share", "density_99", "density_sd", "purple_share",
)  # fmt: skip
COLOUR_RELATIVE_NAMES = (
    "red_share_relative", "blue_share_relative", "red_share_sd", "blue_share_sd", "dark_share", "very_dark_share",
    "density_99", "density_sd", "purple_share",
)  # fmt: skip
"""Colours against the field's own cells and within the cell; the others change with stain and camera."""


def profile_features(view: CellView) -> list[float]:
    """Values for `PROFILE_NAMES`; densities over the cell's own mean, so stain and exposure cancel."""
    mask, distance = view.mask, view.distance
    relative = np.asarray(view.mean / view.mean_inside, dtype=np.float32)
    smooth = blurred(relative, 1.0)
    means, spreads = _rings(smooth, mask, distance)
    levels = quantiles(smooth[mask], _QUANTILES)
    high = float(levels[_QUANTILES.index(85)])
    return [
        core_rim_ratio(relative, distance),
        pallor_ratio(relative, mask, distance),
        means[-1] - means[4:8].min(),
        *means,
        *spreads,
        *levels,
        *_pale(smooth, distance, high),
        *_slit(smooth, view, high),
        *_texture(smooth, mask, distance),
    ]


def _rings(density: FloatArray, mask: BoolArray, distance: FloatArray) -> tuple[Floats, Floats]:
    """Mean and deviation in ten rings from the outline (0) to the middle (9); an empty one takes the next outer."""
    index = np.minimum((distance[mask] * _RINGS).astype(int), _RINGS - 1)
    values = density[mask].astype(np.float64)
    counts = np.bincount(index, minlength=_RINGS)
    used = np.maximum(counts, 1)
    means = np.bincount(index, weights=values, minlength=_RINGS) / used
    squares = np.bincount(index, weights=values**2, minlength=_RINGS) / used
    spreads = np.sqrt(np.maximum(squares - means**2, 0))
    for ring in range(1, _RINGS):
        if counts[ring] == 0:
            means[ring], spreads[ring] = means[ring - 1], spreads[ring - 1]
    return means, spreads


def _pale(density: FloatArray, distance: FloatArray, high: float) -> list[float]:
    """Share of the cell paler than each level of its rim, and in how many parts."""
    inside = distance > 0.2
    total = max(int(np.count_nonzero(inside)), 1)
    shares, parts = [], []
    for level in _LEVELS:
        pale = (inside & (density < level * high)).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(pale, connectivity=8)
        shares.append(float(np.count_nonzero(pale)) / total)
        parts.append(float((stats[1:count, cv2.CC_STAT_AREA] >= 5).sum()))
    return shares + parts


def pale_features(view: CellView) -> list[float]:
    """Values for `PALE_NAMES`: the largest pale part, halfway between the cell's palest spot and its rim.

    Its area, axes (over the cell's diameter), solidity, offset and distance from the outline, how much paler it is,
    and the dark spot that it encloses; then where the mean density is highest from the outline inwards, how high over
    the middle, and at which depth it has fallen halfway towards the palest ring.
    """
    smooth = blurred(view.mean / view.mean_inside, 0.8)
    return [*_pale_part(smooth, view), *_radial_fall(smooth, view)]


def _pale_part(smooth: FloatArray, view: CellView) -> list[float]:
    inside = view.distance > 0.15
    if np.count_nonzero(inside) < 9:
        return [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    low, high = quantiles(smooth[inside], (3, 90))
    pale = (inside & (smooth < (low + high) / 2)).astype(np.uint8)
    contours, _ = cv2.findContours(pale, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, float(high - low), 0.0]
    outer = max(contours, key=len)
    part = np.zeros_like(pale)
    cv2.drawContours(part, [outer], -1, 1, thickness=cv2.FILLED)
    moments = cv2.moments(part, binaryImage=True)
    mass = moments["m00"]
    xx, yy, xy = moments["mu20"] / mass + 1 / 12, moments["mu02"] / mass + 1 / 12, moments["mu11"] / mass
    spread, middle = float(np.hypot((xx - yy) / 2, xy)), (xx + yy) / 2
    long, short = float(np.sqrt(middle + spread)), float(np.sqrt(max(middle - spread, 1 / 12)))
    hull = cv2.convexHull(outer)
    hull_area = cv2.contourArea(hull) + cv2.arcLength(hull, True) / 2 + 1
    diameter = equivalent_diameter(view.area)
    shift = np.hypot(moments["m10"] / mass - view.centre[0], moments["m01"] / mass - view.centre[1])
    filled = part > 0
    enclosed = filled & (pale == 0)
    return [
        mass / view.area,
        long / short,
        4 * long / diameter,
        4 * short / diameter,
        mass / hull_area,
        float(shift) * 2 / diameter,
        float(view.distance[filled].min()),
        float(high - low),
        float(np.count_nonzero(enclosed)) / mass,
    ]


def _radial_fall(smooth: FloatArray, view: CellView) -> list[float]:
    means, _ = _rings(smooth, view.mask, view.distance)
    top = int(means[:6].argmax())
    bottom = top + int(means[top:].argmin())
    half = (means[top] + means[bottom]) / 2
    fallen = np.flatnonzero(means[top : bottom + 1] <= half)
    place = 1.0 if len(fallen) == 0 or fallen[0] == 0 else float(top + fallen[0]) / _RINGS
    if len(fallen) and fallen[0] > 0:
        before, after = means[top + fallen[0] - 1], means[top + fallen[0]]
        place -= float((half - after) / max(before - after, 1e-6)) / _RINGS
    return [top / _RINGS, float(means[top] - means[-1]), place]


def _slit(density: FloatArray, view: CellView, high: float) -> tuple[float, float, float]:
    """Elongation of the pale weight, its alignment with the cell's angle, and its offset from the middle."""
    weight = np.where(view.distance > 0.2, np.maximum(0.9 * high - density, 0), 0).astype(np.float32)
    moments = cv2.moments(weight)
    if moments["m00"] < 1e-3:
        return 1.0, 0.0, 0.0
    mass = moments["m00"]
    xx, yy, xy = moments["mu20"] / mass + 0.1, moments["mu02"] / mass + 0.1, moments["mu11"] / mass
    spread, middle = float(np.hypot((xx - yy) / 2, xy)), (xx + yy) / 2
    ratio = float(np.sqrt((middle + spread) / max(middle - spread, 0.05)))
    own = 0.5 * float(np.arctan2(2 * xy, xx - yy))
    offset = np.hypot(moments["m10"] / mass - view.centre[0], moments["m01"] / mass - view.centre[1])
    return ratio, float(np.cos(2 * (own - view.outline_angle))), float(offset / np.sqrt(view.area / np.pi))


def _texture(density: FloatArray, mask: BoolArray, distance: FloatArray) -> tuple[float, float, float]:
    """Mean gradient and mean absolute Laplacian inside the outer fifth, and the gradient along the outline."""
    gx, gy = cv2.Sobel(density, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(density, cv2.CV_32F, 0, 1, scale=0.125)
    gradient = np.hypot(gx, gy)
    inside = distance > 0.2
    rim = mask & (distance <= 0.2)
    if not inside.any() or not rim.any():
        return 0.0, 0.0, 0.0
    laplacian = np.abs(cv2.Laplacian(density, cv2.CV_32F))
    return float(gradient[inside].mean()), float(laplacian[inside].mean()), float(gradient[rim].mean())


def polar_features(view: CellView) -> Floats:
    """Density on ten ellipses shaped like the cell: mean and magnitudes of four harmonics each, over the cell's mean.

    Magnitudes don't change when the cell turns: harmonic 0 tells rings, 2 slits, 1 eccentric spots,
    the bands above them bumps along the rim.
    """
    major, minor = view.axes[0] / 2, view.axes[1] / 2
    cos, sin = np.cos(view.outline_angle), np.sin(view.outline_angle)
    u, v = major * _POLAR_U, minor * _POLAR_V
    x = (view.centre[0] + cos * u - sin * v).astype(np.float32)
    y = (view.centre[1] + sin * u + cos * v).astype(np.float32)
    masked = view.mean * view.mask
    values = cv2.remap(masked, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    spectrum = np.abs(np.fft.rfft(values / view.mean_inside, axis=1)) / _POLAR_ANGLES
    bands = [np.sqrt((spectrum[:, low:high] ** 2).sum(axis=1)) for low, high in _POLAR_BANDS]
    return np.concatenate([spectrum[:, : _POLAR_HARMONICS + 1].T.ravel(), *bands])


def density_features(view: CellView, cell_density: FloatArray) -> list[float]:
    """Values for `DENSITY_NAMES`: density over the field's typical stained pixel."""
    values = view.values / float(cell_density.mean())
    total = float(values.sum()) / view.shrink**2 / 1000
    return [float(values.mean()), *quantiles(values, (10, 50, 90)), total]


def colour_features(view: CellView, cell_density: FloatArray) -> list[float]:
    """Values for `COLOUR_NAMES`: shares of red and blue in the density, absolute and against the field's cells."""
    typical = cell_density / cell_density.sum()
    pixels = np.maximum(view.density[view.mask], 0)
    red, blue = np.ascontiguousarray(pixels[:, 0]), np.ascontiguousarray(pixels[:, 2])
    total = red + pixels[:, 1] + blue
    red_share, blue_share = red / np.maximum(total, _FAINT), blue / np.maximum(total, _FAINT)
    density = total / (3 * float(cell_density.mean()))
    p90, p99 = quantiles(density, (90, 99))
    mean, core, dark = _shares(pixels), _shares(pixels[view.distance[view.mask] > 0.5]), _shares(pixels[density >= p90])
    return [
        *mean,
        mean[0] / float(typical[0]),
        mean[1] / float(typical[2]),
        float(red_share.std()),
        float(blue_share.std()),
        *core,
        *dark,
        *quantiles(red_share, (90, 99)),
        float((density > 1.5).mean()),
        float((density > 2.2).mean()),
        p99,
        float(density.std()) / max(float(density.mean()), 0.05),
        float((red_share > 1.4 * typical[0]).mean()),
    ]


def _shares(pixels: FloatArray) -> tuple[float, float]:
    """Red and blue share of the summed density of ``(K, 3)`` pixels."""
    red, green, blue = np.ones(len(pixels), np.float32) @ pixels
    total = max(float(red + green + blue), _FAINT)
    return float(red) / total, float(blue) / total
