"""Brings the cells of the field on show to the canvas: those that changed, and many of them in slices."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject, Signal, Slot

from ...domain.cells.cell import Cell
from ...domain.fields.calibration import Calibration
from ...editing.case_editor import CaseEditor
from ...turns import OwnTurn
from .overlay.shapes import CellView, cell_view
from .view import FieldCanvas

SLICE, SLICE_SECONDS = 50, 0.005
"""Cells that are brought at once at least, and how long it may go on with more; then the window takes a breath. A cell
that nobody has looked at yet costs 0.06 ms: it is made of the columns of its file."""


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
        self._turn = OwnTurn(self, self._bring, is_first=True)
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
        """Bring every cell that is to be shown, the first ones at once."""
        self.bring_again()
        self._bring()

    def bring_again(self) -> None:
        """Bring every cell that is to be shown, in turns to come."""
        self._due = dict.fromkeys(sorted(self._here()))
        self._turn.ask()

    def _here(self) -> frozenset[int]:
        """The cells that are on the canvas, or have to be."""
        return self._canvas.layers.cells.index.ids.union(self._editor.case.ids_of(self._field_ids()))

    # What is shown: the cells of the field on the canvas

    def _field_ids(self) -> set[int]:
        """The fields whose cells are to be shown."""
        field_id = self._canvas.field_id
        return set() if field_id is None else {field_id}

    def _view(self, cell: Cell) -> CellView | None:
        """How a cell is shown, or None when it isn't."""
        return cell_view(self._editor.case, cell) if cell.field_id == self._canvas.field_id else None

    def _calibration(self) -> Calibration | None:
        """The scale of what is shown."""
        field = self._editor.case.fields.get(self._canvas.field_id or 0)
        return None if field is None else field.calibration

    # Changes

    @Slot(object)
    def _on_cells(self, ids: Collection[int]) -> None:
        if len(ids) > SLICE:  # most of them may lie in other fields
            ids = self._here().intersection(ids)
        self._due.update(dict.fromkeys(ids))
        self._turn.ask()

    @Slot(object)
    def _on_fields(self, field_ids: Iterable[int]) -> None:
        self._due.update(dict.fromkeys(self._editor.case.ids_of(self._field_ids().intersection(field_ids))))
        self._turn.ask()

    def _bring(self) -> None:
        self._turn.drop()
        if self._canvas.field_id is None:
            self._due.clear()
            return
        views, gone = [], []
        end = time.perf_counter() + SLICE_SECONDS
        for count, cell_id in enumerate(list(self._due)):
            if count >= SLICE and time.perf_counter() >= end:
                break
            del self._due[cell_id]
            cell = self._editor.case.cells.get(cell_id)
            view = None if cell is None else self._view(cell)
            if view is None:
                gone.append(cell_id)
            else:
                views.append(view)
        self._canvas.update_cells(views, gone=gone)
        self._canvas.set_calibration(self._calibration())
        self.fed.emit()
        if self._due:
            self._turn.ask()
