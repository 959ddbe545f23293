"""Hints at cells that may have been missed: looked for after Segment all, gone as cells cover them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ...domain.case.case import Field
from ...domain.case.changes import PutFields
from ...domain.case.step_names import NOTHING_MISSED
from ...domain.cells.missed_places import MissedPlace, cells_in, missed_text, still_missed
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError
from ..notices import Notices
from .analysing_controller import AnalysingController


class MissedController(QObject):
    """The hints of the field that the engine has open.

    The case keeps the sentence, as a remark on the field; the places are found again from image and cells when a case
    with such a remark is opened.
    """

    changed = Signal()
    """There are other hints now."""

    def __init__(
        self,
        editor: CaseEditor,
        *,
        engine: Engine,
        analysing: AnalysingController,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._analysing, self._notices = editor, engine, analysing, notices
        self._found: dict[int, tuple[MissedPlace, ...]] = {}
        self._open: tuple[MissedPlace, ...] = ()
        self._asked: jobs.Ticket | None = None
        self._to_look_at: set[int] = set()
        self._next = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh)
        analysing.reopened.connect(self._on_reopened)
        engine.missed_found.connect(self._on_found)
        for signal in (editor.cells_added, editor.cells_removed, editor.cells_changed):
            signal.connect(self._on_cells)
        editor.fields_changed.connect(self._on_fields)
        editor.case_replaced.connect(self._forget)

    @property
    def places(self) -> tuple[MissedPlace, ...]:
        """Where no outline is still, most cells first."""
        return self._open

    @property
    def cells(self) -> int:
        """About how many cells they hold."""
        return cells_in(self._open)

    def next_place(self) -> MissedPlace | None:
        """One after the other, from the first again after the last."""
        if not self._open:
            return None
        place = self._open[self._next % len(self._open)]
        self._next += 1
        return place

    @Slot()
    def dismiss(self) -> None:
        """Nothing was missed there: one step that can be undone."""
        field = self._field
        if field is None or not self._open:
            return
        try:
            without = PutFields((field.with_remark("missed", None),))
            self._editor.do(NOTHING_MISSED(name=field.name), without, PutFields((field,)))
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())

    @property
    def _field(self) -> Field | None:
        return self._editor.case.fields.get(self._analysing.field_id or 0)

    def _ask(self, field: Field) -> None:
        masks = [cell.mask for cell in self._editor.case.cells_of(field.id)]
        self._asked = self._engine.look_for_missed(masks)

    @Slot(int)
    def note_searched(self, field_id: int) -> None:
        """Every cell of a field was looked for: see what was missed, now or when it is opened."""
        self._to_look_at.add(field_id)
        if (field := self._field) is not None and field.id == field_id:
            self._ask(field)

    @Slot()
    def _on_reopened(self) -> None:
        """The engine has another field: its hints, if there are any."""
        self._asked = None
        field = self._field
        if field is not None and (field.id in self._to_look_at or self._is_said_only(field)):
            self._ask(field)
        self._refresh()

    def _is_said_only(self, field: Field) -> bool:
        """Whether the case says so and the places aren't known."""
        return field.id not in self._found and _text_of(field) is not None

    @Slot(object)
    def _on_found(self, found: jobs.MissedFound) -> None:
        field = self._field
        if field is None or found.ticket != self._asked:
            return
        self._asked = None
        self._to_look_at.discard(field.id)
        self._found[field.id] = found.places
        self._next = 0
        self._refresh()

    @Slot(object)
    def _on_cells(self, _ids: tuple[int, ...]) -> None:
        if self._found:
            self._soon.start()

    @Slot(object)
    def _on_fields(self, ids: tuple[int, ...]) -> None:
        """A remark has gone or come back by a step of the user; a field may be gone."""
        for field_id in self._found.keys() - self._editor.case.fields.keys():
            del self._found[field_id]
        field = self._field
        if field is None or field.id not in ids or self._asked is not None:
            return
        is_said, is_known = _text_of(field) is not None, field.id in self._found
        if is_said and not is_known:
            self._ask(field)
        elif is_known and not is_said and self._open:
            del self._found[field.id]
        self._soon.start()

    @Slot()
    def _refresh(self) -> None:
        """What is open now, for canvas and case alike."""
        self._soon.stop()
        field = self._field
        before, self._open = self._open, ()
        if field is not None and (places := self._found.get(field.id)):
            cells = self._editor.case.cells_of(field.id)
            if any(cell.origin == "segment all" for cell in cells):
                self._open = still_missed(places, [cell.mask for cell in cells])
        if field is not None and field.id in self._found:
            self._note(field, missed_text(field.name, self.cells))
        if [id(place) for place in before] != [id(place) for place in self._open]:
            self.changed.emit()

    def _note(self, field: Field, text: str | None) -> None:
        if _text_of(field) == text:
            return
        try:
            self._editor.note_field(field.with_remark("missed", text))
        except RbcError as error:
            self._notices.error(error)

    @Slot()
    def _forget(self) -> None:
        self._found.clear()
        self._to_look_at.clear()
        self._asked = None
        self._refresh()


def _text_of(field: Field) -> str | None:
    return next((remark.text for remark in field.remarks if remark.kind == "missed"), None)
