"""Files that are dragged onto the window: a frame says what letting go does, and they are opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ....language import plural, tr
from ....storage.case.case_file import SUFFIX
from ...look.theme import SPACE_M, SPACE_S, ThemeController

TINT = 0.12
"""How strongly the frame's colour lies on what is below it."""

_MOVING = (QEvent.Type.DragEnter, QEvent.Type.DragMove)
_ENDING = (QEvent.Type.DragLeave, QEvent.Type.Drop)


def dropped_paths(mime: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged; whether they are images shows when they are read."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]


def drop_text(paths: Sequence[Path]) -> str:
    """What letting go of these does."""
    if len(paths) == 1 and paths[0].suffix.casefold() == SUFFIX:
        return tr("Let go to open {name}", name=paths[0].name)
    return plural("Let go to open {count} file", "Let go to open {count} files", len(paths))


class DropFrame(QWidget):
    """Lies over the middle of the window while files are dragged over it.

    Args:
        window: takes what is dropped anywhere on it.
        over: where the frame is shown.
        theme: its colours.
    """

    dropped = Signal(object)
    """Paths that were let go over the window."""

    def __init__(self, window: QWidget, *, over: QWidget, theme: ThemeController) -> None:
        super().__init__(over)
        self._window, self._over, self._theme = window, over, theme
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._window:
            return False
        if event.type() in _ENDING:
            self.hide()
        if not isinstance(event, QDropEvent) or event.type() not in (*_MOVING, QEvent.Type.Drop):
            return False
        paths = dropped_paths(event.mimeData())
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.DragEnter:
            self._show(paths)
        elif event.type() == QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True

    def _show(self, paths: Sequence[Path]) -> None:
        self.text = drop_text(paths)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tokens = self._theme.tokens
            tint = QColor(tokens.accent)
            tint.setAlphaF(TINT)
            frame = QRectF(self.rect()).adjusted(SPACE_S, SPACE_S, -SPACE_S, -SPACE_S)
            painter.setBrush(tint)
            painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(frame, SPACE_S, SPACE_S)
            letters = self.fontMetrics()
            plate = QRectF(0, 0, letters.horizontalAdvance(self.text) + 4 * SPACE_M, letters.height() + 2 * SPACE_M)
            plate.moveCenter(frame.center())
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.setBrush(QColor(tokens.raised))
            painter.drawRoundedRect(plate, SPACE_S, SPACE_S)
            painter.setPen(QColor(tokens.text))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.text)
