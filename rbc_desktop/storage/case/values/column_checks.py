"""Checks of whole columns of a case file, as `case_values` checks single values."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from ....domain.arrays import Floats
from ....domain.cells.column_values import Ids
from .case_values import MOST_IDS

AT_ONCE = 4000
"""Rows that are fetched and checked together; what else the process does gets its turn in between."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


Tell = Callable[[int], object]
"""Hears of so many rows that were read; raises when nobody wants them any more."""


def nobody(_: int) -> None:
    """Who doesn't care how many rows were read."""


def chunks(connection: sqlite3.Connection, sql: str, tell: Tell = nobody) -> Iterator[list[tuple[Any, ...]]]:
    """The columns of a query, some thousand rows at a time."""
    cursor = connection.execute(sql)
    while rows := cursor.fetchmany(AT_ONCE):
        tell(len(rows))
        yield list(zip(*rows, strict=True))


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
        known = self._codes
        for each in set(stored) - known.keys():
            value = self._read(each)
            known[each] = len(self.values)
            self.values.append(value)
        return np.fromiter(map(known.__getitem__, stored), np.int32, len(stored))
