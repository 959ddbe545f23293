"""Report › Control films: a window of its own that follows the list while the work goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from ... import research_use
from ...language import tr
from ...workflows.control.control_keeper_controller import ControlKeeper
from ..look.keyed_window import KeyedWindow
from ..look.plain_label import plain_label
from ..look.room import open_as_large_as
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, ThemeController
from .films_page import FilmsPage
from .overrides_page import OverridesPage

SIZE = 960, 760


class LaboratoryWindow(KeyedWindow):
    """Control films with their charts, and override rates.

    Args:
        keeper: of the control films.
        theme: colours.
        actions: keys of the main window that hold here too.
        parent: the main window.
    """

    manual_chapter = "control.md"

    def __init__(
        self, keeper: ControlKeeper, theme: ThemeController, *, actions: Sequence[QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Control films – RBC Desktop"))
        self.addActions(actions)
        self.films, self.overrides = FilmsPage(keeper, theme), OverridesPage(theme)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.films, tr("Control films"))
        self.tabs.addTab(self.overrides, tr("Overrides"))
        self.said = plain_label(kind="warning")
        use = QLabel(research_use())
        use.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, 0, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_S)
        for widget in (self.tabs, self.said, use):
            column.addWidget(widget)
        column.setStretch(0, 1)
        open_as_large_as(self, *SIZE)
        keeper.refused.connect(self.say)
        keeper.changed.connect(self._hush)
        self._hush()

    @Slot(str)
    def say(self, text: str) -> None:
        """One sentence below the pages."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    @Slot()
    def _hush(self) -> None:
        self.say("")

    def open_here(self) -> None:
        """Show the window."""
        self._hush()
        self.films.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
