"""One sentence over the top of the image instead of a dialog that stops the work; nothing moves when it comes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from ....language import tr
from ....workflows.notices import Level
from ...look import icons
from ...look.plain_label import plain_label
from ...look.spoken import announce
from ...look.theme import SPACE_M, SPACE_S, SPACE_XS, ThemeController

HEAD = "panelHeader"
"""Name of the head of a page."""

INFO_MS = 6000
"""How long a note stays; warnings and errors stay until they are dismissed or the next step is taken."""


class MessageBar(QFrame):
    """A bar with an icon, a sentence, at most one button and a cross, over the upper edge of what is in front.

    Args:
        theme: colours.
        over: whose pages it lies on, below the head of one that has a head; as wide as this, not part of its layout.
    """

    action_chosen = Signal()
    """The button was pressed."""

    def __init__(self, theme: ThemeController, over: QStackedWidget) -> None:
        super().__init__(over)
        over.installEventFilter(self)
        over.currentChanged.connect(self._place)
        self._over = over
        self.setObjectName("messageBar")
        self._theme = theme
        self._level: Level = "info"
        self._lent: list[MessageBar] = []
        """Bars of other windows, which say the same while theirs is in front."""
        self._icon = QLabel()
        self._text = plain_label(to_copy=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._close = QToolButton()
        self._close.setIcon(icons.icon("close"))
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip(tr("Dismiss"))
        self._close.setAccessibleName(tr("Dismiss"))
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        line.setSpacing(SPACE_S)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        line.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._close.clicked.connect(self.dismiss)
        self._button.clicked.connect(self._act)
        theme.changed.connect(self._paint_icon)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on show, or an empty text."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def level(self) -> Level:
        """How serious it is."""
        return self._level

    def show_message(self, text: str, *, level: Level = "info", button: str = "") -> None:
        """Show one sentence, in place of any other."""
        self._level = level
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setProperty("level", level)
        self.style().unpolish(self)
        self.style().polish(self)
        self._paint_icon()
        self._place()
        self.show()
        self.raise_()
        if level == "info" and not button:
            self._timer.start(INFO_MS)
        else:
            self._timer.stop()
        if self.isActiveWindow():
            announce(self, text, at_once=level == "error")
        for bar in self._lent:
            if bar.isActiveWindow():
                bar.show_message(text, level=level, button=button)

    @Slot(object)
    def lend(self, window: QWidget) -> None:
        """Say over the pages of another window, too, what is said while that one is in front."""
        pages = window.findChild(QStackedWidget)
        assert isinstance(pages, QStackedWidget)
        bar = MessageBar(self._theme, pages)
        bar.action_chosen.connect(self._act)
        bar._close.clicked.connect(self.dismiss)
        self._lent.append(bar)

    def ask(self, text: str, button: str) -> None:
        """Show a sentence that leaves something to the user."""
        self.show_message(text, level="warning", button=button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is not self:
            self._place()
        return False

    @Slot()
    def _place(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = self._over.width()
            height = max(layout.heightForWidth(width), self.minimumSizeHint().height())
            self.setGeometry(0, self._top, width, height)
            self.raise_()

    @property
    def _top(self) -> int:
        """Below the head of the page in front: what stands there is needed while the sentence is read."""
        page = self._over.currentWidget()
        head = page and page.findChild(QWidget, HEAD, Qt.FindChildOption.FindDirectChildrenOnly)
        if not isinstance(head, QWidget):
            return 0
        head.installEventFilter(self)  # it may need another line once the page is as wide as this
        return head.geometry().bottom() + 1

    @Slot()
    def dismiss(self) -> None:
        """Take the sentence away."""
        self._timer.stop()
        self.hide()
        for bar in self._lent:
            bar.dismiss()

    @Slot()
    def _act(self) -> None:
        self.dismiss()
        self.action_chosen.emit()

    @Slot()
    def _paint_icon(self) -> None:
        tokens = self._theme.tokens
        colour = {"info": tokens.accent, "warning": tokens.warning, "error": tokens.error}[self._level]
        self._icon.setPixmap(icons.pixmap(self._level, 18, colour=colour, ratio=self.devicePixelRatioF()))
