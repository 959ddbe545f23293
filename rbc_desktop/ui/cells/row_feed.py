"""Keeps the table's rows in step with the case, a few milliseconds at a time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from ...domain.case.case import Case
from ...editing.case_editor import CaseEditor
from ...editing.own_looks import perhaps_own
from ...turns import OwnTurn
from ...workflows.cases.opening import OpenedCase
from ...workflows.review.cell_columns import CellColumns, Columns
from ...workflows.review.stored_columns import columns_of
from ...workflows.review.whole_rows import chosen, joined
from .cell_model import CellTableModel

SLICE_SECONDS = 0.006
"""How long one turn may take: the window must answer meanwhile, and paints in the same turn what it was told."""

FEW = 20
"""Cells that were worked on are looked at one by one, some 0.3 ms each."""

AT_ONCE = 500
"""Cells of the case file that are looked at together, in some 2 ms."""

SHARE_AT_ONCE = 8.0
"""While more are to come, rows are handed over once they are this share of the table: arranging takes as long for one
row as for many."""


class RowFeed(QObject):
    """Listens to the editor and brings the model up to date."""

    updated = Signal()
    """The model's rows changed."""

    def __init__(self, editor: CaseEditor, model: CellTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._model = editor, model
        self._dirty: dict[int, None] = {}
        self._gone: dict[int, None] = {}
        self._ready: list[Columns] = []
        self._expected: OpenedCase | None = None
        self._whole: CellColumns | None = None
        self._turn = OwnTurn(self, self._work)
        self._telling = OwnTurn(self, self.updated.emit)
        for signal in (editor.cells_added, editor.cells_changed, editor.analyses_changed, editor.overlaps_changed):
            signal.connect(self._mark)
        editor.cells_removed.connect(self._drop)
        editor.calibration_changed.connect(self._mark_fields)
        editor.qualities_changed.connect(self._mark_fields)
        editor.fields_changed.connect(self._mark_fields)
        editor.case_replaced.connect(self._restart)
        self._restart()

    @property
    def is_settled(self) -> bool:
        """Whether the model shows the case as it is now, and has said so."""
        is_due = self._whole is not None or self._dirty or self._gone or self._ready
        return not is_due and not self._telling.is_waiting

    @Slot(object)
    def expect(self, opened: OpenedCase) -> None:
        """Take the rows of this case as they were made while it was opened, if it replaces the present one."""
        self._expected = opened

    @Slot(object)
    def _mark(self, ids: Iterable[int]) -> None:
        self._dirty.update(dict.fromkeys(ids))
        for cell_id in self._gone.keys() & self._dirty.keys():
            del self._gone[cell_id]
        self._turn.ask()

    @Slot(object)
    def _drop(self, ids: tuple[int, ...]) -> None:
        self._gone.update(dict.fromkeys(ids))
        for cell_id in self._dirty.keys() & self._gone.keys():
            del self._dirty[cell_id]
        self._turn.ask()

    @Slot(object)
    def _mark_fields(self, field_ids: tuple[int, ...]) -> None:
        wanted = set(field_ids)
        self._mark(self._editor.case.ids_of(wanted))

    @Slot()
    def _restart(self) -> None:
        self._dirty.clear()
        self._gone.clear()
        self._ready.clear()
        self._model.clear()
        self._telling.ask()
        field, case = self._editor.current_field, self._editor.case
        expected, self._expected, self._whole = self._expected, None, None
        if expected is not None and expected.case is case and expected.columns is not None:
            self._whole = expected.columns
            self._mark((*(cell.id for cell in perhaps_own(case)), *case.analyses.put))  # they may look otherwise here
            return
        if field is not None:
            self._mark(case.ids_of((field.id,)))  # what is in view comes first
        self._mark(case.cells.ids.tolist())

    def _work(self) -> None:
        case, columns = self._editor.case, self._model.columns
        if self._whole is not None:
            self._model.take(self._whole)
            self._whole = None
        begin = time.perf_counter()
        end = begin + SLICE_SECONDS
        while self._dirty and time.perf_counter() < end:
            ids = _next(self._dirty, case)
            for cell_id in ids:
                del self._dirty[cell_id]
            self._ready.append(columns_of(case, np.array(ids, np.int64), columns=columns))
        if self._dirty:
            self._turn.ask()
            if sum(map(len, self._ready)) < SHARE_AT_ONCE * len(columns):
                return
        elif time.perf_counter() - begin > SLICE_SECONDS / 2:  # arranging many takes a turn of its own
            self._turn.ask()
            return
        put = joined(self._ready) if self._ready else None
        self._ready.clear()
        gone = tuple(self._gone)
        self._gone.clear()
        self._model.update(put=put if put is None else _last(_without(put, gone)), remove=gone)
        self._telling.ask()  # the table paints its new rows first


def _next(dirty: Iterable[int], case: Case) -> list[int]:
    """The cells to look at together: of those that are no longer as their file has them only a few."""
    put, measured = case.cells.put, case.analyses.put

    def is_stored(number: int) -> bool:
        return number not in put and number not in measured

    stored = list(itertools.takewhile(is_stored, itertools.islice(dirty, AT_ONCE)))
    return stored or list(itertools.islice(dirty, FEW))


def _without(put: Columns, gone: Sequence[int]) -> Columns:
    return chosen(put, ~np.isin(put["cell"], gone)) if gone else put


def _last(put: Columns) -> Columns:
    """In the order of the cells; of several rows for one cell the last."""
    if bool((put["cell"][1:] > put["cell"][:-1]).all()):
        return put
    put = chosen(put, np.argsort(put["cell"], kind="stable"))
    is_last = np.append(put["cell"][1:] != put["cell"][:-1], True)
    return chosen(put, is_last[: len(put)])
