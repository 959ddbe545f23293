"""Cells and analyses of this session become rows of columns, as if the case had just been opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from ..cells.cell import Cell, CellAnalysis
from ..cells.column_values import ColumnValues
from ..cells.folded_analyses import LookKeeper, analyses_as_columns, with_analyses
from ..cells.folded_cells import Packing, cells_as_columns, with_cells
from ..cells.overlaps import Overlaps
from ..cells.stored_analyses import StoredAnalyses
from ..cells.stored_cells import StoredCells
from .case import Case


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """What a case holds as objects and can have as rows.

    A cell has one row, which only its class changes: one that was drawn anew, or counts although the edge cuts it,
    stays an object. The row of an analysis is the last one that is known of that mask.

    Attributes:
        case: whose they are.
        cells: those without a row.
        analyses: of masks that rows have, or these cells.
        known_cells, known_analyses: the columns that there are.
    """

    case: Case
    cells: tuple[Cell, ...]
    analyses: tuple[CellAnalysis, ...]
    known_cells: StoredCells | None
    known_analyses: StoredAnalyses | None

    def __len__(self) -> int:
        return len(self.cells) + len(self.analyses)


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """The columns with what was loose in them.

    Attributes:
        loose: what it was made of.
        cells, analyses: the columns.
        overlaps: of all rows; nothing is measured yet.
    """

    loose: Loose
    cells: StoredCells
    analyses: StoredAnalyses | None
    overlaps: Overlaps


def loose_of(case: Case, *, most: int) -> Loose:
    """What can become rows of a case now: so many cells and analyses, cells first."""
    stored, row_of = case.cells.columns, case.cells.any_row_of
    loose = (cell for number, cell in case.cells.put.items() if row_of(number) is None)
    cells = {cell.id: cell for cell in islice(loose, most)}

    def has_its_mask(analysis: CellAnalysis) -> bool:
        number, revision = analysis.cell_id, analysis.mask_revision
        if number in cells:
            return cells[number].mask_revision == revision
        row = row_of(number)
        return stored is not None and row is not None and bool(stored.revision[row] == revision)

    analyses = islice(filter(has_its_mask, case.analyses.put.values()), most - len(cells))
    by_number = attrgetter("cell_id")
    return Loose(
        case, tuple(cells[number] for number in sorted(cells)), tuple(sorted(analyses, key=by_number)), stored,
        case.analyses.columns,
    )  # fmt: skip


def folded(loose: Loose, *, packing: Packing, room: Callable[[int], LookKeeper]) -> Folded | None:
    """The columns with it; None where no cell has a row. Not for the window's thread: 4,000 cells take 0.2 s.

    Args:
        loose: what becomes rows.
        packing: of masks.
        room: for so many looks.
    """
    cells, analyses = loose.known_cells, loose.known_analyses
    if loose.cells:
        cells = with_cells(cells, cells_as_columns(loose.cells, packing=packing))
    if cells is None:
        return None
    if loose.analyses:
        analyses = with_analyses(analyses, analyses_as_columns(loose.analyses), room=room)
    return Folded(loose, cells, analyses, Overlaps(ColumnValues(cells)))


def fold(case: Case, made: Folded) -> bool:
    """Have these columns; whether the case could take them: nothing that they were made of may be other by now."""
    loose, cells, analyses = made.loose, case.cells, case.analyses
    now = cells.columns, analyses.columns
    if case is not loose.case or now != (loose.known_cells, loose.known_analyses):  # as identities
        return False
    if any(cells.put.get(cell.id) is not cell for cell in loose.cells):
        return False
    if any(analyses.put.get(analysis.cell_id) is not analysis for analysis in loose.analyses):
        return False
    numbers = [cell.id for cell in loose.cells]
    cells.fold(made.cells, numbers)
    if made.analyses is not None:
        analyses.fold(made.analyses, [analysis.cell_id for analysis in loose.analyses])
    made.overlaps.follow(case.overlaps, numbers)
    case.overlaps = made.overlaps
    return True
