"""The laboratory's own classes in a running window: one list, changed in one place and stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.classes.taxonomy import CellClass
from ...editing.case_editor import CaseEditor
from ...language import mark, tr
from ...storage.laboratory.class_file import load_classes_kept, write_classes
from ..notices import Notices

NOT_STORED = mark(
    "The own classes could not be stored: they last until the window closes; make room, then save them again."
)


class OwnClassesKeeper(QObject):
    """Holds the list; the case is shown as it says.

    Args:
        path: of this computer's list.
        editor: the working case.
        tasks: writes the list in the background.
        notices: says what can't be read or written.
        parent: Qt parent.
    """

    changed = Signal()

    def __init__(
        self, path: Path, editor: CaseEditor, *, tasks: TaskRunner, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._path, self._editor, self._tasks, self._notices = path, editor, tasks, notices
        self._writing: Task | None = None
        self._value, problem = load_classes_kept(path)
        editor.looks.show(self._value)
        if problem:
            notices.warn(problem)

    @property
    def value(self) -> tuple[CellClass, ...]:
        """The classes in their order."""
        return self._value

    def set(self, classes: Sequence[CellClass]) -> None:
        """Have these classes from now on."""
        if len(self._value) == len(classes) and all(map(CellClass.looks_like, self._value, classes)):
            return
        self._value = tuple(classes)
        self._writing = self._tasks.submit(write_classes, self._value, self._path, after=self._writing)
        self._writing.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self._editor.looks.show(self._value)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        self._notices.error(tr(NOT_STORED))
