"""What the next click or key does, in the status line, and why a key does nothing now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from ....language import mark, tr
from ....workflows.key_map import canonical
from ...canvas.session import CanvasSession
from ...look.spoken import announce

GALLERY_HINT = mark("Click or drag: select · double click: on the image · digit: class")

WHY_MS = 5000
"""How long the status line says why a key does nothing."""


class HintFeed(QObject):
    """Follows what is in front.

    Args:
        session: says the hint of the image, in the present language.
        canvas: shows the image; hidden while it can't be shown.
        middle: holds the canvas, and the gallery in its place.
        gallery: the page of the gallery.
        parent: the window.
    """

    changed = Signal(str)
    """Say this."""

    def __init__(
        self, session: CanvasSession, *, canvas: QWidget, middle: QStackedWidget, gallery: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._canvas, self._middle, self._gallery, self._text = canvas, middle, gallery, ""
        self._window = parent
        self.why_not: Callable[[str], str] = lambda _key: ""
        """Says why a key does nothing now, "" where it does something."""
        self._why = QTimer(self)
        self._why.setSingleShot(True)
        self._why.setInterval(WHY_MS)
        self._why.timeout.connect(self._say)
        session.hint_changed.connect(self._on_image)
        middle.currentChanged.connect(self._say)
        canvas.installEventFilter(self)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._say()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._explain(event)  # no text field takes the key for itself
        return False

    def _explain(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        why = self.why_not(canonical(pressed))
        if why:
            self.changed.emit(why)
            announce(self._window, why)
            self._why.start()

    @Slot(str)
    def _on_image(self, text: str) -> None:
        self._text = text
        self._say()

    @Slot()
    def _say(self) -> None:
        self._why.stop()
        if self._middle.currentWidget() is self._gallery:
            self.changed.emit(tr(GALLERY_HINT))
        else:
            self.changed.emit("" if self._canvas.isHidden() else self._text)
