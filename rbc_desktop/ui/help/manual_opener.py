"""Help > Manual: makes the manual's window when it is first asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from ...background import Task, TaskRunner
from ...errors import RbcError
from ..look.theme import ThemeController

if TYPE_CHECKING:
    from .manual_window import ManualWindow


class ManualOpener(QObject):
    """Opens the manual at the chapter of the dialog in front.

    Args:
        folder: the manual's pages.
        theme: its colours.
        tasks: brings in what the start did without.
        parent: Qt parent.
    """

    def __init__(self, folder: Path, theme: ThemeController, *, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._theme, self._tasks = folder, theme, tasks
        self._chapter = ""
        self._bringing: Task | None = None
        self.window: ManualWindow | None = None

    @Slot()
    def open(self) -> None:
        """Open the manual; a dialog says with `manual_chapter` which chapter is its own."""
        self._chapter = getattr(QApplication.activeWindow(), "manual_chapter", "")
        if self.window is not None:
            self.window.open_at(self._chapter)
        elif self._bringing is None:
            self._bringing = self._tasks.submit(_manual_window)
            self._bringing.finished.connect(self._on_brought, Qt.ConnectionType.QueuedConnection)
            self._bringing.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_brought(self, window: type[ManualWindow]) -> None:
        if self._bringing is not None:
            self._bringing = None
            self.window = window(self._folder, self._theme)
            self.window.open_at(self._chapter)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        """A part of the program is missing: what else is unexpected says so too, and the next key tries again."""
        self._bringing = None
        raise error

    @Slot()
    def show_keys(self) -> None:
        """Other keys do things now."""
        if self.window is not None:
            self.window.page.load_again()

    def close(self) -> None:
        """With the main window goes its manual."""
        self._bringing = None
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None


def _manual_window() -> type[ManualWindow]:
    """Import the window, which brings the Markdown parser along: longer than a window may stand still."""
    from .manual_window import ManualWindow

    return ManualWindow
