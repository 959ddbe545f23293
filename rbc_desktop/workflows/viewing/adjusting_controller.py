"""Keeps how fields are shown adjusted, and finds the white of a field in the background."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment, white_from
from ...editing.case_editor import CaseEditor
from ...errors import RbcError
from ...imaging.light.array_reader import ArrayReader
from ...imaging.light.white_point import background_colour
from ...language import tr
from ..cases.reading_controller import FieldImages
from ..notices import Notices
from .adjusting import Adjustments


class AdjustingController(QObject):
    """Follows the editor's current field; another case is shown as it was taken.

    Args:
        editor: its current field is the one that is adjusted.
        images: their pixels say what is white.
        tasks: look at those pixels.
        notices: says why that failed.
        parent: Qt parent.
    """

    changed = Signal()
    """The field in view is shown in another way, or another field is in view."""

    def __init__(
        self, editor: CaseEditor, images: FieldImages, *, tasks: TaskRunner, notices: Notices,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._images, self._tasks, self._notices = editor, images, tasks, notices
        self._adjustments = Adjustments()
        self._asked: dict[Task, int] = {}
        self.for_all = True
        editor.current_field_changed.connect(self.changed)
        editor.case_replaced.connect(self._forget)

    @property
    def current(self) -> PictureAdjustment:
        """How the field in view is shown."""
        return self.of(self._field_id)

    @property
    def common(self) -> PictureAdjustment:
        """How every field without its own is shown, and a slide as a whole."""
        return self._adjustments.common

    def of(self, field_id: int | None) -> PictureAdjustment:
        """How a field is shown."""
        return self._adjustments.of(field_id)

    def set(self, adjustment: PictureAdjustment) -> None:
        """Show the field in view like this, and with `for_all` every other one."""
        field_id = self._field_id
        if field_id is not None:
            self._put(field_id, adjustment)

    def set_for_all(self, for_all: bool) -> None:
        """Whether a change is for all fields; saying so shows all of them like the one in view."""
        self.for_all = for_all
        self.set(self.current)

    def reset(self) -> None:
        """Show the field in view, or all, as they were taken."""
        self.set(NEUTRAL)

    def find_white(self) -> None:
        """Make the light between the cells of the field in view white; brightness and contrast stay."""
        field_id = self._field_id
        pixels = self._images.pixels(field_id) if field_id is not None else None
        if field_id is None or field_id in self._asked.values():
            return
        if pixels is None:
            self._notices.info(tr("The image is not here yet. Try again when it is shown."))
            return
        task = self._tasks.submit(background_colour, ArrayReader(pixels))
        self._asked[task] = field_id
        task.finished.connect(self._on_colour, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @property
    def _field_id(self) -> int | None:
        field = self._editor.current_field
        return None if field is None else field.id

    def _put(self, field_id: int, adjustment: PictureAdjustment) -> None:
        kept = self._adjustments
        self._adjustments = kept.with_common(adjustment) if self.for_all else kept.with_own(field_id, adjustment)
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self._asked.clear()
        self._adjustments = Adjustments()
        self.changed.emit()

    @Slot(object)
    def _on_colour(self, colour: tuple[float, float, float]) -> None:
        field_id = self._asked.pop(self.sender(), None)  # type: ignore[call-overload]
        if field_id is not None and field_id in self._editor.case.fields:
            warmth, tint = white_from(colour)
            self._put(field_id, replace(self.of(field_id), warmth=warmth, tint=tint))

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        if self._asked.pop(self.sender(), None) is not None:  # type: ignore[call-overload]
            self._notices.error(error)
