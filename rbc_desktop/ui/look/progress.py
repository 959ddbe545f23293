"""A progress bar that is filled without painting the window."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from ...language import tr


def fill(bar: QProgressBar, done: int, total: int) -> None:
    """Show how much is done.

    Qt's bar paints at once when its value changes, and with it all else in the window that waits to be painted.

    Args:
        bar: of any size.
        done: so many steps.
        total: of so many; 0 for an unknown number.
    """
    bar.setUpdatesEnabled(False)
    bar.setRange(0, total)
    bar.setValue(done)
    bar.setUpdatesEnabled(True)


def progress_bar() -> QProgressBar:
    """A bar beside the words that say what is under way; a screen reader says its name and how full it is."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setAccessibleName(tr("Progress"))
    return bar
