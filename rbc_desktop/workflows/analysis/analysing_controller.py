"""What the engine does for the field in view: opening it, measuring and classifying what is new."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ...domain.case.case import Field
from ...domain.cells.cell import Cell, median_diameter_px
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError
from ...ports import LoadedImage
from ..notices import Notices
from .analysing import Asked, asked_of, fitting, limited, remarked_field, renewed_text, stale_cells


class AnalysingController(QObject):
    """Keeps the engine on the field in view and the case supplied with what it finds."""

    reopened = Signal()
    """The engine has (again) opened a field: earlier requests are gone."""

    def __init__(self, editor: CaseEditor, *, engine: Engine, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._notices = editor, engine, notices
        self._field: tuple[int, LoadedImage] | None = None
        self._asked: set[Asked] = set()
        self._has_models = True
        self._classifier: str | None = None
        self.review_limit: Callable[[], float] = lambda: 0.0
        """Share of a class under which a cell needs review; 0 for what the classifier states."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._classify_new)
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
            self._engine.close_field()

    def _reopen(self) -> None:
        if self._field is None:
            return
        field_id, image = self._field
        self._asked.clear()
        self._engine.open_field(image, calibration=self._editor.case.fields[field_id].calibration)
        self._soon.start()
        self.reopened.emit()

    @Slot(object)
    def _on_analyses(self, ready: jobs.AnalysesReady) -> None:
        try:
            case = self._editor.case
            judged = {case.cells[a.cell_id].field_id: ready.quality for a in ready.analyses if a.cell_id in case.cells}
            analyses = limited(fitting(case, ready.analyses), self.review_limit())
            self._editor.set_analyses(analyses, qualities=judged)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())

    @Slot(object)
    def _on_finished(self, finished: jobs.TaskFinished) -> None:
        if finished.task == "segment all":
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
        if remarked.ticket.generation == jobs.ANY_GENERATION:
            return  # of a field in the queue
        field = self._editor.case.fields.get(self._field[0]) if self._field is not None else None
        if field is None or (remarked.remark in field.remarks and not remarked.left_aside):
            return
        try:
            self._editor.note_field(remarked_field(field, remarked))
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
        if self._field is None or not self._has_models:
            return
        case, (field_id, image) = self._editor.case, self._field
        if self._engine.is_segmenting(image.picture):
            return
        stale = stale_cells(case, field_id, classifier=self._classifier)
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
