"""Brings the cells of the field on show to the canvas: those that changed, and many of them in slices."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ...editing.case_editor import CaseEditor
from .shapes import cell_view
from .view import FieldCanvas

SLICE = 1000
"""Cells that are brought at once, about 15 ms of work; then the window takes a breath."""


class CellFeed(QObject):
    """Keeps the cells on the canvas as the case has them.

    Many signals of one change make one picture.
    """

    fed = Signal()
    """Cells on the canvas have changed."""

    def __init__(self, canvas: FieldCanvas, *, editor: CaseEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._editor = canvas, editor
        self._due: dict[int, None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._bring)
        for signal in (editor.cells_added, editor.cells_removed, editor.cells_changed, editor.analyses_changed,
                       editor.overlaps_changed):  # fmt: skip
            signal.connect(self._on_cells)
        for signal in (editor.calibration_changed, editor.qualities_changed):
            signal.connect(self._on_fields)

    @property
    def is_complete(self) -> bool:
        """Whether every cell is on the canvas as it is in the case."""
        return not self._due

    def bring_all(self) -> None:
        """Bring every cell of the field on show, the first ones at once."""
        field_id = self._canvas.field_id
        if field_id is None or field_id not in self._editor.case.fields:
            self._due.clear()
            return
        self._due = dict.fromkeys(self._canvas.layers.cells.index.ids)
        self._due.update((cell.id, None) for cell in self._editor.case.cells_of(field_id))
        self._bring()

    @Slot(object)
    def _on_cells(self, ids: Iterable[int]) -> None:
        self._due.update(dict.fromkeys(ids))
        self._soon.start()

    @Slot(object)
    def _on_fields(self, field_ids: Iterable[int]) -> None:
        field_id = self._canvas.field_id
        if field_id is not None and field_id in field_ids:
            self._due.update((cell.id, None) for cell in self._editor.case.cells_of(field_id))
            self._soon.start()

    @Slot()
    def _bring(self) -> None:
        self._soon.stop()
        case, field_id = self._editor.case, self._canvas.field_id
        if field_id is None or field_id not in case.fields:
            self._due.clear()
            return
        views, gone = [], []
        for cell_id in list(self._due)[:SLICE]:
            del self._due[cell_id]
            cell = case.cells.get(cell_id)
            if cell is not None and cell.field_id == field_id:
                views.append(cell_view(case, cell))
            else:
                gone.append(cell_id)
        self._canvas.update_cells(views, gone=gone)
        self._canvas.set_calibration(case.fields[field_id].calibration)
        self.fed.emit()
        if self._due:
            self._soon.start()
