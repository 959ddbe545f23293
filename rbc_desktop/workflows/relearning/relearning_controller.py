"""Retraining from the window: the chosen cases, the process that learns from them, and what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...language import mark, tr
from ...models.relearning.lab_fields import LabField
from ...storage.laboratory.classifier_folders import new_folder
from ..configuring_controller import SettingsKeeper
from .lab_cases import LabCase, joined, lab_case, read_lab_case
from .relearning_job import RelearnRequest, relearn_elsewhere

THIS_CASE = mark("The open case")


class RelearningController(QObject):
    """Reads cases and retrains; one run at a time.

    Signals:
        cases_changed: the list of cases is another.
        refused: a sentence: a case can't be read, or nothing could be learnt.
        progressed: hundredths that are done.
        learnt: a `Relearnt`.
        ended: a run is over, however it ended.
    """

    cases_changed = Signal()
    refused = Signal(str)
    progressed = Signal(int)
    learnt = Signal(object)
    ended = Signal()

    def __init__(
        self,
        editor: CaseEditor,
        *,
        tasks: TaskRunner,
        settings: SettingsKeeper,
        asks_for: Callable[[Path], bool] = lambda _path: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._settings = tasks, settings
        self._task: Task | None = None
        self._out: Path | None = None
        self.cases: list[LabCase] = []
        unconfirmed = frozenset(f.path for f in editor.case.fields.values() if asks_for(f.path))
        open_case = lab_case(editor.case, name=tr(THIS_CASE), unconfirmed=unconfirmed)
        if open_case.fields:
            self.cases.append(open_case)

    @property
    def is_running(self) -> bool:
        """Whether something is being learnt."""
        return self._task is not None

    def add(self, paths: Sequence[Path]) -> None:
        """Read more cases."""
        confirmed = self._settings.value.image_folders
        for path in paths:
            task = self._tasks.submit(read_lab_case, path, confirmed=confirmed)
            task.finished.connect(self._on_case, Qt.ConnectionType.QueuedConnection)
            task.failed.connect(self._on_unread, Qt.ConnectionType.QueuedConnection)

    def start(self, cases: Sequence[LabCase], *, name: str) -> None:
        """Learn from these cases."""
        if self._task is not None:
            return
        fields: tuple[LabField, ...] = joined(cases)
        self._out = new_folder(name)
        request = RelearnRequest(fields, self._out, " ".join(name.split()) or "own cells")
        self._task = self._tasks.submit(relearn_elsewhere, request)
        self._task.progress.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._task.finished.connect(self._on_learnt, Qt.ConnectionType.QueuedConnection)
        self._task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self._task.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Stop the run; nothing is kept of it."""
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_case(self, case: LabCase) -> None:
        self.cases = [c for c in self.cases if c.name != case.name] + [case]
        self.cases_changed.emit()

    @Slot(object)
    def _on_unread(self, error: RbcError) -> None:
        self.refused.emit(error.message)

    @Slot(object)
    def _on_progress(self, progress: tuple[int, int]) -> None:
        self.progressed.emit(progress[0])

    @Slot(object)
    def _on_learnt(self, made: object) -> None:
        self._out = None  # kept
        self.learnt.emit(made)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self.refused.emit(error.message)

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self._task = None
        if self._out is not None:
            shutil.rmtree(self._out, ignore_errors=True)  # half a classifier is none
            self._out = None
        self.ended.emit()
