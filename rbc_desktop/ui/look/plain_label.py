"""Labels of plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(text: str = "", *, kind: str = "", to_copy: bool = False) -> QLabel:
    """A label that breaks lines, and shows its text as it is: a name in it may look like markup.

    Args:
        text: in the present language.
        kind: property by which the style sheet knows it: "muted", "warning", "heading"; empty for plain ones.
        to_copy: whether the mouse can select it.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if kind:
        label.setProperty(kind, True)
    if to_copy:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
