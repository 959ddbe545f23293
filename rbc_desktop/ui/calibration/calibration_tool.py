"""Connects the calibration dialog with the canvas, where the line is drawn, and with the case."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ...domain.geometry import Point
from ...domain.statistics import median
from ...domain.taxonomy import CellClass
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...reports.rows import CellRow
from ..canvas.gestures import ToolName
from ..canvas.view import FieldCanvas
from ..cells.cell_model import CellTableModel
from .calibration_dialog import CalibrationChoice, CalibrationDialog


def median_diameter_px(rows: list[CellRow]) -> float | None:
    """Diameter of the median red cell that is complete, in pixels; cells without a class count as red."""
    complete = [r for r in rows if not r.touches_border and r.cell_class is not CellClass.NOT_RED_CELL]
    return median([2 * math.sqrt(r.area_px / math.pi) for r in complete])


class Calibrating(QObject):
    """Opens the dialog for the field in view and applies what was chosen."""

    message = Signal(str, str)
    """A sentence and its level."""

    def __init__(self, editor: CaseEditor, canvas: FieldCanvas, model: CellTableModel, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor, self._canvas, self._model = editor, canvas, model
        self._tool_before = ToolName.POINT
        self.dialog = CalibrationDialog(parent)
        self.dialog.chosen.connect(self._apply)
        self.dialog.line_wanted.connect(self._take_line_tool)
        canvas.line_drawn.connect(self._on_line)
        editor.current_field_changed.connect(self.dialog.close)
        editor.case_replaced.connect(self.dialog.close)

    @Slot()
    def open(self) -> None:
        """Show the dialog for the field in view."""
        field = self._editor.current_field
        if field is None:
            return
        rows = [row for row in self._model.rows.values() if row.field_id == field.id]
        fields = len(self._editor.case.fields)
        self.dialog.open_for(field.calibration, fields=fields, median_px=median_diameter_px(rows), name=field.name)

    @Slot(bool)
    def _take_line_tool(self, wanted: bool) -> None:
        has_line = self._canvas.tool is ToolName.LINE
        if wanted and not has_line:
            self._tool_before = self._canvas.tool
            self._canvas.set_tool(ToolName.LINE)
        elif not wanted and has_line:
            self._canvas.set_tool(self._tool_before)

    @Slot(object, object)
    def _on_line(self, start: Point, end: Point) -> None:
        self.dialog.set_line(math.hypot(end.x - start.x, end.y - start.y))

    @Slot(object)
    def _apply(self, choice: CalibrationChoice) -> None:
        field = self._editor.current_field
        if field is None:
            return
        ids = tuple(self._editor.case.fields) if choice.all_fields else (field.id,)
        try:
            self._editor.set_calibration(ids, choice.calibration)
        except RbcError as error:
            self.message.emit(error.message, "error")
