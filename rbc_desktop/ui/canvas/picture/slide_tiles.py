"""Which tiles of a slide a view needs, at which level and in which order: pure functions, no Qt.

A slide is seen through levels: at level k a tile pixel is the average of 2^k × 2^k slide pixels. Every level is cut
into squares of `TILE_SIDE` tile pixels. These are the canvas's own levels; the reader takes them from the file's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ....domain.fields.regions import Region
from ....domain.geometry import Box, Point

TILE_SIDE = 512
"""Of a tile, in its own pixels: few enough to be read within some milliseconds, and to fill a screen with 15 to 54."""


@dataclass(frozen=True, slots=True)
class SlideTile:
    """One tile.

    Attributes:
        level: a tile pixel is 2^level slide pixels wide.
        column, row: counted from the slide's top left corner.
    """

    level: int
    column: int
    row: int

    @property
    def parent(self) -> SlideTile:
        """The tile of the next coarser level that holds this one."""
        return SlideTile(self.level + 1, self.column // 2, self.row // 2)


@dataclass(frozen=True, slots=True)
class SlideGrid:
    """The tiles of one slide.

    Attributes:
        width, height: of the slide, pixels.
    """

    width: int
    height: int

    @property
    def coarsest(self) -> int:
        """The level at which the whole slide is one tile."""
        return max(0, math.ceil(math.log2(max(self.width, self.height, 1) / TILE_SIDE)))

    @property
    def top(self) -> SlideTile:
        """The tile that shows the whole slide."""
        return SlideTile(self.coarsest, 0, 0)

    def level_for(self, zoom: float) -> int:
        """The coarsest level that has the screen's resolution.

        Args:
            zoom: screen pixels per slide pixel.
        """
        return min(max(0, math.floor(-math.log2(zoom) + 1e-9)), self.coarsest)

    def region(self, tile: SlideTile) -> Region:
        """What a tile shows, slide pixels; smaller than others at the right and lower edge."""
        side = TILE_SIDE << tile.level
        x0, y0 = tile.column * side, tile.row * side
        return Region(x0, y0, min(x0 + side, self.width), min(y0 + side, self.height))

    def size(self, tile: SlideTile) -> tuple[int, int]:
        """Width and height of a tile in its own pixels."""
        region, factor = self.region(tile), 1 << tile.level
        return max(1, math.ceil(region.width / factor)), max(1, math.ceil(region.height / factor))

    def tiles(self, box: Box, *, level: int) -> Iterator[SlideTile]:
        """The tiles of a level that show a part of the slide, row by row."""
        inside = box.clipped(width=self.width, height=self.height)
        if inside is not None:
            side = TILE_SIDE << level
            for row in range(int(inside.y0 // side), math.ceil(inside.y1 / side)):
                for column in range(int(inside.x0 // side), math.ceil(inside.x1 / side)):
                    yield SlideTile(level, column, row)

    def in_view(self, box: Box, *, zoom: float) -> tuple[SlideTile, ...]:
        """Every tile that a view needs, in the order in which they are read.

        First the one that shows the whole slide, so that nothing is ever blank; then a level two steps coarser than the
        screen's, a sixteenth of the work; then the screen's own from the middle outwards.

        Args:
            box: the part of the slide in view.
            zoom: screen pixels per slide pixel.
        """
        level = self.level_for(zoom)
        rough = min(level + 2, self.coarsest)
        return tuple(dict.fromkeys((self.top, *self._outwards(box, rough), *self._outwards(box, level))))

    def around(self, box: Box, *, zoom: float) -> tuple[SlideTile, ...]:
        """The tiles just outside a view, for the next move; see `in_view`."""
        level = self.level_for(zoom)
        shown = set(self.tiles(box, level=level))
        wider = box.expanded(TILE_SIDE << level)
        return tuple(tile for tile in self._outwards(wider, level) if tile not in shown)

    def _outwards(self, box: Box, level: int) -> list[SlideTile]:
        return sorted(self.tiles(box, level=level), key=lambda tile: self._distance(tile, box.centre))

    def _distance(self, tile: SlideTile, point: Point) -> float:
        region = self.region(tile)
        return math.hypot((region.x0 + region.x1) / 2 - point.x, (region.y0 + region.y1) / 2 - point.y)
