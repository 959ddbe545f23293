"""Deletes patient data of chosen cases in the background; the open case is left for it and opened again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...language import plural, tr
from ...storage.safekeeping.known_cases import KnownCase
from ..cases.opening_controller import OpeningController
from ..configuring_controller import SettingsKeeper
from .erasing import ErasableCase, Erased, erasable_cases, erase_cases


class ErasingController(QObject):
    """Lists and deletes.

    Args:
        editor: the working case.
        files: leaves it and opens it again.
        settings: how long data are kept, and where backups lie.
        tasks: runs what is slow.
        present: what is known of the working case.
        parent: Qt parent.
    """

    listed = Signal(object)
    """The list, a tuple of `ErasableCase`."""

    busy_changed = Signal(bool)
    progress = Signal(object)
    """Cases done, and of how many."""

    done = Signal(str)
    """What came of it, in a few sentences."""

    refused = Signal(str)
    """Nothing was deleted, and why."""

    def __init__(
        self, editor: CaseEditor, *, files: OpeningController, settings: SettingsKeeper, tasks: TaskRunner,
        present: Callable[[], KnownCase | None], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._files, self._settings, self._tasks = editor, files, settings, tasks
        self._present = present
        self._waiting: Callable[[], None] | None = None
        self._again: ErasableCase | None = None
        self._task: Task | None = None
        editor.case_replaced.connect(self._on_case)

    @property
    def is_busy(self) -> bool:
        """Whether cases are being emptied."""
        return self._task is not None or self._waiting is not None

    @Slot()
    def refresh(self) -> None:
        """List the cases; `listed` follows."""
        kept = self._settings.value
        task = self._tasks.submit(
            erasable_cases, present=self._present(), keep_unsaved_days=kept.keep_unsaved_days,
            keep_identity_days=kept.keep_identity_days, now=datetime.now().astimezone(),
            after=self._files.leaving_task,
        )  # fmt: skip
        task.finished.connect(self._on_listed, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def erase(self, cases: Sequence[ErasableCase], *, reason: str, image_names: bool) -> None:
        """Delete what a person has chosen; `done` follows."""
        if self.is_busy or not cases:
            return
        operator = self._editor.operator or self._editor.case.identity.operator
        self._again = next((line for line in cases if line.is_present), None)

        def begin() -> None:
            self._task = task = self._tasks.submit(
                erase_cases, tuple(cases), operator=operator, reason=reason, image_names=image_names,
                backup_folder=self._settings.value.backup_folder, after=self._files.leaving_task,
            )  # fmt: skip
            queued = Qt.ConnectionType.QueuedConnection
            task.progress.connect(self.progress, queued)
            task.finished.connect(self._on_erased, queued)
            task.failed.connect(self._on_failed, queued)
            task.ended.connect(self._on_ended, queued)

        self.busy_changed.emit(True)
        if self._again is None:
            begin()
            return
        self._waiting = begin
        self._files.new_case()
        if not self._files.is_busy:  # the window said why it can't be left
            self._waiting = self._again = None
            self.busy_changed.emit(False)
            self.refused.emit(tr("The open case can't be left now; see the message over the image."))

    @Slot()
    def cancel(self) -> None:
        """Stop before the next case."""
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_case(self) -> None:
        if self._waiting is not None:
            begin, self._waiting = self._waiting, None
            # its file is closed by a task that is submitted once everybody has heard of the new case
            self._files.title_changed.connect(begin, Qt.ConnectionType.SingleShotConnection)

    @Slot(object)
    def _on_listed(self, lines: list[ErasableCase]) -> None:
        self.listed.emit(tuple(lines))

    @Slot(object)
    def _on_erased(self, erased: Erased) -> None:
        self.done.emit(erased_text(erased))

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self.refused.emit(error.message)

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self._task = None
        again, self._again = self._again, None
        self.busy_changed.emit(False)
        if again is not None:
            self._files.open_paths([again.case.path])
        self.refresh()


def erased_text(erased: Erased) -> str:
    """What came of it."""
    said = []
    if erased.emptied:
        said.append(plural("{count} case holds no patient data any more.",
                           "{count} cases hold no patient data any more.", erased.emptied))  # fmt: skip
    if erased.discarded:
        said.append(plural("{count} unsaved case is gone.", "{count} unsaved cases are gone.", erased.discarded))
    if erased.backups:
        said.append(plural("{count} backup of them was removed.", "{count} backups of them were removed.",
                           erased.backups))  # fmt: skip
    return " ".join((*said, *erased.problems)) or tr("Nothing was deleted.")
