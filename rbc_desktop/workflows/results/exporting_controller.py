"""One export at a time, written in the background once every class is up to date."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.case.case import snapshot
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError
from ...language import tr
from ...ports import ImageReader
from ..analysis.analysing import outdated_text
from ..analysis.analysing_controller import AnalysingController
from ..analysis.renewing_controller import RenewingController
from ..cases.reading import PixelSource
from ..cases.reading_controller import FieldImages
from ..configuring_controller import SettingsKeeper
from ..control.control_keeper_controller import ControlKeeper
from ..fields.field_queue_controller import FieldQueueController
from ..notices import Notices
from ..sample.reference_keeper_controller import ReferenceKeeper
from .exporting import ExportChoice, export, report_context
from .report_material import ReportMaterial


@dataclass(frozen=True)
class ReportSources:
    """What a report is made of.

    Attributes:
        editor: the working case.
        images: pixels that are in memory.
        reader: decodes the other images.
        settings: the laboratory's letterhead.
        controls: what the control films say.
        references: the laboratory's normal samples.
    """

    editor: CaseEditor
    images: FieldImages
    reader: ImageReader
    settings: SettingsKeeper
    controls: ControlKeeper
    references: ReferenceKeeper

    def material(self, models: jobs.EngineReady | None) -> ReportMaterial:
        """All of it as it is now; models: what runs, None while nothing is loaded."""
        case = snapshot(self.editor.case)
        held = {i: p for i in case.fields if (p := self.images.pixels(i)) is not None}
        context = report_context(
            segmenter=models.segmenter if models else "",
            classifier=(models.classifier or "") if models else "",
            device=models.device if models else "",
            head=self.editor.store.head,
            settings=self.settings.value,
            control=self.controls.reported,
            reference=self.references.reference if self.references.samples else None,
        )
        return ReportMaterial(case, context, PixelSource(self.reader, held=held))


@dataclass(frozen=True)
class Unsettled:
    """Who may still find or classify cells; a report waits for all of them."""

    engine: Engine
    analysing: AnalysingController
    renewing: RenewingController
    queue: FieldQueueController

    @property
    def is_at_work(self) -> bool:
        """Whether something is under way that will say when it ends."""
        return self.queue.queue.is_active or self.engine.is_busy or self.renewing.is_working


class ExportingController(QObject):
    """Writes the report of the working case.

    Args:
        sources: what the report is made of.
        unsettled: who is waited for.
        tasks: runs the writing.
        notices: says when classes could not be brought up to date.
        parent: Qt parent.
    """

    changed = Signal()
    """Whether files are being written changed."""

    progress = Signal(int, int)
    """Steps done, and of how many."""

    finished = Signal(object)
    """The files, as a list of paths."""

    told = Signal(str)
    """What isn't as it should be in a file that was written; from the thread that writes."""

    stopped = Signal(str)
    """Nothing more is written, and why in one sentence."""

    def __init__(
        self, sources: ReportSources, unsettled: Unsettled, *, tasks: TaskRunner, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.sources, self._unsettled, self._tasks, self._notices = sources, unsettled, tasks, notices
        self._task: Task | None = None
        self._problem = ""
        self._waiting: tuple[ExportChoice, jobs.EngineReady | None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._begin)
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        unsettled.engine.task_finished.connect(self._look)
        unsettled.renewing.settled.connect(self._look)
        unsettled.queue.run_finished.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether an export is under way."""
        return self._task is not None or self._waiting is not None

    def start(self, choice: ExportChoice, *, models: jobs.EngineReady | None) -> None:
        """Write the files as soon as nothing is being classified.

        Args:
            choice: what and where.
            models: what runs, None while nothing is loaded.
        """
        self._waiting = (choice, models)
        self.progress.emit(0, 0)
        self.changed.emit()
        self._begin()

    @Slot()
    def _look(self) -> None:
        if self._waiting is not None:
            self._soon.start()

    @Slot()
    def _begin(self) -> None:
        """Write, unless something is still being classified: then the end of that comes back here."""
        if self._waiting is None or self._unsettled.is_at_work:
            return
        if self._unsettled.analysing.is_about_to_ask:
            self._soon.start()
            return
        (choice, models), self._waiting, self._problem = self._waiting, None, ""
        renewing = self._unsettled.renewing
        if left := renewing.outdated():
            self._notices.warn(outdated_text(left), holds=lambda: renewing.outdated() > 0)
        made_of = self.sources.material(models)
        self._task = self._tasks.submit(
            export, made_of.case, choice, context=made_of.context, pixels=made_of.pixels, tell=self.told.emit
        )
        queued = Qt.ConnectionType.QueuedConnection
        self._task.finished.connect(self._on_finished, queued)
        self._task.failed.connect(self._on_failed, queued)
        self._task.cancelled.connect(self._on_cancelled, queued)
        self._task.progress.connect(self._on_progress, queued)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop at the next file; what is complete stays."""
        if self._waiting is not None:
            self._waiting = None
            self._stop(tr("Stopped. Nothing was written."))
        elif self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_progress(self, progress: tuple[int, int]) -> None:
        if self._task is not None:
            self.progress.emit(*progress)

    @Slot(str)
    def _on_told(self, sentence: str) -> None:
        self._problem = sentence

    @Slot(object)
    def _on_finished(self, files: object) -> None:
        self._task = None
        self.finished.emit(files)
        if self._problem:
            self._notices.warn(self._problem)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self._stop(error.message)

    @Slot(object)
    def _on_cancelled(self, _: object) -> None:
        self._stop(tr("Stopped. Files that were complete are kept."))

    def _stop(self, sentence: str) -> None:
        self._task = None
        self.stopped.emit(sentence)
        self.changed.emit()
