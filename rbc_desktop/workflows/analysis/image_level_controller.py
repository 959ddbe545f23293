"""Keeps the image-level reading of the field in view up to date with its cells; off while no such model is in use."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from ...domain.case.case import Field
from ...domain.case.image_reading import measured_cells
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError
from ..notices import Notices
from .analysing import stale_numbers
from .analysing_controller import AnalysingController

SETTLE_MS = 300
"""Cells rest so long before a reading is asked for: outlining in a row asks once."""


class ImageLevelController(QObject):
    """Asks the engine and stores its answer as a remark of the field.

    A reading belongs to the cells that it was made of: what changes them takes it away until the next one. Fields out
    of view keep theirs, which name their model. Where the model is switched off every reading of the case goes.

    Args:
        editor: the working case.
        engine: holds the model.
        analysing: knows which field the engine has open.
        notices: says that the disk refused.
        parent: Qt parent.
    """

    def __init__(
        self, editor: CaseEditor, *, engine: Engine, analysing: AnalysingController, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._analysing, self._notices = editor, engine, analysing, notices
        self._model: str | None = None
        self._asked: jobs.Ticket | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self._ask)
        engine.ready.connect(self._on_ready)
        engine.field_ready.connect(self._on_field)
        engine.task_finished.connect(self._on_change)
        engine.image_read.connect(self._on_read)
        for signal in (editor.cells_added, editor.cells_removed, editor.cells_changed, editor.analyses_changed):
            signal.connect(self._on_change)
        editor.calibration_changed.connect(self._on_change)

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        self._model = ready.image_level
        if ready.replaced and self._model is None:
            for field in tuple(self._editor.case.fields.values()):
                self._put(field, None)
        self._soon.start()

    @Slot(object)
    def _on_field(self, _: jobs.FieldReady) -> None:
        self._soon.start()

    @Slot(object)
    def _on_change(self, _: object) -> None:
        """The reading on show was made of other cells, or at another scale."""
        self._asked = None
        if (field := self._field) is not None:
            self._put(field, None)
        self._soon.start()

    @Slot()
    def _ask(self) -> None:
        field, case = self._field, self._editor.case
        if self._model is None or field is None or self._engine.is_busy:
            return  # the end of a task asks again
        if self._model in field.remark("image level") or not case.cells_of(field.id):
            return
        if field.id not in stale_numbers(case, classifier=None):
            cells = measured_cells(field, case.cells_of(field.id), case.analyses)
            self._asked = self._engine.read_image(cells)

    @Slot(object)
    def _on_read(self, read: jobs.ImageRead) -> None:
        if read.ticket == self._asked and (field := self._field) is not None:
            self._put(field, read.reading.sentence)

    @property
    def _field(self) -> Field | None:
        """The one that the engine has open."""
        number = self._analysing.field_id
        return None if number is None else self._editor.case.fields.get(number)

    def _put(self, field: Field, text: str | None) -> None:
        if field.remark("image level") == (text or ""):
            return
        try:
            self._editor.note_field(field.with_remark("image level", text))
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
