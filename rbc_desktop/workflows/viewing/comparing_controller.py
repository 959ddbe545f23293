"""Brings the field that is shown beside into memory, and the case that it may be of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.case.case import Case, Field
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...language import tr
from ...ports import ImageReader, RgbImage
from ..cases.reading import ReadField
from ..cases.reading_controller import FieldImages, FieldProblem
from ..configuring_controller import SettingsKeeper
from ..notices import Notices
from .comparing import OtherCase, Side, first_side, read_other, read_other_field


class ComparingController(QObject):
    """Nothing that it shows can be changed by it.

    Args:
        editor: the case that is worked on.
        images: of its fields.
        tasks: read another case and its images.
        reader: decodes an image.
        settings: which folders of images the user has confirmed.
        notices: says why a case can't be read.
        parent: Qt parent.
    """

    changed = Signal()
    """Another field is beside, its image has come, or what can be chosen has changed."""

    def __init__(
        self, editor: CaseEditor, images: FieldImages, *, tasks: TaskRunner, reader: ImageReader,
        settings: SettingsKeeper, notices: Notices, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._images, self._tasks = editor, images, tasks
        self._reader, self._settings, self._notices = reader, settings, notices
        self._reading: Task | None = None
        self.other: OtherCase | None = None
        self.side: Side | None = None
        self.pixels: RgbImage | None = None
        self.problem = ""
        images.loaded.connect(self._on_own)
        images.failed.connect(self._on_own_problem)
        editor.fields_changed.connect(self._on_fields)
        editor.case_replaced.connect(self._on_case_replaced)

    @property
    def case(self) -> Case:
        """The case of the field beside."""
        is_other = self.side is not None and not self.side.is_own and self.other is not None
        return self.other.case if is_other and self.other is not None else self._editor.case

    @property
    def own_case(self) -> Case:
        """The case that is worked on."""
        return self._editor.case

    @property
    def field(self) -> Field | None:
        """The field beside."""
        return None if self.side is None else self.case.fields.get(self.side.field_id)

    def open(self, listed: Sequence[int]) -> None:
        """Show what was beside last, else the neighbour of the field in view.

        Args:
            listed: ids of the case's fields as they are listed.
        """
        if self.field is None:
            current = self._editor.current_field
            self.side = first_side(listed, None if current is None else current.id)
        self.show_side(self.side)

    def close(self) -> None:
        """Let the image go; what was beside is remembered."""
        self._stop()
        self.pixels = None

    def show_side(self, side: Side | None) -> None:
        """Show this field beside, as soon as its image is here."""
        self._stop()
        self.side, self.pixels, self.problem = side, None, ""
        field = self.field
        if field is None:
            self.side = None
        elif side is not None and side.is_own:
            self.problem = self._images.problems.get(field.id, "")
            self.pixels = self._images.pixels(field.id)
            if self.pixels is None and not self.problem:
                self._images.request(field, shown=False)
        elif self.other is not None:
            self._submit(self._tasks.submit(read_other_field, self.other, field), self._on_other)
        self.changed.emit()

    def open_case(self, path: Path) -> None:
        """Read another case and show its first field."""
        self._stop()
        confirmed = self._settings.value.image_folders
        task = self._tasks.submit(read_other, path, reader=self._reader, confirmed=confirmed)
        self._submit(task, self._on_case)

    def _submit(self, task: Task, slot: object) -> None:
        self._reading = task
        task.finished.connect(slot, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    @property
    def _is_stale(self) -> bool:
        return self._reading is None or self.sender() is not self._reading

    @Slot(object)
    def _on_case(self, other: OtherCase) -> None:
        if self._is_stale:
            return
        self.other = other
        fields = list(other.case.fields)
        if not fields:
            self._notices.info(tr("{name} has no fields.", name=other.name))
        self.show_side(Side(fields[0], is_own=False) if fields else None)

    @Slot(object)
    def _on_other(self, read: ReadField) -> None:
        if not self._is_stale and read.image is not None:
            self._reading, self.pixels = None, read.image.pixels
            self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        if self._is_stale:
            return
        self._reading = None
        if self.side is not None and not self.side.is_own and self.pixels is None:
            self.problem = error.message
        else:
            self._notices.error(error)
        self.changed.emit()

    @Slot(object)
    def _on_own(self, field_id: int) -> None:
        if self.side == Side(field_id) and self.pixels is None:
            self.pixels = self._images.pixels(field_id)
            self.changed.emit()

    @Slot(object)
    def _on_own_problem(self, problem: FieldProblem) -> None:
        if self.side == Side(problem.field_id) and self.pixels is None:
            self.problem = problem.message
            self.changed.emit()

    @Slot()
    def _on_fields(self) -> None:
        """The field beside may be gone with its case, or from it."""
        if self.side is not None and self.field is None:
            self.side = self.pixels = None
        self.changed.emit()

    @Slot()
    def _on_case_replaced(self) -> None:
        """What was beside of the case from before isn't a field of this one."""
        if self.side is not None and self.side.is_own:
            self.side = self.pixels = None
        self.changed.emit()
