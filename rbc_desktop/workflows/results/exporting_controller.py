"""One export at a time, written in the background once every class is up to date."""

from __future__ import annotations

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


class ExportingController(QObject):
    """Writes the report of the working case.

    Args:
        editor: the working case.
        engine, analysing, renewing, queue: what they are still finding and classifying is waited for.
        images: pixels that are in memory.
        tasks: runs the writing.
        reader: decodes the other images.
        settings: the laboratory's letterhead.
        controls: what the control films say.
        references: the laboratory's normal samples.
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
        self,
        editor: CaseEditor,
        *,
        engine: Engine,
        analysing: AnalysingController,
        renewing: RenewingController,
        queue: FieldQueueController,
        images: FieldImages,
        tasks: TaskRunner,
        reader: ImageReader,
        settings: SettingsKeeper,
        controls: ControlKeeper,
        references: ReferenceKeeper,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._analysing, self._renewing = editor, engine, analysing, renewing
        self._queue = queue
        self._images, self._tasks, self._reader, self._notices = images, tasks, reader, notices
        self._settings, self._controls, self._references = settings, controls, references
        self._task: Task | None = None
        self._problem = ""
        self._waiting: tuple[ExportChoice, jobs.EngineReady | None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._begin)
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        engine.task_finished.connect(self._look)
        renewing.settled.connect(self._look)
        queue.run_finished.connect(self._look)

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
        if self._waiting is None or self._queue.queue.is_active or self._engine.is_busy or self._renewing.is_working:
            return
        if self._analysing.is_about_to_ask:
            self._soon.start()
            return
        (choice, models), self._waiting, self._problem = self._waiting, None, ""
        if left := self._renewing.outdated():
            self._notices.warn(outdated_text(left), holds=lambda: self._renewing.outdated() > 0)
        made_of = self.material(models)
        self._task = self._tasks.submit(
            export, made_of.case, choice, context=made_of.context, pixels=made_of.pixels, tell=self.told.emit
        )
        queued = Qt.ConnectionType.QueuedConnection
        self._task.finished.connect(self._on_finished, queued)
        self._task.failed.connect(self._on_failed, queued)
        self._task.cancelled.connect(self._on_cancelled, queued)
        self._task.progress.connect(self._on_progress, queued)
        self.changed.emit()

    def material(self, models: jobs.EngineReady | None) -> ReportMaterial:
        """What a report is made of as the case is now."""
        case = snapshot(self._editor.case)
        held = {i: p for i in case.fields if (p := self._images.pixels(i)) is not None}
        context = report_context(
            segmenter=models.segmenter if models else "",
            classifier=(models.classifier or "") if models else "",
            device=models.device if models else "",
            head=self._editor.store.head,
            settings=self._settings.value,
            control=self._controls.reported,
            reference=self._references.reference if self._references.samples else None,
        )
        return ReportMaterial(case, context, PixelSource(self._reader, held=held))

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
