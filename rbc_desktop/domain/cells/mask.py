"""Cell masks as box-local crops with an origin, so that memory follows the cell and not the field."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..arrays import BoolArray
from ..geometry import Box, Point, equivalent_diameter


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class CellMask:
    """A non-empty binary mask, cropped to its bounding box.

    Attributes:
        x0, y0: field pixel of the crop's top left element.
        crop: bool, shape ``(h, w)``; every border row and column holds at least one True. Read-only.
    """

    x0: int
    y0: int
    crop: BoolArray

    def __post_init__(self) -> None:
        if self.crop.dtype != np.bool_ or self.crop.ndim != 2 or not self.crop.any():
            raise ValueError("a cell mask is a non-empty 2-D bool array")
        self.crop.setflags(write=False)

    def __reduce__(self) -> tuple[type[CellMask], tuple[int, int, BoolArray]]:
        """Pickle as what it is made of: an array that comes out of a pickle by itself can be written to."""
        return CellMask, (self.x0, self.y0, self.crop)

    @classmethod
    def from_array(cls, mask: npt.ArrayLike, *, x0: int = 0, y0: int = 0) -> CellMask | None:
        """Crop a bool array ``(H, W)`` whose top left element is field pixel ``(x0, y0)``; None when it is empty."""
        array = np.asarray(mask, dtype=bool)
        rows = np.flatnonzero(array.any(axis=1))
        if rows.size == 0:
            return None
        columns = np.flatnonzero(array.any(axis=0))
        top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        return cls(x0 + int(left), y0 + int(top), np.ascontiguousarray(array[top:bottom, left:right]))

    def moved(self, x: int, y: int) -> CellMask:
        """The same pixels, so far to the right and down."""
        return CellMask(self.x0 + x, self.y0 + y, self.crop)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the crop."""
        height, width = self.crop.shape
        return width, height

    @property
    def box(self) -> Box:
        """The bounding box, half-open, field pixels."""
        width, height = self.size
        return Box(float(self.x0), float(self.y0), float(self.x0 + width), float(self.y0 + height))

    @property
    def area(self) -> int:
        """Number of pixels."""
        return int(np.count_nonzero(self.crop))

    @property
    def diameter(self) -> float:
        """Equivalent diameter in pixels."""
        return equivalent_diameter(self.area)

    @property
    def centroid(self) -> Point:
        """Centre of mass in field pixels (pixel centres lie at +0.5)."""
        crop = self.crop
        at, width = np.flatnonzero(crop), crop.shape[1]  # a quarter of the time of rows and columns apart
        rows = int((at // width).sum())
        columns = int(at.sum()) - width * rows
        return Point(self.x0 + columns / len(at) + 0.5, self.y0 + rows / len(at) + 0.5)

    def contains(self, point: Point) -> bool:
        """Whether the pixel under the point belongs to the mask."""
        column, row = math.floor(point.x) - self.x0, math.floor(point.y) - self.y0
        width, height = self.size
        return 0 <= row < height and 0 <= column < width and bool(self.crop[row, column])

    def intersection_area(self, other: CellMask) -> int:
        """Number of pixels that both masks hold."""
        common = self.box.intersection(other.box)
        if common is None:
            return 0
        x0, y0, x1, y1 = int(common.x0), int(common.y0), int(common.x1), int(common.y1)
        mine = self.crop[y0 - self.y0 : y1 - self.y0, x0 - self.x0 : x1 - self.x0]
        theirs = other.crop[y0 - other.y0 : y1 - other.y0, x0 - other.x0 : x1 - other.x0]
        return int(np.count_nonzero(mine & theirs))

    def iou(self, other: CellMask) -> float:
        """Intersection over union, 0 to 1."""
        common = self.intersection_area(other)
        return common / (self.area + other.area - common)

    def touches_border(self, *, width: int, height: int) -> bool:
        """Whether the mask reaches the edge of a field of this size, so that part of the cell may be missing."""
        wide, high = self.size
        return self.x0 <= 0 or self.y0 <= 0 or self.x0 + wide >= width or self.y0 + high >= height

    def to_array(self, *, width: int, height: int) -> BoolArray:
        """The mask as a bool array ``(height, width)`` of the whole field."""
        full = np.zeros((height, width), dtype=bool)
        visible = self.box.clipped(width=width, height=height)
        if visible is not None:
            x0, y0, x1, y1 = int(visible.x0), int(visible.y0), int(visible.x1), int(visible.y1)
            full[y0:y1, x0:x1] = self.crop[y0 - self.y0 : y1 - self.y0, x0 - self.x0 : x1 - self.x0]
        return full

    def same_as(self, other: CellMask) -> bool:
        """Whether both masks hold exactly the same pixels."""
        return (self.x0, self.y0) == (other.x0, other.y0) and bool(np.array_equal(self.crop, other.crop))
