"""Verbs on second readings of the case that an editor works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..domain.case.case import Case
from ..domain.case.changes import PutReading, PutReviews, Together
from ..domain.case.step_names import BEGIN_READING, FINISH_READING, SETTLE
from ..domain.classes.taxonomy import CellClass
from ..domain.clock import now
from ..domain.sample.second_reading import SecondReading
from .blind import BlindReading, masked
from .case_editor import CaseEditor
from .effects import apply_change


class ReadingEditor:
    """Begins, goes on with, and ends readings; settles what differs.

    Args:
        editor: of the case.
    """

    def __init__(self, editor: CaseEditor) -> None:
        self._editor = editor
        self._blind: BlindReading | None = None
        self._case: Case | None = None
        self._operator = ""

    @property
    def reading(self) -> SecondReading | None:
        """The reading that is under way on the screen, as far as it is."""
        return None if self._blind is None else self._blind.reading

    def begin(self, reading: SecondReading, *, reason: str = "") -> None:
        """`store` and `go_on`."""
        self.store(reading, reason=reason)
        self.go_on(reading)

    def store(self, reading: SecondReading, *, reason: str = "") -> None:
        """Keep a new reading; its cells are shown blindly by `go_on`.

        Args:
            reading: not begun yet.
            reason: why it begins before the washout is over, "" where it doesn't; the audit trail keeps it.

        Raises:
            CaseFileError: when it can't be stored; nothing has changed then.
        """
        self._editor.do_for_good(PutReading(reading), BEGIN_READING(number=reading.number), reason=reason.strip())

    def go_on(self, reading: SecondReading) -> None:
        """Show the cells of an open reading blindly; what is done from now on is the reader's."""
        editor = self._editor
        self._case, self._operator, self._blind = editor.case, editor.operator, BlindReading(reading)
        shown = masked(editor.case, reading)
        first = next(iter(shown.cells.values()), None)
        editor.replace_case(shown, editor.store, shown=None if first is None else first.field_id, blind=self._blind)
        editor.operator = reading.operator

    def leave(self, *, finish: bool) -> SecondReading | None:
        """Back to the case with all that it says; the reading is over, or waits. Returns it.

        Raises:
            CaseFileError: when it can't be stored; the reading goes on then.
        """
        blind, case = self._blind, self._case
        if blind is None or case is None:
            return None
        number = blind.reading.number
        if finish:
            over = replace(blind.reading, ended=now().astimezone().isoformat())
            self._editor.keep(PutReading(over, ()), FINISH_READING(number=number))
        apply_change(case, PutReading(blind.reading))
        current = self._editor.current_field
        self._blind = None
        self._editor.replace_case(case, self._editor.store, shown=None if current is None else current.id)
        self._editor.operator = self._operator
        return blind.reading

    def forget(self) -> None:
        """Another case is open: what was read is in the file of the one before."""
        if self._blind is not None and not self._editor.case.is_blind:
            self._editor.operator = self._operator
            self._blind, self._case = None, None

    def settle(self, reading: SecondReading, classes: Mapping[int, CellClass]) -> int:
        """Agree on classes of cells that differ; the cells have them from now on. Returns how many.

        Raises:
            CaseFileError: when it can't be stored, or the case is final.
        """
        cells = self._editor.case.cells
        agreed = {i: c for i, c in classes.items() if i in cells}
        if agreed:
            before = tuple((i, cells[i].reviewed_class) for i in agreed)
            text = SETTLE(count=len(agreed), number=reading.number)
            ids = tuple(agreed)
            forward = Together((PutReviews(tuple(agreed.items())), PutReading(reading.with_settled(agreed), ids)))
            self._editor.do(text, forward, Together((PutReviews(before), PutReading(reading, ids))))
        return len(agreed)
