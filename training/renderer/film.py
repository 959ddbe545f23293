"""A whole film with known zones: thick, a monolayer, a thin end, bare glass, and places out of focus.

Along the film, from left to right: glass, the thick part in which cells lie over each other, the monolayer, the thin
end with few flat cells, glass. The borders wind. Round places in all of it are out of focus.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from .density import Stamp
from .field import CellSpec, FieldStyle, add_stamp, empty_field, photographed, stamp_of
from .outlines import Kind

_LIBRARY = 60
"""Different cells of each kind; each is stamped many times."""

_TRUTH_STEP = 8
"""Pixels of the film along a side of one element of the truth."""


class FilmZone(IntEnum):
    """What a place of the film is."""

    GLASS = 0
    THICK = 1
    MONOLAYER = 2
    THIN = 3
    BETWEEN = 4


@dataclass(frozen=True)
class FilmStyle:
    """How a film looks.

    Attributes:
        diameter: of a normal red cell, pixels.
        borders: where zones begin, as shares of the width: thick, monolayer, thin end, glass.
        coverage: share of the glass that cells would cover side by side, in the thick part, monolayer and thin end.
        blurred: how many places are out of focus.
        blur: standard deviation of their blur over a cell's diameter.
        picture: light, stain and camera.
    """

    diameter: float = 30.0
    borders: tuple[float, float, float, float] = (0.05, 0.33, 0.72, 0.95)
    coverage: tuple[float, float, float] = (1.2, 0.32, 0.06)
    blurred: int = 2
    blur: float = 0.10
    picture: FieldStyle = field(default_factory=lambda: FieldStyle(gradient=0.0, specks=0))


@dataclass(frozen=True, eq=False)
class DrawnFilm:
    """A film and the truth about it.

    Attributes:
        rgb: ``(H, W, 3)`` uint8 RGB.
        zones: ``(h, w)`` uint8, `FilmZone` of every `step`-th pixel.
        blur: ``(h, w)`` float32, standard deviation over a cell's diameter.
        step: pixels of the film per element of the truth.
    """

    rgb: NDArray[np.uint8]
    zones: NDArray[np.uint8]
    blur: NDArray[np.float32]
    step: int = _TRUTH_STEP


def draw_film(*, width: int, height: int, seed: int, style: FilmStyle | None = None) -> DrawnFilm:
    """Draw a film. The same arguments give the same bytes with the same library versions."""
    style = style or FilmStyle()
    rng = np.random.default_rng(seed)
    zones, coverage = _zones(style, width=width, height=height, rng=rng)
    density = np.zeros((height, width, 3), np.float32)
    library = {kind: _stamps(kind, style.diameter, rng) for kind in (Kind.NORMAL, Kind.SPHEROCYTE)}
    for x, y, zone in _places(zones, coverage, style, width=width, height=height, rng=rng):
        kind = Kind.SPHEROCYTE if zone == FilmZone.THIN else Kind.NORMAL
        stamp = library[kind][int(rng.integers(_LIBRARY))]
        add_stamp(density, replace(stamp, left=round(x) + stamp.left, top=round(y) + stamp.top))
    light = empty_field(style.picture, width=width, height=height, rng=rng)
    image = light * np.exp(-density * style.picture.stain)
    del density, light
    blur = _blur(style, zones.shape, rng=rng)
    return DrawnFilm(photographed(_out_of_focus(image, blur, style), style.picture, rng), zones, blur)


def _zones(
    style: FilmStyle, *, width: int, height: int, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The zone and the coverage of every element of the truth; the coverage changes over some cells at a border."""
    ys, xs = np.mgrid[: -(-height // _TRUTH_STEP), : -(-width // _TRUTH_STEP)] * float(_TRUTH_STEP)
    values = (0.0, *style.coverage, 0.0)
    kinds = (FilmZone.GLASS, FilmZone.THICK, FilmZone.MONOLAYER, FilmZone.THIN, FilmZone.GLASS)
    zones = np.full(xs.shape, FilmZone.GLASS, np.uint8)
    coverage = np.zeros(xs.shape)
    ramp = 4 * style.diameter
    for border, before, after, kind in zip(style.borders, values, values[1:], kinds[1:], strict=False):
        wave = sum(rng.normal(0, 0.018) * np.sin(2 * np.pi * (n * ys / height + rng.random())) for n in (1, 2, 3))
        along = xs - width * (border + wave)
        coverage += (after - before) * np.clip(along / ramp + 0.5, 0, 1)
        zones[along > 0] = kind
        zones[np.abs(along) < ramp / 2] = FilmZone.BETWEEN
    return zones, coverage.astype(np.float32)


def _places(
    zones: NDArray[np.uint8],
    coverage: NDArray[np.float32],
    style: FilmStyle,
    *,
    width: int,
    height: int,
    rng: np.random.Generator,
) -> list[tuple[float, float, int]]:
    """Where cells lie: side by side up to a coverage of a half, with some that touch; anywhere when there are more.

    A trembling hexagonal grid, as dense as it is wanted anywhere; cells of it are left out where fewer are wanted.
    """
    d = style.diameter
    found: list[tuple[float, float, int]] = []

    def keep(xs: NDArray[np.float64], ys: NDArray[np.float64], share: NDArray[np.float64]) -> None:
        inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
        xs, ys, share = xs[inside], ys[inside], share[inside]
        chosen = rng.random(len(xs)) < share
        for x, y in zip(xs[chosen], ys[chosen], strict=True):
            found.append((float(x), float(y), int(zones[int(y) // _TRUTH_STEP, int(x) // _TRUTH_STEP])))

    def wanted(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = np.clip(ys / _TRUTH_STEP, 0, coverage.shape[0] - 1).astype(int)
        columns = np.clip(xs / _TRUTH_STEP, 0, coverage.shape[1] - 1).astype(int)
        return coverage[rows, columns].astype(np.float64)

    dense = 0.45
    step = d * np.sqrt(np.pi / 4 / (dense * np.sqrt(3) / 2))
    rows, columns = np.mgrid[: int(height / (step * np.sqrt(3) / 2)) + 2, : int(width / step) + 2]
    xs = (columns + 0.5 * (rows % 2)).ravel() * step + rng.normal(0, 0.13 * step, rows.size)
    ys = rows.ravel() * step * np.sqrt(3) / 2 + rng.normal(0, 0.13 * step, rows.size)
    keep(xs, ys, np.minimum(wanted(xs, ys), dense) / dense)
    more = float(max(0.0, coverage.max() - dense))
    count = rng.poisson(more * width * height / (np.pi / 4 * d**2))
    xs, ys = rng.uniform(0, width, count), rng.uniform(0, height, count)
    keep(xs, ys, np.maximum(wanted(xs, ys) - dense, 0) / max(more, 1e-9))
    return found


def _stamps(kind: Kind, diameter: float, rng: np.random.Generator) -> list[Stamp]:
    """Cells of one kind around the origin."""
    return [
        stamp_of(
            CellSpec(
                kind, 0.0, 0.0, diameter * float(rng.normal(1, 0.045)), float(rng.uniform(0, 2 * np.pi)),
                float(np.clip(rng.normal(1, 0.06), 0.8, 1.2)),
            ),
            rng,
        )
        for _ in range(_LIBRARY)
    ]  # fmt: skip


def _blur(style: FilmStyle, shape: tuple[int, ...], *, rng: np.random.Generator) -> NDArray[np.float32]:
    """Round places out of focus, each over a sixth of the film's height; their rims are three cells wide."""
    height, width = shape
    ys, xs = np.mgrid[:height, :width]
    rim = 3 * style.diameter / _TRUTH_STEP
    blur = np.zeros(shape)
    for _ in range(style.blurred):
        x, y = rng.uniform(0.35, 0.7) * width, rng.uniform(0.1, 0.9) * height
        radius = rng.uniform(0.14, 0.2) * height
        blur = np.maximum(blur, np.clip((radius - np.hypot(xs - x, ys - y)) / rim + 0.5, 0, 1))
    return (blur * style.blur).astype(np.float32)


def _out_of_focus(image: NDArray[np.float32], blur: NDArray[np.float32], style: FilmStyle) -> NDArray[np.float32]:
    """Mix pictures of growing blur, by what is wanted in each place."""
    height, width = image.shape[:2]
    if not blur.any():
        return image
    strength = cv2.resize(blur, (width, height), interpolation=cv2.INTER_LINEAR) / style.blur
    out, sharper = image.copy(), image
    for n in range(1, 4):
        softer = cv2.GaussianBlur(image, (0, 0), style.blur * style.diameter * n / 3)
        part = np.clip(strength * 3 - (n - 1), 0, 1)[..., None]
        out += part * (softer - sharper)
        sharper = softer
    return out.astype(np.float32)
