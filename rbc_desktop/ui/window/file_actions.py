"""File menu: dialogs, recent files and dropped files; the work itself is done by `OpeningController`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ...storage.autosave import UnsavedCase
from ...storage.case_file import SUFFIX
from ...storage.walk import IMAGE_SUFFIXES
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.moved_images_controller import MovedImagesController
from ...workflows.opening_controller import OpeningController
from ..fields.field_presenter import FieldPresenter
from .recover_dialog import RecoverDialog

IMAGE_FILTER = f"Images ({' '.join(f'*{ending}' for ending in sorted(IMAGE_SUFFIXES))});;All files (*)"
CASE_FILTER = f"Cases (*{SUFFIX})"


def dropped_paths(mime: QMimeData) -> list[Path]:
    """The local files and folders among what is dragged; whether they are images shows when they are read."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]


class FileActions(QObject):
    """Handlers of the actions in *File*."""

    def __init__(
        self, files: OpeningController, settings: SettingsKeeper, *, moved: MovedImagesController, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._files, self._settings, self._moved, self._window = files, settings, moved, parent
        self._recent: QMenu | None = None
        self.recover_dialog: RecoverDialog | None = None
        settings.changed.connect(self.refresh_recent)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers by action id."""
        return {
            "open": self.open_images,
            "open-case": self.open_case,
            "open-sample": self._files.open_sample,
            "new-case": self._files.new_case,
            "save-case": self.save_case,
            "recover": self.recover,
        }

    def add_recent_menu(self, menu: QMenu, *, before: QAction) -> None:
        """Put *Open recent* into the File menu."""
        self._recent = QMenu("Open recent", menu)
        self._recent.setToolTipsVisible(True)
        menu.insertMenu(before, self._recent)
        self.refresh_recent()

    @Slot()
    def refresh_recent(self) -> None:
        """List the recent files."""
        if self._recent is None:
            return
        self._recent.clear()
        for name in self._settings.value.recent_files:
            action = self._recent.addAction(_menu_text(Path(name)))
            action.setToolTip(name)
            action.setData(name)
            action.triggered.connect(self._open_recent)
        self._recent.setEnabled(not self._recent.isEmpty())
        if not self._recent.isEmpty():
            self._recent.addSeparator()
            self._recent.addAction("Clear this list").triggered.connect(self._clear_recent)

    @Slot()
    def open_images(self) -> None:
        """Ask for images."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Open images", self._folder(), IMAGE_FILTER)
        if names:
            self._files.open_paths([Path(name) for name in names])

    @Slot()
    def open_case(self) -> None:
        """Ask for a case."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open case", self._folder(), CASE_FILTER)
        if name:
            self._files.open_paths([Path(name)])

    @Slot()
    def save_case(self) -> None:
        """Ask for a name."""
        proposed = str(Path(self._folder()) / self._files.suggested_name)
        name, _ = QFileDialog.getSaveFileName(self._window, "Save case as", proposed, CASE_FILTER)
        if name:
            self._files.save_as(Path(name))

    @Slot(int)
    @Slot()
    def recover(self) -> None:
        """List the cases that were never saved under a name."""
        self._files.find_unsaved(self._on_unsaved)

    @Slot(object)
    def _on_unsaved(self, cases: list[UnsavedCase]) -> None:
        self.recover_dialog = RecoverDialog(cases, self._window)
        self.recover_dialog.chosen.connect(lambda path: self._files.open_paths([path]))
        self.recover_dialog.open()

    def locate_for(self, presenter: FieldPresenter) -> None:
        """Ask where images are now whenever this place wants to know."""
        presenter.locate_wanted.connect(self.locate)
        presenter.folder_wanted.connect(self.locate_folder)

    @Slot(int)
    def locate(self, field_id: int) -> None:
        """Ask where the image of a field is now."""
        name = self._files.field_name(field_id)
        chosen, _ = QFileDialog.getOpenFileName(self._window, f"Where is {name}?", self._folder(), IMAGE_FILTER)
        if chosen:
            self._moved.relocate(field_id, Path(chosen))

    @Slot()
    def locate_folder(self) -> None:
        """Ask in which folder, or below which, the missing images are now."""
        title = "Where are the missing images?"
        chosen = QFileDialog.getExistingDirectory(self._window, title, self._folder())
        if chosen:
            self._moved.search(Path(chosen))

    @Slot()
    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._files.open_paths([Path(action.data())])

    @Slot()
    def _clear_recent(self) -> None:
        self._settings.update(recent_files=())

    def _folder(self) -> str:
        last = self._settings.value.last_folder
        return last if last and Path(last).is_dir() else str(Path.home())


def _menu_text(path: Path) -> str:
    """File name and folder; an ampersand would become a mnemonic."""
    return f"{path.name}  –  {path.parent.name}".replace("&", "&&")


def accepts(mime: QMimeData) -> bool:
    """Whether something that is dragged over the window can be dropped."""
    return mime.hasUrls() and bool(dropped_paths(mime))
