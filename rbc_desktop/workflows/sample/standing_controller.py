"""Says when the working case is no longer what was reviewed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from ...domain.sample.sign_off import state_of
from ...editing.case_editor import CaseEditor
from ...language import mark, tr
from ..notices import Notices

DRAFT_AGAIN = mark(
    "This case had been reviewed and is a draft again, because it was changed; when you are done, sign it anew"
    " (Report › Sample and grades…)."
)


class StandingController(QObject):
    """Watches the state of the working case.

    Args:
        editor: of the case.
        notices: says it.
        parent: Qt parent.
    """

    def __init__(self, editor: CaseEditor, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._notices = editor, notices
        self._known = editor.case.sign_offs
        self._after = QTimer(self)  # the step that did it says its own sentence first
        self._after.setSingleShot(True)
        self._after.setInterval(0)
        self._after.timeout.connect(self._say)
        editor.sample_changed.connect(self._on_sample)
        editor.case_replaced.connect(self._on_case)

    @Slot()
    def _on_case(self) -> None:
        self._after.stop()
        self._known = self._editor.case.sign_offs

    @Slot()
    def _on_sample(self) -> None:
        steps = self._editor.case.sign_offs
        if len(steps) > len(self._known) and state_of(steps) == "draft":
            self._after.start()
        self._known = steps
        self._notices.look()

    @Slot()
    def _say(self) -> None:
        if self._is_draft():
            self._notices.warn(tr(DRAFT_AGAIN), holds=self._is_draft)

    def _is_draft(self) -> bool:
        return state_of(self._editor.case.sign_offs) == "draft"
