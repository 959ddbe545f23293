"""The audit trail of the working case, read in the background while somebody looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ...background import Following, Task, TaskRunner
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
        self._editor, self._tasks, self._known = editor, tasks, 0
        self._following = Following(self._begin, after_ms=AFTER_MS, parent=self)
        self._following.worked_out.connect(self._on_read)
        self._following.failed.connect(self._on_failed)
        listen(editor, content=self._on_change, sample=self._following.changed, another=self._restart)

    def follow(self, on: bool) -> None:
        """Read now and after every change, or leave it."""
        self._following.follow(on)

    def _begin(self) -> Task:
        return self._tasks.submit(load_trail, self._editor.store, since=self._known)

    @Slot(object)
    def _on_read(self, lines: list[TrailLine]) -> None:
        if lines:
            self._known = lines[0].number
            self.added.emit(lines)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self.failed.emit(error.message)

    @Slot(object)
    def _on_change(self, _ids: object) -> None:
        self._following.changed()

    @Slot()
    def _restart(self) -> None:
        self._known = 0
        self.restarted.emit()
        self._following.start_over()
