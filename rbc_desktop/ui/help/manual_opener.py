"""Help > Manual: makes the manual's window when it is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from ..look.theme import ThemeController

if TYPE_CHECKING:
    from .manual_window import ManualWindow


class ManualOpener(QObject):
    """Opens the manual at the chapter of the dialog in front."""

    def __init__(self, folder: Path, theme: ThemeController, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._theme = folder, theme
        self.window: ManualWindow | None = None

    @Slot()
    def open(self) -> None:
        """Open the manual; a dialog says with `manual_chapter` which chapter is its own."""
        chapter = getattr(QApplication.activeWindow(), "manual_chapter", "")
        if self.window is None:
            from .manual_window import ManualWindow  # brings the Markdown parser along, which the start doesn't need

            self.window = ManualWindow(self._folder, self._theme)
        self.window.open_at(chapter)

    @Slot()
    def show_keys(self) -> None:
        """Other keys do things now."""
        if self.window is not None:
            self.window.page.load_again()

    def close(self) -> None:
        """With the main window goes its manual."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
