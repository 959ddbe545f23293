"""Which cells lie in another cell's outline by about half, kept as cells come and go."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ..arrays import BoolArray
from .box_pairs import Boxes
from .cell import Cell
from .column_values import ColumnValues, Ids, Rows, rows_with
from .doubts import OVERLAP
from .mask import CellMask
from .stored_cells import StoredCells

_STEP = 64
"""Side of the squares, pixels, by which neighbours are found: about a cell, so that each holds a few."""

FEW = 20
"""Up to so many cells it is quicker to put one after the other."""

_Square = tuple[int, int, int]
"""Field, column and row."""

_Box = tuple[int, int, int, int]

_UNKNOWN, _FREE, _COVERED = -1, 0, 1


class Overlaps:
    """The cells of a case by where they lie. What the case file holds is looked at as columns.

    Args:
        cells: those of the case; it is told of every later change, before that is made.
    """

    def __init__(self, cells: ColumnValues[Cell, StoredCells] | Iterable[Cell] = ()) -> None:
        known = cells if isinstance(cells, ColumnValues) else ColumnValues.of({cell.id: cell for cell in cells})
        self._stored = None if known.columns is None else _Stored(known.columns, live=known.live)
        self._waiting: Iterable[Cell] = tuple(known.put.values())
        self._placed: dict[int, _Placed] = {}
        self._at: dict[_Square, set[int]] = {}
        self._covered: dict[int, bool] = {}

    def settle(self) -> None:
        """Measure the cells that were there from the beginning: not for the window's own thread."""
        self._take_waiting()
        if self._stored is not None:
            self._stored.settle()
        for cell_id in self._placed:
            self.is_covered(cell_id)

    def follow(self, before: Overlaps, folded: Collection[int]) -> None:
        """Know what another one knows, of whose cells some became rows; this one was made of all rows.

        Args:
            before: of the same cells; of no use any more.
            folded: numbers of the cells that were none and are rows now.
        """
        before._take_waiting()
        stored, settled = self._stored, before._covered
        assert stored is not None
        rows = np.flatnonzero(np.isin(stored.cells.ids, np.fromiter(folded, np.int64, len(folded))))
        on = np.zeros(len(stored.live), np.bool_)
        stored.covered[:] = _UNKNOWN
        if before._stored is not None:
            same = np.searchsorted(stored.cells.ids, before._stored.cells.ids)
            on[same], stored.covered[same] = before._stored.live, before._stored.covered
        on[rows] = True
        answers = (settled.get(number, _UNKNOWN) for number in stored.cells.ids[rows].tolist())
        stored.covered[rows] = np.fromiter(answers, np.int8, len(rows))
        stored.turn(np.flatnonzero(~on), on=False)
        gone = set(folded)
        for number, placed in before._placed.items():
            if number not in gone:
                self._enter(number, placed)
                if number in settled:
                    self._covered[number] = settled[number]

    def put(self, cell: Cell) -> set[int]:
        """Take a cell in, or its new mask; returns the cells beside it, for which the answer may be another now."""
        self._take_waiting()
        known = self._get(cell.id)
        if known is not None and (known.mask is cell.mask or known.mask.same_as(cell.mask)):
            return set()
        touched = set() if known is None else self.remove((cell.id,))
        self._place(cell)
        return touched | self._forget(cell.id, self._placed[cell.id])

    def remove(self, ids: Iterable[int]) -> set[int]:
        """Let cells go; returns those that stay and were beside one of them."""
        self._take_waiting()
        wanted = list(ids)
        placed = [self._placed[cell_id] for cell_id in wanted if cell_id in self._placed]
        if len(wanted) > FEW and len(placed) == len(wanted):
            fields = np.unique(np.array([one.field_id for one in placed], np.int64))
            return self._exchange(np.array(wanted, np.int64), fields, lambda: [*map(self._let_go, wanted)])
        gone = [(cell_id, known) for cell_id in wanted if (known := self._let_go(cell_id)) is not None]
        return set().union(*(self._forget(cell_id, known) for cell_id, known in gone))

    def hide(self, rows: Rows) -> set[int]:
        """Let cells of the case file go, by their rows; returns those that stay and were beside one of them."""
        stored = self._stored
        assert stored is not None
        return self._exchange(
            stored.cells.ids[rows], np.unique(stored.cells.field[rows]), lambda: stored.turn(rows, on=False)
        )

    def show(self, rows: Rows) -> set[int]:
        """Have cells as the case file has them, which went or were put; returns the others beside them."""
        stored = self._stored
        assert stored is not None
        ids = stored.cells.ids[rows]

        def change() -> None:
            for cell_id in self._placed.keys() & set(ids.tolist()):
                self._let_go(cell_id)
            stored.turn(rows, on=True)

        return self._exchange(ids, np.unique(stored.cells.field[rows]), change)

    def put_all(self, cells: Sequence[Cell]) -> set[int]:
        """Take cells in, or their new masks; returns the others that may be covered by one of them, or were.

        Told are not all that `put` tells of one cell, but those only with which one shares enough.
        """
        if len(cells) <= FEW:
            return set().union(*map(self.put, cells))
        ids = np.array([cell.id for cell in cells], np.int64)
        fields = np.unique(np.array([cell.field_id for cell in cells], np.int64))

        def change() -> None:
            if self._stored is not None:
                self._stored.turn(self._stored.rows_of(ids), on=False)
            for cell in cells:
                self._place(cell)

        return self._exchange(ids, fields, change)

    def _exchange(self, ids: Ids, fields: Ids, change: Callable[[], object]) -> set[int]:
        """Make a change to many cells at once; returns the others that share enough with one of them to matter."""
        self._take_waiting()
        before = self._boxes_in(fields).beside(ids)
        change()
        touched = np.union1d(before, self._boxes_in(fields).beside(ids))
        if self._stored is not None:
            self._stored.covered[self._stored.rows_of(ids)] = _FREE
            self._stored.covered[self._stored.rows_of(touched)] = _UNKNOWN
        self._covered.update(dict.fromkeys(self._placed.keys() & set(ids.tolist()), False))
        beside = set(touched.tolist())
        for cell_id in self._covered.keys() & beside:
            del self._covered[cell_id]
        return beside.difference(ids.tolist())

    def _boxes_in(self, fields: Ids) -> Boxes:
        """Of all cells of some fields."""
        wanted = set(fields.tolist())
        placed = {number: one for number, one in self._placed.items() if one.field_id in wanted}
        edges = np.array([one.box for one in placed.values()], np.int64).reshape(-1, 4).T
        own = Boxes(
            np.fromiter(placed, np.int64, len(placed)),
            np.array([one.field_id for one in placed.values()], np.int64),
            edges,
            np.array([one.area for one in placed.values()], np.int64),
        )
        return own if self._stored is None else Boxes.joined((self._stored.boxes_in(wanted), own))

    def _let_go(self, cell_id: int) -> _Placed | None:
        """Where a cell was, which is there no more."""
        known = self._placed.pop(cell_id, None)
        if known is None:
            known = self._get(cell_id)
            if known is not None and self._stored is not None:
                self._stored.hide(cell_id)
            return known
        self._leave(cell_id, known)
        return known

    def _leave(self, cell_id: int, placed: _Placed) -> None:
        for square in placed.squares:
            here = self._at[square]
            here.discard(cell_id)
            if not here:
                del self._at[square]

    def clear(self) -> None:
        """Let all cells go."""
        self._waiting, self._stored = (), None
        self._placed.clear()
        self._at.clear()
        self._covered.clear()

    def is_covered(self, cell_id: int) -> bool:
        """Whether at least `doubts.OVERLAP` of a cell lies in one other cell of its field."""
        self._take_waiting()
        if cell_id in self._placed:
            if cell_id not in self._covered:
                self._covered[cell_id] = self._measure(cell_id, self._placed[cell_id])
            return self._covered[cell_id]
        if self._stored is None:
            return False
        row = self._stored.row_of(cell_id)
        if row is None:
            return False
        if self._stored.covered[row] == _UNKNOWN:
            self._stored.covered[row] = self._measure(cell_id, self._stored.at(row))
        return bool(self._stored.covered[row])

    def covered(self, rows: Rows) -> BoolArray:
        """`is_covered` of these rows of the case file's cells."""
        if self._stored is None:
            return np.zeros(len(rows), np.bool_)
        for row in rows[self._stored.covered[rows] == _UNKNOWN].tolist():
            self.is_covered(int(self._stored.cells.ids[row]))
        return np.asarray(self._stored.covered[rows] == _COVERED)

    def _measure(self, cell_id: int, placed: _Placed) -> bool:
        mask, least = placed.mask, OVERLAP * placed.area
        for other, area in self._beside(cell_id, placed).items():
            if area >= least:
                beside = self._get(other)
                if beside is not None and mask.intersection_area(beside.mask) >= least:
                    return True
        return False

    def _get(self, cell_id: int) -> _Placed | None:
        found = self._placed.get(cell_id)
        if found is None and self._stored is not None and (row := self._stored.row_of(cell_id)) is not None:
            return self._stored.at(row)
        return found

    def _take_waiting(self) -> None:
        cells, self._waiting = self._waiting, ()
        for cell in cells:
            self._place(cell)

    def _place(self, cell: Cell) -> None:
        width, height = cell.mask.size
        x0, y0 = cell.mask.x0, cell.mask.y0
        placed = _Placed(cell.field_id, cell.mask, (x0, y0, x0 + width, y0 + height), cell.mask.area)
        self._enter(cell.id, placed)

    def _enter(self, cell_id: int, placed: _Placed) -> None:
        before, self._placed[cell_id] = self._placed.get(cell_id), placed
        if before is not None:
            if before.span == placed.span:  # as of most cells that grew by a pixel
                return
            self._leave(cell_id, before)
        for square in placed.squares:
            self._at.setdefault(square, set()).add(cell_id)

    def _forget(self, cell_id: int, placed: _Placed) -> set[int]:
        """A cell and those beside it are looked at anew."""
        beside = set(self._beside(cell_id, placed))
        for each in (cell_id, *beside):
            self._unsettle(each)
        return beside

    def _unsettle(self, cell_id: int) -> None:
        self._covered.pop(cell_id, None)
        if self._stored is not None and (row := self._stored.row_of(cell_id)) is not None:
            self._stored.covered[row] = _UNKNOWN

    def _beside(self, cell_id: int, own: _Placed) -> dict[int, int]:
        """Cells whose boxes meet a cell's, and the area that the boxes have in common."""
        x0, y0, x1, y1 = own.box
        found = {} if self._stored is None else self._stored.beside(own)
        for other in set().union(*(self._at.get(square, ()) for square in own.squares)):
            left, top, right, bottom = self._placed[other].box
            width = (x1 if x1 < right else right) - (x0 if x0 > left else left)
            height = (y1 if y1 < bottom else bottom) - (y0 if y0 > top else top)
            if width > 0 and height > 0:
                found[other] = width * height
        found.pop(cell_id, None)
        return found


class _Placed(NamedTuple):
    """A mask with its field, its half-open box and its area in pixels; a tuple: thousands are made at a time."""

    field_id: int
    mask: CellMask
    box: _Box
    area: int

    @property
    def span(self) -> tuple[int, int, int, int, int]:
        """Field, first and last column, first and last row of the squares that it lies in."""
        x0, y0, x1, y1 = self.box
        return self.field_id, x0 // _STEP, (x1 - 1) // _STEP, y0 // _STEP, (y1 - 1) // _STEP

    @property
    def squares(self) -> list[_Square]:
        field_id, left, right, top, bottom = self.span
        columns = range(left, right + 1)
        return [(field_id, column, row) for row in range(top, bottom + 1) for column in columns]


class _Stored:
    """The cells of the case file that are as they were in it."""

    def __init__(self, cells: StoredCells, *, live: BoolArray) -> None:
        self.cells, self.live = cells, live.copy()
        self._numbers = array("q", cells.ids.tobytes())  # quicker than NumPy to search for one number
        self.covered = np.full(len(cells.ids), _UNKNOWN, np.int8)
        self._boxes = np.stack([cells.x0, cells.y0, cells.x0 + cells.width, cells.y0 + cells.height])
        order = np.lexsort((cells.x0, cells.field))
        fields, begins = np.unique(cells.field[order], return_index=True)
        self._rows = dict(zip(fields.tolist(), np.split(order, begins[1:]), strict=True))
        self._left = {field: self._boxes[0, rows] for field, rows in self._rows.items()}
        self._live_in = {field: int(live[rows].sum()) for field, rows in self._rows.items()}
        self._widest = int(cells.width.max(initial=0))

    def row_of(self, cell_id: int) -> int | None:
        row = bisect_left(self._numbers, cell_id)
        return row if row < len(self.live) and self._numbers[row] == cell_id and self.live[row] else None

    def hide(self, cell_id: int) -> None:
        row = self.row_of(cell_id)
        if row is not None:
            self.live[row] = False
            self._live_in[int(self.cells.field[row])] -= 1

    def turn(self, rows: Rows, *, on: bool) -> None:
        rows = rows[self.live[rows] != on]
        self.live[rows] = on
        for field, count in zip(*np.unique(self.cells.field[rows], return_counts=True), strict=True):
            self._live_in[int(field)] += int(count) if on else -int(count)

    def boxes(self, rows: Rows) -> Boxes:
        edges = self._boxes[:, rows].astype(np.int64)
        return Boxes(self.cells.ids[rows], self.cells.field[rows], edges, self.cells.area[rows])

    def boxes_in(self, fields: Collection[int]) -> Boxes:
        return self.boxes(np.flatnonzero(self.live & np.isin(self.cells.field, list(fields))))

    def rows_of(self, ids: Ids) -> Rows:
        """The rows of these cells, of those that have one, whether it holds or not."""
        return rows_with(self.cells.ids, ids)

    def at(self, row: int) -> _Placed:
        x0, y0, x1, y1 = self._boxes[:, row].tolist()
        area = int(self.cells.area[row])
        return _Placed(int(self.cells.field[row]), self.cells.mask(row), (x0, y0, x1, y1), area)

    def beside(self, own: _Placed) -> dict[int, int]:
        if not self._live_in.get(own.field_id):
            return {}
        rows = self._rows[own.field_id]
        x0, y0, x1, y1 = own.box
        edges = self._left[own.field_id]
        rows = rows[np.searchsorted(edges, x0 - self._widest) : np.searchsorted(edges, x1)]
        left, top, right, bottom = self._boxes[:, rows]
        near = rows[(left < x1) & (right > x0) & (top < y1) & (bottom > y0) & self.live[rows]]
        left, top, right, bottom = self._boxes[:, near]
        width, height = np.minimum(right, x1) - np.maximum(left, x0), np.minimum(bottom, y1) - np.maximum(top, y0)
        areas = width.astype(np.int64) * height
        return dict(zip(self.cells.ids[near].tolist(), areas.tolist(), strict=True))

    def settle(self) -> None:
        """Measure every cell whose answer isn't known, all against all others of the file."""
        unknown = self.covered == _UNKNOWN
        self.covered[unknown] = _FREE
        rows = np.flatnonzero(self.live)
        for one, other in self.boxes(rows).meeting():
            self._compare(rows[one], rows[other])

    def _compare(self, one: Rows, other: Rows) -> None:
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            first, second = self.cells.mask(a), self.cells.mask(b)
            shared = first.intersection_area(second)
            for row, mask in ((a, first), (b, second)):
                if shared >= OVERLAP * mask.area:
                    self.covered[row] = _COVERED
