"""Every cell of a case as columns of arrays: what order, filters and galleries of many thousand cells are made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ...domain.case.stored_claims import MOST_CLASSES, NO_CLASS
from ...domain.cells.doubts import CURLED, GHOST, OVERLAPPING, TWO_CELLS
from ...domain.classes.assessability import NOT_ASSESSABLE
from ...domain.classes.taxonomy import BUILT_IN, RED_CELL_CLASSES, CellClass, in_display_order
from ...reports.summary.counts import ClassCount, Tally, lines_of
from ...reports.summary.rows import CUT_BY_THE_EDGE, FIELD_LEFT_OUT, CellRow
from .whole_rows import chosen, inserted, joined, replaced

Classes = Sequence[CellClass]
"""The classes that a table holds places of: the built-in ones, then own ones as they came."""

LAYOUT = np.dtype(
    [
        ("cell", np.int64), ("field", np.int64),
        ("x0", np.int32), ("y0", np.int32), ("x1", np.int32), ("y1", np.int32),
        ("cell_class", np.int8), ("predicted", np.int8), ("probability", np.float64), ("sureness", np.float64),
        ("reviewed", np.bool_), ("flagged", np.bool_), ("waiting", np.bool_), ("counted", np.bool_),
        ("not_assessable", np.bool_), ("field_left_out", np.bool_), ("reason", np.int8),
        ("area_px", np.float64), ("diameter_px", np.float64), ("um_per_px", np.float64),
        ("circularity", np.float64), ("axis_ratio", np.float64), ("pallor", np.float64),
    ]
)  # fmt: skip
"""One row per cell. ``cell_class`` is what it counts as and ``probability`` what the classifier gives that;
``predicted`` is the classifier's best and ``sureness`` its share; ``flagged`` and ``waiting`` are `CellRow.flagged` and
`needs_review`, ``reason`` is `reason_place`. Unknown numbers are NaN, lengths are in pixels."""

Columns = npt.NDArray[np.void]
"""A structured array of `LAYOUT`."""

_PLACES = {cell_class: place for place, cell_class in enumerate(BUILT_IN)}
_REASONS = (TWO_CELLS, CURLED, GHOST)
_DOUBTS = (TWO_CELLS, GHOST, CURLED, OVERLAPPING)
"""In the order of `outline_doubts`."""

DECIDED = ("cell_class", "probability", "waiting", "reviewed", "not_assessable", "reason")
"""What a person's decision on the class changes."""


def place_of(cell_class: CellClass | None, classes: Classes = BUILT_IN) -> int:
    """Where a class stands in a table's classes; `NO_CLASS` for none, and for one that no row has."""
    if cell_class is None:
        return NO_CLASS
    found = _PLACES.get(cell_class)
    if found is None and cell_class in classes:
        found = classes.index(cell_class)
    return NO_CLASS if found is None else found


def display_ranks(classes: Classes) -> npt.NDArray[np.int64]:
    """For each place, where its class comes on the screen: the built-in order with own classes among the red ones."""
    order = {cell_class: rank for rank, cell_class in enumerate(in_display_order(classes))}
    return np.array([order[cell_class] for cell_class in classes], np.int64)


def doubt_reason(place: int) -> int:
    """What `reason_place` says of a doubt at this place of `_DOUBTS`."""
    return 1 + _REASONS.index(_DOUBTS[place]) if _DOUBTS[place] in _REASONS else len(_REASONS) + 1


def other_reason(kind: Literal["unsure", "not classified", "not assessable"]) -> int:
    """What `reason_place` says where the outline is good."""
    return len(_REASONS) + {"unsure": 2, "not classified": 3, "not assessable": 4}[kind]


def reason_place(row: CellRow) -> int:
    """Where the reason to look at a cell comes: doubtful outlines, then class, then not assessable; 0 without one."""
    if not row.review_reason:
        return 0
    if row.doubts:
        return doubt_reason(_DOUBTS.index(row.doubts[0]))
    if row.not_assessable:
        return other_reason("not assessable")
    return other_reason("unsure" if row.predicted_class is not None else "not classified")


class CellColumns:
    """The columns in the order of the cells' numbers; a change makes new ones, which takes milliseconds for many."""

    def __init__(self) -> None:
        self._table: Columns = _frozen(np.zeros(0, LAYOUT))
        self._known: tuple[CellClass, ...] = ()
        self._classes, self._places = list(BUILT_IN), dict(_PLACES)
        self._numbers: tuple[Columns, npt.NDArray[np.int64]] | None = None

    def __len__(self) -> int:
        return len(self._table)

    @property
    def classes(self) -> Classes:
        """What the places in the table stand for."""
        return self._classes

    @property
    def known(self) -> tuple[CellClass, ...]:
        """Own classes that may have no row yet."""
        return self._known

    def know(self, classes: Iterable[CellClass]) -> None:
        """Have a place for these own classes, and no other ones that no row has."""
        self._known = tuple(classes)
        for cell_class in self._known:
            self.place(cell_class)

    @property
    def offered(self) -> tuple[CellClass, ...]:
        """The built-in classes, the known ones, and those that rows have, in display order."""
        used = np.unique(self.table["cell_class"])
        return in_display_order((*BUILT_IN, *self._known, *(self._classes[p] for p in used.tolist() if p != NO_CLASS)))

    def place(self, cell_class: CellClass | None) -> int:
        """Where a class stands in the table; one that is new gets a place."""
        if cell_class is None:
            return NO_CLASS
        place = self._places.get(cell_class)
        if place is None:
            if len(self._classes) == MOST_CLASSES:
                return NO_CLASS
            place = self._places[cell_class] = len(self._classes)
            self._classes = [*self._classes, cell_class]
        elif self._classes[place] is not cell_class:
            self._classes = [*self._classes[:place], cell_class, *self._classes[place + 1 :]]
        return place

    @property
    def table(self) -> Columns:
        """Every cell in the order of its id; read-only, and the same array until something changes."""
        return self._table

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The cells' numbers, ascending and side by side in memory, where a search among them copies nothing."""
        if self._numbers is None or self._numbers[0] is not self._table:
            self._numbers = self._table, np.ascontiguousarray(self._table["cell"])
        return self._numbers[1]

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int | np.integer):
            return False
        at = int(np.searchsorted(self.numbers, int(number)))
        return at < len(self.numbers) and bool(self.numbers[at] == number)

    def rows_of(self, rows: Iterable[CellRow]) -> Columns:
        """These rows as columns, in the order of the cells; of several for one cell the last."""
        last = {row.cell: row for row in rows}
        return np.array([_values(last[number], place=self.place) for number in sorted(last)], LAYOUT)

    def update(self, *, put: Iterable[CellRow] | Columns = (), remove: Iterable[int] = ()) -> None:
        """Add or replace rows and remove others."""
        new = put if isinstance(put, np.ndarray) else self.rows_of(put)
        table = self._table
        gone = positions_in(table, remove)
        if len(gone):
            table = chosen(table, np.delete(np.arange(len(table)), gone))
        if not bool((new["cell"][1:] >= new["cell"][:-1]).all()):
            new = chosen(new, np.argsort(new["cell"], kind="stable"))
        known = np.zeros(len(new), np.bool_)
        if len(table):
            at = np.minimum(np.searchsorted(table["cell"], new["cell"]), len(table) - 1)
            known = table["cell"][at] == new["cell"]
        if known.any():
            at = np.searchsorted(table["cell"], new["cell"][known])
            table = replaced(table, at, chosen(new, known))
        if not known.all():
            added = chosen(new, ~known) if known.any() else new
            table = _joined(table, added)
        if table is not self._table:
            self._table = _frozen(table)

    def clear(self) -> None:
        """Remove every row."""
        self._table = _frozen(np.zeros(0, LAYOUT))
        self._classes, self._places = list(BUILT_IN), dict(_PLACES)
        self.know(self._known)

    def share_places(self, other: CellColumns) -> None:
        """Have the classes where another one has them, of which all rows come."""
        self._classes, self._places, self._known = other._classes, dict(other._places), other._known

    def become(self, other: CellColumns) -> None:
        """Hold what another one holds."""
        self._table = other._table
        self.share_places(other)


def moved(table: Columns, new: Columns) -> npt.NDArray[np.bool_]:
    """Which new rows a table lacks, or has otherwise in more than what a person decided on the cell's class."""
    differs = np.ones(len(new), np.bool_)
    if not len(table):
        return differs
    at = np.minimum(np.searchsorted(table["cell"], new["cell"]), len(table) - 1)
    known = np.flatnonzero(table["cell"][at] == new["cell"])
    if not len(known):
        return differs
    differs[known] = _differ(chosen(table, at[known]), chosen(new, known))
    return differs


def _differ(old: Columns, new: Columns) -> npt.NDArray[np.bool_]:
    differs = np.zeros(len(new), np.bool_)
    for name in LAYOUT.names or ():
        if name not in DECIDED:
            one, other = old[name], new[name]
            unlike = one != other
            if unlike.any():
                differs |= unlike & ~((one != one) & (other != other))  # NaN is NaN
    return differs


def _joined(table: Columns, added: Columns) -> Columns:
    """The rows of both in the order of the cells; those of a case that is being opened come at the end."""
    if not len(table) or not len(added) or added["cell"][0] > table["cell"][-1]:
        return joined((table, added))
    return inserted(table, np.searchsorted(table["cell"], added["cell"]), added)


def _frozen(table: Columns) -> Columns:
    table.setflags(write=False)
    return table


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which cells are shown.

    Attributes:
        cell_class: only the cells counted among this class; None shows every class.
        review_only: only cells that need review.
        field_id: only this field; None shows the whole case.
        group: only cells that are left out under this name; see `CellRow.group`.
    """

    cell_class: CellClass | None = None
    review_only: bool = False
    field_id: int | None = None
    group: str | None = None

    def mask(self, table: Columns, classes: Classes = BUILT_IN) -> npt.NDArray[np.bool_]:
        """Which rows of a table with places of these classes are shown."""
        shown = np.ones(len(table), np.bool_)
        if self.field_id is not None:
            shown &= table["field"] == self.field_id
        if self.cell_class is not None:
            place = place_of(self.cell_class, classes)
            shown &= (table["cell_class"] == place) & table["counted"] & (place != NO_CLASS)
        if self.review_only:
            shown &= table["waiting"]
        if self.group == CUT_BY_THE_EDGE:
            shown &= ~table["counted"] & ~table["field_left_out"]
        elif self.group == FIELD_LEFT_OUT:
            shown &= table["field_left_out"]
        elif self.group == NOT_ASSESSABLE:
            shown &= table["not_assessable"]
        return shown


def counted_lines(
    table: Columns,
    *,
    classes: Classes = BUILT_IN,
    every: bool = False,
    known: Collection[CellClass] = (),
    untold: Collection[CellClass] = (),
    by_hand: Collection[CellClass] = (),
) -> tuple[ClassCount, ...]:
    """What `reports.summary.counts.class_counts` says of the rows of a table.

    Args:
        table: the rows.
        classes: what their places stand for.
        every: the built-in red classes and the known ones have a line, whether they occur or not.
        known: own classes of the laboratory.
        untold, by_hand: see `reports.summary.counts.lines_of`.
    """
    reviewed, waiting = table["reviewed"].copy(), table["waiting"].copy()  # side by side in memory

    def tallied(mask: npt.NDArray[np.bool_]) -> Tally:
        cells, seen, unsure = (int(np.count_nonzero(each)) for each in (mask, mask & reviewed, mask & waiting))
        return Tally(cells, seen, unsure)

    away, counted, unseen = table["field_left_out"], table["counted"], table["not_assessable"]
    apart = {
        NOT_ASSESSABLE: counted & unseen,
        CUT_BY_THE_EDGE: ~counted & ~away,
        FIELD_LEFT_OUT: away,
    }
    rest = counted & ~unseen
    places = table["cell_class"].astype(np.intp) + 1  # 0 for NO_CLASS
    width = len(classes) + 1
    by_field = np.bincount(table["field"][rest].astype(np.intp) * width + places[rest], minlength=width)
    by_field = np.pad(by_field, (0, -len(by_field) % width)).reshape(-1, width)
    by_field = by_field[by_field.any(axis=1)]
    seen, unsure = (np.bincount(places[mask], minlength=width) for mask in (rest & reviewed, rest & waiting))
    groups = {
        classes[place - 1] if place else None: Tally(sum(cells), int(seen[place]), int(unsure[place]), tuple(cells))
        for place, cells in enumerate(by_field.T.tolist())
        if any(cells)
    }
    named = [*RED_CELL_CLASSES, *known] if every else []
    tallies: dict[str, Tally] = {name: tallied(mask) for name, mask in apart.items()}
    return lines_of(groups, apart=tallies, every=named, untold=untold, by_hand=by_hand)


def waiting_in_fields(table: Columns) -> dict[int, int]:
    """How many cells of each field that has any wait for a person."""
    fields, counts = np.unique(table["field"][table["waiting"]], return_counts=True)
    return dict(zip(fields.tolist(), counts.tolist(), strict=True))


def positions_in(table: Columns, ids: Iterable[int]) -> npt.NDArray[np.intp]:
    """Rows of a table (in the order of ids) that hold these cells, in the order of `ids`; unknown ones are left out."""
    wanted = np.fromiter(ids, np.int64)
    if not len(table) or not len(wanted):
        return np.zeros(0, np.intp)
    at = np.minimum(np.searchsorted(table["cell"], wanted), len(table) - 1)
    return np.asarray(at[table["cell"][at] == wanted], np.intp)


def _values(row: CellRow, *, place: Callable[[CellClass | None], int]) -> tuple[object, ...]:
    nan = float("nan")

    def number(value: float | None) -> float:
        return nan if value is None else value

    return (
        row.cell, row.field_id, row.x0, row.y0, row.x1, row.y1,
        place(row.cell_class), place(row.predicted_class), number(row.class_probability), number(row.sureness),
        row.reviewed, row.flagged, row.needs_review, row.counted,
        bool(row.not_assessable), bool(row.field_left_out), reason_place(row),
        row.area_px, number(row.diameter_px), number(row.um_per_px),
        number(row.circularity), number(row.axis_ratio), number(row.pallor_ratio),
    )  # fmt: skip
