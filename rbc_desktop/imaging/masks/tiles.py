"""Tiles: squares of the field, resampled to the model's input.

A tile is a square of whole field pixels; its side times the resampling factor is the model's input side. Tiles lie
inside the field wherever it is large enough, so that the field's edge is the tile's edge. Only a field that is
smaller than a tile is padded.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.cells.mask import CellMask
from ...domain.fields.regions import Region
from ...domain.geometry import Box, Point

OVERLAP_CELLS = 1.5
"""Neighbouring tiles share at least this many cell diameters, so that every cell lies whole in some tile."""

PAD_PERCENTILE = 90.0
"""Padding takes this percentile of each channel: the bare background of a smear, also in crowded fields."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of a field.

    Attributes:
        x0, y0: field pixel of its top left corner; negative where the field is smaller than the tile.
        side: its side in field pixels.
        size: the model's input side in model pixels.
        core: the part of the field that lies more centrally in this tile than in any other; cores don't overlap.
    """

    x0: int
    y0: int
    side: int
    size: int
    core: Box

    @property
    def scale(self) -> float:
        """Model pixels per field pixel."""
        return self.size / self.side

    @property
    def box(self) -> Box:
        """The square in field pixels; may reach beyond the field."""
        return Box(self.x0, self.y0, self.x0 + self.side, self.y0 + self.side)

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What fixes the tile's pixels, for cache keys."""
        return self.x0, self.y0, self.side, self.size

    def to_model(self, point: Point) -> Point:
        """Field pixels to model pixels."""
        return Point((point.x - self.x0) * self.scale, (point.y - self.y0) * self.scale)

    def to_field(self, point: Point) -> Point:
        """Model pixels to field pixels."""
        return Point(self.x0 + point.x / self.scale, self.y0 + point.y / self.scale)

    def box_to_model(self, box: Box) -> Box:
        """Field pixels to model pixels."""
        low, high = self.to_model(Point(box.x0, box.y0)), self.to_model(Point(box.x1, box.y1))
        return Box(low.x, low.y, high.x, high.y)

    def distance_to(self, point: Point) -> float:
        """How far off-centre a point lies, field pixels along the farther axis."""
        centre = self.box.centre
        return max(abs(centre.x - point.x), abs(centre.y - point.y))

    def holds(self, box: Box, *, margin: float = 0.0) -> bool:
        """Whether the box, grown by a margin in field pixels, lies inside the tile."""
        own, grown = self.box, box.expanded(margin)
        return own.x0 <= grown.x0 and own.y0 <= grown.y0 and own.x1 >= grown.x1 and own.y1 >= grown.y1


@dataclass(frozen=True, slots=True)
class TileGrid:
    """The tiles of one field at one scale.

    Attributes:
        width, height: of the field, pixels.
        side: of a tile in field pixels.
        size: of a tile in model pixels.
        tiles: row by row.
    """

    width: int
    height: int
    side: int
    size: int
    tiles: tuple[Tile, ...]

    @classmethod
    def plan(cls, *, width: int, height: int, sizes: Sequence[int], scale: float, cell_px: float) -> TileGrid:
        """Cover a field with tiles of the size that has the least to embed.

        A field that fits into the largest tile gets that one; else tiles that overlap more than they must are made
        smaller: six of 448 pixels cover what six of 512 do, in three quarters of the time.

        Args:
            width, height: of the field, pixels.
            sizes: sides that the model's input may have, model pixels, ascending.
            scale: model pixels per field pixel.
            cell_px: diameter of a red cell in model pixels; fixes the overlap.
        """
        plans = (cls._of_size(width, height, size=size, scale=scale, cell_px=cell_px) for size in reversed(sizes))
        largest = next(plans)
        if len(largest.tiles) == 1:
            return largest
        return min((largest, *plans), key=lambda grid: len(grid.tiles) * grid.size**2)

    @classmethod
    def _of_size(cls, width: int, height: int, *, size: int, scale: float, cell_px: float) -> TileGrid:
        side = max(8, round(size / scale))
        overlap = min(side // 2, int(np.ceil(OVERLAP_CELLS * cell_px / scale)))
        columns, rows = _starts(width, side, overlap), _starts(height, side, overlap)
        column_cuts, row_cuts = _cuts(columns, side, width), _cuts(rows, side, height)
        tiles = tuple(
            Tile(x, y, side, size, Box(column_cuts[i], row_cuts[j], column_cuts[i + 1], row_cuts[j + 1]))
            for j, y in enumerate(rows)
            for i, x in enumerate(columns)
        )
        return cls(width, height, side, size, tiles)

    def tile_for(self, point: Point) -> Tile:
        """The tile in which the point lies most centrally; points outside the field count as on its edge."""
        inside = Point(
            float(np.clip(point.x, 0, np.nextafter(float(self.width), 0))),
            float(np.clip(point.y, 0, np.nextafter(float(self.height), 0))),
        )
        return next(tile for tile in self.tiles if tile.core.contains(inside))

    def tile_around(self, box: Box) -> Tile:
        """A tile of its own for something that leaves its tile: centred on the box, shrunk further if it must be.

        Its core is the whole tile. At most two thirds of the side are the box, the rest is surroundings.
        """
        side = max(self.side, int(np.ceil(1.5 * max(box.width, box.height))))
        centre = box.centre
        x0 = _placed(centre.x - side / 2, side, self.width)
        y0 = _placed(centre.y - side / 2, side, self.height)
        return Tile(x0, y0, side, self.size, Box(x0, y0, x0 + side, y0 + side))


def tile_for_extent(grid: TileGrid, extent: Box, anchor: Point, *, margin: float) -> Tile:
    """The most central tile for the anchor if it holds the extent of all prompts, else a tile around the extent."""
    tile = grid.tile_for(anchor)
    visible = extent.expanded(margin).clipped(width=grid.width, height=grid.height) or extent
    return tile if tile.holds(visible) else grid.tile_around(extent)


def extract(
    rgb: npt.NDArray[np.uint8], tile: Tile, *, pad_rgb: Sequence[int] | None = None, shown: Region | None = None
) -> npt.NDArray[np.uint8]:
    """The tile's pixels at the model's scale, ``(size, size, 3)`` uint8 RGB.

    Args:
        rgb: the field, ``(H, W, 3)`` uint8 RGB.
        tile: which square.
        pad_rgb: colour beyond the field's edge (see `padding_colour`); measured on the field when None.
        shown: the part of the field that counts; what lies around it is padding, too. The whole field when None.
    """
    shown = shown or Region(0, 0, rgb.shape[1], rgb.shape[0])
    x0, y0 = (min(max(a, low), high) for a, low, high in ((tile.x0, shown.x0, shown.x1), (tile.y0, shown.y0, shown.y1)))
    x1, y1 = max(x0, min(tile.x0 + tile.side, shown.x1)), max(y0, min(tile.y0 + tile.side, shown.y1))
    crop = rgb[y0:y1, x0:x1]
    if crop.shape[:2] != (tile.side, tile.side):
        colour = padding_colour(rgb) if pad_rgb is None else pad_rgb
        whole = np.empty((tile.side, tile.side, 3), np.uint8)
        whole[:] = np.asarray(colour, np.uint8)
        if crop.size:
            whole[y0 - tile.y0 : y1 - tile.y0, x0 - tile.x0 : x1 - tile.x0] = crop
        crop = whole
    return resample(crop, tile.size)


def resample(square: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.uint8]:
    """A square ``(n, n, 3)`` at another side: area averages when it shrinks, linear when it grows."""
    if square.shape[0] == size:
        return np.ascontiguousarray(square)
    method = cv2.INTER_AREA if size < square.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(square), (size, size), interpolation=method), np.uint8)


def padding_colour(rgb: npt.NDArray[np.uint8]) -> tuple[int, int, int]:
    """The colour of the bare background, for pixels beyond the field's edge."""
    step = max(1, max(rgb.shape[:2]) // 256)
    red, green, blue = np.percentile(rgb[::step, ::step].reshape(-1, 3), PAD_PERCENTILE, axis=0)
    return int(red), int(green), int(blue)


def mask_to_model(mask: CellMask, tile: Tile) -> npt.NDArray[np.bool_]:
    """A field mask in the tile's model pixels, ``(size, size)`` bool; parts outside the tile are lost."""
    local = mask.moved(-tile.x0, -tile.y0).to_array(width=tile.side, height=tile.side)
    resized = cv2.resize(local.astype(np.float32), (tile.size, tile.size), interpolation=cv2.INTER_LINEAR)
    return np.asarray(resized >= 0.5)


def _starts(length: int, side: int, overlap: int) -> list[int]:
    """First pixels of tiles along one axis: evenly spread, flush with both edges; centred when one is enough."""
    if length <= side:
        return [-((side - length) // 2)]
    count = int(np.ceil((length - overlap) / (side - overlap)))
    return [round(i * (length - side) / (count - 1)) for i in range(count)]


def _cuts(starts: Sequence[int], side: int, length: int) -> list[float]:
    """Edges of the cores along one axis: half way between the centres of neighbouring tiles."""
    middle = [(a + b + side) / 2 for a, b in itertools.pairwise(starts)]
    return [0.0, *middle, float(length)]


def _placed(start: float, side: int, length: int) -> int:
    """Start of a tile moved inside the field, or centred on a field that is smaller."""
    if length <= side:
        return -((side - length) // 2)
    return int(np.clip(round(start), 0, length - side))
