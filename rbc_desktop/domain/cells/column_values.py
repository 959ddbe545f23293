"""Values by number that are made from columns when they are asked for: so 200,000 cells are arrays, not objects."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt

from ..arrays import BoolArray

V = TypeVar("V")
Made = TypeVar("Made", covariant=True)
C = TypeVar("C", bound="ValueColumns[Any]")

Ids = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]

REMEMBERED = 10_000
"""Values that stay made although nobody holds them; a field has some thousand cells."""

FEW = 100
"""Up to so many numbers are looked up one by one."""

_NONE = np.zeros(0, np.int64)


def rows_with(ids: Ids, numbers: Ids) -> Rows:
    """The rows of ascending `ids` that hold these numbers, in their order; numbers that none holds are left out."""
    if not len(ids):
        return np.zeros(0, np.intp)
    rows = np.minimum(np.searchsorted(ids, numbers), len(ids) - 1)
    return np.asarray(rows[ids[rows] == numbers], np.intp)


class ValueColumns(Protocol[Made]):
    """Columns of which each row makes one value."""

    @property
    def ids(self) -> Ids:
        """The numbers of the rows, ascending."""

    def value(self, row: int) -> Made:
        """The value of a row."""


class ColumnValues(MutableMapping[int, V], Generic[V, C]):
    """Columns, and over them what was put or taken away since; always in the order of the numbers.

    A value is made once for as long as anybody holds it, so that ``is`` tells whether it is the same.

    Args:
        columns: what is there from the beginning; never changed, though others may take their place (`revise`).
    """

    def __init__(self, columns: C | None = None) -> None:
        self.columns = columns
        self._numbers = array("q")
        if columns is not None:
            self._numbers.frombytes(columns.ids.tobytes())
        self._live = np.ones(len(self._numbers), np.bool_)
        self._left = len(self._numbers)
        self._put: dict[int, V] = {}
        self._made: dict[int, V] = {}
        self._old: dict[int, V] = {}
        """Made of earlier columns, or of rows that were away; `_renewed` when they are asked for."""
        self._renewed: Callable[[C, int, V], V] = lambda _columns, _row, old: old
        self._hidden: dict[int, V] = {}
        self._held: WeakValueDictionary[int, Any] = WeakValueDictionary()
        self._order: Ids | None = None

    @classmethod
    def of(cls, values: Mapping[int, V]) -> ColumnValues[V, C]:
        """These values; the same object where it is one of this kind already."""
        if isinstance(values, ColumnValues):
            return values
        made = cls()
        made.update(values)
        return made

    # As arrays

    @property
    def live(self) -> BoolArray:
        """Which rows of `columns` still hold: neither replaced nor taken away. Read only."""
        return self._live

    @property
    def put(self) -> Mapping[int, V]:
        """What was put since. Read only."""
        return self._put

    @property
    def ids(self) -> Ids:
        """Every number, ascending. Read only."""
        if self._order is None:
            own = np.fromiter(self._put, np.int64, len(self._put))
            base = _NONE if self.columns is None else self.columns.ids[self._live]
            self._order = np.sort(np.concatenate([base, own])) if len(own) else base
        return self._order

    def row_of(self, number: int) -> int | None:
        """The row of `columns` that holds this number, None where none does any more."""
        row = self.any_row_of(number)
        return row if row is not None and self._live[row] else None

    def any_row_of(self, number: int) -> int | None:
        """The row of this number, whether it still holds or not; None where there is none."""
        if not isinstance(number, int | np.integer):
            return None
        row = bisect.bisect_left(self._numbers, number)
        return row if row < len(self._numbers) and self._numbers[row] == number else None

    def among(self, numbers: Iterable[int]) -> Iterable[int]:
        """Those of these numbers that there are, in their order."""
        wanted = list(numbers)
        if len(wanted) <= FEW:
            return [number for number in wanted if number in self]
        found = np.isin(np.array(wanted, np.int64), self.ids)
        return wanted if found.all() else [number for number, is_here in zip(wanted, found, strict=True) if is_here]

    def rows_of(self, numbers: Ids) -> Rows:
        """The rows of `columns` that hold these numbers, in their order; numbers that none holds are left out."""
        if self.columns is None:
            return np.zeros(0, np.intp)
        rows = rows_with(self.columns.ids, numbers)
        return rows[self._live[rows]]

    # Many at a time

    def revise(self, columns: C, numbers: Iterable[int], renewed: Callable[[C, int, V], V]) -> None:
        """Put other columns in place of the present ones. Each value is renewed when it is asked for.

        Args:
            columns: they have the same rows, of which only those of these numbers differ.
            numbers: those that are other now.
            renewed: makes the value that a row of columns says of an older one of it, in which the rest is the same.
        """
        self.columns, self._renewed = columns, renewed
        changed = set(numbers)
        for number in changed.intersection(self._made):
            self._old[number] = self._made.pop(number)
        for number in list(self._old)[:-REMEMBERED]:
            del self._old[number]
        for number in changed.intersection(self._held):
            self._held.pop(number, None)  # it is another value now, which nobody holds

    def fold(self, columns: C, numbers: Sequence[int]) -> None:
        """Have columns that say, beside what the present ones say, what was put.

        Args:
            columns: a row for every number that has one now, and more.
            numbers: of values that were put and that rows say from now on.
        """
        live = np.zeros(len(columns.ids), np.bool_)
        if self.columns is not None:
            live[np.searchsorted(columns.ids, self.columns.ids)] = self._live
        live[np.searchsorted(columns.ids, np.array(numbers, np.int64))] = True
        for number in numbers:
            self._held[number] = self._put.pop(number)
            self._hidden.pop(number, None)  # its row says another value now
        self.columns, self._live, self._left = columns, live, int(np.count_nonzero(live))
        self._numbers = array("q", columns.ids.tobytes())

    def hide(self, rows: Rows) -> None:
        """Take rows away, as deleting each would; the values of those that went last are the same if they come back."""
        gone = rows[self._live[rows]]
        if self.columns is None or not len(gone):
            return
        self._live[gone] = False
        self._left -= len(gone)
        self._order = None
        numbers = set(self.columns.ids[gone].tolist())
        self._hidden = {n: made.pop(n) for made in (self._old, self._made) for n in numbers.intersection(made)}
        for number in numbers.intersection(self._held):
            self._held.pop(number, None)

    def put_all(self, values: Mapping[int, V]) -> None:
        """Put many, as putting each would."""
        self.hide(self.rows_of(np.fromiter(values, np.int64, len(values))))
        self._put.update(values)
        self._order = None

    def keep(self, numbers: Iterable[int]) -> None:
        """Take everything away but these, of which values are made anew."""
        wanted = set(numbers)
        self._made.clear()
        self._old.clear()
        for number in self._put.keys() - wanted:
            del self._put[number]
        self._order = None
        if self.columns is not None:
            self.hide(np.flatnonzero(~np.isin(self.columns.ids, np.fromiter(wanted, np.int64, len(wanted)))))

    def show(self, rows: Rows) -> None:
        """Bring rows back that were taken away, or replaced."""
        if self.columns is None:
            return
        for number in self._put.keys() & set(self.columns.ids[rows].tolist()):
            del self._put[number]
        back = rows[~self._live[rows]]
        for number in self._hidden.keys() & set(self.columns.ids[back].tolist()):
            self._old[number] = self._hidden.pop(number)
        self._live[back] = True
        self._left += len(back)
        self._order = None

    # As a mapping

    def __len__(self) -> int:
        return self._left + len(self._put)

    def __iter__(self) -> Iterator[int]:
        return iter(self.ids.tolist())

    def __contains__(self, number: object) -> bool:
        return number in self._put or self.row_of(number) is not None  # type: ignore[arg-type]

    def __getitem__(self, number: int) -> V:
        found = self._find(number)
        if found is None:
            raise KeyError(number)
        return found

    def get(self, number: int, default: Any = None) -> Any:
        """The value, or the default."""
        found = self._find(number)
        return default if found is None else found

    def __setitem__(self, number: int, value: V) -> None:
        if number not in self._put:
            self._hide(number)
            self._order = None
            self._hidden.pop(number, None)
        self._put[number] = value

    def __delitem__(self, number: int) -> None:
        if number in self._put:
            del self._put[number]
        elif not self._hide(number):
            raise KeyError(number)
        self._order = None

    def __repr__(self) -> str:
        return f"ColumnValues({dict(self)!r})"

    def __copy__(self) -> ColumnValues[V, C]:
        """The same columns; what is done to one of the two is not done to the other."""
        other: ColumnValues[V, C] = ColumnValues(self.columns)
        other._live, other._left, other._order = self._live.copy(), self._left, self._order
        other._put, other._made, other._old = dict(self._put), dict(self._made), dict(self._old)
        other._renewed = self._renewed
        return other

    def _find(self, number: int) -> V | None:
        found = self._put.get(number)
        if found is not None:
            return found
        found = self._made.get(number)
        if found is not None:
            return found
        row = self.row_of(number)
        if row is None or self.columns is None:
            return None
        value: V | None = self._held.get(number)
        if number in self._old:
            value = self._renewed(self.columns, row, self._old.pop(number))
        elif value is None:
            value = self.columns.value(row)
        if len(self._made) >= REMEMBERED:
            self._let_go()
        self._made[int(number)] = value
        return value

    def _let_go(self) -> None:
        """Hold the older half only for as long as others do."""
        for number in list(self._made)[: REMEMBERED // 2]:
            self._held[number] = self._made.pop(number)

    def _hide(self, number: int) -> bool:
        """Take a row away; returns whether there was one."""
        row = self.row_of(number)
        if row is None:
            return False
        self._live[row] = False
        self._left -= 1
        for known in (self._made, self._old, self._held):
            known.pop(number, None)
        return True
