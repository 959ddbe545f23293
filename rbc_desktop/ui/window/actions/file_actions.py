"""File menu: its dialogs; the work itself is done by `OpeningController`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ....language import mark, tr
from ....storage.case.case_file import SUFFIX
from ....storage.openable import IMAGE_SUFFIXES
from ....workflows.cases.moved_images_controller import MovedImagesController
from ....workflows.cases.opening_controller import OpeningController
from ....workflows.configuring_controller import SettingsKeeper
from ...fields.field_presenter import FieldPresenter

IMAGE_FILTER = mark(
    "Images ({endings});;All files (*)", endings=" ".join(f"*{ending}" for ending in sorted(IMAGE_SUFFIXES))
)
CASE_FILTER = mark("Cases (*{ending})", ending=SUFFIX)


class FileActions(QObject):
    """Handlers of the actions in *File*."""

    def __init__(
        self, files: OpeningController, settings: SettingsKeeper, *, moved: MovedImagesController, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._files, self._settings, self._moved, self._window = files, settings, moved, parent

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers by action id."""
        return {
            "open": self.open_images,
            "open-case": self.open_case,
            "open-sample": self._files.open_sample,
            "new-case": self._files.new_case,
            "save-case": self.save_case,
        }

    @Slot()
    def open_images(self) -> None:
        """Ask for images."""
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Open images"), self._folder(), tr(IMAGE_FILTER))
        if names:
            self._files.open_paths([Path(name) for name in names])

    @Slot()
    def open_case(self) -> None:
        """Ask for a case."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open case"), self._folder(), tr(CASE_FILTER))
        if name:
            self._files.open_paths([Path(name)])

    @Slot()
    def save_case(self) -> None:
        """Ask for a name."""
        proposed = str(Path(self._folder()) / self._files.suggested_name)
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save case as"), proposed, tr(CASE_FILTER))
        if name:
            self._files.save_as(Path(name))

    def locate_for(self, presenter: FieldPresenter) -> None:
        """Ask where images are now whenever this place wants to know."""
        presenter.locate_wanted.connect(self.locate)
        presenter.folder_wanted.connect(self.locate_folder)

    @Slot(int)
    def locate(self, field_id: int) -> None:
        """Ask where the image of a field is now."""
        name = self._files.field_name(field_id)
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Where is {name}?", name=name), self._folder(), tr(IMAGE_FILTER)
        )
        if chosen:
            self._moved.relocate(field_id, Path(chosen))

    @Slot()
    def locate_folder(self) -> None:
        """Ask in which folder, or below which, the missing images are now."""
        title = tr("Where are the missing images?")
        chosen = QFileDialog.getExistingDirectory(self._window, title, self._folder())
        if chosen:
            self._moved.search(Path(chosen))

    def _folder(self) -> str:
        last = self._settings.value.last_folder
        return last if last and Path(last).is_dir() else str(Path.home())
