"""The half of the window that is worked on; beside another field it says its own name, at the same height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..look.elided_label import ElidedLabel
from ..look.theme import SPACE_M, named


class OwnHalf(QWidget):
    """What is in the middle, below a head that keeps to the height of the other half's.

    Args:
        middle: the image, or what is shown in its place.
    """

    def __init__(self, middle: QWidget) -> None:
        super().__init__()
        self.head = named(QWidget(), "panelHeader")
        self.head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        line = QHBoxLayout(self.head)
        line.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        line.addWidget(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(middle, 1)
        self.head.hide()

    def keep_level_with(self, other: QWidget) -> None:
        """Both heads are equally high from now on, so that the images lie side by side."""
        other.installEventFilter(self)
        self.head.setFixedHeight(other.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.head.setFixedHeight(watched.height())
        return super().eventFilter(watched, event)
