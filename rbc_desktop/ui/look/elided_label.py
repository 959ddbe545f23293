"""A label that gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

LEAST_PX = 60
PART = " · "
"""Between the parts of a list."""


class ElidedLabel(QLabel):
    """Shows what fits and has the rest in its tooltip.

    Args:
        mode: where it leaves letters out.
    """

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._mode = mode
        self._whole = ""
        self._blank = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """The text, whether it fits or not."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show as much of this as fits."""
        self._whole = text
        self._fit()

    def blank(self, on: bool) -> None:
        """Show nothing, or the text again; the place stays."""
        self._blank = on
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        if room < LEAST_PX or self._blank:
            room = 0  # two letters and dots say nothing
        self.setText(self._fitting(room))
        self.setToolTip(self._whole)

    def _fitting(self, room: int) -> str:
        """Of a list, as many of its parts as fit, each whole; of anything else as many letters."""
        letters, parts = self.fontMetrics(), self._whole.split(PART)
        for count in range(len(parts), 0, -1):
            text = PART.join(parts[:count]) + (f"{PART}…" if count < len(parts) else "")
            if letters.horizontalAdvance(text) <= room:
                return text
        return letters.elidedText(self._whole, self._mode, room)
