"""Copies the open case into the laboratory's backup folder a while after it was changed, and when it is left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...storage.case.case_file import CaseFile
from ...storage.safekeeping.backup import Backup, backups_in, restore_backup, write_backup
from ..cases.opening_controller import OpeningController
from ..configuring_controller import SettingsKeeper
from ..notices import Notices

BACKUP_AFTER_MS = 60_000
"""After the first change since the last copy; what follows within this time is in the same copy."""


class BackupController(QObject):
    """One copy at a time.

    Args:
        editor: the working case.
        files: says when it is left, and opens what is restored.
        settings: the folder.
        tasks: writes.
        notices: says that a copy could not be written, once.
        parent: Qt parent.
    """

    listed = Signal(object)
    """The copies, a list of `Backup`."""

    written = Signal(object)
    """A copy is complete: its path, or None where there was nothing to copy."""

    def __init__(
        self, editor: CaseEditor, *, files: OpeningController, settings: SettingsKeeper, tasks: TaskRunner,
        notices: Notices, parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._files, self._settings = editor, files, settings
        self._tasks, self._notices = tasks, notices
        self._writing: Task | None = None
        self._failed = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(BACKUP_AFTER_MS)
        self._soon.timeout.connect(self.write)
        for signal in (editor.undo_changed, editor.sample_changed, editor.analyses_changed):
            signal.connect(self._on_change)
        files.leaving.connect(self._on_leaving)

    @property
    def folder(self) -> Path | None:
        """Where copies go, None for nowhere."""
        chosen = self._settings.value.backup_folder.strip()
        return Path(chosen) if chosen else None

    @Slot()
    def write(self) -> None:
        """Copy the case as it is now."""
        self._soon.stop()
        store, folder = self._editor.store, self.folder
        if folder is None or not isinstance(store, CaseFile) or not self._editor.case.fields:
            return
        self._writing = self._tasks.submit(write_backup, store, folder, after=self._writing)
        self._writing.finished.connect(self._on_written, Qt.ConnectionType.QueuedConnection)
        self._writing.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def refresh(self) -> None:
        """List the copies; `listed` follows."""
        folder = self.folder
        task = self._tasks.submit(_listed, folder)
        task.finished.connect(self.listed, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)

    def restore(self, backup: Backup) -> None:
        """Open a copy as an unsaved case; the copy stays."""
        task = self._tasks.submit(restore_backup, backup.path)
        task.finished.connect(self._on_restored, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _on_change(self) -> None:
        if self.folder is not None and not self._soon.isActive() and self._editor.case.fields:
            self._soon.start()

    @Slot()
    def _on_leaving(self) -> None:
        if self._soon.isActive():
            self.write()

    @Slot(object)
    def _on_written(self, path: object) -> None:
        self._failed = ""
        self._notices.look()
        self.written.emit(path)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        if error.message != self._failed:
            self._failed = error.message
            self._notices.warn(error.message, holds=lambda: self._failed == error.message)

    @Slot(object)
    def _on_refused(self, error: RbcError) -> None:
        self._notices.error(error)

    @Slot(object)
    def _on_restored(self, path: Path) -> None:
        self._files.open_paths([path])


def _listed(folder: Path | None) -> list[Backup]:
    """No folder and one that can't be read hold no copies."""
    try:
        return [] if folder is None else backups_in(folder)
    except OSError:
        return []
