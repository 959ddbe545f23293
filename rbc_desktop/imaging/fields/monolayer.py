"""Finding the monolayer of a film: thickness, overlap and focus of its patches at low power, then a closer look.

At low power a red cell is `LOW_PX` pixels across, so a patch costs milliseconds and the file's small levels are read.
What is stained and what is sharp is judged by the film's own typical density and sharpest edges.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ...domain.arrays import BoolArray, FloatArray, Floats, U8Array
from ...domain.fields.regions import Region, RegionReader, whole
from ...domain.slides.film_map import (
    PATCH_CELLS,
    REGION_PATCHES,
    ZONES,
    FilmMap,
    PatchMeasures,
    ProposedRegion,
    Typical,
    Zone,
    is_readable,
    reasons_for,
    score_of,
    zone_of,
)
from ..cells.field_context import blurred, field_context, stained_mask
from ..light.blobs import hole_steps
from ..light.stain_levels import PER_DENSITY, result_of
from .quality import edge_width, field_quality, overlap
from .scale import measured_diameter, stain_threshold

LOW_PX = 12.0
"""Diameter of a red cell at low power: small for speed, large enough that cells side by side stay apart."""

MOST_PATCHES = 12_000
"""Patches of a map; of a larger slide each stands for more than it shows."""

LOOK_PX = 40.0
"""Diameter of a red cell in the closer look; finer pixels tell nothing more about a field."""

_OVERVIEW_SIDE = 1024
_BACKGROUND_SHARE = 0.35
"""Stained is what is denser than this share of the typical stained place."""

_BARE_SHARE, _LEAST_GAP = 0.5, 0.22
"""What cells close round is a gap between them and no pale centre when its mean density is under the first share of the
stained level, and its area at least the second one of a cell's."""

_NOISE_DENSITY, _LEAST_PIXELS = 0.05, 100
_SCALE_LOOKS, _SCALE_SIDE = 9, 700
_FOCUS_BLOCKS, _FOCUS_SPREAD = 4, 1.3
"""A region is in focus when, of so many by so many parts of it, none has edges so much wider than the median of all:
the Chula fields that can be read stay within 1.29."""

_LEAST_KNOWN = 12
"""Patches that could be a monolayer from which on they tell what is typical of it."""


@dataclass(frozen=True, slots=True)
class FilmScale:
    """What a film's patches are measured against.

    Attributes:
        diameter: of a red cell, pixels of the slide.
        light: ``(3,)`` RGB between the film's cells.
        stained: optical density from which on a pixel is stained.
        depth: typical density of what is stained.
    """

    diameter: float
    light: tuple[float, float, float]
    stained: float
    depth: float


def film_scale(slide: RegionReader, *, diameter: float | None = None) -> FilmScale | None:
    """Light, stain and cell size of a film; None where nothing cell-like is stained.

    Args:
        slide: its pixels.
        diameter: of a red cell in pixels of the slide, where a calibration tells it.
    """
    factor = max(1.0, max(slide.width, slide.height) / _OVERVIEW_SIDE)
    size = (max(1, round(slide.width / factor)), max(1, round(slide.height / factor)))
    small = slide.read(whole(slide), size=size)
    light = np.maximum(np.percentile(small.reshape(-1, 3), 98, axis=0), 1.0)
    dense = _density(small, light)
    if diameter is None:
        diameter = _diameter_on(slide, dense, factor=factor)
    if diameter is None:
        return None
    looks = _looks(slide, dense, factor=factor, light=light, side=16 * diameter)
    values = [blurred(density, 1.0).ravel() for _, density in looks]
    between, depth = _levels_of(np.concatenate([np.zeros(0, np.float32), *values]))
    if math.isnan(depth):
        return None
    red, green, blue = (float(value) for value in light * np.exp(-between))
    return FilmScale(diameter, (red, green, blue), max(_NOISE_DENSITY, _BACKGROUND_SHARE * depth), depth)


def _levels_of(values: FloatArray) -> tuple[float, float]:
    """Density between the cells of a film, against its brightest glass, and of what is stained above that.

    Plasma and uneven light make the places between cells darker than bare glass; what is stained stands out from them.
    The second is NaN where hardly anything does.

    Args:
        values: ``(N,)``, of pixels of places where something is stained.
    """
    levels = _grey_levels(values)
    threshold = stain_threshold(np.bincount(levels, minlength=256)) if values.size else None
    if threshold is None:
        return 0.0, math.nan
    bare, dark = values[levels <= threshold], values[levels > threshold]
    if min(bare.size, dark.size) < _LEAST_PIXELS:
        return 0.0, math.nan
    between = float(np.median(bare))
    depth = float(np.median(dark)) - between
    return between, depth if depth > _NOISE_DENSITY else math.nan


def _looks(
    slide: RegionReader, dense: FloatArray, *, factor: float, light: Floats, side: float
) -> Iterator[tuple[U8Array, FloatArray]]:
    """Pixels and density at full power of places all over the stained part of the film."""
    rows, columns = np.nonzero(dense > _NOISE_DENSITY)
    if not len(rows):
        return
    half = max(8, round(side / 2))
    for n in np.linspace(0, len(rows) - 1, _SCALE_LOOKS).astype(int):
        x, y = int((columns[n] + 0.5) * factor), int((rows[n] + 0.5) * factor)
        part = Region(x - half, y - half, x + half, y + half).grown(0, within=whole(slide))
        rgb = slide.read(part)
        yield rgb, _density(rgb, light)


def _diameter_on(slide: RegionReader, dense: FloatArray, *, factor: float) -> float | None:
    light = np.full(3, 255.0)
    found = [
        diameter
        for rgb, _ in _looks(slide, dense, factor=factor, light=light, side=_SCALE_SIDE)
        if (diameter := measured_diameter(rgb)) is not None
    ]
    return float(np.median(found)) if found else None


def patch_grid(slide: RegionReader, scale: FilmScale) -> FilmMap:
    """The empty map of a slide."""
    side = round(PATCH_CELLS * scale.diameter)
    while math.ceil(slide.width / side) * math.ceil(slide.height / side) > MOST_PATCHES:
        side = math.ceil(side * 1.1)
    shape = (math.ceil(slide.height / side), math.ceil(slide.width / side))
    return FilmMap(slide.width, slide.height, side, np.zeros(shape, np.uint8), np.zeros(shape, np.uint8))


def measured_row(slide: RegionReader, scale: FilmScale, grid: FilmMap, row: int) -> list[PatchMeasures]:
    """What the patches of one row of the map show; each by its middle where the slide is very large."""
    shown, factor = round(PATCH_CELLS * scale.diameter), max(1.0, scale.diameter / LOW_PX)
    middles = [_middle(grid.region(row, column), shown) for column in range(grid.zones.shape[1])]
    # One reading for all: the file's tiles are larger than a patch at low power.
    strip = Region(0, middles[0].y0, slide.width, middles[0].y1)
    height = max(1, round(strip.height / factor))
    rgb = slide.read(strip, size=(max(1, round(strip.width / factor)), height))
    columns = [(round(m.x0 / factor), max(round(m.x0 / factor) + 1, round(m.x1 / factor))) for m in middles]
    return [_measured(rgb[:, x0:x1], scale, diameter=scale.diameter / factor) for x0, x1 in columns]


def _middle(region: Region, side: int) -> Region:
    across, down = min(side, region.width), min(side, region.height)
    x, y = region.x0 + (region.width - across) // 2, region.y0 + (region.height - down) // 2
    return Region(x, y, x + across, y + down)


def _measured(rgb: U8Array, scale: FilmScale, *, diameter: float) -> PatchMeasures:
    """Of a patch ``(h, w, 3)`` in which a cell is so many pixels across."""
    density = _density(rgb, np.asarray(scale.light))
    stained = (blurred(density, 0.6) > scale.stained).astype(np.uint8)
    if not stained.any():
        return PatchMeasures(0.0, math.nan, math.nan, math.nan)
    stained = result_of(
        hole_steps(
            stained,
            levels=_grey_levels(density),
            bare=_BARE_SHARE * PER_DENSITY * scale.stained,
            least=round(_LEAST_GAP * math.pi / 4 * diameter**2),
        )
    )
    return PatchMeasures(
        covered=float(stained.mean()),
        overlap=overlap(stained, diameter=diameter),
        edge=edge_width(stained, density, diameter) / diameter,
        depth=float(density[stained > 0].mean()) / scale.depth,
    )


def judged_map(grid: FilmMap, patches: Sequence[Sequence[PatchMeasures]]) -> FilmMap:
    """The map with zones and scores, from what its patches show, row by row."""
    patches = _among_neighbours(patches)
    typical = _typical(patches)
    zones, scores = np.zeros_like(grid.zones), np.zeros_like(grid.scores)
    for row, line in enumerate(patches):
        for column, patch in enumerate(line):
            zone = zone_of(patch, typical=typical)
            zones[row, column] = ZONES.index(zone)
            if zone is Zone.MONOLAYER:
                scores[row, column] = round(255 * score_of(patch, typical=typical))
    return FilmMap(grid.width, grid.height, grid.side, zones, scores)


def _among_neighbours(patches: Sequence[Sequence[PatchMeasures]]) -> list[list[PatchMeasures]]:
    """The patches with no more overlap than there is around them: one clump makes no film thick."""
    overlaps = np.array([[patch.overlap for patch in line] for line in patches])
    known = ~np.isnan(overlaps)
    sums = cv2.blur(np.where(known, overlaps, 0.0), (3, 3), borderType=cv2.BORDER_REFLECT)
    counts = cv2.blur(known.astype(np.float64), (3, 3), borderType=cv2.BORDER_REFLECT)
    around = sums / np.maximum(counts, 1e-9)
    return [
        [replace(patch, overlap=min(patch.overlap, float(around[row, column]))) for column, patch in enumerate(line)]
        for row, line in enumerate(patches)
    ]


def _typical(patches: Sequence[Sequence[PatchMeasures]]) -> Typical:
    """Of the patches that could be a monolayer: the lower quartile of the edges' widths, the median of the coverage."""
    possible = [p for line in patches for p in line if zone_of(p, typical=Typical()) is Zone.MONOLAYER]
    known = [p for p in possible if not math.isnan(p.edge)]
    if len(known) < _LEAST_KNOWN:
        return Typical()
    return Typical(
        edge=float(np.percentile([p.edge for p in known], 25)), covered=float(np.median([p.covered for p in known]))
    )


def candidates(film: FilmMap) -> list[Region]:
    """Squares of the monolayer that don't overlap: first those that have it all around them, the best first.

    None lies beside a patch that is out of focus: the focus is lost gradually.
    """
    inside = film.zones == ZONES.index(Zone.MONOLAYER)
    blurred_there = film.zones == ZONES.index(Zone.BLURRED)
    n = REGION_PATCHES
    usable = np.zeros_like(inside)
    rank: dict[tuple[int, int], tuple[bool, int]] = {}
    for row, column in np.ndindex(inside.shape[0] - n + 1, inside.shape[1] - n + 1):
        square = (slice(row, row + n), slice(column, column + n))
        around = (slice(max(0, row - 1), row + n + 1), slice(max(0, column - 1), column + n + 1))
        usable[row, column] = inside[square].all() and not blurred_there[around].any()
        rank[row, column] = not inside[around].all(), -int(film.scores[square].min())
    packed = max((_shelves(usable, first=first) for first in range(n)), key=len)
    return [film.region(*place, patches=n) for place in sorted(packed, key=lambda place: (rank[place], place))]


def _shelves(usable: BoolArray, *, first: int) -> list[tuple[int, int]]:
    """Rows and columns of as many squares as fit side by side on shelves, of which the first begins in a row."""
    found = []
    for row in range(first, usable.shape[0], REGION_PATCHES):
        column = 0
        while column < usable.shape[1]:
            if usable[row, column]:
                found.append((row, column))
                column += REGION_PATCHES
            else:
                column += 1
    return found


def looked_at(slide: RegionReader, scale: FilmScale, film: FilmMap, region: Region) -> ProposedRegion | None:
    """A candidate at full power: the region with its reasons, or None where it can't be read after all."""
    factor = max(1.0, scale.diameter / LOOK_PX)
    size = (max(1, round(region.width / factor)), max(1, round(region.height / factor)))
    rgb = slide.read(region, size=size)
    context = field_context(rgb)
    quality = field_quality(rgb, context=context)
    if context.cell_diameter is None or not is_readable(quality):
        return None
    stained, mean = stained_mask(context.density), np.asarray(context.mean_density[:, :], np.float32)
    if not sharp_everywhere(stained, mean, diameter=context.cell_diameter):
        return None
    cells = round(float(stained.sum()) / (math.pi / 4 * context.cell_diameter**2))
    rows, columns = region.y0 // film.side, region.x0 // film.side
    score = film.scores[rows : rows + REGION_PATCHES, columns : columns + REGION_PATCHES].min() / 255
    return ProposedRegion(region, cells, float(score), reasons_for(quality, cells=cells))


def sharp_everywhere(stained: U8Array, density: FloatArray, *, diameter: float) -> bool:
    """Whether no part of a region is less sharp than the rest.

    Args:
        stained: ``(H, W)`` 0 or 1.
        density: ``(H, W)`` float32, mean of the channels.
        diameter: of a typical cell, pixels.
    """
    height, width = stained.shape
    blocks = Region(0, 0, width, height).blocks(math.ceil(max(width, height) / _FOCUS_BLOCKS))
    edges = np.array([_edge_in(stained, density, block, diameter) for block in blocks])
    edges = edges[~np.isnan(edges)]
    return len(edges) > 0 and bool(edges.max() <= _FOCUS_SPREAD * np.median(edges))


def _edge_in(stained: U8Array, density: FloatArray, part: Region, diameter: float) -> float:
    return edge_width(np.ascontiguousarray(stained[part.slices]), np.ascontiguousarray(density[part.slices]), diameter)


def _density(rgb: U8Array, light: Floats) -> FloatArray:
    """Optical density ``(h, w)``, mean of the channels, against bare glass."""
    return np.asarray(-np.log(np.maximum(rgb, 2) / light).mean(axis=2), np.float32)


def _grey_levels(density: FloatArray) -> U8Array:
    return np.asarray(np.clip(density * PER_DENSITY, 0, 255), np.uint8)
