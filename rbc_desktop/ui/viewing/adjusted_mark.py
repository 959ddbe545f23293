"""The mark on an image that is shown adjusted: always there, also while every panel is hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton, QWidget

from ...domain.fields.picture_adjustment import PictureAdjustment
from ...language import mark, tr
from ..look.theme import SPACE_M, named

TEXT = mark("Shown adjusted")


class AdjustedMark(QPushButton):
    """At the foot of the image, in the middle, where no message lies over it; a press opens the sliders.

    Args:
        over: the widget that it lies on.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(tr(TEXT), over)
        named(self, "imageMark")
        over.installEventFilter(self)
        self.hide()

    def show_adjustment(self, adjustment: PictureAdjustment) -> None:
        """Say that the picture isn't shown as taken, and how; hidden when it is."""
        self.setVisible(not adjustment.is_neutral)
        self.setToolTip(
            tr("{what}: {how}.\nMeasured and exported as taken. Press to change it.", what=TEXT, how=adjustment.text)
        )
        self.setAccessibleDescription(tr("{how}; measured and exported as taken", how=adjustment.text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the middle."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.adjustSize()
            self.move((over.width() - self.width()) // 2, over.height() - self.height() - SPACE_M)
