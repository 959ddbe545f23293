"""Optical density of single cells on their own small canvas.

A red cell's density follows its thickness. The thickness is a function of the *membrane coordinate* ρ, 0 in the
middle and 1 at the outline: with u the solution of Poisson's equation ∇²u = −1 (u = 0 on the outline),
ρ = √(1 − u/max u). On a circle that is the radius, on an ellipse the elliptic radius, and on any other outline it
stays smooth, without ridges.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse
from scipy.sparse.linalg import spsolve

from .outlines import Kind, Polygon

Density = NDArray[np.float32]
"""``(h, w, 3)`` float32, natural-log optical density for R, G, B."""

EOSIN = np.array([0.46, 1.0, 0.60])
"""Red cells: density of R, G, B relative to green (about 0.29, 0.56, 0.28 to 0.15, 0.38, 0.21 on Chula fields)."""
AZURE = np.array([0.53, 1.0, 0.28])
"""Nuclei and platelets, stained by azure B."""

_SUPER = 3
_POISSON_GRID = 56


@dataclass(frozen=True)
class Profile:
    """How thickness depends on ρ; fractions of the plateau.

    peak: green density of the plateau; pallor: how much of it the middle lacks; radius: where the pallor ends;
    softness: width of its border; bump: density of a target cell's centre; slit: elongation of the pallor (1 is round).
    """

    peak: float = 0.50
    pallor: float = 0.58
    radius: float = 0.40
    softness: float = 0.30
    bump: float = 0.0
    slit: float = 1.0


PROFILES: dict[Kind, Profile] = {
    Kind.NORMAL: Profile(),
    Kind.MACROCYTE: Profile(pallor=0.32, radius=0.36),
    Kind.MICROCYTE: Profile(pallor=0.42, radius=0.38),
    Kind.SPHEROCYTE: Profile(peak=0.64, pallor=0.0),
    Kind.TARGET_CELL: Profile(peak=0.46, pallor=0.62, radius=0.64, softness=0.18, bump=0.95),
    Kind.STOMATOCYTE: Profile(pallor=0.75, radius=0.34, softness=0.24, slit=2.9),
    Kind.OVALOCYTE: Profile(pallor=0.34, radius=0.40),
    Kind.TEARDROP: Profile(pallor=0.30, radius=0.40),
    Kind.BURR_CELL: Profile(pallor=0.30, radius=0.36),
    Kind.SCHISTOCYTE: Profile(peak=0.54, pallor=0.10, radius=0.35),
    Kind.HYPOCHROMIA: Profile(peak=0.36, pallor=0.84, radius=0.68, softness=0.22),
    Kind.ELLIPTOCYTE: Profile(pallor=0.36, radius=0.42),
}


@dataclass(frozen=True)
class Stamp:
    """One drawn object.

    Attributes:
        density: (h, w, 3).
        mask: (h, w) bool, True where the pixel's centre lies inside the outline.
        left: field pixel of the canvas's corner, as is `top`.
    """

    density: Density
    mask: NDArray[np.bool_]
    left: int
    top: int


@dataclass(frozen=True)
class _Canvas:
    """Coverage and signed distance at output resolution; unit coordinates of pixel centres (in cell units)."""

    polygon_px: Polygon
    left: int
    top: int
    coverage: NDArray[np.float32]
    depth: NDArray[np.float32]
    mask: NDArray[np.bool_]


def red_cell(kind: Kind, polygon_px: Polygon, *, angle: float, strength: float, rng: np.random.Generator) -> Stamp:
    """A red cell with the given outline in field pixels; strength scales its stain."""
    canvas = _canvas(polygon_px)
    radius_px = float(np.sqrt(canvas.mask.sum() / np.pi))
    profile = PROFILES[kind]
    rho = _membrane(canvas)
    pale = _pallor(profile, rho, canvas, radius_px, angle=angle, rng=rng)
    edge = 1 - np.exp(-np.clip(canvas.depth, 0, None) / (0.045 * radius_px + 0.35))
    shade = 1 + 0.07 * np.clip((rho - 0.62) / 0.3, 0, 1)  # the rim is the thickest part
    uneven = 1 + 0.040 * _noise(rho.shape, radius_px / 2.5, rng) + 0.010 * _noise(rho.shape, 1.2, rng)
    green = profile.peak * strength * edge * shade * (1 - pale) * uneven * canvas.coverage
    tint = EOSIN * (1 + rng.normal(0, 0.035, 3))
    density = green[..., None] * tint + _diffraction(canvas)[..., None]
    return Stamp(density.astype(np.float32), canvas.mask, canvas.left, canvas.top)


def platelet(polygon_px: Polygon, *, strength: float, rng: np.random.Generator) -> Stamp:
    """A platelet: a pale rim and a granular purple middle."""
    canvas = _canvas(polygon_px)
    radius_px = float(np.sqrt(canvas.mask.sum() / np.pi))
    rho = _membrane(canvas)
    grains = np.clip(0.8 + 0.42 * _noise(rho.shape, max(1.0, radius_px / 6), rng), 0.2, 2)
    green = strength * canvas.coverage * (0.17 + 0.68 * np.exp(-((rho / 0.68) ** 4)) * grains)
    density = green[..., None] * np.array([0.52, 1.0, 0.42])
    return Stamp(density.astype(np.float32), canvas.mask, canvas.left, canvas.top)


def white_cell(polygon_px: Polygon, *, strength: float, rng: np.random.Generator) -> Stamp:
    """A neutrophil: pale granular cytoplasm and a dark nucleus of three to five lobes joined by strands."""
    canvas = _canvas(polygon_px)
    radius_px = float(np.sqrt(canvas.mask.sum() / np.pi))
    rho = _membrane(canvas)
    grains = 0.22 * _noise(rho.shape, max(0.8, radius_px / 60), rng) + 0.10 * _noise(rho.shape, radius_px / 12, rng)
    edge = 1 - np.exp(-np.clip(canvas.depth, 0, None) / (0.03 * radius_px + 0.4))
    cytoplasm = 0.235 * edge * np.clip(1 + grains, 0.3, 2)
    lobes = _lobes(canvas, radius_px, rng)
    clumps = 1 + 0.20 * _noise(rho.shape, radius_px / 16, rng) + 0.06 * _noise(rho.shape, radius_px / 40, rng)
    nucleus = 1.75 * lobes * clumps
    density = (
        cytoplasm[..., None] * np.array([0.62, 1.0, 0.50]) * (1 - 0.7 * lobes[..., None]) + nucleus[..., None] * AZURE
    )
    density = density * canvas.coverage[..., None] * strength + _diffraction(canvas)[..., None]
    return Stamp(density.astype(np.float32), canvas.mask, canvas.left, canvas.top)


def _canvas(polygon_px: Polygon) -> _Canvas:
    """Rasterise an outline at three times the resolution; coverage is the mean of each 3 × 3."""
    margin = 6
    left, top = (np.floor(polygon_px.min(axis=0)) - margin).astype(int)
    right, bottom = (np.ceil(polygon_px.max(axis=0)) + margin).astype(int)
    width, height = int(right - left), int(bottom - top)
    fine = np.zeros((height * _SUPER, width * _SUPER), np.uint8)
    # fillPoly puts pixel centres on whole numbers, the field has them at +0.5.
    points = (polygon_px - [left, top]) * _SUPER - 0.5
    cv2.fillPoly(fine, [np.round(points * 256).astype(np.int32)], 1, lineType=cv2.LINE_8, shift=8)
    coverage = cv2.resize(fine.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
    inside = cv2.distanceTransform(fine, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    outside = cv2.distanceTransform(1 - fine, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    depth = cv2.resize((inside - outside) / _SUPER, (width, height), interpolation=cv2.INTER_AREA)
    mask = fine[1::_SUPER, 1::_SUPER].astype(bool)
    return _Canvas(polygon_px, int(left), int(top), coverage, depth, mask)


def _membrane(canvas: _Canvas) -> NDArray[np.float32]:
    """ρ on the canvas, 1 outside; Poisson's equation is solved on a coarse grid, its solution is smooth."""
    height, width = canvas.mask.shape
    factor = _POISSON_GRID / max(height, width)
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    coarse = cv2.resize(canvas.coverage, size, interpolation=cv2.INTER_AREA) > 0.5
    number = np.full(coarse.shape, -1)
    number[coarse] = np.arange(int(coarse.sum()))
    rows, columns, centre = [], [], number[coarse]
    for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        neighbour = np.roll(number, (-dy, -dx), axis=(0, 1))[coarse]
        rows.append(centre[neighbour >= 0])
        columns.append(neighbour[neighbour >= 0])
    count = len(centre)
    off = sparse.coo_matrix(
        (-np.ones(sum(map(len, rows))), (np.concatenate(rows), np.concatenate(columns))), shape=(count, count)
    )
    u = np.zeros(coarse.shape, np.float32)
    u[coarse] = spsolve((off + 4 * sparse.identity(count)).tocsc(), np.ones(count))
    smooth = cv2.resize(u / u.max(), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.sqrt(np.clip(1 - smooth, 0, 1)).astype(np.float32)


def _pallor(
    profile: Profile,
    rho: NDArray[np.float32],
    canvas: _Canvas,
    radius_px: float,
    *,
    angle: float,
    rng: np.random.Generator,
) -> NDArray[np.float32]:
    """The fraction of the plateau that the middle lacks."""
    if profile.pallor == 0:
        return np.zeros_like(rho)
    depth = np.clip(profile.pallor * rng.uniform(0.62, 1.2), 0, 0.93)
    reach = profile.radius * rng.uniform(0.75, 1.2)
    u, v = _cell_coordinates(canvas, radius_px, angle=angle, shift=rng.normal(0, 0.09, 2))
    wobble = 1 + 0.06 * np.cos(2 * np.arctan2(v, u) + rng.uniform(0, 6)) + 0.05 * rng.normal()
    if profile.slit > 1:
        coordinate = np.hypot(u / np.sqrt(profile.slit), v * np.sqrt(profile.slit))
    else:
        offset = np.hypot(u, v)
        coordinate = np.where(rho < 0.999, 0.5 * rho + 0.5 * offset, 1.0)
    coordinate = coordinate * wobble
    softness = profile.softness * rng.uniform(0.7, 1.5)
    pale = depth / (1 + np.exp((coordinate - reach) / (softness / 4.4)))
    if profile.bump:
        pale = pale * (1 - profile.bump * np.exp(-((coordinate / (0.46 * reach)) ** 4)))
    return pale.astype(np.float32)


def _cell_coordinates(
    canvas: _Canvas, radius_px: float, *, angle: float, shift: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ys, xs = np.nonzero(canvas.mask)
    grid_y, grid_x = np.mgrid[: canvas.mask.shape[0], : canvas.mask.shape[1]]
    dx, dy = (grid_x - xs.mean()) / radius_px - shift[0], (grid_y - ys.mean()) / radius_px - shift[1]
    cos, sin = np.cos(angle), np.sin(angle)
    return dx * cos + dy * sin, -dx * sin + dy * cos


def _lobes(canvas: _Canvas, radius_px: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A smooth 0…1 map of the nucleus: discs along an arc, joined by thin strands."""
    count = int(rng.integers(3, 5))
    u, v = _cell_coordinates(canvas, radius_px, angle=float(rng.uniform(0, 6)), shift=np.array([0.05, 0.0]))
    bend = np.linspace(-1.75, 1.75, count) + rng.normal(0, 0.1, count)
    centres = np.stack([0.46 * np.cos(bend), 0.50 * np.sin(bend)], axis=1)
    wave = 1 + 0.10 * _noise(u.shape, radius_px / 6, rng)
    distance = np.full(u.shape, np.inf)
    for index, (cx, cy) in enumerate(centres):
        size = rng.uniform(0.235, 0.31)
        tilt = bend[index] + np.pi / 2
        a = (u - cx) * np.cos(tilt) + (v - cy) * np.sin(tilt)
        b = -(u - cx) * np.sin(tilt) + (v - cy) * np.cos(tilt)
        distance = np.minimum(distance, np.hypot(a / 1.22, b) * wave - size)
        if index:
            px, py = centres[index - 1]
            along = np.clip(((u - px) * (cx - px) + (v - py) * (cy - py)) / ((cx - px) ** 2 + (cy - py) ** 2), 0, 1)
            strand = np.hypot(u - px - along * (cx - px), v - py - along * (cy - py)) - 0.055
            distance = np.minimum(distance, strand)
    return 1 / (1 + np.exp(np.clip(distance * radius_px / 0.75, -40, 40)))


def _diffraction(canvas: _Canvas) -> NDArray[np.float32]:
    """A thin dark line on the outline and a faint light one outside it, as high-aperture bright field shows."""
    dark = 0.045 * np.exp(-(((canvas.depth - 0.8) / 1.0) ** 2))
    light = -0.030 * np.exp(-(((canvas.depth + 2.0) / 1.3) ** 2))
    return (dark + light).astype(np.float32)


def _noise(shape: tuple[int, ...], scale: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Gaussian noise of unit spread, correlated over `scale` pixels."""
    field = ndimage.gaussian_filter(rng.normal(size=shape), scale, mode="wrap")
    return field / max(float(field.std()), 1e-9)
