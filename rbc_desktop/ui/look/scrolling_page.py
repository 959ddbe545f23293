"""A page of a dialog that scrolls where the screen is too low for it, e.g. at 200 %."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LEAST_HEIGHT = 120


class ScrollingPage(QScrollArea):
    """Wants as much room as its page does, and does with less; what gets the focus comes into view.

    Args:
        page: what it shows.
        name: for screen readers.
    """

    def __init__(self, page: QWidget, *, name: str) -> None:
        super().__init__()
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(page)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return self._with_bar(self.page.sizeHint())

    def minimumSizeHint(self) -> QSize:
        least = self.page.minimumSizeHint().expandedTo(self.page.minimumSize())
        return self._with_bar(least).boundedTo(QSize(least.width() + self._bar, LEAST_HEIGHT))

    def _with_bar(self, size: QSize) -> QSize:
        """Room for the bar beside the page, so that nothing moves when it comes."""
        return QSize(size.width() + self._bar, size.height())

    @property
    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()
