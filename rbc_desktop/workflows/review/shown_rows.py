"""Which cells a table or gallery shows, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]


class ShownRows:
    """Cells in the order of rows or tiles; never changed.

    Args:
        ids: their numbers, each once.
    """

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self._sorted: tuple[Ids, npt.NDArray[np.intp]] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def position_of(self, number: int) -> int | None:
        """The row of a cell, or None where it isn't shown."""
        numbers, rows = self._by_number()
        at = int(np.searchsorted(numbers, number))
        return int(rows[at]) if at < len(numbers) and numbers[at] == number else None

    def positions_of(self, numbers: Sequence[int]) -> npt.NDArray[np.intp]:
        """The rows of those of these cells that are shown, ascending."""
        known, rows = self._by_number()
        if not len(known) or not numbers:
            return np.zeros(0, np.intp)
        wanted = np.fromiter(numbers, np.int64, len(numbers))
        at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.asarray(np.sort(rows[at[known[at] == wanted]]))

    def _by_number(self) -> tuple[Ids, npt.NDArray[np.intp]]:
        """The numbers in ascending order, and the row of each; made when first asked for."""
        if self._sorted is None:
            if bool((self.ids[1:] > self.ids[:-1]).all()):
                self._sorted = self.ids, np.arange(len(self.ids))
            else:
                rows = np.argsort(self.ids)
                self._sorted = self.ids[rows], rows
        return self._sorted


def runs(positions: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
    """Consecutive ones of ascending positions as (first, last) pairs: one by one, 1,000 rows would take a second."""
    if not len(positions):
        return []
    breaks = np.flatnonzero(np.diff(positions) != 1)
    firsts, lasts = positions[np.append(0, breaks + 1)], positions[np.append(breaks, len(positions) - 1)]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
