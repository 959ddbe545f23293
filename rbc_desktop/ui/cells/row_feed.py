"""Keeps the table's rows in step with the case, a few milliseconds at a time."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ...editing.case_editor import CaseEditor
from ...reports.rows import CellRow, row_for
from .cell_model import CellTableModel

SLICE_SECONDS = 0.012
"""How long one turn may take: a row costs about 0.1 ms, and the window must answer meanwhile."""

SHARE_AT_ONCE = 0.1
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
        self._ready: dict[int, CellRow] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
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
        """Whether the model shows the case as it is now."""
        return not self._dirty and not self._gone and not self._ready

    @Slot(object)
    def _mark(self, ids: tuple[int, ...]) -> None:
        for cell_id in ids:
            self._dirty[cell_id] = None
            self._gone.pop(cell_id, None)
        self._timer.start()

    @Slot(object)
    def _drop(self, ids: tuple[int, ...]) -> None:
        for cell_id in ids:
            self._gone[cell_id] = None
            self._dirty.pop(cell_id, None)
            self._ready.pop(cell_id, None)
        self._timer.start()

    @Slot(object)
    def _mark_fields(self, field_ids: tuple[int, ...]) -> None:
        wanted = set(field_ids)
        self._mark(tuple(c.id for c in self._editor.case.cells.values() if c.field_id in wanted))

    @Slot()
    def _restart(self) -> None:
        self._dirty.clear()
        self._gone.clear()
        self._ready.clear()
        self._model.clear()
        self.updated.emit()
        self._mark(tuple(self._editor.case.cells))

    @Slot()
    def _work(self) -> None:
        case = self._editor.case
        end = time.perf_counter() + SLICE_SECONDS
        while self._dirty and time.perf_counter() < end:
            cell_id = next(iter(self._dirty))
            del self._dirty[cell_id]
            cell = case.cells.get(cell_id)
            if cell is not None:
                field, quality = case.fields[cell.field_id], case.qualities.get(cell.field_id)
                overlapping = case.overlaps.is_covered(cell_id)
                self._ready[cell_id] = row_for(
                    cell, case.analysis_of(cell), field, quality=quality, overlapping=overlapping
                )
        if self._dirty:
            self._timer.start()
            if len(self._ready) < SHARE_AT_ONCE * len(self._model.rows):
                return
        self._model.update(put=self._ready.values(), remove=tuple(self._gone))
        self._ready.clear()
        self._gone.clear()
        self.updated.emit()
