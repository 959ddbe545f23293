"""What the user does with selected cells: class, confirm, delete, next; every one an undoable command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from ...domain.taxonomy import CLASS_INFO, SIZE_CLASSES, CellClass
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...errors import RbcError
from ...workflows.reviewing import next_least_sure
from ..look import swatch
from ..window.actions import ActionSet, class_action_id
from .cell_model import CellTableModel


class CellActions(QObject):
    """Handlers of the actions in *Cells* and *Edit*."""

    message = Signal(str, str)
    """A sentence and its level."""

    cell_opened = Signal(int)
    """Bring this cell into view."""

    def __init__(self, editor: CaseEditor, selection: Selection, model: CellTableModel, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor, self._selection, self._model, self._window = editor, selection, model, parent

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers by action id."""
        verbs: dict[str, Callable[[], object]] = {
            "undo": self.undo, "redo": self.redo, "delete": self.delete, "confirm": self.confirm,
            "next-review": self.next_review, "select-all": self.select_all,
        }  # fmt: skip
        for cell_class in CLASS_INFO:
            verbs[class_action_id(cell_class)] = _setter(self, cell_class)
        return verbs

    def undo(self) -> None:
        """Take back the last command."""
        self._try(self._editor.undo)

    def redo(self) -> None:
        """Do it again."""
        self._try(self._editor.redo)

    def delete(self) -> None:
        """Delete the selected cells; undo brings them back."""
        ids = self._selection.ids
        if self._try(lambda: self._editor.remove_cells(ids)) and len(ids) > 1:
            self.message.emit(f"{len(ids):,} cells deleted. Ctrl+Z brings them back.", "info")

    def confirm(self) -> None:
        """Confirm the classes of the selected cells, and go on when it was a single one."""
        ids = self._selection.ids
        self._try(lambda: self._editor.confirm(ids))

    def set_class(self, cell_class: CellClass) -> None:
        """Give the selected cells a class."""
        ids = self._selection.ids
        if not ids:
            self.message.emit("Select a cell first, then press the key of its class.", "info")
            return
        self.set_class_of(ids, cell_class)

    def set_class_of(self, ids: tuple[int, ...], cell_class: CellClass) -> None:
        """Give these cells a class; a claim about size on a field without a scale is a person's own, so say so."""
        if not self._try(lambda: self._editor.set_class(ids, cell_class)):
            return
        case = self._editor.case
        fields = {case.cells[i].field_id for i in ids if i in case.cells}
        if cell_class in SIZE_CLASSES and any(case.fields[f].calibration is None for f in fields):
            self.message.emit(
                f"Set to {cell_class.value}, although the field is not calibrated: the report will show it as your"
                " own judgement of size.",
                "warning",
            )

    @Slot(object)
    def on_class_edited(self, edit: tuple[int, CellClass]) -> None:
        """The table's list was used: it stands for every selected cell when the row is one of them."""
        cell_id, cell_class = edit
        ids = self._selection.ids if cell_id in self._selection else (cell_id,)
        self.set_class_of(ids, cell_class)

    def select_all(self) -> None:
        """Select every cell of the field in view."""
        field = self._editor.current_field
        if field is not None:
            self._selection.set(cell.id for cell in self._editor.case.cells_of(field.id))

    def next_review(self) -> None:
        """Select the next cell that the classifier is not sure of, and show it."""
        field = self._editor.current_field
        found = next_least_sure(
            self._model.rows.values(), field_id=field.id if field else None, current=self._selection.current
        )
        if found is None or found not in self._editor.case.cells:
            self.message.emit("Every cell has been confirmed.", "info")
            return
        self._editor.set_current_field(self._editor.case.cells[found].field_id)
        self._selection.set((found,))
        self.cell_opened.emit(found)

    def menu(self, actions: ActionSet) -> QMenu:
        """A context menu for the selected cells."""
        menu = QMenu(self._window)
        menu.addAction(actions["confirm"])
        classes = menu.addMenu("Set class")
        for cell_class in CLASS_INFO:
            action = actions[class_action_id(cell_class)]
            if action.icon().isNull():
                action.setIcon(swatch.icon(cell_class, font=self._window.font()))
            classes.addAction(action)
        menu.addSeparator()
        menu.addAction(actions["delete"])
        return menu

    def show_menu(self, actions: ActionSet, at: QPoint) -> None:
        """Open the context menu there."""
        menu = self.menu(actions)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _try(self, verb: Callable[[], object]) -> bool:
        """Run a verb of the editor; a refusal becomes a sentence and changes nothing."""
        try:
            verb()
        except RbcError as error:
            self.message.emit(error.message, "error")
            return False
        return True


def _setter(owner: CellActions, cell_class: CellClass) -> Callable[[], None]:
    return lambda: owner.set_class(cell_class)
