"""What Return and Escape do in every dialog, and in windows beside the main one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyedDialog(QDialog):
    """A dialog in which Return presses the button that has the focus, and else the main one.

    Qt would press the main one where the button with the focus is no automatic default: *Save* from *Cancel*.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Escape that nothing in the dialog wanted."""
        button = self.focusWidget()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _RETURN and plain and isinstance(button, QPushButton):
            if not event.isAutoRepeat():
                button.click()
        else:
            super().keyPressEvent(event)


class KeyedWindow(QWidget):
    """A window beside the main one, which Escape closes like a dialog; it keeps what is typed in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that nothing in the window wanted."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.close()
        else:
            super().keyPressEvent(event)
