"""Relocates the images of the working case that were moved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from ...editing.case_editor import CaseEditor
from ...editing.moved_fields import relocate_fields
from ...errors import RbcError
from ...language import tr
from ...storage.images.image_places import AskingReader
from ..notices import Notices
from .moved_images import Located, Wanted, locate_folder, locate_image, located_text
from .opening_controller import OpeningController
from .reading_controller import FieldImages


class MovedImagesController(QObject):
    """One image or one folder located finds every missing image there, as one undoable step.

    Args:
        editor: the working case.
        images: pixels of its fields, and which can't be shown.
        files: runs the search with progress and cancel, one task of files at a time.
        notices: says what was found.
        reader: decodes images.
    """

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        *,
        files: OpeningController,
        notices: Notices,
        reader: AskingReader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._files = editor, images, files
        self._notices, self._reader = notices, reader

    def relocate(self, field_id: int, path: Path) -> None:
        """Say where the image of a field is now; other missing ones are looked for beside it."""
        self._reader.confirm([path])
        given = {"field_id": field_id, "wanted": self._wanted()}
        self._files.run(tr("Reading the image…"), self._on_located, locate_image, path, **given)

    def search(self, folder: Path) -> None:
        """Look for all missing images in a folder and the folders below it."""
        self._files.run(tr("Looking for moved images…"), self._on_located, locate_folder, folder, wanted=self._wanted())

    def _wanted(self) -> Wanted:
        case = self._editor.case
        fields, slides = tuple(case.fields.values()), tuple(case.slides.values())
        return Wanted(fields, frozenset(self._images.problems), self._reader, slides)

    @Slot(object)
    def _on_located(self, located: Located) -> None:
        fields = self._editor.case.fields
        found = [i for i in located.found if i.field_id in fields and fields[i.field_id].sha256 == i.sha256]
        try:
            relocate_fields(self._editor, found)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return
        paths = [image.path for image in found]
        self._reader.confirm(paths)
        if located.read is not None and found:
            self._images.put(found[0].field_id, located.read)
        self._images.read_again([fields[image.field_id] for image in found])
        current = self._editor.current_field
        if current is not None and any(image.field_id == current.id for image in found):
            self._images.request(current)
        self._files.remember_places(paths)
        text = located_text(located)
        if located.missing:
            self._notices.warn(text, holds=self._notices.until_next_step())
        elif text:
            self._notices.info(text)
