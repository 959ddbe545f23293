"""Checks of whole columns of a case file, as `case_values` checks single values."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from ....domain.arrays import Floats
from ....domain.cells.column_values import Ids
from .case_values import MOST_IDS

AT_ONCE = 1000
"""Rows that are fetched and checked together: so many stay in the processor's cache meanwhile."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


Tell = Callable[[int], object]
"""Hears of so many rows that were read; raises when nobody wants them any more."""


def nobody(_: int) -> None:
    """Who doesn't care how many rows were read."""


def chunks(
    connection: sqlite3.Connection, sql: str, tell: Tell = nobody, *, values: Sequence[Any] = ()
) -> Iterator[list[list[Any]]]:
    """The columns of a query, some thousand rows at a time.

    Args:
        connection: to the file.
        sql: the query.
        tell: hears of the rows.
        values: of its parameters.
    """
    cursor = connection.execute(sql, values)
    while rows := cursor.fetchmany(AT_ONCE):
        tell(len(rows))
        yield [list(map(itemgetter(column), rows)) for column in range(len(rows[0]))]


def usual(connection: sqlite3.Connection, columns: Sequence[str], *, table: str) -> list[Any]:
    """What stands in the first row of a table, and mostly in all others, too; None for each where there is no row.

    ``NULLIF(column, ?)`` with it spares Python an object for every row in which it stands again.
    """
    row = connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 1").fetchone()
    return [None] * len(columns) if row is None else list(row)


def wholes(values: Sequence[Any], what: str, *, low: int = 0, high: int = MOST_IDS) -> Ids:
    """Integers in a range.

    Raises:
        ValueError: when one is none, or lies outside.
    """
    try:
        found = np.array(values)
    except (OverflowError, ValueError) as error:
        raise ValueError(what) from error
    if found.dtype.kind != "i" or found.ndim != 1 or (len(found) and not low <= found.min() <= found.max() <= high):
        raise ValueError(what)
    return found.astype(np.int64, copy=False)


def reals(values: Sequence[Any], what: str, *, low: float, high: float) -> Floats:
    """Finite numbers in a range.

    Raises:
        ValueError: when one is none, or lies outside.
    """
    found = np.array(values)
    if found.dtype.kind not in "if" or found.ndim != 1 or not bool(np.all((found >= low) & (found <= high))):
        raise ValueError(what)
    return found.astype(np.float64, copy=False)


def joined(column: str, length: int, *, is_made: bool = False) -> str:
    """SQL for the blobs of a column behind each other, so that thousands are one object of Python's.

    Args:
        column: what is of this many bytes in nearly all rows; zeros take the place of everything else.
        length: bytes.
        is_made: the column is the result of a function of ours: of this length, or NULL.
    """
    blank = f"zeroblob({length})"
    is_sound = f"typeof({column}) = 'blob' AND length({column}) = {length}"
    each = f"coalesce({column}, {blank})" if is_made else f"CASE WHEN {is_sound} THEN {column} ELSE {blank} END"
    return f"CAST(group_concat({each}, '') AS BLOB)"


class Coded(Generic[Key, Value]):
    """Few different values among many, as numbers from 0 in the order in which they come.

    Args:
        read: checks and makes a value of what the file holds.
    """

    def __init__(self, read: Callable[[Key], Value]) -> None:
        self._read = read
        self._codes: dict[Key, int] = {}
        self.values: list[Value] = []

    def codes(self, stored: Sequence[Key]) -> npt.NDArray[np.int32]:
        """The number of each.

        Raises:
            ValueError: as reading one does.
        """
        known, different = self._codes, set(stored)
        for each in different - known.keys():
            value = self._read(each)
            known[each] = len(self.values)
            self.values.append(value)
        if len(different) == 1:
            return np.full(len(stored), known[different.pop()], np.int32)
        return np.fromiter(map(known.__getitem__, stored), np.int32, len(stored))
