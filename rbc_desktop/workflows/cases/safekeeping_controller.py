"""Watches whether the open case file is still in its place, and folds its log while nobody changes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...errors import CaseMovedError, RbcError
from ...language import mark, tr
from ...storage.case.case_file import CaseFile
from ..notices import Notices

SEND_EVERY = 5
"""Looks between two sendings to a network share."""

LOOK_MS = 2000
"""Between two looks; one takes microseconds."""

MANY_ROWS = 500
"""Changed rows from which on the log is folded: what a hundred small steps write, or a large one."""

AGAIN = mark("{sentence} Do it again to leave without that.")


class SafekeepingController(QObject):
    """Says at once when the case file is renamed, deleted or replaced, and doesn't let the case be left unsaved.

    Args:
        editor: the working case.
        notices: tells the user.
        tasks: sends the case to a network share in the background, and folds its log.
    """

    def __init__(self, editor: CaseEditor, notices: Notices, *, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._notices, self._tasks = editor, notices, tasks
        self._sending: Task | None = None
        self._looks = self._rows = self._folded = 0
        self._said = ""
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        editor.case_replaced.connect(self._forget)

    @Slot()
    def look(self) -> None:
        """Compare the place now."""
        sentence = self._problem()
        if sentence and sentence != self._said:
            self._notices.error(sentence, holds=lambda: self._said == sentence)
        elif self._said and not sentence:
            self._forget()
        self._said = sentence
        self._notices.look()
        self._fold()
        self._looks += 1
        if self._looks % SEND_EVERY == 0:
            self._send()

    def _fold(self) -> None:
        """Once nothing was changed between two looks: a change folds the log itself otherwise, and its key waits."""
        store = self._editor.store
        if isinstance(store, CaseFile):
            before, self._rows = self._rows, store.changed_rows
            if before == self._rows and abs(self._rows - self._folded) >= MANY_ROWS:
                self._folded = self._rows
                self._tasks.submit(store.fold)

    def _send(self) -> None:
        store = self._editor.store
        if isinstance(store, CaseFile) and store.is_unsent and self._sending is None:
            self._sending = self._tasks.submit(store.send)
            self._sending.failed.connect(self._on_not_sent, Qt.ConnectionType.QueuedConnection)
            self._sending.ended.connect(self._on_sent, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_not_sent(self, error: RbcError) -> None:
        self._notices.error(error)

    @Slot(object)
    def _on_sent(self, _: object) -> None:
        self._sending = None

    def may_give_up(self) -> bool:
        """Whether the case may be left: it is in its file, has nothing to lose, or the user asks a second time."""
        sentence = self._problem() if self._editor.case.fields else ""
        if not sentence or self._warned:
            return True
        self._warned = True
        self._notices.error(tr(AGAIN, sentence=sentence))
        return False

    def _problem(self) -> str:
        store = self._editor.store
        if isinstance(store, CaseFile):
            try:
                store.check_place()
            except CaseMovedError as error:
                return error.message
        return ""

    @Slot()
    def _forget(self) -> None:
        self._said, self._warned = "", False
