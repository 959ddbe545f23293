"""Opens the export dialog, shows it the pages, and tells it how far the writing is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ...background import TaskRunner
from ...domain.case.case import Field, snapshot
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...language import mark, tr
from ...reports.pdf.paper.page_pictures import PagePicture
from ...reports.summary.rows import fields_with_cells
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.notices import Notices
from ...workflows.results.exporting_controller import ExportingController
from ...workflows.results.preview_controller import PreviewController, PreviewWish
from ...workflows.results.slide_annotations import annotated_slides
from .export_dialog import ExportDialog, ExportRequest
from .preview_pane import WORKING

AFTER_MS = 60
"""How long the dialog lags behind the case."""

NO_PDF = mark("Tick PDF report to see its pages.")


def finished_text(files: list[Path]) -> str:
    """The sentence after an export."""
    if len(files) == 1:
        return tr("{name} was written.", name=files[0].name)
    if not files:
        return tr("There was nothing to write.")
    return tr("{name} and {others} more were written.", name=files[0].name, others=len(files) - 1)


class ReportExport(QObject):
    """The dialog of one export at a time; what it asks for is written by the controller.

    The dialog leaves the other windows usable, so that the sample's details can be edited beside it; it follows the
    case.
    """

    details_wanted = Signal()
    """The sample's details are to be edited."""

    def __init__(
        self,
        editor: CaseEditor,
        controller: ExportingController,
        *,
        tasks: TaskRunner,
        settings: SettingsKeeper,
        notices: Notices,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._editor, self._controller, self._settings, self._notices = editor, controller, settings, notices
        self._open_url, self._window = open_url, parent
        self._models: jobs.EngineReady | None = None
        self._request: ExportRequest | None = None
        self.dialog: ExportDialog | None = None
        self._tasks = tasks
        self._asked: tuple[Field, ...] = ()
        self.preview = PreviewController(tasks=tasks, parent=self)
        self.preview.drawn.connect(self._on_drawn)
        self.preview.failed.connect(self._on_failed)
        controller.progress.connect(self._on_progress)
        controller.finished.connect(self._on_finished)
        controller.stopped.connect(self._on_stopped)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_MS)
        self._soon.timeout.connect(self._on_case)
        for signal in (editor.undo_changed, editor.analyses_changed, editor.sample_changed):
            signal.connect(self._on_change)
        editor.case_replaced.connect(self.close)

    def open(self, models: jobs.EngineReady | None, *, name: str) -> None:
        """Show the dialog.

        Args:
            models: what runs, for the report; None while nothing is loaded.
            name: how the files begin unless the user says otherwise.
        """
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        self._models = models
        kept = self._settings.value
        places = [Path(place) for place in (kept.report_folder, kept.export_folder, kept.last_folder) if place]
        self.dialog = ExportDialog(
            self._editor.case,
            folder=next((place for place in places if place.is_dir()), Path.home()),
            name=name,
            formats=kept.export_formats,
            parts=kept.export_parts,
            opens_folder=kept.export_opens_folder,
            parent=self._window,
        )
        self.dialog.requested.connect(self._start)
        self.dialog.cancelled.connect(self._controller.cancel)
        self.dialog.options_changed.connect(self._look)
        self.dialog.details_wanted.connect(self.details_wanted)
        self.dialog.preview.wanted.connect(self._on_page_wanted)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.show()
        self._look()
        self._asked = ()
        self._look_for_slides()

    def _look_for_slides(self) -> None:
        """Find out whether there are slides that take annotations; files are looked into in the background."""
        fields = tuple(fields_with_cells(self._editor.case))
        if fields != self._asked:
            self._asked = fields
            task = self._tasks.submit(annotated_slides, snapshot(self._editor.case))
            task.finished.connect(self._on_slides, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_slides(self, slides: object) -> None:
        if self.dialog is not None and isinstance(slides, tuple):
            self.dialog.offer_annotations(slides)

    @Slot()
    def close(self) -> None:
        """Another case is opened, or the window closes; what is being written is cancelled."""
        if self.dialog is not None:
            self._controller.cancel()
            self.dialog.done(ExportDialog.DialogCode.Rejected)

    # Preview

    @Slot()
    def _look(self) -> None:
        """Show the report that is ticked, from the page that is looked at."""
        if self.dialog is None or self._controller.is_busy:
            return
        choice, pane = self.dialog.choice, self.dialog.preview
        if "pdf" not in choice.formats:
            self.preview.stop()
            pane.show_nothing(tr(NO_PDF))
            return
        pane.say(tr(WORKING))
        material = partial(self._controller.sources.material, self._models)
        self.preview.ask(
            PreviewWish(choice.pdf, material, width=pane.drawn_width, number=pane.number, pseudonym=choice.pseudonym)
        )

    @Slot()
    def _on_change(self, *_: object) -> None:
        """Many changes may follow one another while cells are found."""
        if self.dialog is not None:
            self._soon.start()

    @Slot()
    def _on_case(self) -> None:
        if self.dialog is not None:
            self.dialog.show_case(self._editor.case)
            self._look()
            self._look_for_slides()

    @Slot(int, int)
    def _on_page_wanted(self, number: int, width: int) -> None:
        self.preview.turn(number=number, width=width)

    @Slot(object)
    def _on_drawn(self, picture: PagePicture) -> None:
        if self.dialog is not None:
            self.dialog.preview.show_page(picture)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self.dialog is not None:
            self.dialog.preview.show_nothing(sentence)

    # Writing

    @Slot(object)
    def _start(self, request: ExportRequest) -> None:
        self._request = request
        self.preview.stop()
        self._settings.update(
            export_folder=str(request.choice.folder),
            export_formats=request.choice.formats,
            export_parts=self.dialog.ticked_parts if self.dialog is not None else (),
            export_opens_folder=request.open_folder,
        )
        self._controller.start(request.choice, models=self._models)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(done, total)

    @Slot(object)
    def _on_finished(self, files: list[Path]) -> None:
        if self.dialog is not None:
            self.dialog.show_stopped()
            self.dialog.accept()
        self._notices.info(finished_text(files))
        if self._request is not None and self._request.open_folder:
            self._open_url(QUrl.fromLocalFile(str(self._request.choice.folder)))

    @Slot(str)
    def _on_stopped(self, sentence: str) -> None:
        if self.dialog is not None:
            self.dialog.show_stopped(sentence)
            self._look()
        else:
            self._notices.error(sentence)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
        self._soon.stop()
        self.preview.stop()
