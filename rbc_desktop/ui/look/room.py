"""How large a window opens: as it would like to be, or as its screen lets it be."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

SHARE = 0.9
"""Of the screen that a window takes at most; its frame, a bar of the system and some of what is behind it remain."""


def open_as_large_as(window: QWidget, width: int, height: int) -> None:
    """Give a window this size in logical pixels, or less where its screen is smaller."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() * SHARE))
