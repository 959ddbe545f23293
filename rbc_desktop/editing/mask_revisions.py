"""Which mask revisions were given out, and the analyses that are known for them."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.case import Case
from ..domain.cell import Cell, CellAnalysis
from ..domain.changes import Change, PutAnalyses, PutCells, Together


class MaskRevisions:
    """Session memory of a case's masks, undone ones included.

    A revision is never given out twice for a cell, not even after undo: an analysis that is still under way for an
    undone mask can't be attached to the next one, and an analysis that was known comes back with its mask.
    """

    def __init__(self, case: Case) -> None:
        self._last: dict[int, int] = {}
        self._analyses: dict[tuple[int, int], CellAnalysis] = {}
        self.note(case.cells.values())
        self.keep(case.analyses.values())

    def next_for(self, cell: Cell) -> int:
        """A revision that no mask of this cell has had."""
        revision = max(cell.mask_revision, self._last.get(cell.id, 0)) + 1
        self._last[cell.id] = revision
        return revision

    def note(self, cells: Iterable[Cell]) -> None:
        """These cells exist with these revisions."""
        for cell in cells:
            self._last[cell.id] = max(cell.mask_revision, self._last.get(cell.id, 0))

    def keep(self, analyses: Iterable[CellAnalysis]) -> None:
        """Remember analyses of revisions that were given out."""
        for analysis in analyses:
            if analysis.mask_revision <= self._last.get(analysis.cell_id, 0):
                self._analyses[analysis.cell_id, analysis.mask_revision] = analysis

    def with_analyses(self, change: Change) -> Change:
        """The change, followed by the analyses known for the masks that it puts in place."""
        parts = change.changes if isinstance(change, Together) else (change,)
        cells = [c for part in parts if isinstance(part, PutCells) for c in part.cells]
        known = [a for c in cells if (a := self._analyses.get((c.id, c.mask_revision))) is not None]
        return Together((*parts, PutAnalyses(tuple(known)))) if known else change
