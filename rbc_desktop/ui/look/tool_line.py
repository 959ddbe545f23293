"""Buttons and what belongs to them, side by side above or below a list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from .theme import SPACE_S


def tool_line(*widgets: QWidget) -> QHBoxLayout:
    """Widgets in a line, a little apart.

    Return presses none of its buttons: in a dialog it would press the first one while somebody types beside it.
    """
    line = QHBoxLayout()
    line.setSpacing(SPACE_S)
    for widget in widgets:
        if isinstance(widget, QPushButton):
            widget.setAutoDefault(False)
        line.addWidget(widget)
    return line


def keep_room(button: QPushButton, texts: Iterable[str]) -> None:
    """Make a button wide enough for each of its texts, so that nothing moves when they change; it keeps the last."""
    button.ensurePolished()
    for text in texts:
        button.setText(text)
        button.setMinimumWidth(max(button.minimumWidth(), button.sizeHint().width()))
