"""What the user does with selected cells: class, confirm, delete, next; each one an undoable command."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal, Slot

from ..domain.taxonomy import SIZE_CLASSES, CellClass
from ..editing.case_editor import CaseEditor
from ..editing.selection import Selection
from ..errors import RbcError
from ..reports.rows import CellRow
from .notices import Notices
from .reviewing import next_least_sure


class ReviewingController(QObject):
    """Verbs on the selection.

    Args:
        editor: the working case.
        selection: what the verbs act on.
        rows: every cell as the table has it, for the order of review.
        shown: the cells that the table shows, in its order.
        notices: says what a verb refused or did out of sight.
        parent: Qt parent.
    """

    cell_opened = Signal(int)
    """Bring this cell into view."""

    def __init__(
        self,
        editor: CaseEditor,
        selection: Selection,
        *,
        rows: Callable[[], Iterable[CellRow]],
        shown: Callable[[], Iterable[CellRow]],
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor, self._selection, self._notices = editor, selection, notices
        self._rows, self._shown = rows, shown

    def undo(self) -> None:
        """Undo the last command."""
        self._try(self._editor.undo)

    def redo(self) -> None:
        """Redo the command that was undone last."""
        self._try(self._editor.redo)

    def delete(self) -> None:
        """Delete the selected cells; undo brings them back."""
        ids = self._selection.ids
        if self._try(lambda: self._editor.remove_cells(ids)) and len(ids) > 1:
            self._notices.info(f"{len(ids):,} cells deleted. Undo with Ctrl+Z.")

    def confirm(self) -> None:
        """Confirm the classes of the selected cells."""
        ids = self._selection.ids
        self._try(lambda: self._editor.confirm(ids))

    def count_at_edge(self) -> None:
        """Count the selected cells that the edge of the image cuts; when all of them count, leave them out again."""
        cells = [c for i in self._selection.ids if (c := self._editor.case.cells.get(i)) and c.touches_border]
        if not cells:
            self._notices.info("The edge of the image cuts none of the selected cells.")
            return
        ids, include = [c.id for c in cells], not all(c.edge_counted for c in cells)
        if self._try(lambda: self._editor.set_edge_counted(ids, include=include)):
            noun = "1 cell at the edge is" if len(ids) == 1 else f"{len(ids):,} cells at the edge are"
            self._notices.info(f"{noun} {'counted' if include else 'not counted'} now. Undo with Ctrl+Z.")

    def set_class(self, cell_class: CellClass) -> None:
        """Give the selected cells a class."""
        ids = self._selection.ids
        if not ids:
            self._notices.info("Select a cell first, then press the key of its class.")
            return
        self.set_class_of(ids, cell_class)

    def set_class_of(self, ids: tuple[int, ...], cell_class: CellClass) -> None:
        """Give these cells a class; a size class on a field without a scale is a person's own judgement, so say so."""
        if not self._try(lambda: self._editor.set_class(ids, cell_class)):
            return
        case = self._editor.case
        fields = {case.cells[i].field_id for i in ids if i in case.cells}
        if cell_class in SIZE_CLASSES and any(case.fields[f].calibration is None for f in fields):
            self._notices.warn(
                f"Set to {cell_class.value}, although the field is not calibrated: the report will show it as your"
                " own judgement of size.",
                holds=lambda: self._claims_size(ids, cell_class),
            )

    def _claims_size(self, ids: tuple[int, ...], cell_class: CellClass) -> bool:
        """Whether one of these cells still has this class on a field without a scale."""
        case = self._editor.case
        cells = [cell for i in ids if (cell := case.cells.get(i)) is not None]
        return any(c.reviewed_class is cell_class and case.fields[c.field_id].calibration is None for c in cells)

    @Slot(object)
    def on_class_edited(self, edit: tuple[int, CellClass]) -> None:
        """The class of a row was edited; it counts for every selected cell when the row is one of them."""
        cell_id, cell_class = edit
        ids = self._selection.ids if cell_id in self._selection else (cell_id,)
        self.set_class_of(ids, cell_class)

    def select_all(self) -> None:
        """Select the cells that the table shows, and no others."""
        self._selection.set(row.cell for row in self._shown())

    def next_review(self) -> None:
        """Select the next cell that the classifier is not sure of, and show it."""
        field = self._editor.current_field
        field_id = field.id if field else None
        found = next_least_sure(self._rows(), field_id=field_id, current=self._selection.current)
        if found is None or found not in self._editor.case.cells:
            self._notices.info("Every cell has been confirmed.")
            return
        self._editor.set_current_field(self._editor.case.cells[found].field_id)
        self._selection.set((found,))
        self.cell_opened.emit(found)

    def _try(self, verb: Callable[[], object]) -> bool:
        """Run a verb of the editor; a refusal becomes a sentence and changes nothing."""
        try:
            verb()
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return False
        return True
