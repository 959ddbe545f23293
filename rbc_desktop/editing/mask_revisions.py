"""Which mask revisions were given out, and the analyses that are known for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.case.case import Case
from ..domain.case.changes import BringBack, Change, PutAnalyses, PutCells, Together
from ..domain.case.stored_pairs import Pairs, as_now, as_rows
from ..domain.cells.cell import Cell, CellAnalysis


class MaskRevisions:
    """Session memory of a case's masks, undone ones included.

    A revision is never given out twice for a cell, not even after undo: an analysis that is still under way for an
    undone mask can't be attached to the next one, and an analysis that was known comes back with its mask. Rows of the
    case's columns are remembered by these.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._last = {number: cell.mask_revision for number, cell in case.cells.put.items()}
        self._analyses: dict[tuple[int, int], CellAnalysis] = {}
        self.keep(case.analyses.put.values())

    def next_for(self, cell: Cell) -> int:
        """A revision that no mask of this cell has had."""
        revision = max(cell.mask_revision, self._known(cell.id)) + 1
        self._last[cell.id] = revision
        return revision

    def note(self, cells: Iterable[Cell]) -> None:
        """These cells exist with these revisions."""
        for cell in cells:
            self._last[cell.id] = max(cell.mask_revision, self._known(cell.id))

    def keep(self, analyses: Iterable[CellAnalysis]) -> None:
        """Remember analyses of revisions that were given out."""
        for analysis in analyses:
            if analysis.mask_revision <= self._known(analysis.cell_id):
                self._analyses[analysis.cell_id, analysis.mask_revision] = analysis

    def forget(self, analyses: Iterable[CellAnalysis]) -> None:
        """These are rows of the columns now."""
        for analysis in analyses:
            key = analysis.cell_id, analysis.mask_revision
            if self._analyses.get(key) is analysis:
                del self._analyses[key]

    def with_analyses(self, change: Change) -> Change:
        """The change, followed by the analyses known for the masks that it puts in place; by rows where there are."""
        every = change.changes if isinstance(change, Together) else (change,)
        parts = [part for each in every for part in self._by_rows(each)]
        cells = [c for part in parts if isinstance(part, PutCells) for c in part.cells]
        known = [a for c in cells if (a := self._analysis(c)) is not None]
        known += [a for part in parts if isinstance(part, BringBack) for a in self._since(part.pairs)]
        if known:
            parts.append(PutAnalyses(tuple(known)))
        return parts[0] if len(parts) == 1 else Together(tuple(parts))

    def _by_rows(self, change: Change) -> Iterator[Change]:
        """The change, which may have been made before the columns became what they are."""
        match change:
            case BringBack():
                yield BringBack(as_now(change.pairs, self._case))
            case PutCells():
                pairs, others = as_rows(change.cells, self._case)
                yield from () if pairs is None else (BringBack(pairs),)
                yield from (PutCells(others),) if others or pairs is None else ()
            case _:
                yield change

    def _since(self, pairs: Pairs) -> Iterator[CellAnalysis]:
        """The analyses of present masks that no row has."""
        if self._analyses:
            revisions = pairs.cells.revision[pairs.rows].tolist()
            for key in zip(pairs.numbers, revisions, strict=True):
                if key in self._analyses:
                    yield self._analyses[key]

    def _known(self, cell_id: int) -> int:
        """The last revision that was given out, 0 without one."""
        given, stored, row = self._last.get(cell_id, 0), self._case.cells.columns, self._case.cells.any_row_of(cell_id)
        return given if stored is None or row is None else max(given, int(stored.revision[row]))

    def _analysis(self, cell: Cell) -> CellAnalysis | None:
        """The last one that is known of this mask."""
        found = self._analyses.get((cell.id, cell.mask_revision))
        if found is None:
            stored, row = self._case.analyses.columns, self._case.analyses.any_row_of(cell.id)
            if stored is not None and row is not None and stored.revision[row] == cell.mask_revision:
                return stored.value(row)
        return found
