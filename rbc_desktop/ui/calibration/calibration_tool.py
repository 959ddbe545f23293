"""Connects the calibration dialog with the canvas, where the line is drawn, and with the case."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from ...background import Task, TaskRunner
from ...domain.case.case import Field
from ...domain.cells.cell import median_diameter_px
from ...domain.geometry import Point
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...errors import RbcError
from ...storage.images.image_camera import camera_of
from ...workflows.cases.reading_controller import FieldImages
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.fields.calibrating import as_taken, known_scale, with_scale
from ...workflows.fields.scale_presets import ScalePreset, presets_of, with_preset, without_preset
from ...workflows.notices import Notices
from ..canvas.tools.gestures import ToolName
from ..canvas.view import FieldCanvas
from .calibration_dialog import CalibrationChoice, CalibrationDialog, Known


class CalibrationTool(QObject):
    """Opens the dialog for the field in view and applies what was chosen."""

    def __init__(
        self, editor: CaseEditor, canvas: FieldCanvas, *, settings: SettingsKeeper, images: FieldImages,
        tasks: TaskRunner, notices: Notices, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._settings, self._images, self._tasks = settings, images, tasks
        self._cameras: dict[Path, str] = {}
        self._asked: dict[Task, Path] = {}
        self._editor, self._canvas, self._notices = editor, canvas, notices
        self._tool_before = ToolName.POINT
        self._seen_px: float | None = None
        self.dialog = CalibrationDialog(parent)
        self.dialog.chosen.connect(self._apply)
        self.dialog.forgotten.connect(self._forget)
        images.loaded.connect(self._on_image)
        self.dialog.line_wanted.connect(self._take_line_tool)
        canvas.line_drawn.connect(self._on_line)
        editor.current_field_changed.connect(self._on_field)
        editor.case_replaced.connect(self.dialog.close)

    @Slot()
    def open(self) -> None:
        """Show the dialog for the field in view."""
        field = self._editor.current_field
        if field is None:
            return
        case = self._editor.case
        median_px = median_diameter_px(case.cells_of(field.id)) or self._seen_px
        self.dialog.open_for(
            field.calibration,
            fields=len(case.fields),
            median_px=median_px,
            name=field.name,
            same_size=len(self._of_size(field)),
            known=Known(
                presets=presets_of(self._settings.value.scale_presets),
                last=known_scale(self._settings.value.scales, width=field.width, height=field.height),
                camera=self._cameras.get(field.path, ""),
                width=field.width,
                height=field.height,
            ),
        )

    @Slot(object)
    def _on_image(self, field_id: int) -> None:
        """An image that was read may say with which camera it was taken."""
        field = self._editor.current_field
        if field is not None and field.id == field_id:
            self._look_for_camera(field)

    def _look_for_camera(self, field: Field) -> None:
        if field.path in {*self._cameras, *self._asked.values()}:
            return
        task = self._tasks.submit(camera_of, field.path)
        self._asked[task] = field.path
        task.finished.connect(self._on_camera, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_camera(self, camera: str) -> None:
        path = self._asked.pop(self.sender(), None)  # type: ignore[call-overload]
        field = self._editor.current_field
        if path is None:
            return
        self._cameras[path] = camera
        if self.dialog.isVisible() and field is not None and field.path == path:
            self.dialog.note_camera(camera)

    @Slot(object)
    def _forget(self, preset: ScalePreset) -> None:
        texts = without_preset(self._settings.value.scale_presets, preset)
        self._settings.update(scale_presets=texts)
        self.dialog.offer(presets_of(texts))

    def _of_size(self, field: Field) -> tuple[int, ...]:
        """The fields whose image is as large, upright or on its side: of one camera, at one resolution."""
        size = as_taken(field.width, field.height)
        return tuple(f.id for f in self._editor.case.fields.values() if as_taken(f.width, f.height) == size)

    @Slot(object)
    def note_seen(self, ready: jobs.FieldReady) -> None:
        """How large the cells of the field in view are by its image; a calibrated one isn't measured."""
        self._seen_px = ready.diameter_px if ready.diameter_source == "image" else None

    @Slot()
    def _on_field(self) -> None:
        self._seen_px = None
        self.dialog.close()
        field = self._editor.current_field
        if field is not None and self._images.get(field.id) is not None:
            self._look_for_camera(field)

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
        by_scope = {"all": tuple(self._editor.case.fields), "size": self._of_size(field), "field": (field.id,)}
        try:
            self._editor.set_calibration(by_scope[choice.scope], choice.calibration)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return
        if choice.calibration is not None:
            known, scale = self._settings.value.scales, choice.calibration.um_per_px
            self._settings.update(scales=with_scale(known, scale, width=field.width, height=field.height))
        if choice.keep is not None:
            self._settings.update(scale_presets=with_preset(self._settings.value.scale_presets, choice.keep))
