"""Whole-pixel parts of a field, and how they are read where the field need not be in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ..arrays import U8Array


@dataclass(frozen=True, slots=True)
class Region:
    """A half-open rectangle ``[x0, x1) × [y0, y1)`` of whole field pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, to index an array of the field."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    def grown(self, margin: int, *, within: Region) -> Region:
        """The region with a margin on every side, as far as it lies within another."""
        return Region(
            max(within.x0, self.x0 - margin),
            max(within.y0, self.y0 - margin),
            min(within.x1, self.x1 + margin),
            min(within.y1, self.y1 + margin),
        )

    def clipped(self, within: Region) -> Region:
        """The part that lies within another, moved to its border where none does; never empty."""
        x0, y0 = min(max(self.x0, within.x0), within.x1 - 1), min(max(self.y0, within.y0), within.y1 - 1)
        return Region(x0, y0, max(x0 + 1, min(self.x1, within.x1)), max(y0 + 1, min(self.y1, within.y1)))

    def seen_from(self, other: Region) -> Region:
        """The same region counted from the top left corner of another."""
        return Region(self.x0 - other.x0, self.y0 - other.y0, self.x1 - other.x0, self.y1 - other.y0)

    def blocks(self, side: int) -> Iterator[Region]:
        """Squares of at most so many pixels a side that cover the region, row by row, without overlap."""
        for y in range(self.y0, self.y1, side):
            for x in range(self.x0, self.x1, side):
                yield Region(x, y, min(x + side, self.x1), min(y + side, self.y1))

    def bands(self, pixels: int) -> Iterator[Region]:
        """Whole rows, about so many pixels at a time, that cover the region from the top."""
        rows = max(1, pixels // max(1, self.width))
        for y in range(self.y0, self.y1, rows):
            yield Region(self.x0, y, self.x1, min(y + rows, self.y1))


class RegionReader(Protocol):
    """The pixels of a field, part by part. An image in memory is one; a slide reads its pyramid."""

    @property
    def width(self) -> int:
        """Of the field, pixels."""

    @property
    def height(self) -> int:
        """Of the field, pixels."""

    def read(self, region: Region, *, size: tuple[int, int] | None = None) -> U8Array:
        """The pixels of a region inside the field, ``(h, w, 3)`` uint8 RGB.

        Args:
            region: which.
            size: width and height of the answer, area averages of the pixels; those of the region when None.
        """


def whole(field: RegionReader) -> Region:
    """All of a field."""
    return Region(0, 0, field.width, field.height)
