"""Rows of the cells that somebody looks at: made when they are asked for, and kept while there are not too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...reports.summary.rows import CellRow
from ...workflows.review.cell_columns import CellColumns

KEPT = 1000
"""Rows that are kept: a megabyte; those of many screens, though not so many that to let all go is felt."""


class RowStore(Mapping[int, CellRow]):
    """The row of each cell of the columns.

    Args:
        columns: the cells that there are.
        make: the row of a cell as the case has it now, None for one that has just gone.
    """

    def __init__(self, columns: CellColumns, make: Callable[[int], CellRow | None]) -> None:
        self._columns, self._make = columns, make
        self._kept: dict[int, CellRow] = {}

    def __len__(self) -> int:
        return len(self._columns)

    def __iter__(self) -> Iterator[int]:
        return iter(self._columns.table["cell"].tolist())

    def __contains__(self, number: object) -> bool:
        return number in self._kept or number in self._columns

    def get(self, number: int, default: Any = None) -> Any:
        """The row, or the default; asked for every text that is painted."""
        return self._kept.get(number) or super().get(number, default)

    def __getitem__(self, number: int) -> CellRow:
        row = self._kept.get(number)
        if row is None:
            row = self._make(number) if number in self else None
            if row is None:
                raise KeyError(number)
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[int(number)] = row
        return row

    def forget(self, numbers: Iterable[int]) -> None:
        """These cells have changed."""
        if self._kept:
            for number in self._kept.keys() & set(numbers):
                del self._kept[number]

    def clear(self) -> None:
        """All cells have changed."""
        self._kept.clear()
