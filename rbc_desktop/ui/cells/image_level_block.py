"""The reading of the field in view as a whole, under the counts; hidden where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ...domain.case.image_reading import NO_HAEMOGLOBIN, READING_TITLE
from ...editing.case_editor import CaseEditor
from ...phrases import told
from ..look.theme import SPACE_S, SPACE_XS


class ImageLevelBlock(QFrame):
    """Heading, reading, and the line that a smear has no haemoglobin."""

    def __init__(self, editor: CaseEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.setObjectName("imageLevel")  # a line above it, in theme.qss
        self.setAccessibleName(told(READING_TITLE))
        title = QLabel(told(READING_TITLE))
        title.setProperty("heading", True)
        self.reading = QLabel()
        self.reading.setTextFormat(Qt.TextFormat.PlainText)  # the labels are of a laboratory's own model
        self.reading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        limits = QLabel(told(NO_HAEMOGLOBIN))
        limits.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_XS)
        for label in (title, self.reading, limits):
            label.setWordWrap(True)
            column.addWidget(label)
        editor.fields_changed.connect(self._refresh)
        editor.current_field_changed.connect(self._refresh)
        editor.case_replaced.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        field = self._editor.current_field
        text = "" if field is None else field.remark("image level")
        self.reading.setText(told(text))
        self.setVisible(bool(text))
