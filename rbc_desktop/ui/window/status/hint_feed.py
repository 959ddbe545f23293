"""What the next click or key does, in the status line: on the image, or on the gallery in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ....language import mark, tr

GALLERY_HINT = mark("Click or drag: select · double click: on the image · digit: class")


class HintFeed(QObject):
    """Follows what is in front.

    Args:
        of_image: says the hint of the image, in the present language.
        canvas: shows the image; hidden while it can't be shown.
        middle: holds the canvas, and the gallery in its place.
        gallery: the page of the gallery.
        parent: Qt parent.
    """

    changed = Signal(str)
    """Say this."""

    def __init__(
        self, of_image: SignalInstance, *, canvas: QWidget, middle: QStackedWidget, gallery: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._canvas, self._middle, self._gallery, self._text = canvas, middle, gallery, ""
        of_image.connect(self._on_image)
        middle.currentChanged.connect(self._say)
        canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._say()
        return False

    @Slot(str)
    def _on_image(self, text: str) -> None:
        self._text = text
        self._say()

    @Slot()
    def _say(self) -> None:
        if self._middle.currentWidget() is self._gallery:
            self.changed.emit(tr(GALLERY_HINT))
        else:
            self.changed.emit("" if self._canvas.isHidden() else self._text)
