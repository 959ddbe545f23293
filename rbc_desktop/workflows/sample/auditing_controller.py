"""The audit trail of the working case, read in the background while somebody looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...editing.case_listening import listen
from ...errors import RbcError
from .auditing import TrailLine, load_trail

AFTER_MS = 300


class AuditingController(QObject):
    """Keeps the lines of the trail; after the first time only what is new is read.

    Args:
        editor: the working case.
        tasks: reads.
        parent: Qt parent.
    """

    added = Signal(object)
    """New lines, newest first."""

    restarted = Signal()
    """Another case is open: there are no lines yet."""

    failed = Signal(str)
    """The trail can't be read, and why."""

    def __init__(self, editor: CaseEditor, *, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._tasks = editor, tasks
        self._task: Task | None = None
        self._follows, self._changed_meanwhile, self._known = False, True, 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_MS)
        self._soon.timeout.connect(self._read)
        listen(editor, content=self._on_change, sample=self._mark, another=self._restart)

    def follow(self, on: bool) -> None:
        """Read now and after every change, or leave it."""
        self._follows = on
        if on and self._changed_meanwhile:
            self._read()
        elif not on:
            self._soon.stop()

    @Slot()
    def _read(self) -> None:
        if not self._follows or self._task is not None:
            return
        self._changed_meanwhile = False
        self._task = self._tasks.submit(load_trail, self._editor.store, since=self._known)
        queued = Qt.ConnectionType.QueuedConnection
        self._task.finished.connect(self._on_read, queued)
        self._task.failed.connect(self._on_failed, queued)
        self._task.ended.connect(self._on_ended, queued)

    @Slot(object)
    def _on_read(self, lines: list[TrailLine]) -> None:
        if self._task is not None and not self._task.is_cancelled and lines:
            self._known = lines[0].number
            self.added.emit(lines)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self.failed.emit(error.message)

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self._task = None
        if self._changed_meanwhile:
            self._soon.start()

    @Slot(object)
    def _on_change(self, _ids: object) -> None:
        self._mark()

    @Slot()
    def _mark(self) -> None:
        self._changed_meanwhile = True
        if self._follows:
            self._soon.start()

    @Slot()
    def _restart(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._known = 0
        self.restarted.emit()
        self._mark()
