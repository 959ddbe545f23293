"""Runs the export dialog and the writing in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ... import __version__
from ...background import Task, TaskRunner
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...ports import ImageReader
from ...reports.summary import ReportContext
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.exporting import export, snapshot
from ...workflows.reading import PixelSource
from ...workflows.reading_controller import FieldImages
from ..help.shortcuts_dialog import ModelFacts
from .export_dialog import ExportDialog, ExportRequest


def finished_text(files: list[Path]) -> str:
    """The sentence after an export."""
    if len(files) == 1:
        return f"{files[0].name} was written."
    return f"{files[0].name} and {len(files) - 1} more were written." if files else "There was nothing to write."


class Exporting(QObject):
    """One export at a time."""

    message = Signal(str, str)
    """A sentence and its level."""

    changed = Signal()

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        *,
        tasks: TaskRunner,
        settings: SettingsKeeper,
        reader: ImageReader,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._tasks, self._settings = editor, images, tasks, settings
        self._reader, self._open_url, self._window = reader, open_url, parent
        self._facts = ModelFacts()
        self._task: Task | None = None
        self._request: ExportRequest | None = None
        self.dialog: ExportDialog | None = None

    @property
    def is_busy(self) -> bool:
        """Whether files are being written."""
        return self._task is not None

    def open(self, facts: ModelFacts, *, name: str) -> None:
        """Show the dialog.

        Args:
            facts: models and device, for the report.
            name: how the files begin unless the user says otherwise.
        """
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self._facts = facts
        last = self._settings.value.last_folder
        folder = Path(last) if last and Path(last).is_dir() else Path.home()
        self.dialog = ExportDialog(self._editor.case, folder=folder, name=name, parent=self._window)
        self.dialog.requested.connect(self._start)
        self.dialog.cancelled.connect(self._cancel)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(object)
    def _start(self, request: ExportRequest) -> None:
        try:
            self._editor.set_identity(request.identity)
        except RbcError as error:
            self._stop(error.message)
            return
        self._request = request
        case = snapshot(self._editor.case)
        context = ReportContext(
            app_version=__version__,
            generated=datetime.now().astimezone(),
            segmenter=self._facts.segmenter,
            classifier=self._facts.classifier,
            device=self._facts.device,
        )
        held = {i: p for i in case.fields if (p := self._images.pixels(i)) is not None}
        pixels = PixelSource(self._reader, held=held)
        self._task = self._tasks.submit(export, case, request.choice, context=context, pixels=pixels)
        queued = Qt.ConnectionType.QueuedConnection
        self._task.finished.connect(self._on_finished, queued)
        self._task.failed.connect(self._on_failed, queued)
        self._task.cancelled.connect(self._on_cancelled, queued)
        self._task.progress.connect(self._on_progress, queued)
        self._on_progress((0, 0))
        self.changed.emit()

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_progress(self, progress: tuple[int, int]) -> None:
        if self.dialog is not None and self._task is not None:
            self.dialog.show_progress(*progress)

    @Slot(object)
    def _on_finished(self, files: list[Path]) -> None:
        self._task = None
        if self.dialog is not None:
            self.dialog.show_stopped()
            self.dialog.accept()
        self.message.emit(finished_text(files), "info")
        if self._request is not None and self._request.open_folder:
            self._open_url(QUrl.fromLocalFile(str(self._request.choice.folder)))
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._stop(error.message)

    @Slot(object)
    def _on_cancelled(self, _: object) -> None:
        self._stop("Stopped. Files that were complete are kept.")

    def _stop(self, sentence: str) -> None:
        self._task = None
        if self.dialog is not None:
            self.dialog.show_stopped(sentence)
        else:
            self.message.emit(sentence, "error")
        self.changed.emit()

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
