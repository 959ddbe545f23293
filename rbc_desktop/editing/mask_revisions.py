"""Which mask revisions were given out, and the analyses that are known for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy

from ..domain.case.case import Case
from ..domain.case.changes import BringBack, Change, PutAnalyses, PutCells, Together
from ..domain.case.stored_pairs import Pairs
from ..domain.cells.cell import Cell, CellAnalysis


class MaskRevisions:
    """Session memory of a case's masks, undone ones included.

    A revision is never given out twice for a cell, not even after undo: an analysis that is still under way for an
    undone mask can't be attached to the next one, and an analysis that was known comes back with its mask.
    """

    def __init__(self, case: Case) -> None:
        self._last: dict[int, int] = {}
        self._analyses: dict[tuple[int, int], CellAnalysis] = {}
        self._first_cells, self._first_analyses = copy(case.cells), copy(case.analyses)

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

    def with_analyses(self, change: Change) -> Change:
        """The change, followed by the analyses known for the masks that it puts in place."""
        parts = change.changes if isinstance(change, Together) else (change,)
        cells = [c for part in parts if isinstance(part, PutCells) for c in part.cells]
        known = [a for c in cells if (a := self._analysis(c)) is not None]
        known += [a for part in parts if isinstance(part, BringBack) for a in self._since(part.pairs)]
        return Together((*parts, PutAnalyses(tuple(known)))) if known else change

    def _since(self, pairs: Pairs) -> Iterator[CellAnalysis]:
        """The analyses of present masks that came in this session."""
        if self._analyses:
            revisions = pairs.cells.revision[pairs.rows].tolist()
            for key in zip(pairs.numbers, revisions, strict=True):
                if key in self._analyses:
                    yield self._analyses[key]

    def _known(self, cell_id: int) -> int:
        """The last revision that was given out, 0 without one."""
        given = self._last.get(cell_id)
        if given is None:
            cell = self._first_cells.get(cell_id)
            given = 0 if cell is None else cell.mask_revision
        return given

    def _analysis(self, cell: Cell) -> CellAnalysis | None:
        """The last one that is known of this mask."""
        found = self._analyses.get((cell.id, cell.mask_revision))
        if found is None:
            first: CellAnalysis | None = self._first_analyses.get(cell.id)
            if first is not None and first.mask_revision == cell.mask_revision:
                return first
        return found
