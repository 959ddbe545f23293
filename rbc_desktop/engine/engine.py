"""The engine as the windows see it: requests go in, Qt signals come out, the GUI thread never waits.

    engine = Engine(segmenter_factory, classifier_factory)
    engine.proposal_ready.connect(self._on_proposal)       # a @Slot(object) method
    engine.start()
    engine.open_field(image, calibration=calibration)
    ticket = engine.submit_prompt(PromptSet.click(x, y))

Every signal is emitted on the GUI thread and carries one value of `engine.jobs` (its type is in the signal's comment).
Results of a field that is no longer open, of cancelled tasks and of overtaken hover previews never arrive.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from ..domain.case.case import Picture
from ..domain.case.image_reading import MeasuredCell
from ..domain.cells.cell import Cell
from ..domain.cells.mask import CellMask
from ..domain.cells.prompts import PromptSet
from ..domain.fields.calibration import Calibration
from ..domain.geometry import Box, Point
from ..ports import (
    ClassifierFactory,
    ImageLevelFactory,
    LoadedImage,
    ModelFactories,
    SegmenterFactory,
    no_image_level,
)
from . import jobs
from .jobs import Ticket
from .scheduler import Scheduler
from .worker import Worker

logger = logging.getLogger(__name__)

CACHE_BYTES = 512 * 1024 * 1024
"""Default bound of the embedding cache."""

ANALYSE_BATCH = 32
"""Cells measured and classified in one job, shared out to the helpers: short enough that a click never waits long
behind it (50 ms on two cores)."""


class Engine(QObject):
    """GUI-thread facade of the inference thread.

    Args:
        segmenter_factory, classifier_factory, image_level_factory: called once, on the inference thread.
        cache_bytes: bound of the embedding cache.
        parent: Qt parent.
    """

    ready = Signal(object)  # jobs.EngineReady
    models_refused = Signal(object)  # str
    field_ready = Signal(object)  # jobs.FieldReady
    tile_ready = Signal(object)  # jobs.TileReady
    proposal_ready = Signal(object)  # jobs.ProposalReady
    cells_found = Signal(object)  # jobs.CellsFound
    missed_found = Signal(object)  # jobs.MissedFound
    analysis_ready = Signal(object)  # jobs.AnalysesReady
    image_read = Signal(object)  # jobs.ImageRead
    progress = Signal(object)  # jobs.Progress
    task_finished = Signal(object)  # jobs.TaskFinished
    failed = Signal(object)  # jobs.Failure
    field_remarked = Signal(object)  # jobs.FieldRemarked
    notice = Signal(object)  # str

    _start_requested = Signal()
    _wake_requested = Signal()
    _stop_requested = Signal()

    def __init__(
        self,
        segmenter_factory: SegmenterFactory,
        classifier_factory: ClassifierFactory,
        *,
        image_level_factory: ImageLevelFactory = no_image_level,
        cache_bytes: int = CACHE_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scheduler = Scheduler()
        self._sequence = itertools.count(1)
        self._generation = 0
        self._latest_hover = 0
        self._tasks: dict[Ticket, jobs.SegmentAll | jobs.Analyse] = {}
        self._field_open = False
        self._closed = False
        self._thread = QThread()
        self._thread.setObjectName("inference")
        factories = ModelFactories(segmenter_factory, classifier_factory, image_level_factory)
        self._worker = Worker(self._scheduler, factories, cache_bytes=cache_bytes)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._start_requested.connect(self._worker.start, queued)
        self._wake_requested.connect(self._worker.wake, queued)
        self._stop_requested.connect(self._worker.stop, queued)
        self._worker.message.connect(self._on_message, queued)

    def start(self) -> None:
        """Start the inference thread and build the models there; `ready` or `failed` follows."""
        if not self._thread.isRunning():
            self._thread.start()
            self._start_requested.emit()

    def replace_models(self, factories: ModelFactories) -> None:
        """Load other models on the inference thread; `ready` or `models_refused` follows.

        The present ones work until the others have run once, and go on when those are refused. After `ready` the open
        field must be opened again: requests about it are no longer answered.
        """
        self._scheduler.replace_models(jobs.ReplaceModels(factories))
        self._wake_requested.emit()

    def open_field(self, image: LoadedImage, *, calibration: Calibration | None = None) -> Ticket:
        """Make this the field that every further request is about; older requests are dropped.

        Call it again when the calibration changes. `field_ready` follows. Embeddings of a field that was open before
        are still in the cache unless room ran out.
        """
        self._cancel_field()
        self._generation += 1
        self._field_open = True
        self._latest_hover = 0
        self._scheduler.start_generation(self._generation)
        return self._submit(jobs.PrepareField(self._ticket(), image, calibration))

    def close_field(self) -> None:
        """Drop the field and every request about it."""
        self._cancel_field()
        self._generation += 1
        self._field_open = False
        self._scheduler.start_generation(self._generation)

    def submit_prompt(self, prompts: PromptSet, *, hover: bool = False) -> Ticket:
        """Ask for a proposal; `proposal_ready` follows, in the order of submission.

        With ``hover`` only the latest request is answered. A prompt on a tile that is not embedded yet is answered
        as soon as that tile is, and that tile comes first.

        Raises:
            ValueError: when the prompts are empty or no field is open.
        """
        if prompts.is_empty:
            raise ValueError("a prompt needs a positive point or a box")
        job = jobs.Segment(self._ticket(), prompts, hover)
        if hover:
            self._latest_hover = job.ticket.sequence
        return self._submit(job)

    def drop_hover(self) -> None:
        """Forget the hover preview that is still under way, e.g. when the cursor leaves the canvas."""
        self._latest_hover = 0

    def segment_all(
        self,
        image: LoadedImage,
        *,
        calibration: Calibration | None = None,
        existing: Sequence[CellMask] = (),
        in_view: bool = True,
    ) -> Ticket:
        """Find every cell of a field; `cells_found` batches, `progress`, `field_remarked` and `task_finished` follow.

        Opening and closing fields leaves the request alone. After `ready` with other models it has to be made again.

        Args:
            image: the field, open or not.
            calibration: its scale.
            existing: masks of the field's cells; what overlaps one of them (IoU ≥ 0.5) is not found again.
            in_view: the user waits for it; else it comes after everything else.
        """
        ticket = Ticket(jobs.ANY_GENERATION, next(self._sequence))
        return self._submit(jobs.SegmentAll(ticket, image, calibration, tuple(existing), in_view))

    def prepare_ahead(self, image: LoadedImage, *, calibration: Calibration | None = None) -> None:
        """This field is segmented next: prepare it while another one is, where that costs the user no waiting."""
        ticket = Ticket(jobs.ANY_GENERATION, next(self._sequence))
        self._submit(jobs.PrepareAhead(ticket, image, calibration))

    def is_segmenting(self, picture: Picture) -> bool:
        """Whether Segment all is under way on this image."""
        searched = (job.image for job in self._tasks.values() if isinstance(job, jobs.SegmentAll))
        return any(image.picture == picture for image in searched)

    def look_for_missed(self, masks: Sequence[CellMask]) -> Ticket:
        """Find where cells may have been missed in the open field; `missed_found` follows.

        Args:
            masks: of all cells of the field.
        """
        return self._submit(jobs.LookForMissed(self._ticket(), tuple(masks)))

    def classify(self, cells: Sequence[Cell], *, median_diameter_px: float | None = None) -> Ticket | None:
        """Measure and classify cells of the open field; `analysis_ready` batches, then `task_finished`.

        Args:
            cells: what to classify; None is returned when there is nothing to do.
            median_diameter_px: median diameter of all cells of the field, which relative sizes refer to; without it
                the diameter that the engine measured on the image is taken.
        """
        if not cells:
            return None
        return self._analyse(self._ticket(), cells, median_diameter_px, elsewhere=None)

    def read_image(self, cells: Sequence[MeasuredCell]) -> Ticket:
        """Ask the image-level model about the open field; `image_read` follows where there is such a model.

        Raises:
            ValueError: when no field is open.
        """
        return self._submit(jobs.ReadImage(self._ticket(), tuple(cells)))

    def classify_elsewhere(
        self,
        image: LoadedImage,
        cells: Sequence[Cell],
        *,
        calibration: Calibration | None,
        median_diameter_px: float | None,
    ) -> Ticket:
        """Measure and classify cells of a field that need not be the open one, after everything else.

        Opening and closing fields leaves the request alone; `analysis_ready` batches, then `task_finished` follow.

        Raises:
            ValueError: when there are no cells.
        """
        if not cells:
            raise ValueError("nothing to classify")
        ticket = Ticket(jobs.ANY_GENERATION, next(self._sequence))
        return self._analyse(ticket, cells, median_diameter_px, elsewhere=jobs.Elsewhere(image, calibration))

    def _analyse(
        self, ticket: Ticket, cells: Sequence[Cell], median_px: float | None, *, elsewhere: jobs.Elsewhere | None
    ) -> Ticket:
        for start in range(0, len(cells), ANALYSE_BATCH):
            batch = tuple(cells[start : start + ANALYSE_BATCH])
            self._submit(jobs.Analyse(ticket, batch, median_px, start, len(cells), elsewhere))
        return ticket

    def cancel(self) -> None:
        """Stop Segment all and classification after the step that is running; what was found stays."""
        self._cancel(list(self._tasks))

    def drop(self, ticket: Ticket) -> None:
        """Stop one task, if it is still under way; its results never arrive."""
        if ticket in self._tasks:
            self._cancel([ticket])

    def _cancel(self, tickets: Sequence[Ticket]) -> None:
        for ticket in tickets:
            self._scheduler.cancel(ticket)
            task = self._tasks.pop(ticket).task
            self.task_finished.emit(jobs.TaskFinished(ticket, task, count=0, cancelled=True))

    def _cancel_field(self) -> None:
        self._cancel([ticket for ticket in self._tasks if ticket.generation != jobs.ANY_GENERATION])

    @property
    def is_busy(self) -> bool:
        """Whether Segment all or classification is under way."""
        return bool(self._tasks)

    def set_cursor(self, point: Point | None) -> None:
        """Where the cursor is, field pixels: the tile under it is embedded first."""
        self._scheduler.set_cursor(point)

    def set_visible(self, box: Box | None) -> None:
        """Which part of the field is in view: its tiles are embedded before the others."""
        self._scheduler.set_visible(box)

    def shutdown(self, *, timeout_ms: int = 30_000) -> bool:
        """Refuse new work, let the running step end, join the thread. False when it did not end in time."""
        self._closed = True
        self._field_open = False
        self._scheduler.close()
        self._tasks.clear()
        if not self._thread.isRunning():
            return True
        self._stop_requested.emit()
        if self._thread.wait(timeout_ms):
            return True
        logger.error("the inference thread did not end within %d ms", timeout_ms)
        return False

    def _ticket(self) -> Ticket:
        return Ticket(self._generation, next(self._sequence))

    def _submit(self, job: jobs.Job) -> Ticket:
        if not self._field_open and job.ticket.generation != jobs.ANY_GENERATION:
            raise ValueError("no field is open")
        if self._scheduler.submit(job):
            if isinstance(job, jobs.SegmentAll | jobs.Analyse):
                self._tasks[job.ticket] = job
            self._wake_requested.emit()
        return job.ticket

    def _is_stale(self, message: jobs.Message) -> bool:
        """The one place that decides which results are stale."""
        ticket: Ticket | None = getattr(message, "ticket", None)
        if ticket is None or self._closed:
            return self._closed
        if ticket.generation not in (self._generation, jobs.ANY_GENERATION):
            return True
        if isinstance(message, jobs.ProposalReady) and message.hover:
            return ticket.sequence != self._latest_hover
        if isinstance(message, jobs.CellsFound | jobs.AnalysesReady | jobs.Progress | jobs.TaskFinished):
            return ticket not in self._tasks
        return False

    @Slot(object)
    def _on_message(self, message: jobs.Message) -> None:  # noqa: C901 - one arm per kind
        if self._is_stale(message):
            return
        match message:
            case jobs.EngineReady():
                self.ready.emit(message)
            case jobs.ModelsRefused():
                self.models_refused.emit(message.message)
            case jobs.FieldReady():
                self.field_ready.emit(message)
            case jobs.TileReady():
                self.tile_ready.emit(message)
            case jobs.ProposalReady():
                self.proposal_ready.emit(message)
            case jobs.CellsFound():
                self.cells_found.emit(message)
            case jobs.MissedFound():
                self.missed_found.emit(message)
            case jobs.AnalysesReady():
                self.analysis_ready.emit(message)
            case jobs.ImageRead():
                self.image_read.emit(message)
            case jobs.Progress():
                self.progress.emit(message)
            case jobs.TaskFinished():
                del self._tasks[message.ticket]
                self.task_finished.emit(message)
            case jobs.Failure():
                self._end_failed_task(message)
            case jobs.FieldRemarked():
                self.field_remarked.emit(message)
            case jobs.Notice():
                self.notice.emit(message.message)

    def _end_failed_task(self, failure: jobs.Failure) -> None:
        job = self._tasks.pop(failure.ticket, None) if failure.ticket is not None else None
        self.failed.emit(failure)
        if job is not None:
            self._scheduler.cancel(job.ticket)
            self.task_finished.emit(jobs.TaskFinished(job.ticket, job.task, count=0, cancelled=True))
