"""What the user does with selected cells: class, confirm, delete; each one an undoable command; and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from ...domain.case.case import Case
from ...domain.case.stored_claims import reviewed_classes
from ...domain.classes.taxonomy import SIZE_CLASSES, CellClass
from ...domain.sample.sign_off import is_locked
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...errors import RbcError
from ...language import mark, plural, tr
from ...phrases import told
from ...storage.laboratory.settings import ReviewOrder
from ..key_map import said
from ..notices import Notices
from .cell_columns import Columns, positions_in
from .reviewing import Progress, deletion_question, next_to_review, progress_of

NO_CLASS_YET = mark("This cell has no class yet: press the key of its class.")
ALL_CONFIRMED = mark("Every cell has been confirmed.")
ALL_REVIEWED = mark("Nothing is left that needs review. Go on with {key} to the cells that nobody has confirmed.")


class ReviewingController(QObject):
    """Verbs on the selection, and the way from one cell to the next.

    Args:
        editor: the working case.
        selection: what the verbs act on.
        cells: the cells of all fields that the filter leaves, in the order of their ids; an array of its own.
        shown: the cells that the table shows, in its order.
        notices: says what a verb refused or did out of sight.
        parent: Qt parent.
    """

    cell_reached = Signal(int)
    """Bring this cell into view, closely enough to judge it."""

    reason_wanted = Signal(str)
    """Ask why before the selected cells are deleted: a question; `delete` with the answer goes on."""

    changed = Signal()
    """The order, or whether it goes on by itself, is another."""

    def __init__(
        self,
        editor: CaseEditor,
        selection: Selection,
        *,
        cells: Callable[[], Columns],
        shown: Callable[[], Iterable[int]],
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor, self._selection, self._notices = editor, selection, notices
        self._cells, self._shown = cells, shown
        self._order: ReviewOrder = "field"
        self._goes_on = True
        self._is_reviewing = False
        self._beyond = False
        self._visited: list[int] = []
        editor.case_replaced.connect(self._visited.clear)

    @property
    def order(self) -> ReviewOrder:
        """In which order cells come."""
        return self._order

    def set_order(self, order: ReviewOrder) -> None:
        """Go through the cells in this order from now on."""
        if order != self._order:
            self._order = order
            self.changed.emit()

    @property
    def goes_on(self) -> bool:
        """Whether setting or confirming a class in review leads to the next cell."""
        return self._goes_on

    def set_goes_on(self, on: bool) -> None:
        """Go on to the next cell by itself, or wait for the key."""
        if on != self._goes_on:
            self._goes_on = on
            self.changed.emit()

    @property
    def is_reviewing(self) -> bool:
        """Whether a review is under way: only then a decision leads on to the next cell."""
        return self._is_reviewing

    @property
    def progress(self) -> Progress:
        """How far the review of what the filter leaves is."""
        return progress_of(self._cells_now())

    def start(self) -> None:
        """From now on a decision leads on to the next cell."""
        if not self._is_reviewing:
            self._is_reviewing = True
            self._visited.clear()

    def begin(self) -> None:
        """Start a review, unless one is under way, with the cell in hand, else with the first."""
        if not self._is_reviewing:
            self.start()
            if len(self._selection) != 1:
                self.next_review()

    def end(self) -> None:
        """Back to single cells: nothing goes on by itself."""
        self._is_reviewing = False

    def undo(self) -> None:
        """Undo the last command; it stops where an image was opened, and goes on when that is asked for."""
        if self._editor.undo_closes_images:
            self._notices.ask(
                tr(
                    "Undo stops at “{step}”. One more step takes what was opened out of the case; redo brings it back.",
                    step=told(self._editor.undo_text),
                ),
                button=tr("Take it out"), then=self._undo, holds=self._notices.until_next_step(),
            )  # fmt: skip
        else:
            self._undo()

    def _undo(self) -> None:
        self._try(self._editor.undo)

    def redo(self) -> None:
        """Redo the command that was undone last."""
        self._try(self._editor.redo)

    def delete(self, reason: str = "") -> None:
        """Delete the selected cells; undo brings them back. Where a person has classified some, it asks why first."""
        ids, case = self._selection.ids, self._editor.case
        seen = _reviewed(case, ids)
        if seen and not reason and not is_locked(case.sign_offs):
            self.reason_wanted.emit(deletion_question(len(ids), seen=seen))
        elif self._try(lambda: self._editor.remove_cells(ids, reason=reason)) and len(ids) > 1:
            self._notices.did(tr("{count:,} cells deleted. Undo with {key}.", count=len(ids), key=said("Ctrl+Z")))

    def confirm(self) -> None:
        """Confirm the classes of the selected cells; in review, go on."""
        ids = self._selection.ids
        if not self._try(lambda: self._editor.confirm(ids)):
            return
        cells = self._editor.case.cells
        if len(ids) == 1 and ids[0] in cells and cells[ids[0]].reviewed_class is None:
            self._notices.info(tr(NO_CLASS_YET))
        else:
            self._go_on(ids)

    def confirm_these(self, ids: tuple[int, ...]) -> None:
        """Confirm the classes of these cells, which need not be selected, as one step."""
        seen = _reviewed(self._editor.case, ids)
        if not self._try(lambda: self._editor.confirm(ids)):
            return
        now = _reviewed(self._editor.case, ids) - seen
        if not now:
            self._notices.info(tr("All of these are confirmed already."))
            return
        text = plural(
            "{count} cell confirmed. Undo with {key}.", "{count} cells confirmed. Undo with {key}.", now,
            key=said("Ctrl+Z"),
        )  # fmt: skip
        self._notices.did(text)

    def count_at_edge(self) -> None:
        """Count the selected cells that the edge of the image cuts; when all of them count, leave them out again."""
        cells = [c for i in self._selection.ids if (c := self._editor.case.cells.get(i)) and c.touches_border]
        if not cells:
            self._notices.info(tr("The edge of the image cuts none of the selected cells."))
            return
        ids, include = [c.id for c in cells], not all(c.edge_counted for c in cells)
        if self._try(lambda: self._editor.set_edge_counted(ids, include=include)):
            self._notices.did(_counted_text(len(ids), include=include))

    def set_class(self, cell_class: CellClass) -> None:
        """Give the selected cells a class."""
        ids = self._selection.ids
        if not ids:
            self._notices.info(tr("Select a cell first, then press the key of its class."))
            return
        self.set_class_of(ids, cell_class)

    def set_class_of(self, ids: tuple[int, ...], cell_class: CellClass) -> None:
        """Give these cells a class; in review, go on.

        A size class on a field without a scale is a person's own judgement, so say so.
        """
        if not self._try(lambda: self._editor.set_class(ids, cell_class)):
            return
        self._go_on(ids)
        case = self._editor.case
        if cell_class in SIZE_CLASSES and any(case.fields[f].calibration is None for f in case.fields_of(ids)):
            self._notices.warn(
                tr(
                    "Set to {cell_class}, although the field is not calibrated: the report will show it as your own"
                    " judgement of size.",
                    cell_class=cell_class.title,
                ),
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
        self._selection.set(self._shown())

    def next_review(self) -> None:
        """Select the next cell of the review, and show it."""
        cells = self._cells_now()
        self._beyond = not bool(np.any(cells["waiting"]))
        if not self._step(cells):
            self._notices.info(tr(ALL_CONFIRMED))

    def previous_review(self) -> None:
        """Select the cell that was in hand before, and show it."""
        while self._visited:
            cell_id = self._visited.pop()
            if cell_id in self._editor.case.cells:
                self._reach(cell_id)
                return
        self._notices.info(tr("This is where the review began."))

    def _go_on(self, ids: tuple[int, ...]) -> None:
        """After a decision on the one cell in hand; from the last one that needs review on only if the user went on."""
        if not (self._is_reviewing and self._goes_on and len(ids) == 1 and ids == self._selection.ids):
            return
        cells = self._cells_now()
        if not self._beyond and not np.any(cells["waiting"]):
            self._notices.info(tr(ALL_REVIEWED, key=said("N")))
        elif not self._step(cells):
            self._notices.info(tr(ALL_CONFIRMED))

    def _cells_now(self) -> Columns:
        """The cells to go through; what was decided a moment ago may not have reached the table yet."""
        table = self._cells()
        at = positions_in(table, self._selection.ids)
        known = reviewed_classes(self._editor.case, table["cell"][at].tolist())
        decided = [known.get(number) is not None for number in table["cell"][at].tolist()]
        table["reviewed"][at] = decided
        table["waiting"][at] &= ~np.array(decided, np.bool_)
        return table

    def _step(self, cells: Columns) -> bool:
        field, current = self._editor.current_field, self._selection.current
        found = next_to_review(
            cells, order=self._order, fields=tuple(self._editor.case.fields), current=current,
            field_id=field.id if field else None,
        )  # fmt: skip
        if found is None or found not in self._editor.case.cells:
            return False
        if current is not None and current != found:
            self._visited.append(current)
        self._reach(found)
        return True

    def _reach(self, cell_id: int) -> None:
        self._editor.set_current_field(self._editor.case.cells[cell_id].field_id)
        self._selection.set((cell_id,))
        self.cell_reached.emit(cell_id)

    def _try(self, verb: Callable[[], object]) -> bool:
        """Run a verb of the editor; a refusal becomes a sentence and changes nothing."""
        try:
            verb()
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return False
        return True


def _reviewed(case: Case, ids: Iterable[int]) -> int:
    """How many of these cells a person has classified."""
    return sum(given is not None for given in reviewed_classes(case, ids).values())


def _counted_text(count: int, *, include: bool) -> str:
    key = said("Ctrl+Z")
    if include:
        return plural(
            "{count} cell at the edge is counted now. Undo with {key}.",
            "{count} cells at the edge are counted now. Undo with {key}.",
            count, key=key,
        )  # fmt: skip
    return plural(
        "{count} cell at the edge is not counted now. Undo with {key}.",
        "{count} cells at the edge are not counted now. Undo with {key}.",
        count, key=key,
    )  # fmt: skip
