"""Pictures of tiles: cut in the background for what is in view, kept in one cache bounded in bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPolygonF

from ...background import Task, TaskRunner
from ...byte_cache import ByteCache
from ...domain.cells.cell import Cell
from ...domain.cells.mask import CellMask
from ...editing.case_editor import CaseEditor
from ...imaging.cells.cell_picture import Square, cut
from ...ports import RgbImage
from ...workflows.cases.reading_controller import FieldImages
from ..canvas.overlay.shapes import outline

CACHE_BYTES = 256 * 1024 * 1024
BATCH = 24
"""Pictures per task: a few milliseconds, so that what comes into view meanwhile needn't wait."""


@dataclass(frozen=True, slots=True, eq=False)
class TilePicture:
    """One cell, ready to be painted.

    Attributes:
        image: `side` device pixels square.
        ring: the outline in units of the tile's side.
        mask: what it shows; another mask of the cell makes it out of date.
        window: what the side stands for, in field pixels.
    """

    image: QImage
    ring: QPolygonF
    mask: CellMask
    window: float

    @property
    def nbytes(self) -> int:
        """Memory in bytes."""
        return int(self.image.sizeInBytes()) + 16 * self.ring.size() + 200


def made_pictures(
    pixels: RgbImage, masks: Sequence[tuple[int, CellMask]], *, window: float, side: int
) -> list[tuple[int, TilePicture]]:
    """Pictures of cells of one field.

    Args:
        pixels: ``(H, W, 3)`` uint8 RGB of the field.
        masks: cell ids and masks.
        window: field pixels that a side stands for.
        side: wanted size in device pixels.
    """
    made = []
    for cell_id, mask in masks:
        box = mask.box
        square = Square.centred((int(box.x0), int(box.y0), int(box.x1), int(box.y1)), size=window)
        rgba = cv2.cvtColor(cut(pixels, square, side=side), cv2.COLOR_RGB2BGRA)
        image = QImage(rgba.data, side, side, 4 * side, QImage.Format.Format_RGB32).copy()
        ring = (outline(mask) - np.array([square.left, square.top], np.float32)) / np.float32(square.size)
        polygon = QPolygonF([QPointF(x, y) for x, y in ring.tolist()])
        made.append((cell_id, TilePicture(image, polygon, mask, window)))
    return made


class TilePictures(QObject):
    """Makes what is wanted, field by field, and says when it is there.

    Args:
        editor: the working case, for the masks.
        images: pixels of its fields; those that aren't in memory are read one after the other.
        tasks: runs the cutting.
        window_of: what the side of a tile stands for in a field, field pixels.
    """

    arrived = Signal(object)
    """Tuple of ids of cells whose picture is there now."""

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        *,
        tasks: TaskRunner,
        window_of: Callable[[int], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._tasks, self._window_of = editor, images, tasks, window_of
        self._kept: ByteCache[TilePicture] = ByteCache(CACHE_BYTES)
        self._wanted: dict[int, None] = {}
        self._side = 64
        self._running: Task | None = None
        self._read: int | None = None
        images.loaded.connect(self._on_read)
        images.failed.connect(self._on_unreadable)
        editor.file_replaced.connect(self.clear)

    @property
    def nbytes(self) -> int:
        """Memory that the pictures hold."""
        return self._kept.nbytes

    @property
    def is_busy(self) -> bool:
        """Whether pictures are still to come."""
        return bool(self._wanted) or self._running is not None

    def set_side(self, side: int) -> None:
        """The size of a picture in device pixels; others are shown, stretched, until theirs is there."""
        self._side = side

    def get(self, cell_id: int) -> TilePicture | None:
        """The picture of a cell's present mask, in whatever size there is."""
        picture, cell = self._kept.get(cell_id), self._editor.case.cells.get(cell_id)
        return picture if picture is not None and cell is not None and picture.mask is cell.mask else None

    def is_lost(self, cell_id: int) -> bool:
        """Whether no picture will come: the image of the cell can't be read."""
        cell = self._editor.case.cells.get(cell_id)
        return cell is not None and cell.field_id in self._images.problems

    def want(self, ids: Sequence[int]) -> None:
        """Make the pictures of these cells, in this order, and forget earlier wishes."""
        self._wanted = {i: None for i in ids if not self._is_made(i)}
        self._go_on()

    @Slot()
    def clear(self) -> None:
        """Forget everything, because the case of another file was opened."""
        if self._running is not None:
            self._running.cancel()
        self._running = self._read = None
        self._wanted.clear()
        self._kept.clear()

    def _is_made(self, cell_id: int) -> bool:
        picture, cell = self.get(cell_id), self._editor.case.cells.get(cell_id)
        if cell is None:
            return True
        return picture is not None and picture.image.width() == self._side and picture.window == self._window(cell)

    def _window(self, cell: Cell) -> float:
        return self._window_of(cell.field_id)

    def _go_on(self) -> None:
        """One batch of one field at a time; a field that has to be read doesn't hold up those in memory."""
        if self._running is not None:
            return
        cells = [c for i in self._wanted if (c := self._editor.case.cells.get(i)) is not None]
        for field_id in dict.fromkeys(cell.field_id for cell in cells):
            pixels = self._images.pixels(field_id)
            if pixels is not None:
                self._cut(pixels, [cell for cell in cells if cell.field_id == field_id][:BATCH])
                return
        unread = next((c.field_id for c in cells if c.field_id not in self._images.problems), None)
        if unread is not None and self._read is None:
            self._read = unread
            self._images.request(self._editor.case.fields[unread])

    def _cut(self, pixels: RgbImage, cells: Sequence[Cell]) -> None:
        masks = [(cell.id, cell.mask) for cell in cells]
        for cell in cells:
            self._wanted.pop(cell.id, None)
        self._running = self._tasks.submit(made_pictures, pixels, masks, window=self._window(cells[0]), side=self._side)
        self._running.finished.connect(self._on_made, Qt.ConnectionType.QueuedConnection)
        self._running.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_made(self, made: list[tuple[int, TilePicture]]) -> None:
        if self.sender() is not self._running:
            return
        for cell_id, picture in made:
            self._kept.put(cell_id, picture)
        self.arrived.emit(tuple(cell_id for cell_id, _ in made))

    @Slot(object)
    def _on_ended(self, _: None) -> None:
        if self.sender() is self._running:
            self._running = None
            self._go_on()

    @Slot(object)
    def _on_read(self, field_id: int) -> None:
        if field_id == self._read:
            self._read = None
        self._go_on()

    @Slot(object)
    def _on_unreadable(self, _problem: object) -> None:
        self._read = None
        self.arrived.emit(tuple(cell_id for cell_id in self._wanted if self.is_lost(cell_id)))
        self._go_on()
