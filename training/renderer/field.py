"""Whole fields: light, cells that add their optical densities (Beer–Lambert), camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.mask import CellMask

from .density import Stamp, platelet, red_cell, white_cell
from .outlines import Kind, outline

# Diameters relative to a normal red cell (Chula medians; white cells and platelets from textbooks).
RELATIVE_DIAMETER: dict[Kind, float] = {
    Kind.NORMAL: 1.0,
    Kind.MACROCYTE: 1.28,
    Kind.MICROCYTE: 0.80,
    Kind.SPHEROCYTE: 0.87,
    Kind.TARGET_CELL: 1.08,
    Kind.STOMATOCYTE: 1.05,
    Kind.OVALOCYTE: 0.97,
    Kind.TEARDROP: 0.92,
    Kind.BURR_CELL: 1.0,
    Kind.SCHISTOCYTE: 0.70,
    Kind.HYPOCHROMIA: 1.03,
    Kind.ELLIPTOCYTE: 0.97,
    Kind.WHITE_CELL: 1.75,
    Kind.PLATELET: 0.33,
}


@dataclass(frozen=True)
class CellSpec:
    """Where a cell lies and what it is.

    Attributes:
        x: of the centre, field pixels, as is `y`.
        diameter: equivalent diameter, field pixels.
        angle: radians.
        strength: scales the stain of this cell.
    """

    kind: Kind
    x: float
    y: float
    diameter: float
    angle: float = 0.0
    strength: float = 1.0


@dataclass(frozen=True)
class FieldStyle:
    """Light, stain and camera.

    Attributes:
        light: RGB of the empty field.
        gradient: relative fall of the light towards the edge.
        stain: scales all densities.
        blur: standard deviation of the optics, pixels.
        noise: grey levels.
        specks: number of dust spots out of focus.
    """

    light: tuple[float, float, float] = (241.0, 234.0, 226.0)
    gradient: float = 0.07
    stain: float = 1.0
    blur: float = 0.85
    noise: float = 1.6
    specks: int = 7


@dataclass(frozen=True, eq=False)
class RenderedCell:
    """One drawn cell with its exact mask (hidden edges of overlaps included)."""

    spec: CellSpec
    mask: CellMask


@dataclass(frozen=True, eq=False)
class RenderedField:
    """rgb: (H, W, 3) uint8 RGB; cells in the order of the specifications (those outside the field left out)."""

    rgb: NDArray[np.uint8]
    cells: tuple[RenderedCell, ...]


def render_field(
    specs: Sequence[CellSpec], *, width: int, height: int, seed: int, style: FieldStyle | None = None
) -> RenderedField:
    """Draw the field. The same arguments give the same bytes with the same library versions."""
    style = style or FieldStyle()
    rng = np.random.default_rng(seed)
    density = np.zeros((height, width, 3), np.float32)
    cells: list[RenderedCell] = []
    for spec in specs:
        stamp = stamp_of(spec, np.random.default_rng(rng.integers(2**63)))
        add_stamp(density, stamp)
        mask = _clipped_mask(stamp, width=width, height=height)
        if mask is not None:
            cells.append(RenderedCell(spec, mask))
    density += _specks(style, width=width, height=height, rng=rng)
    light = empty_field(style, width=width, height=height, rng=rng)
    image = light * np.exp(-density * style.stain)
    return RenderedField(photographed(image, style, rng), tuple(cells))


def scatter(
    kinds: Sequence[Kind],
    *,
    width: int,
    height: int,
    diameter: float,
    rng: np.random.Generator,
    taken: Sequence[CellSpec] = (),
    gap: float = 0.10,
    inside: bool = False,
) -> list[CellSpec]:
    """Random places for these cells, none touching another or those taken; fewer when no place is left.

    diameter: of a normal red cell, pixels; gap: free space between outlines relative to it;
    inside: keep off the border.
    """
    placed = list(taken)
    for kind in sorted(kinds, key=lambda k: -RELATIVE_DIAMETER[k]):
        size = diameter * RELATIVE_DIAMETER[kind] * float(rng.normal(1, 0.045))
        spread = diameter if kind is not Kind.PLATELET else size
        low = 0.75 * size if inside else -0.15 * size
        for _ in range(400):
            x, y = rng.uniform(low, width - low), rng.uniform(low, height - low)
            need = _reach(kind, size) + gap * spread
            if all(np.hypot(x - s.x, y - s.y) > need + _reach(s.kind, s.diameter) for s in placed):
                strength = float(np.clip(rng.normal(1, 0.06), 0.8, 1.2))
                placed.append(CellSpec(kind, x, y, size, float(rng.uniform(0, 2 * np.pi)), strength))
                break
    return placed[len(taken) :]


def draw_scale_bar(rgb: NDArray[np.uint8], *, length_px: int, text: str) -> None:
    """Burn a scale bar into the bottom right corner of `rgb` (H, W, 3) uint8, in place, as microscope cameras do."""
    height, width = rgb.shape[:2]
    right, base = width - 26, height - 26
    left, ink = right - length_px, (25, 25, 25)
    cv2.line(rgb, (left, base), (right, base), ink, 1)
    for x in (left, right):
        cv2.line(rgb, (x, base - 6), (x, base), ink, 1)
    scale = 0.42
    (text_width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 1)
    origin = ((left + right - text_width) // 2, base - 10)
    cv2.putText(rgb, text, origin, cv2.FONT_HERSHEY_SIMPLEX, scale, ink, 1, cv2.LINE_AA)


def _reach(kind: Kind, diameter: float) -> float:
    """Radius of a circle around the cell; long kinds need more than their equivalent radius."""
    long_kinds = {Kind.TEARDROP: 1.6, Kind.ELLIPTOCYTE: 1.5, Kind.SCHISTOCYTE: 1.4, Kind.OVALOCYTE: 1.22}
    return diameter / 2 * long_kinds.get(kind, 1.06)


def stamp_of(spec: CellSpec, rng: np.random.Generator) -> Stamp:
    """Draw one cell."""
    shape = outline(spec.kind, rng) * (spec.diameter / 2)
    cos, sin = np.cos(spec.angle), np.sin(spec.angle)
    polygon = shape @ np.array([[cos, sin], [-sin, cos]]) + [spec.x, spec.y]
    if spec.kind is Kind.WHITE_CELL:
        return white_cell(polygon, strength=spec.strength, rng=rng)
    if spec.kind is Kind.PLATELET:
        return platelet(polygon, strength=spec.strength, rng=rng)
    return red_cell(spec.kind, polygon, angle=spec.angle, strength=spec.strength, rng=rng)


def add_stamp(density: NDArray[np.float32], stamp: Stamp) -> None:
    """Add a cell's optical density to that of a field ``(H, W, 3)``, in place, as far as it lies inside."""
    height, width = density.shape[:2]
    h, w = stamp.mask.shape
    y0, y1 = max(0, stamp.top), min(height, stamp.top + h)
    x0, x1 = max(0, stamp.left), min(width, stamp.left + w)
    if y0 < y1 and x0 < x1:
        part = stamp.density[y0 - stamp.top : y1 - stamp.top, x0 - stamp.left : x1 - stamp.left]
        density[y0:y1, x0:x1] += part


def _clipped_mask(stamp: Stamp, *, width: int, height: int) -> CellMask | None:
    h, w = stamp.mask.shape
    y0, y1 = max(0, stamp.top), min(height, stamp.top + h)
    x0, x1 = max(0, stamp.left), min(width, stamp.left + w)
    if y0 >= y1 or x0 >= x1:
        return None
    part = stamp.mask[y0 - stamp.top : y1 - stamp.top, x0 - stamp.left : x1 - stamp.left]
    return CellMask.from_array(part, x0=x0, y0=y0)


def empty_field(style: FieldStyle, *, width: int, height: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """The empty field: brightest near the middle, smoothly uneven, with the faint stain of the plasma film."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    cx, cy = width * rng.uniform(0.4, 0.6), height * rng.uniform(0.4, 0.6)
    fall = ((x - cx) / (width / 2)) ** 2 + ((y - cy) / (height / 2)) ** 2
    film = cv2.resize(rng.normal(size=(9, 12)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    shade = 1 - style.gradient * fall / 2 + 0.004 * film
    tint = np.array([1.0, 1.0 + 0.004 * rng.normal(), 1.0 + 0.008 * rng.normal()])
    return (shade[..., None] * np.array(style.light) * tint).astype(np.float32)


def _specks(style: FieldStyle, *, width: int, height: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Dust out of focus and stain precipitate: faint soft spots."""
    layer = np.zeros((height, width), np.float32)
    for _ in range(style.specks):
        x, y, size = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(1.2, 4.5)
        grid_y, grid_x = np.mgrid[:height, :width]
        layer += rng.uniform(0.03, 0.12) * np.exp(-((grid_x - x) ** 2 + (grid_y - y) ** 2) / (2 * size**2))
    return layer[..., None] * np.array([1.0, 0.95, 0.85], np.float32)


def photographed(image: NDArray[np.float32], style: FieldStyle, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Blur of the optics (a little more in blue), photon noise, and the correlation that demosaicing leaves."""
    blurred = np.stack(
        [cv2.GaussianBlur(image[..., c], (0, 0), style.blur * f) for c, f in enumerate((1.04, 1.0, 1.12))], axis=2
    )
    noise = rng.normal(size=image.shape).astype(np.float32)
    noise = 0.6 * noise + 0.8 * cv2.GaussianBlur(noise, (0, 0), 0.9) * 3.2
    noise += 0.5 * rng.normal(size=image.shape[:2]).astype(np.float32)[..., None]
    noise *= style.noise / float(noise.std())
    noisy = blurred + noise * np.sqrt(np.clip(blurred, 10, None) / 230)
    return np.clip(np.round(noisy), 0, 255).astype(np.uint8)
