"""The laboratory's work list in the window: read in the background, asked for the details of a sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import TaskRunner
from ...domain.case.case import Identity
from ...errors import RbcError
from ...storage.laboratory.work_list import KEYS, WorkList, read_work_list
from ..configuring_controller import SettingsKeeper


class WorkListController(QObject):
    """Keeps the list that was chosen last; it is read again whenever somebody looks, for it changes during the day.

    Args:
        settings: remember the file.
        tasks: read it.
        parent: Qt parent.
    """

    changed = Signal()
    """Another list, or other lines."""

    refused = Signal(str)
    """It can't be read, and why."""

    def __init__(self, settings: SettingsKeeper, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._tasks = settings, tasks
        self._lines: WorkList = {}

    @property
    def name(self) -> str:
        """File name of the list, "" without one."""
        return Path(self._settings.value.work_list).name if self._settings.value.work_list else ""

    @property
    def count(self) -> int:
        """How many numbers it knows."""
        return len(self._lines)

    def choose(self, path: Path | None) -> None:
        """Use this file from now on, or none."""
        self._settings.update(work_list="" if path is None else str(path))
        self._lines = {}
        self.changed.emit()
        self.look()

    @Slot()
    def look(self) -> None:
        """Read the file again."""
        if self._settings.value.work_list:
            task = self._tasks.submit(read_work_list, Path(self._settings.value.work_list))
            task.finished.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
            task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def completed(self, identity: Identity, name: str) -> Identity:
        """The identity with what the list says of its number, where this detail is one; what is typed already stays."""
        line = self._lines.get(getattr(identity, name).casefold()) if name in KEYS else None
        if line is None:
            return identity
        return replace(identity, **{detail: text for detail, text in line.items() if not getattr(identity, detail)})

    @Slot(object)
    def _on_read(self, lines: WorkList) -> None:
        self._lines = lines
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._lines = {}
        self.changed.emit()
        self.refused.emit(error.message)
