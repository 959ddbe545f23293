"""Which cells lie in another cell's outline by about half, kept as cells come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .cell import Cell
from .doubts import OVERLAP
from .mask import CellMask

_STEP = 64
"""Side of the squares, pixels, by which neighbours are found: about a cell, so that each holds a few."""

_Square = tuple[int, int, int]
"""Field, column and row."""


class Overlaps:
    """The cells of a case by where they lie. It is made when it is first asked, or ahead of that by `settle`.

    Args:
        cells: those that are there.
    """

    def __init__(self, cells: Iterable[Cell] = ()) -> None:
        self._waiting: Iterable[Cell] = cells
        self._placed: dict[int, _Placed] = {}
        self._at: dict[_Square, set[int]] = {}
        self._covered: dict[int, bool] = {}

    def settle(self) -> None:
        """Measure the cells that were there from the beginning: not for the window's own thread."""
        self._take_waiting()
        for cell_id in self._placed:
            self.is_covered(cell_id)

    def put(self, cell: Cell) -> set[int]:
        """Take a cell in, or its new mask; returns the cells beside it, for which the answer may be another now."""
        self._take_waiting()
        known = self._placed.get(cell.id)
        if known is not None and known.mask is cell.mask:
            return set()
        touched = self.remove(cell.id)
        self._place(cell)
        return touched | self._forget(cell.id)

    def remove(self, cell_id: int) -> set[int]:
        """Let a cell go; returns the cells that were beside it."""
        self._take_waiting()
        if cell_id not in self._placed:
            return set()
        touched = self._forget(cell_id)
        for square in self._placed.pop(cell_id).squares:
            self._at[square].discard(cell_id)
            if not self._at[square]:
                del self._at[square]
        return touched

    def clear(self) -> None:
        """Let all cells go."""
        self._waiting = ()
        self._placed.clear()
        self._at.clear()
        self._covered.clear()

    def is_covered(self, cell_id: int) -> bool:
        """Whether at least `doubts.OVERLAP` of a cell lies in one other cell of its field."""
        self._take_waiting()
        if cell_id not in self._placed:
            return False
        if cell_id not in self._covered:
            mask = self._placed[cell_id].mask
            least = OVERLAP * mask.area
            self._covered[cell_id] = any(
                area >= least and mask.intersection_area(self._placed[other].mask) >= least
                for other, area in self._beside(cell_id).items()
            )
        return self._covered[cell_id]

    def _take_waiting(self) -> None:
        cells, self._waiting = self._waiting, ()
        for cell in cells:
            self._place(cell)

    def _place(self, cell: Cell) -> None:
        height, width = cell.mask.crop.shape
        x0, y0 = cell.mask.x0, cell.mask.y0
        placed = _Placed(cell.field_id, cell.mask, (x0, y0, x0 + width, y0 + height))
        self._placed[cell.id] = placed
        for square in placed.squares:
            self._at.setdefault(square, set()).add(cell.id)

    def _forget(self, cell_id: int) -> set[int]:
        """A cell and those beside it are looked at anew."""
        beside = set(self._beside(cell_id))
        for each in (cell_id, *beside):
            self._covered.pop(each, None)
        return beside

    def _beside(self, cell_id: int) -> dict[int, int]:
        """Cells whose boxes meet a cell's, and the area that the boxes have in common."""
        own = self._placed[cell_id]
        x0, y0, x1, y1 = own.box
        found = {}
        for other in set().union(*(self._at[square] for square in own.squares)):
            left, top, right, bottom = self._placed[other].box
            width = (x1 if x1 < right else right) - (x0 if x0 > left else left)
            height = (y1 if y1 < bottom else bottom) - (y0 if y0 > top else top)
            if width > 0 and height > 0 and other != cell_id:
                found[other] = width * height
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A mask with its field and its half-open box."""

    field_id: int
    mask: CellMask
    box: tuple[int, int, int, int]

    @property
    def squares(self) -> list[_Square]:
        x0, y0, x1, y1 = self.box
        return [
            (self.field_id, column, row)
            for row in range(y0 // _STEP, (y1 - 1) // _STEP + 1)
            for column in range(x0 // _STEP, (x1 - 1) // _STEP + 1)
        ]
