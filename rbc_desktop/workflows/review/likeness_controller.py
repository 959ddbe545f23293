"""Find similar: every cell of the case ranked by its likeness to the selected ones, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.case.case import Analyses
from ...domain.cells.cell import shown_class
from ...domain.cells.column_values import Ids
from ...domain.cells.look import Look
from ...domain.classes.taxonomy import CellClass
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...errors import RbcError
from ...language import mark, tr
from ..notices import Notices
from .cell_columns import Columns

Ranks = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]
"""Ids in ascending order, and how unlike each cell is."""

SELECT_FIRST = mark("Select a cell first: others are compared with it.")
NO_LOOK = mark(
    "This cell has not been measured yet, so that others can't be compared with it; wait a moment and try again."
)
NO_IMAGE = mark("{why} Until then this cell isn't measured, and others can't be compared with it.")


def ranked(ids: Sequence[int], looks: Sequence[Look | None], *, references: Sequence[int]) -> Ranks:
    """The distance of each cell to the nearest reference.

    Args:
        ids: of all cells, ascending.
        looks: theirs.
        references: ids of the cells to compare with.
    """
    from ...imaging.features.likeness import distances  # with SciPy, which no start waits for

    every = np.array(ids, np.int64)
    return every, distances(looks, references=np.searchsorted(every, np.array(references)).tolist())


def ranked_cells(ids: Ids, analyses: Analyses, *, references: Sequence[int]) -> Ranks:
    """`ranked` for these cells of a case.

    Args:
        ids: of all cells, ascending.
        analyses: theirs, as a copy.
        references: ids of the cells to compare with.
    """
    stored = analyses.columns
    looks: dict[int, Look | None] = {}
    if stored is not None:
        rows = np.flatnonzero(analyses.live & stored.has_look).tolist()
        looks = {int(stored.ids[row]): stored.looks[row] for row in rows}
    looks.update((number, analysis.look) for number, analysis in analyses.put.items())
    numbers = ids.tolist()
    return ranked(numbers, [looks.get(number) for number in numbers], references=references)


class LikenessController(QObject):
    """What the user looks for.

    Args:
        editor: the working case.
        selection: the cells that others are compared with.
        tasks: runs the comparison.
        notices: says why nothing can be compared.
        missing: why the image of a field can't be read, in a sentence; "" while it can.
        parent: Qt parent.
    """

    found = Signal()
    """There is a ranking."""

    def __init__(
        self, editor: CaseEditor, selection: Selection, *, tasks: TaskRunner, notices: Notices,
        missing: Callable[[int], str], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._selection, self._tasks, self._notices = editor, selection, tasks, notices
        self._missing = missing
        self._references: tuple[int, ...] = ()
        self._ranks: Ranks | None = None
        self._running: Task | None = None
        editor.case_replaced.connect(self._forget)

    @property
    def references(self) -> tuple[int, ...]:
        """The cells that others were compared with, as far as they still exist."""
        return tuple(i for i in self._references if i in self._editor.case.cells)

    @property
    def wanted_class(self) -> CellClass | None:
        """The class that most of the references count as, None without one."""
        case = self._editor.case
        classes = [
            shown_class(
                cell, case.prediction_of(cell), calibration=case.fields[cell.field_id].calibration,
                quality=case.qualities.get(cell.field_id),
            )
            for cell in (case.cells[i] for i in self.references)
        ]  # fmt: skip
        known = [each for each in classes if each is not None]
        return max(known, key=known.count) if known else None

    def find(self) -> None:
        """Compare every cell with the selected ones; `found` follows."""
        cells, analyses = self._editor.case.cells, self._editor.case.analyses
        chosen = self._selection.ids
        if not chosen:
            self._notices.info(tr(SELECT_FIRST))
            return
        if all((analysis := analyses.get(i)) is None or analysis.look is None for i in chosen):
            why = self._missing(self._editor.case.cells[chosen[-1]].field_id)
            self._notices.info(tr(NO_IMAGE, why=why) if why else tr(NO_LOOK))
            return
        if self._running is not None:
            self._running.cancel()
        self._references = chosen
        self._running = self._tasks.submit(ranked_cells, cells.ids, copy(analyses), references=chosen)
        self._running.finished.connect(self._on_ranked, Qt.ConnectionType.QueuedConnection)
        self._running.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def distances_for(self, table: Columns) -> npt.NDArray[np.float32] | None:
        """How unlike the cells of a table are, NaN for those that came later; None while nothing was looked for."""
        if self._ranks is None:
            return None
        ids, found = self._ranks
        at = np.minimum(np.searchsorted(ids, table["cell"]), len(ids) - 1)
        return np.where(ids[at] == table["cell"], found[at], np.float32(np.nan))

    @Slot(object)
    def _on_ranked(self, ranks: Ranks) -> None:
        if self.sender() is self._running:
            self._running, self._ranks = None, ranks
            self.found.emit()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        if self.sender() is self._running:
            self._running = None
            self._notices.error(error)

    @Slot()
    def _forget(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self._running = self._ranks = None
        self._references = ()
