"""The laboratory's control films and override rates: their window, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ....background import Task
from ....domain.case.case import snapshot
from ....errors import RbcError
from ....language import tr
from ....storage.case.case_file import CaseFile
from ....workflows.control.control_sheet import write_charts
from ....workflows.control.override_study import study_overrides
from ...laboratory.laboratory_window import LaboratoryWindow
from ..actions.actions import ActionSet
from ..frame.services import Services
from .patient_data_place import PatientDataPlace

PDF = "PDF (*.pdf)"
SHARED = ("undo", "redo", "manual")


class LaboratoryPlace(QObject):
    """Opens and closes the window, counts overrides and writes the charts.

    Args:
        services: what it shows.
        actions: ``control-films`` opens it.
        parent: the main window.
    """

    made = Signal(object)
    """The tabs of the window, once it is there."""

    def __init__(self, services: Services, *, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._actions, self._parent = services, actions, parent
        self._counting: Task | None = None
        self.window: LaboratoryWindow | None = None
        self.patients = PatientDataPlace(services, actions=actions, parent=parent)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        return {"control-films": self.open, **self.patients.handlers()}

    @Slot()
    def open(self) -> None:
        """Show the window."""
        if self.window is None:
            s = self._services
            shared = [self._actions[name] for name in SHARED]
            self.window = LaboratoryWindow(s.controls, s.theme, actions=shared, parent=self._parent)
            self.window.films.export_wanted.connect(self._export)
            self.window.overrides.wanted.connect(self._count)
            self.window.overrides.cancelled.connect(self._stop)
            self.made.emit(self.window.tabs)
        self.window.open_here()

    def close(self) -> None:
        """The main window closes."""
        self._stop()
        if self.window is not None:
            self.window.close()

    @Slot(bool)
    def _count(self, over_folder: bool) -> None:
        s, window = self._services, self.window
        assert window is not None
        folder = None
        if over_folder:
            start = s.settings.value.last_folder or str(Path.home())
            chosen = QFileDialog.getExistingDirectory(window, tr("Folder with cases"), start)
            if not chosen:
                return
            folder = Path(chosen)
        store = s.editor.store
        path = store.path if isinstance(store, CaseFile) else None
        task = s.tasks.submit(study_overrides, folder, present=snapshot(s.editor.case), present_path=path)
        self._counting, queued = task, Qt.ConnectionType.QueuedConnection
        page = window.overrides
        page.show_counting(True)
        task.progress.connect(page.show_progress, queued)
        task.finished.connect(page.show_study, queued)
        task.failed.connect(self._on_failed, queued)
        task.ended.connect(self._on_counted, queued)

    @Slot()
    def _stop(self) -> None:
        if self._counting is not None:
            self._counting.cancel()

    @Slot(object)
    def _on_counted(self, _: object) -> None:
        self._counting = None
        if self.window is not None:
            self.window.overrides.show_counting(False)

    @Slot()
    def _export(self) -> None:
        s, window = self._services, self.window
        assert window is not None
        folder = s.settings.value.export_folder or s.settings.value.last_folder or str(Path.home())
        chosen, _ = QFileDialog.getSaveFileName(window, tr("Write as PDF"), str(Path(folder) / "control.pdf"), PDF)
        if chosen:
            task = s.tasks.submit(write_charts, s.controls.films, window.overrides.overrides, Path(chosen))
            task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        if self.window is not None:
            self.window.say(error.message)
