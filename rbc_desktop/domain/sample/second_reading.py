"""A second reading: the same cells, classified again by somebody who doesn't see what they were called before."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..classes.taxonomy import CellClass


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell of a reading.

    Attributes:
        cell: its id; the cell may have gone since.
        first: the class that it counted as when the reading began.
        second: what the second reader called it, None before.
        settled: what it was agreed to be where the two differ, None before.
    """

    cell: int
    first: CellClass
    second: CellClass | None = None
    settled: CellClass | None = None

    @property
    def differs(self) -> bool:
        """Whether both were given, and aren't the same."""
        second, first = self.second, self.first
        return second is not first and second is not None and second.value != first.value


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One second reading of a case.

    Attributes:
        number: 1, 2, 3 … within the case.
        operator: who reads.
        began, ended: ISO 8601 with zone; `ended` is "" while it is open.
        share: which part of the cells was drawn, above 0 to 1.
        seed: of the draw; the same seed draws the same cells.
        cells: those that were drawn, by id.
    """

    number: int
    operator: str
    began: str
    ended: str = ""
    share: float = 1.0
    seed: int = 0
    cells: tuple[ReadCell, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return not self.ended

    @property
    def done(self) -> int:
        """Cells that have been read."""
        return len([cell for cell in self.cells if cell.second is not None])

    @property
    def pairs(self) -> tuple[tuple[CellClass, CellClass], ...]:
        """First and second class of every cell that has been read."""
        return tuple((cell.first, cell.second) for cell in self.cells if cell.second is not None)

    @property
    def differences(self) -> tuple[ReadCell, ...]:
        """The cells that the two call differently."""
        return tuple([cell for cell in self.cells if cell.second is not cell.first and cell.differs])

    @property
    def unsettled(self) -> int:
        """Differences that nobody has settled."""
        return len([cell for cell in self.differences if cell.settled is None])

    def with_seconds(self, classes: Mapping[int, CellClass | None]) -> SecondReading:
        """The reading in which these cells were called so."""
        cells = tuple(
            ReadCell(c.cell, c.first, classes[c.cell], c.settled) if c.cell in classes else c for c in self.cells
        )
        return replace(self, cells=cells)

    def with_settled(self, classes: Mapping[int, CellClass | None]) -> SecondReading:
        """The reading in which these cells were agreed to be so."""
        cells = tuple(
            ReadCell(c.cell, c.first, c.second, classes[c.cell]) if c.cell in classes else c for c in self.cells
        )
        return replace(self, cells=cells)


def drawn(cells: Iterable[int], *, share: float, seed: int) -> tuple[int, ...]:
    """The cells that a reading of this part goes through, by id: a simple random sample, at least one cell.

    Args:
        cells: ids to draw from.
        share: above 0, at most 1.
        seed: the same one draws the same cells of the same ids.

    Raises:
        ValueError: when the share is none.
    """
    ids = sorted(set(cells))
    if not 0 < share <= 1:
        raise ValueError(f"{share} is no part")
    if not ids or share == 1:
        return tuple(ids)
    return tuple(sorted(random.Random(seed).sample(ids, max(1, round(share * len(ids))))))


def with_reading(readings: tuple[SecondReading, ...], reading: SecondReading) -> tuple[SecondReading, ...]:
    """The readings of a case in which this one is as it is now."""
    others = [r for r in readings if r.number != reading.number]
    return tuple(sorted((*others, reading), key=lambda r: r.number))
