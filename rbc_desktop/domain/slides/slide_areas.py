"""Which regions of a slide become fields: pure functions on rectangles of whole slide pixels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator

from ..fields.regions import Region
from ..geometry import Point

BLOCK_SIDE = 2_048
"""Pixels of a side of the regions into which a whole slide is cut: a thousand cells at a scanner's 0.25 µm per pixel,
and 13 MB while one is worked on."""

CELLS_ACROSS = 32
"""Red cells side by side in the field that a click makes: enough to tell their scale and the background by."""

CLICK_SIDES = (512, 4_096)
CLICK_SIDE = 1_024
"""Pixels of a side of that field: the least and most, and what it is where the slide states no scale."""

LEAST_SIDE = 128
"""Pixels of the shortest side of a region."""


def blocks_of(slide: Region, *, side: int = BLOCK_SIDE) -> Iterator[Region]:
    """Regions of nearly one size that cover a slide without overlap, row by row."""
    columns, rows = math.ceil(slide.width / side), math.ceil(slide.height / side)
    xs = [slide.x0 + slide.width * n // columns for n in range(columns + 1)]
    ys = [slide.y0 + slide.height * n // rows for n in range(rows + 1)]
    for y0, y1 in itertools.pairwise(ys):
        for x0, x1 in itertools.pairwise(xs):
            yield Region(x0, y0, x1, y1)


def click_side(diameter_px: float | None) -> int:
    """Pixels of a side of the field that a click makes.

    Args:
        diameter_px: of a normal red cell at the slide's scale, None without one.
    """
    if diameter_px is None:
        return CLICK_SIDE
    low, high = CLICK_SIDES
    return int(min(max(round(CELLS_ACROSS * diameter_px / 64) * 64, low), high))


def region_around(point: Point, *, side: int, slide: Region, taken: Iterable[Region]) -> Region | None:
    """The square around a point, as far as it lies on the slide and in no region that is a field already.

    Args:
        point: slide pixels.
        side: pixels.
        slide: all of it.
        taken: regions that are fields; a cell in two of them would count twice.

    Returns:
        None when the point lies outside the slide or in a field.
    """
    x, y = math.floor(point.x), math.floor(point.y)
    if not (slide.x0 <= x < slide.x1 and slide.y0 <= y < slide.y1):
        return None
    x0 = min(max(x - side // 2, slide.x0), max(slide.x1 - side, slide.x0))
    y0 = min(max(y - side // 2, slide.y0), max(slide.y1 - side, slide.y0))
    wanted = Region(x0, y0, min(x0 + side, slide.x1), min(y0 + side, slide.y1))
    return free_part(wanted, taken=taken, holding=(x, y))


def drawn_region(first: Point, second: Point, *, slide: Region, taken: Iterable[Region]) -> Region | None:
    """The rectangle between two points in whole pixels, as far as it lies on the slide and in no other field.

    Returns:
        None when less than `LEAST_SIDE` a side is left.
    """
    x0, x1 = sorted((first.x, second.x))
    y0, y1 = sorted((first.y, second.y))
    drawn = Region(
        max(math.floor(x0), slide.x0), max(math.floor(y0), slide.y0),
        min(math.ceil(x1), slide.x1), min(math.ceil(y1), slide.y1),
    )  # fmt: skip
    if drawn.width < LEAST_SIDE or drawn.height < LEAST_SIDE:
        return None
    free = free_part(drawn, taken=taken)
    return free if free is not None and min(free.width, free.height) >= LEAST_SIDE else None


def free_part(region: Region, *, taken: Iterable[Region], holding: tuple[int, int] | None = None) -> Region | None:
    """A large rectangle in a region that overlaps none of others; exact for one neighbour, greedy for several.

    Args:
        region: where it lies.
        taken: the others.
        holding: a pixel that it must hold.

    Returns:
        None when nothing is left.
    """
    for other in taken:
        if _apart(region, other):
            continue
        parts = [part for part in _beside(region, other) if holding is None or _holds(part, holding)]
        if not parts:
            return None
        region = max(parts, key=lambda part: part.width * part.height)
    return region


def region_at(point: Point, taken: Iterable[Region]) -> Region | None:
    """The first region that holds a point."""
    return next((region for region in taken if _holds(region, (math.floor(point.x), math.floor(point.y)))), None)


def _apart(one: Region, other: Region) -> bool:
    return one.x1 <= other.x0 or other.x1 <= one.x0 or one.y1 <= other.y0 or other.y1 <= one.y0


def _beside(region: Region, other: Region) -> list[Region]:
    """The parts of a region to the left and right of another one, above and below it."""
    parts = [
        Region(region.x0, region.y0, other.x0, region.y1),
        Region(other.x1, region.y0, region.x1, region.y1),
        Region(region.x0, region.y0, region.x1, other.y0),
        Region(region.x0, other.y1, region.x1, region.y1),
    ]
    return [part for part in parts if part.width > 0 and part.height > 0]


def _holds(region: Region, pixel: tuple[int, int]) -> bool:
    return region.x0 <= pixel[0] < region.x1 and region.y0 <= pixel[1] < region.y1
