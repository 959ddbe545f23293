"""Decoded images of the case's fields: read in the background, kept within a bound of bytes."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...background import Task, TaskRunner
from ...byte_cache import ByteCache
from ...domain.case.case import Field, Picture
from ...errors import RbcError
from ...ports import ImageReader, LoadedImage, RgbImage
from .reading import KEEP_BYTES, ReadField, read_field_of


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Why a field of the case can't be shown."""

    field_id: int
    message: str


UNSHOWN_SHARE = 0.125
"""Part of the room for pixels that images may fill that nobody has looked at yet."""


class FieldImages(QObject):
    """Pixels of fields by id.

    Args:
        tasks: runs the decoding.
        reader: decodes one image.
    """

    loaded = Signal(object)
    """Id of a field whose pixels are in memory now."""

    decoded = Signal(int, object)
    """Id of a field and its `LoadedImage`, also where there is no room to keep it."""

    failed = Signal(object)
    """A `FieldProblem`."""

    def __init__(
        self, tasks: TaskRunner, reader: ImageReader, *, keep_bytes: int = KEEP_BYTES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._reader = tasks, reader
        self._images: ByteCache[LoadedImage] = ByteCache(keep_bytes)
        self._thumbnails: dict[int, RgbImage] = {}
        self._pending: dict[Task, int] = {}
        self._expected: dict[Picture, ReadField] = {}
        self._to_survey: list[Field] = []
        self._unshown: set[int] = set()
        self.problems: dict[int, str] = {}

    def get(self, field_id: int) -> LoadedImage | None:
        """The image of a field, or None while it is not in memory."""
        return self._images.get(field_id)

    def pixels(self, field_id: int) -> RgbImage | None:
        """``(H, W, 3)`` uint8 RGB of a field, or None while they are not in memory."""
        image = self._images.get(field_id)
        return image.pixels if image is not None else None

    def thumbnail(self, field_id: int) -> RgbImage | None:
        """A small picture of a field; kept for as long as the case is open."""
        return self._thumbnails.get(field_id)

    def put_thumbnail(self, field_id: int, thumbnail: RgbImage) -> None:
        """Keep the small picture of a field whose pixels are not in memory."""
        self._thumbnails[field_id] = thumbnail

    def put(self, field_id: int, read: ReadField, *, shown: bool = True) -> None:
        """Keep what was decoded; the least recently shown images go when room runs out, never shown ones first."""
        self._thumbnails[field_id] = read.thumbnail
        self.problems.pop(field_id, None)
        if read.image is not None:
            if shown or self._images.nbytes + read.image.nbytes <= UNSHOWN_SHARE * self._images.capacity:
                self._images.put(field_id, read.image, used=shown)
            self.decoded.emit(field_id, read.image)
            self.loaded.emit(field_id)

    def expect(self, reads: Iterable[ReadField]) -> None:
        """Keep images that were read before their fields exist; `request` takes them from here."""
        self._expected.update((read.facts.picture, read) for read in reads)

    def request(self, field: Field, *, shown: bool = True) -> None:
        """Decode a field's image in the background unless it is here; `loaded` or `failed` follows.

        Args:
            field: whose image is wanted.
            shown: it will be on the screen; else it is the first to go when room runs out.
        """
        (self._unshown.discard if shown else self._unshown.add)(field.id)
        expected = self._expected.pop(field.picture, None)
        if expected is not None and field.id not in self._images:
            self.put(field.id, expected)
            return
        if field.id in self._images:
            self.loaded.emit(field.id)
            return
        if field.id in self._pending.values():
            return
        task = self._tasks.submit(read_field_of, self._reader, field)
        self._pending[task] = field.id
        task.finished.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def read_again(self, fields: Iterable[Field]) -> None:
        """Forget why these could not be shown, and survey those that are not in memory."""
        found = list(fields)
        for field in found:
            self.problems.pop(field.id, None)
            if field.id not in self._images:
                self._thumbnails.pop(field.id, None)
        self.survey(found)

    def survey(self, fields: Iterable[Field]) -> None:
        """Read one field after the other for its thumbnail, and to find out which images are missing or changed."""
        self._to_survey = [f for f in fields if f.id not in self._thumbnails and f.id not in self.problems]
        self._survey_next()

    def _survey_next(self) -> None:
        while self._to_survey and not self._pending:  # one that is in memory by now takes no reading
            self.request(self._to_survey.pop(0), shown=False)

    @property
    def is_loading(self) -> bool:
        """Whether an image is being decoded."""
        return bool(self._pending)

    def keep_only(self, field_ids: Container[int]) -> None:
        """Let go of fields that the case no longer has; undo reads them again."""
        for field_id in [i for i in self._thumbnails.keys() | self.problems.keys() if i not in field_ids]:
            self._thumbnails.pop(field_id, None)
            self.problems.pop(field_id, None)
        self._images.discard_where(lambda key: key not in field_ids)
        self._to_survey = [field for field in self._to_survey if field.id in field_ids]
        for task in [task for task, field_id in self._pending.items() if field_id not in field_ids]:
            task.cancel()
            del self._pending[task]

    def clear(self) -> None:
        """Forget everything, because another case was opened."""
        for task in self._pending:
            task.cancel()
        self._pending.clear()
        self._to_survey.clear()
        self._expected.clear()
        self._images.clear()
        self._thumbnails.clear()
        self.problems.clear()

    @Slot(object)
    def _on_read(self, read: ReadField) -> None:
        field_id = self._pending.pop(self.sender(), None)  # type: ignore[call-overload]
        if field_id is not None:
            self.put(field_id, read, shown=field_id not in self._unshown)
        self._survey_next()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        field_id = self._pending.pop(self.sender(), None)  # type: ignore[call-overload]
        if field_id is not None:
            self.problems[field_id] = error.message
            self.failed.emit(FieldProblem(field_id, error.message))
        self._survey_next()
