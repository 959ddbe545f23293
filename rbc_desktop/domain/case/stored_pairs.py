"""The cells of a case that are as its file has them, each with its analysis: rows of both columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..cells.cell import Cell, CellAnalysis
from ..cells.column_values import Ids, Rows
from ..cells.stored_analyses import StoredAnalyses
from ..cells.stored_cells import StoredCells
from ..classes.taxonomy import CellClass
from .case import Case

NONE = -1
"""In place of a row."""

FEW = 20
"""Up to so many cells it is quicker to look at one after the other than to make columns of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Cells with their analyses.

    Attributes:
        cells, analyses: the columns; no analyses where the case file has none.
        rows: of cells of which neither mask, class nor analysis was put since.
        found: for each the row of the analysis of its present mask, `NONE` without one.
        others: numbers of all other cells, ascending.
    """

    cells: StoredCells
    analyses: StoredAnalyses | None
    rows: Rows
    found: Rows
    others: tuple[int, ...]

    @property
    def numbers(self) -> list[int]:
        """Of the cells of `rows`."""
        numbers: list[int] = self.cells.ids[self.rows].tolist()
        return numbers

    @property
    def reviews(self) -> list[tuple[int, CellClass | None]]:
        """Number and reviewed class of the cells of `rows`."""
        classes = (*self.cells.classes, None)  # the last for `NO_CODE`
        codes = self.cells.reviewed[self.rows].tolist()
        return list(zip(self.numbers, map(classes.__getitem__, codes), strict=True))

    @property
    def measured(self) -> Rows:
        """The rows of the analyses that were found."""
        return np.asarray(self.found[self.found != NONE])

    def made(self) -> tuple[list[Cell], list[CellAnalysis]]:
        """The cells and their analyses as objects."""
        stored = self.analyses
        analyses = [] if stored is None else [stored.value(row) for row in self.measured.tolist()]
        return [self.cells.value(row) for row in self.rows.tolist()], analyses


def pairs_of(case: Case, among: Ids | None = None) -> Pairs | None:
    """Every cell of a case, or those of these numbers that it has; None where it has none of a file."""
    cells, analyses = case.cells.columns, case.analyses.columns
    if cells is None:
        return None
    rows = np.flatnonzero(case.cells.live) if among is None else _rows(cells.ids, np.unique(among))
    wanted = case.cells.put.keys() | case.analyses.put.keys()
    if among is not None:
        wanted &= set(among.tolist())
        rows = rows[case.cells.live[rows]]
    put = np.fromiter(case.analyses.put, np.int64, len(case.analyses.put))
    rows = rows[~np.isin(cells.ids[rows], put)] if len(put) else rows
    found = _found(cells, analyses, rows)
    known = np.flatnonzero(found != NONE)
    found[known[~case.analyses.live[found[known]]]] = NONE
    others = sorted(number for number in wanted if number in case.cells)
    return Pairs(cells, analyses, rows, found, tuple(others))


def as_now(pairs: Pairs, case: Case) -> Pairs:
    """The same cells as rows of the columns that their case has by now (`folding`), with what it knows of them."""
    cells, analyses = case.cells.columns, case.analyses.columns
    if cells is None or (cells.ids is pairs.cells.ids and analyses is pairs.analyses):
        return pairs
    rows = _rows(cells.ids, pairs.cells.ids[pairs.rows])
    seen = cells.reviewed_as(rows, [given for _, given in pairs.reviews])
    return Pairs(seen, analyses, rows, _found(cells, analyses, rows), pairs.others)


def as_rows(cells: Sequence[Cell], case: Case) -> tuple[Pairs | None, tuple[Cell, ...]]:
    """Cells that a case lacks or has otherwise, as far as it has rows that say what they say; and all others."""
    stored = case.cells.columns
    if stored is None or len(cells) <= FEW:
        return None, tuple(cells)
    ids = np.array([cell.id for cell in cells], np.int64)
    at = np.minimum(np.searchsorted(stored.ids, ids), len(stored.ids) - 1)
    fits = stored.ids[at] == ids
    if not fits.any():  # as of cells that were just found
        return None, tuple(cells)
    fits &= ~case.cells.live[at]
    fits &= stored.revision[at] == np.array([cell.mask_revision for cell in cells], np.int64)
    fits &= stored.edge_counted[at] == np.array([cell.edge_counted for cell in cells], np.bool_)
    if not fits.any():
        return None, tuple(cells)
    rows, first = np.unique(at[fits], return_index=True)
    chosen = np.flatnonzero(fits)[first].tolist()
    seen = stored.reviewed_as(rows, [cells[position].reviewed_class for position in chosen])
    pairs = Pairs(seen, case.analyses.columns, rows, _found(stored, case.analyses.columns, rows), ())
    return pairs, tuple(cells[position] for position in np.flatnonzero(~fits).tolist())


def _found(cells: StoredCells, analyses: StoredAnalyses | None, rows: Rows) -> Rows:
    """For each row of a cell that of the analysis of its mask, `NONE` without one."""
    found = np.full(len(rows), NONE, np.intp)
    if analyses is not None and len(analyses.ids):
        ids = cells.ids[rows]
        at = np.minimum(np.searchsorted(analyses.ids, ids), len(analyses.ids) - 1)
        fits = (analyses.ids[at] == ids) & (analyses.revision[at] == cells.revision[rows])
        found[fits] = at[fits]
    return found


def _rows(ids: Ids, wanted: Ids) -> Rows:
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.asarray(at[ids[at] == wanted], np.intp)
