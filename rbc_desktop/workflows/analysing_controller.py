"""What the engine does for a whole field: opening it, Segment all, measuring and classifying what is new."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ..domain.case import Field
from ..domain.cell import Cell, median_diameter_px
from ..editing.case_editor import CaseEditor
from ..engine import jobs
from ..engine.engine import Engine
from ..errors import RbcError
from ..ports import LoadedImage
from .analysing import Asked, asked_of, fitting, renewed_text, stale_cells
from .notices import Notices


@dataclass(slots=True)
class Run:
    """A run of Segment all: its request, its number on the undo stack, and how many cells it has added."""

    ticket: jobs.Ticket
    number: int
    added: int = 0


class AnalysingController(QObject):
    """Keeps the engine on the field in view and the case supplied with what it finds."""

    reopened = Signal()
    """The engine has (again) opened a field: earlier requests are gone."""

    run_finished = Signal(int, bool)
    """Segment all ended: cells added, and whether it was cancelled."""

    def __init__(self, editor: CaseEditor, *, engine: Engine, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._notices = editor, engine, notices
        self._field: tuple[int, LoadedImage] | None = None
        self._run: Run | None = None
        self._asked: set[Asked] = set()
        self._has_models = True
        self._classifier: str | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._classify_new)
        engine.cells_found.connect(self._on_found)
        engine.analysis_ready.connect(self._on_analyses)
        engine.task_finished.connect(self._on_finished)
        engine.failed.connect(self._on_failed)
        engine.ready.connect(self._on_ready)
        engine.field_remarked.connect(self._on_remark)
        editor.cells_added.connect(self._on_cells)
        editor.cells_changed.connect(self._on_cells)
        editor.calibration_changed.connect(self._on_calibration)

    @property
    def field_id(self) -> int | None:
        """The field that the engine has open."""
        return self._field[0] if self._field is not None else None

    @property
    def is_about_to_ask(self) -> bool:
        """Whether it will look for stale cells as soon as the event loop gets to it."""
        return self._soon.isActive()

    def open(self, field: Field, image: LoadedImage) -> bool:
        """Point the engine at a field. False when it is there already."""
        if self._field is not None and self._field[0] == field.id and self._field[1] is image:
            return False
        self._field = (field.id, image)
        self._reopen()
        return True

    def close(self) -> None:
        """Let go of the field."""
        if self._field is not None:
            self._field = None
            self._end_run()
            self._engine.close_field()

    def segment_all(self) -> None:
        """Find every cell of the field; batches are added as they come, together one step of undo."""
        if self._field is None or self._run is not None:
            return
        existing = [cell.mask for cell in self._editor.case.cells_of(self._field[0])]
        self._run = Run(self._engine.segment_all(existing), self._editor.new_run())

    def _reopen(self) -> None:
        if self._field is None:
            return
        field_id, image = self._field
        self._end_run()
        self._asked.clear()
        self._engine.open_field(image, calibration=self._editor.case.fields[field_id].calibration)
        self._soon.start()
        self.reopened.emit()

    def _end_run(self) -> None:
        """The engine says nothing more about a run whose field is gone."""
        if self._run is not None:
            run, self._run = self._run, None
            self.run_finished.emit(run.added, True)

    @Slot(object)
    def _on_found(self, found: jobs.CellsFound) -> None:
        run = self._run
        if run is None or self._field is None or found.ticket != run.ticket:
            return
        try:
            run.added += len(self._editor.add_cells(self._field[0], found.proposals, run=run.number))
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            self._engine.cancel()

    @Slot(object)
    def _on_analyses(self, ready: jobs.AnalysesReady) -> None:
        try:
            case = self._editor.case
            judged = {case.cells[a.cell_id].field_id: ready.quality for a in ready.analyses if a.cell_id in case.cells}
            self._editor.set_analyses(fitting(case, ready.analyses), qualities=judged)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())

    @Slot(object)
    def _on_finished(self, finished: jobs.TaskFinished) -> None:
        if self._run is not None and finished.ticket == self._run.ticket:
            run, self._run = self._run, None
            self.run_finished.emit(run.added, finished.cancelled)
            self._soon.start()

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        """Models are there, for the first time or instead of others, for which the field was prepared."""
        self._has_models, self._classifier = True, ready.classifier
        if ready.replaced:
            self._reopen()
        else:
            self._soon.start()

    @Slot(object)
    def _on_failed(self, failure: jobs.Failure) -> None:
        if failure.ticket is None:
            self._has_models = False

    @Slot(object)
    def _on_remark(self, remarked: jobs.FieldRemarked) -> None:
        """Say it, and keep it for the report. What the case has already isn't said again."""
        field = self._editor.case.fields.get(self._field[0]) if self._field is not None else None
        if field is None or (remarked.remark in field.remarks and not remarked.left_aside):
            return
        noted = field.with_remark(remarked.remark.kind, remarked.remark.text)
        try:
            self._editor.note_field(replace(noted, calibration=None) if remarked.left_aside else noted)
        except RbcError as error:
            self._notices.error(error)
        self._notices.warn(remarked.remark.text)

    @Slot(object)
    def _on_cells(self, _ids: tuple[int, ...]) -> None:
        self._soon.start()

    @Slot(object)
    def _on_calibration(self, field_ids: tuple[int, ...]) -> None:
        """The model sees cells at another scale, and the classifier knows their size only with one."""
        if self._field is not None and self._field[0] in field_ids:
            self._reopen()

    @Slot()
    def _classify_new(self) -> None:
        """Ask for what is stale, once. During Segment all it waits for the field's median diameter."""
        if self._field is None or self._run is not None or not self._has_models:
            return
        case, field_id = self._editor.case, self._field[0]
        stale = stale_cells(case, classifier=self._classifier).get(field_id, [])
        if not self._asked and (renewed := sum(self._has_other_classifier(cell) for cell in stale)):
            self._notices.info(renewed_text(renewed))
        field = case.fields[field_id]
        missing = {asked_of(c, field, classifier=self._classifier): c for c in stale}
        missing = {question: cell for question, cell in missing.items() if question not in self._asked}
        if missing:
            self._asked.update(missing)
            self._engine.classify(
                list(missing.values()), median_diameter_px=median_diameter_px(case.cells_of(field_id))
            )

    def _has_other_classifier(self, cell: Cell) -> bool:
        prediction = self._editor.case.prediction_of(cell)
        return prediction is not None and self._classifier is not None and prediction.model != self._classifier
