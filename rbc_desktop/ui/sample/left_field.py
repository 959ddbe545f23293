"""Text fields that say when they are left with another text: that is one step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class LeftLine(QLineEdit):
    """One line; `left` comes once per change, with `Return` too."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._on_finished)

    @property
    def typed(self) -> str:
        """The text."""
        return self.text()

    @property
    def is_being_edited(self) -> bool:
        """Whether it holds something that was not kept yet."""
        return self.isModified()

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    @Slot()
    def _on_finished(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.left.emit()


class LeftText(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    @property
    def typed(self) -> str:
        """The text."""
        return self.toPlainText()

    @property
    def is_being_edited(self) -> bool:
        """Whether it holds something that was not kept yet."""
        return self.document().isModified()

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.document().isModified():
            self.document().setModified(False)
            self.left.emit()
