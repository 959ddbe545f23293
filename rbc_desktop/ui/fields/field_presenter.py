"""Brings the current field to the screen: its image, or why it can't be shown and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from ...domain.sample.sign_off import is_locked
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...language import mark, tr
from ...turns import OwnTurn
from ...workflows.cases.reading_controller import FieldImages, FieldProblem
from ...workflows.fields.gating import REMOVAL_REASONS, removal_question
from ...workflows.key_map import said
from ...workflows.notices import Notices
from ..canvas.session import CanvasSession
from ..look.mnemonics import lettered
from ..look.reason_dialog import ReasonDialog
from .gate_menu import GateMenu
from .stage import Stage

LOCATE, LOCATE_FOLDER = mark("Locate the image…"), mark("Locate a folder…")

KEPT = mark("Cells, classes and measurements of this field are kept.")


class FieldPresenter(QObject):
    """Follows the editor's current field."""

    locate_wanted = Signal(int)
    """Ask where the image of this field is now."""

    folder_wanted = Signal()
    """Ask for a folder that holds the missing images of the case."""

    menu_opening = Signal(int, object)
    """The context menu of a field, a `QMenu` that may be added to."""

    changed = Signal()
    """Another field, or another page, is on show."""

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        *,
        host: Stage,
        listed: Callable[[], Sequence[int]],
        session: CanvasSession,
        notices: Notices,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._host = editor, images, host
        self._session, self._notices, self._window, self._listed = session, notices, parent, listed
        self._gate = GateMenu(editor, notices)
        self._turn = OwnTurn(self, self.refresh, is_first=True)
        editor.current_field_changed.connect(self._on_current)
        images.loaded.connect(self._on_image)
        images.failed.connect(self._on_problem)
        host.notice.action_chosen.connect(self._locate_current)
        host.notice.other_chosen.connect(self.folder_wanted)

    @property
    def shows_image(self) -> bool:
        """Whether the image of the current field is on the screen."""
        return self._host.shown is self._host.canvas

    @Slot()
    def refresh(self) -> None:
        """Show the current field, once its image is in memory."""
        field = self._editor.current_field
        if field is None:
            self._session.close_field()
            self._host.show_welcome()
        elif (problem := self._images.problems.get(field.id)) is not None:
            self._show_problem(problem)
            self._images.request(field)  # its disk or share may be back
        elif (image := self._images.get(field.id)) is None:
            self._session.close_field()
            self._host.show_notice(tr("Opening {name}…", name=field.name))
            self._images.request(field)
        else:
            self._host.show_canvas()
            self._session.show_field(field, image)
        self.changed.emit()

    def step(self, step: int) -> None:
        """Show the field so many places further in the strip; after the last comes the first."""
        ids, field = list(self._listed()), self._editor.current_field
        if field is not None and field.id in ids:
            self._editor.set_current_field(ids[(ids.index(field.id) + step) % len(ids)])

    @Slot(int)
    def show_cell(self, cell_id: int) -> None:
        """Bring a cell into view, also in another field."""
        cell = self._editor.case.cells.get(cell_id)
        if cell is not None:
            self._editor.set_current_field(cell.field_id)
            self._host.canvas.reveal((cell_id,))

    @Slot(int)
    def show_closely(self, cell_id: int) -> None:
        """Bring a cell into view, large enough to be judged, also in another field."""
        cell = self._editor.case.cells.get(cell_id)
        if cell is not None:
            self._editor.set_current_field(cell.field_id)
            self._host.canvas.reveal((cell_id,), closely=True)

    @Slot(object)
    def show_menu(self, request: tuple[int, QPoint]) -> None:
        """A context menu for one field of the strip."""
        field_id, at = request
        menu = lettered(QMenu(self._window))
        self._gate.fill(menu, field_id)
        menu.addAction(tr(LOCATE)).triggered.connect(lambda: self.locate_wanted.emit(field_id))
        menu.addAction(tr(LOCATE_FOLDER)).triggered.connect(lambda: self.folder_wanted.emit())
        menu.addAction(tr("Remove from the case")).triggered.connect(lambda: self._remove(field_id))
        self.menu_opening.emit(field_id, menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot()
    def _on_current(self) -> None:
        """Leave a field that is gone at once, so that nobody works on it; show the next one in a turn of its own."""
        if self._host.canvas.field_id not in (None, *self._editor.case.fields):
            self._session.close_field()
        self._turn.ask()

    @Slot(object)
    def _on_image(self, field_id: int) -> None:
        field = self._editor.current_field
        if field is not None and field.id == field_id and self._images.get(field_id) is not None:
            self._turn.ask()

    @Slot(object)
    def _on_problem(self, problem: FieldProblem) -> None:
        field = self._editor.current_field
        if field is not None and field.id == problem.field_id:
            self._show_problem(problem.message)
            self.changed.emit()

    def _show_problem(self, sentence: str) -> None:
        self._session.close_field()
        self._host.show_notice(f"{sentence}\n{tr(KEPT)}", button=tr(LOCATE), other=tr(LOCATE_FOLDER))

    @Slot()
    def _locate_current(self) -> None:
        field = self._editor.current_field
        if field is not None:
            self.locate_wanted.emit(field.id)

    def _remove(self, field_id: int) -> None:
        """Remove a field at once, or ask why where a person has classified cells of it."""
        case = self._editor.case
        seen = sum(cell.reviewed_class is not None for cell in case.cells_of(field_id))
        if seen and field_id in case.fields and not is_locked(case.sign_offs):
            dialog = ReasonDialog(
                removal_question(case.fields[field_id], seen=seen), usual=REMOVAL_REASONS,
                button=tr("Remove"), parent=self._window,
            )  # fmt: skip
            dialog.given.connect(partial(self._remove_now, field_id))
            dialog.open()
        else:
            self._remove_now(field_id)

    def _remove_now(self, field_id: int, reason: str = "") -> None:
        if field_id not in self._editor.case.fields:
            return
        name = self._editor.case.fields[field_id].name
        try:
            self._editor.remove_field(field_id, reason=reason)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
        else:
            self._notices.did(
                tr(
                    "{name} was removed from the case; the file is untouched. Undo with {key}.",
                    name=name,
                    key=said("Ctrl+Z"),
                )
            )
