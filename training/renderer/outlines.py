"""Outlines of cells as closed polygons in cell units: area π, so that the equivalent radius is 1."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.classes.taxonomy import CellClass, class_from_name

Polygon = NDArray[np.float64]
"""``(N, 2)`` float64, x and y, closed implicitly."""

_POINTS = 360


class Kind(StrEnum):
    """What can be drawn; finer than the classes, because "not a red cell" has several looks."""

    NORMAL = "normal"
    MACROCYTE = "macrocyte"
    MICROCYTE = "microcyte"
    SPHEROCYTE = "spherocyte"
    TARGET_CELL = "target cell"
    STOMATOCYTE = "stomatocyte"
    OVALOCYTE = "ovalocyte"
    TEARDROP = "teardrop"
    BURR_CELL = "burr cell"
    SCHISTOCYTE = "schistocyte"
    HYPOCHROMIA = "hypochromia"
    ELLIPTOCYTE = "elliptocyte"
    WHITE_CELL = "white cell"
    PLATELET = "platelet"

    @property
    def cell_class(self) -> CellClass:
        """The class that a person would give it."""
        if self in (Kind.WHITE_CELL, Kind.PLATELET):
            return CellClass.NOT_RED_CELL
        return class_from_name(self.value)


# Axis ratios measured on the Chula classes: normal 1.09, ovalocyte 1.46, elliptocyte 2.01 .
_AXIS_RATIO = {Kind.OVALOCYTE: (1.30, 1.55), Kind.ELLIPTOCYTE: (1.9, 2.5), Kind.STOMATOCYTE: (1.05, 1.25)}
_ROUND_RATIO = (1.01, 1.13)


def outline(kind: Kind, rng: np.random.Generator) -> Polygon:
    """A random outline of this kind, long axis along x, area π, centroid at the origin."""
    if kind is Kind.TEARDROP:
        polygon = _teardrop(rng)
    elif kind is Kind.SCHISTOCYTE:
        polygon = _fragment(rng)
    elif kind is Kind.BURR_CELL:
        polygon = _burr(rng)
    elif kind is Kind.PLATELET:
        polygon = _wobbled(1 + 0.25 * rng.random(), rng, amount=0.085)
    else:
        low, high = _AXIS_RATIO.get(kind, _ROUND_RATIO)
        polygon = _wobbled(rng.uniform(low, high), rng, amount=0.012 if kind is Kind.SPHEROCYTE else 0.026)
    return _normalised(polygon)


def _angles() -> NDArray[np.float64]:
    return np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)


def _wobbled(ratio: float, rng: np.random.Generator, *, amount: float) -> Polygon:
    """An ellipse with low-order Fourier irregularity; the amplitudes fall with the square of the order."""
    t = _angles()
    radius = np.ones_like(t)
    for order in range(2, 8):
        amplitude = rng.normal(0, amount * 4 / order**2)
        radius += amplitude * np.cos(order * t + rng.uniform(0, 2 * np.pi))
    return np.stack([radius * np.cos(t) * np.sqrt(ratio), radius * np.sin(t) / np.sqrt(ratio)], axis=1)


def _teardrop(rng: np.random.Generator) -> Polygon:
    """The teardrop curve, drawn out to one tapered tail that may bend."""
    t = _angles()
    sharpness = rng.uniform(1.7, 2.9)
    x = np.cos(t) * 1.25
    y = np.sin(t) * np.abs(np.sin(t / 2)) ** sharpness * 1.35
    tail = np.clip(x, 0, None)
    y += np.sign(y) * np.minimum(np.abs(y), 0.05 * tail)  # a tail of some width, not a needle
    x = x + rng.uniform(0.10, 0.30) * tail**2
    y += rng.normal(0, 0.12) * tail**2
    wobble = 1 + rng.normal(0, 0.03) * np.cos(3 * t + rng.uniform(0, 6))
    return _cut_corners(np.stack([x, y * wobble], axis=1)[::3])


def _fragment(rng: np.random.Generator) -> Polygon:
    """A helmet (an arc closed by a straight cut) or a triangle, with slightly rounded corners."""
    if rng.random() < 0.5:
        half = rng.uniform(1.7, 2.25)
        arc = np.linspace(-half, half, 24)
        corners = np.stack([np.cos(arc), np.sin(arc) * rng.uniform(0.85, 1.1)], axis=1)
        notch = corners[[0, -1]].mean(axis=0)
        notch[0] += rng.uniform(-0.05, 0.22)
        corners = np.vstack([corners, notch])
    else:
        angles = np.array([0, 2 * np.pi / 3, 4 * np.pi / 3]) + rng.normal(0, 0.22, 3)
        tips = np.stack([np.cos(angles), np.sin(angles)], axis=1) * rng.uniform(0.95, 1.5, (3, 1))
        sides = (tips + np.roll(tips, -1, axis=0)) / 2 * rng.uniform(0.95, 1.35, (3, 1))
        corners = np.stack([tips, sides], axis=1).reshape(-1, 2)
    for _ in range(3):
        corners = _cut_corners(corners)
    return corners


def _cut_corners(polygon: Polygon) -> Polygon:
    """One round of Chaikin's corner cutting."""
    following = np.roll(polygon, -1, axis=0)
    pair = np.stack([0.75 * polygon + 0.25 * following, 0.25 * polygon + 0.75 * following], axis=1)
    return pair.reshape(-1, 2)


def _burr(rng: np.random.Generator) -> Polygon:
    """A round cell with 11 to 16 short, even spicules."""
    t = _angles()
    spicules = int(rng.integers(11, 17))
    drift = 0.25 * np.sin(t + rng.uniform(0, 6)) + 0.15 * np.sin(2 * t + rng.uniform(0, 6))
    wave = (0.5 + 0.5 * np.cos(spicules * t + drift * 5)) ** 1.4
    height = rng.uniform(0.06, 0.11) * (1 + 0.45 * np.sin(3 * t + rng.uniform(0, 6)))
    radius = 1 + height * wave
    base = _wobbled(rng.uniform(1.0, 1.15), rng, amount=0.015)
    return base * radius[:, None]


def _normalised(polygon: Polygon) -> Polygon:
    x, y = polygon.T
    following_x, following_y = np.roll(x, -1), np.roll(y, -1)
    cross = x * following_y - following_x * y
    area = cross.sum() / 2
    centre = np.array([((x + following_x) * cross).sum(), ((y + following_y) * cross).sum()]) / (6 * area)
    return (polygon - centre) * np.sqrt(np.pi / abs(area))
