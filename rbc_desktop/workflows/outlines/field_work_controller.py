"""What the controllers of outlines have in common: what they work with, and whom they hear."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...engine import jobs
from ...engine.engine import Engine
from ..notices import Notices


class FieldWorkController(QObject):
    """Work on the outlines of the field on show.

    Args:
        editor: keeps the cells.
        selection: the cells that are meant.
        engine: answers prompts; each kind of work picks its own answers by their tickets.
        notices: says what could not be done.
        parent: Qt parent.
    """

    def __init__(
        self, editor: CaseEditor, *, selection: Selection, engine: Engine, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor, self._selection, self._engine, self._notices = editor, selection, engine, notices
        self._field_id: int | None = None
        engine.proposal_ready.connect(self._on_answer)
        engine.failed.connect(self._on_failure)

    @Slot(object)
    def _on_answer(self, answer: jobs.ProposalReady) -> None:
        """The engine has answered a prompt, of this work or of another."""
        raise NotImplementedError

    @Slot(object)
    def _on_failure(self, failure: jobs.Failure) -> None:
        """The engine could not answer."""
        raise NotImplementedError
