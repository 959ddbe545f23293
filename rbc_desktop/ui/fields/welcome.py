"""What stands in place of the image while there is none: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...language import tr
from ...storage.openable import kinds_text
from ..look import icons
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, ThemeController, named

BELOW_PX = 720
"""How wide the list below the buttons is at most."""


class Welcome(QWidget):
    """Empty state of the canvas."""

    open_requested = Signal()
    case_requested = Signal()
    sample_requested = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvasHost")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        title = named(QLabel(tr("Drop smear images here"), alignment=Qt.AlignmentFlag.AlignCenter), "emptyTitle")
        hint = QLabel(
            tr(
                "or open them from the disk ({kinds}). Several images make several fields of one case.",
                kinds=kinds_text(),
            )
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        hint.setProperty("muted", True)
        self.open_images = open_images = QPushButton(tr("Open images…"))
        open_images.setProperty("primary", True)
        open_case = QPushButton(tr("Open case…"))
        sample = QPushButton(tr("Open the sample smear"))
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        for button in (open_images, open_case, sample):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        column.setSpacing(SPACE_M)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(SPACE_S)
        column.addLayout(buttons)
        column.addWidget(self._build_below())
        column.addStretch(3)
        open_images.clicked.connect(self.open_requested)
        open_case.clicked.connect(self.case_requested)
        sample.clicked.connect(self.sample_requested)
        theme.changed.connect(self._paint)
        self._paint()

    def _build_below(self) -> QWidget:
        self._below = QWidget()
        self._below.setMaximumWidth(BELOW_PX)
        self._inside = QVBoxLayout(self._below)
        self._inside.setContentsMargins(0, SPACE_M, 0, 0)
        self._inside.setSpacing(SPACE_S)
        heading = QLabel(tr("Recent cases"))
        heading.setProperty("heading", True)
        self._inside.addWidget(heading)
        self._room = QWidget()
        self._room.hide()
        line = QHBoxLayout(self._room)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self._below, 100)
        line.addStretch(1)
        return self._room

    def show_below(self, cases: QWidget) -> None:
        """Put the recent cases below the buttons; hidden until `set_below_visible`."""
        frame = named(QWidget(), "listFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(cases)
        self._inside.addWidget(frame, 1)

    def set_below_visible(self, visible: bool) -> None:
        """Show the recent cases with all the room that is left, or nothing where there are none."""
        self._room.setVisible(visible)
        last, room = self._column.count() - 1, self._column.indexOf(self._room)
        for place, stretch in ((0, 1 if visible else 2), (room, 12 if visible else 0), (last, 0 if visible else 3)):
            self._column.setStretch(place, stretch)

    @Slot()
    def _paint(self) -> None:
        picture = icons.pixmap("images", 64, colour=self._theme.tokens.muted, ratio=self.devicePixelRatioF())
        self._picture.setPixmap(picture)
