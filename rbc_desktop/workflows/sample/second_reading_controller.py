"""A second reading in the window: begun, carried on, left, and what differs settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from ...domain.clock import now
from ...domain.sample.second_reading import SecondReading
from ...editing.case_editor import CaseEditor
from ...editing.reading_editor import ReadingEditor
from ...errors import RbcError
from ...language import mark, tr
from ...turns import in_next_turn
from ..laboratory.operators_controller import UNKNOWN, OperatorsController
from ..notices import Notices
from .rereading import early_text, new_reading, open_reading, progress_text, readable, refusal, result_text

UNFINISHED = mark("{progress}; it isn't finished.")


class SecondReadingController(QObject):
    """Verbs on the readings of the working case.

    Args:
        editor: the working case.
        operators: who may read.
        may_leave: whether the case may be replaced now, or else a call when it may; see `FinishingController`.
        notices: says what was refused, and offers to go on.
        parent: Qt parent.
    """

    entered = Signal()
    """The cells are shown blindly from now on."""

    left = Signal()
    """The reader has left: the case is shown again with all that it says."""

    changed = Signal()
    """The readings, or how far the one under way is."""

    reason_wanted = Signal(str)
    """The same person read here a short while ago; the question that a reason answers, see `begin`."""

    refused = Signal(str)
    """Something can't be done, and why."""

    def __init__(
        self, editor: CaseEditor, *, operators: OperatorsController,
        may_leave: Callable[[Callable[[], object]], bool], notices: Notices, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._operators, self._may_leave, self._notices = editor, operators, may_leave, notices
        self._verbs = ReadingEditor(editor)
        editor.sample_changed.connect(self.changed)
        editor.cells_changed.connect(self._on_cells)
        editor.case_replaced.connect(self._on_case)

    @property
    def under_way(self) -> SecondReading | None:
        """The reading that is on the screen, or None."""
        return self._verbs.reading

    @property
    def readings(self) -> tuple[SecondReading, ...]:
        """Of the case, oldest first; nothing while one is under way."""
        return self._editor.case.readings

    @property
    def waiting(self) -> SecondReading | None:
        """A reading that was begun and isn't finished, or None."""
        return open_reading(self._editor.case)

    @property
    def readable(self) -> int:
        """How many cells can be read again."""
        return len(readable(self._editor.case))

    @property
    def reader(self) -> str:
        """Who reads, as far as it is known."""
        return self._operators.current

    def begin(self, operator: str, *, share: float, seed: int, reason: str = "") -> None:
        """Draw the cells and show them blindly, as soon as the case may be left.

        Before the washout is over nothing begins without a reason; `reason_wanted` asks for it.
        """
        case = self._editor.case
        began = now().astimezone().isoformat()
        reading = new_reading(case, operator=operator, share=share, seed=seed, began=began)
        sentence = refusal(case, reading)
        if not sentence and self._operators.operators and self._operators.known(operator) is None:
            sentence = tr(UNKNOWN, name=operator.strip())
        if sentence:
            self.refused.emit(sentence)
            return
        asked: list[str] = []
        if not self._try(lambda: asked.append(self._editor.store.last_read_by(operator))):
            return
        question = early_text(asked[0], operator=operator, began=began)
        if question and not reason.strip():
            self.reason_wanted.emit(question)
        elif self._may_leave(lambda: self.begin(operator, share=share, seed=seed, reason=reason)) and self._try(
            lambda: self._verbs.store(reading, reason=reason if question else "")
        ):
            # Thousands of cells are kept in one turn of the event loop, and shown blindly in the next.
            in_next_turn(self, self._enter)

    @Slot()
    def go_on(self) -> None:
        """Go on with the reading that waits."""
        if self.waiting is not None and self._may_leave(self.go_on):
            self._enter()

    @Slot()
    def _enter(self) -> None:
        if (reading := self.waiting) is not None and self.under_way is None:
            self._verbs.go_on(reading)
            self.entered.emit()

    @Slot()
    def pause(self) -> None:
        """Show the case again; the reading waits."""
        self._leave(finish=False)

    @Slot()
    def finish(self) -> None:
        """End the reading and show what came of it."""
        self._leave(finish=True)

    def settle(self, reading: SecondReading, cells: Iterable[int], *, by: Literal["first", "second"]) -> None:
        """Agree on the first or the second class of these cells."""
        wanted = set(cells)
        classes = {
            read.cell: chosen
            for read in reading.differences
            if read.cell in wanted and (chosen := read.first if by == "first" else read.second) is not None
        }
        self._try(lambda: self._verbs.settle(reading, classes))

    def offer(self) -> None:
        """Say of a case that was opened that a reading of it isn't finished."""
        if (reading := self.waiting) is not None and self.under_way is None:
            text = tr(UNFINISHED, progress=progress_text(reading))
            self._notices.ask(text, button=tr("Go on reading"), then=self.go_on)

    def _leave(self, *, finish: bool) -> None:
        left: list[SecondReading | None] = []
        if self._try(lambda: left.append(self._verbs.leave(finish=finish))) and (reading := left[0]) is not None:
            self.left.emit()
            if finish:
                in_next_turn(self, lambda: self._say(reading))

    def _say(self, reading: SecondReading) -> None:
        """What came of a reading that is over."""
        self._notices.info(result_text(reading).partition("\n")[2] or progress_text(reading))

    def _try(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except RbcError as error:
            self.refused.emit(error.message)
            self._notices.error(error, holds=self._notices.until_next_step())
            return False
        return True

    @Slot(object)
    def _on_cells(self, _ids: object) -> None:
        if self.under_way is not None:
            self.changed.emit()

    @Slot()
    def _on_case(self) -> None:
        self._verbs.forget()
        self.changed.emit()
