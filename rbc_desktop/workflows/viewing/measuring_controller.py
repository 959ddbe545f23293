"""Keeps what was measured freely on each field while the case is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ...editing.case_editor import CaseEditor
from .measuring import MeasureGesture, Measures, after


class MeasuringController(QObject):
    """Follows the editor's current field; another case begins without measures.

    Args:
        editor: knows the field in view and its scale.
        parent: Qt parent.
    """

    changed = Signal()
    """What is measured on the field in view, its scale, or the field."""

    def __init__(self, editor: CaseEditor, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._measures: dict[int, Measures] = {}
        editor.current_field_changed.connect(self.changed)
        editor.calibration_changed.connect(self.changed)
        editor.case_replaced.connect(self.clear_all)

    @property
    def current(self) -> Measures:
        """Of the field in view, in the order in which they were drawn."""
        field = self._editor.current_field
        return () if field is None else self._measures.get(field.id, ())

    @property
    def texts(self) -> tuple[str, ...]:
        """Value, uncertainty and unit of each."""
        field = self._editor.current_field
        return () if field is None else tuple(m.text(field.calibration) for m in self.current)

    @Slot(object)
    def do(self, gesture: MeasureGesture) -> None:
        """Carry out what was drawn or dropped on the field in view."""
        field = self._editor.current_field
        if field is not None:
            self._measures[field.id] = after(self.current, gesture)
            self.changed.emit()

    def clear(self) -> None:
        """Remove the measures of the field in view."""
        field = self._editor.current_field
        if field is not None and self._measures.pop(field.id, ()):
            self.changed.emit()

    @Slot()
    def clear_all(self) -> None:
        """Remove those of every field."""
        self._measures.clear()
        self.changed.emit()
