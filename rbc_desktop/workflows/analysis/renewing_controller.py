"""Keeps the cells of fields out of view measured and classified for the present scale and classifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.case.case import Field
from ...domain.cells.cell import Cell, median_diameter_px
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...engine.engine import Engine
from ...ports import ImageReader, LoadedImage
from ..cases.reading import read_image_of
from ..cases.reading_controller import FieldImages
from .analysing import Asked, asked_of, outdated, stale_cells, stale_numbers


@dataclass(slots=True)
class _Work:
    """The field under way: its image is read, then its cells are classified."""

    target: Field
    questions: dict[Asked, Cell] = field(default_factory=dict)
    task: Task | None = None
    ticket: jobs.Ticket | None = None


class RenewingController(QObject):
    """Classifies again, one field after the other, what a change of scale, classifier or field has left stale.

    The open field is `AnalysingController`'s. What can't be read, failed or was
    cancelled is left as it is until a scale, a field or the models change.

    Args:
        editor: the working case.
        engine: classifies.
        images: pixels that are in memory.
        tasks: reads the other images.
        reader: decodes an image.
        parent: Qt parent.
    """

    settled = Signal()
    """Nothing more is under way or waiting."""

    def __init__(
        self,
        editor: CaseEditor,
        *,
        engine: Engine,
        images: FieldImages,
        tasks: TaskRunner,
        reader: ImageReader,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._images, self._tasks, self._reader = editor, engine, images, tasks, reader
        self._ready: jobs.EngineReady | None = None
        self._work: _Work | None = None
        self._tried: set[Asked] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._go_on)
        engine.ready.connect(self._on_ready)
        engine.task_finished.connect(self._on_finished)
        editor.case_replaced.connect(self._on_case)
        for signal in (editor.calibration_changed, editor.fields_changed):
            signal.connect(self._look_again)
        for signal in (editor.current_field_changed, editor.cells_added, editor.cells_changed):
            signal.connect(self._look)

    @property
    def is_working(self) -> bool:
        """Whether cells of another field are being classified, or wait for it."""
        return self._work is not None or self._next() is not None

    def outdated(self) -> int:
        """How many cells of all fields keep a class of an earlier scale or classifier."""
        return outdated(self._editor.case, classifier=self._classifier)

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        self._ready = ready
        self._look_again()

    @Slot()
    def _on_case(self) -> None:
        self._drop()
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        """Something changed for which it is worth to try again what failed or was cancelled."""
        self._tried.clear()
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        self._soon.start()

    def _drop(self) -> None:
        work, self._work = self._work, None
        if work is not None and work.task is not None:
            work.task.cancel()
        if work is not None and work.ticket is not None:
            self._engine.drop(work.ticket)

    @property
    def _classifier(self) -> str | None:
        return self._ready.classifier if self._ready is not None else None

    def _untried(self, field_id: int) -> dict[Asked, Cell]:
        """What would be asked about a field's stale cells and has not failed or been cancelled."""
        field = self._editor.case.fields.get(field_id)
        if field is None:
            return {}
        stale = stale_cells(self._editor.case, field_id, classifier=self._classifier)
        return self._not_tried(field, stale)

    def _not_tried(self, field: Field, cells: Iterable[Cell]) -> dict[Asked, Cell]:
        questions = {asked_of(cell, field, classifier=self._classifier): cell for cell in cells}
        return {question: cell for question, cell in questions.items() if question not in self._tried}

    def _next(self) -> Field | None:
        """The next field that holds something to do. The open one is left to `AnalysingController`."""
        if self._ready is None:
            return None
        case, current = self._editor.case, self._editor.current_field
        stale = stale_numbers(case, classifier=self._classifier)
        others = (case.fields[i] for i in case.fields if i in stale and (current is None or i != current.id))
        waiting = (f for f in others if not self._is_growing(f))
        return next((f for f in waiting if self._not_tried(f, map(case.cells.__getitem__, stale[f.id]))), None)

    def _is_growing(self, field: Field) -> bool:
        """Whether more cells are being found there: what is typical of the field shows when all are."""
        return self._engine.is_segmenting(field.picture)

    @Slot()
    def _go_on(self) -> None:
        if self._work is not None:
            return
        field = self._next()
        if field is None:
            self.settled.emit()
            return
        self._work = _Work(field)
        image = self._images.get(field.id)
        if image is not None:
            self._classify(image)
            return
        task = self._tasks.submit(read_image_of, self._reader, field)
        self._work.task = task
        task.finished.connect(self._on_image, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_no_image, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_image(self, image: LoadedImage) -> None:
        if self._work is not None and self.sender() is self._work.task:
            self._classify(image)

    @Slot(object)
    def _on_no_image(self, _: object) -> None:
        if self._work is not None and self.sender() is self._work.task:
            field, self._work = self._work.target, None
            self._tried.update(self._untried(field.id))
            self._soon.start()

    def _classify(self, image: LoadedImage) -> None:
        """Ask for what is stale now: the case may have changed while the image was read."""
        work, case = self._work, self._editor.case
        assert work is not None
        field, questions = case.fields.get(work.target.id), self._untried(work.target.id)
        if field is None or not questions:
            self._work = None
            self._soon.start()
            return
        work.questions = questions
        median = median_diameter_px(case.cells_of(field.id))
        work.task = None
        work.ticket = self._engine.classify_elsewhere(
            image, list(questions.values()), calibration=field.calibration, median_diameter_px=median
        )

    @Slot(object)
    def _on_finished(self, finished: jobs.TaskFinished) -> None:
        if finished.task == "segment all":
            self._soon.start()
        if self._work is None or finished.ticket != self._work.ticket:
            return
        work, self._work = self._work, None
        failed = self._untried(work.target.id).keys() & work.questions.keys()  # or cancelled, or refused by the disk
        self._tried.update(failed)
        self._soon.start()
