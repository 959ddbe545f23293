"""Asks why: for steps whose reason the audit trail keeps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ...language import tr
from ...phrases import told
from .keyed_window import KeyedDialog
from .plain_label import plain_label
from .theme import SPACE_L, SPACE_M

LONGEST_REASON = 500
WIDTH = 460


class ReasonDialog(KeyedDialog):
    """One question, usual answers to choose from, and any other to type.

    Args:
        question: one or two sentences.
        usual: answers that are offered.
        button: what accepting does.
        parent: the window that it belongs to.
    """

    given = Signal(str)
    """The reason, never empty; a usual one in English, as the audit trail keeps it."""

    def __init__(self, question: str, *, usual: Sequence[str], button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Reason"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked = plain_label(question)
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self._usual = {told(each): each for each in usual}
        self.reason.addItems(list(self._usual))
        self.reason.setCurrentIndex(-1)
        self.reason.setAccessibleName(tr("Reason"))
        line = self.reason.lineEdit()
        if line is not None:
            line.setMaxLength(LONGEST_REASON)
            line.setPlaceholderText(tr("Choose a reason, or type one"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = QPushButton(button)
        self.ok.setProperty("primary", True)
        self.buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        for widget in (asked, self.reason, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.ok.setDefault(True)  # a button knows its dialog only from here on
        self.reason.editTextChanged.connect(self._refresh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.ok.setEnabled(bool(self.reason.currentText().strip()))

    @Slot()
    def accept(self) -> None:
        """Hand the reason on."""
        reason = self.reason.currentText().strip()
        if reason:
            self.given.emit(self._usual.get(reason, reason))
            super().accept()
