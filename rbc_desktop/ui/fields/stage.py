"""The middle of the window: the image, or what to do while there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ..canvas.view import FieldCanvas
from ..look.plain_label import plain_label
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, ThemeController
from .welcome import Welcome


class Notice(QWidget):
    """A sentence in the middle, with one or two buttons or without."""

    action_chosen = Signal()
    other_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasHost")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = plain_label()
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self.other = QPushButton()
        line = QHBoxLayout()
        line.addStretch(1)
        line.setSpacing(SPACE_S)
        line.addWidget(self.button)
        line.addWidget(self.other)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        column.setSpacing(SPACE_M)
        column.addStretch(1)
        column.addWidget(self.text)
        column.addSpacing(SPACE_S)
        column.addLayout(line)
        column.addStretch(1)
        self.button.clicked.connect(self.action_chosen)
        self.other.clicked.connect(self.other_chosen)

    def show_text(self, text: str, *, button: str = "", other: str = "") -> None:
        """Say this."""
        self.text.setText(text)
        for each, label in ((self.button, button), (self.other, other)):
            each.setText(label)
            each.setVisible(bool(label))


class Stage(QWidget):
    """The canvas, the empty state, or a notice."""

    def __init__(self, canvas: FieldCanvas, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.welcome = Welcome(theme)
        self.notice = Notice()
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(180, 160)  # not what the widest of its pages would like
        for page in (self.welcome, canvas, self.notice):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)

    @property
    def shown(self) -> QWidget | None:
        """The page on show."""
        return self._stack.currentWidget()

    def show_welcome(self) -> None:
        """There is no field."""
        if self.shown is not self.welcome or self.window().focusWidget() is None:
            self.welcome.open_images.setFocus()
        self._stack.setCurrentWidget(self.welcome)

    def show_canvas(self) -> None:
        """The field is in memory."""
        self._stack.setCurrentWidget(self.canvas)

    def show_notice(self, text: str, *, button: str = "", other: str = "") -> None:
        """The field can't be shown, or not yet."""
        self.notice.show_text(text, button=button, other=other)
        self._stack.setCurrentWidget(self.notice)
