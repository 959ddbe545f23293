"""Reads the tiles of a slide in the background: the latest view first, within a bound of bytes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from ....background import Task, TaskRunner
from ....byte_cache import ByteCache
from ....domain.fields.regions import RegionReader
from ....errors import RbcError
from ....ports import RgbImage
from .slide_tiles import TILE_SIDE, SlideGrid, SlideTile

CACHE_BYTES = 256 * 1024 * 1024
"""Pictures of tiles that are kept: a screen of 3840×2160 needs up to 220 MB, one of 1920×1080 a quarter of it."""

ROOM = 0.9
"""Share of the cache that one view may fill; with more its tiles would drive each other out."""

THREADS = 2
"""Tiles that are read at once; reading and decoding run beside the window."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class TilePicture:
    """A tile that can be drawn.

    Attributes:
        tile: which.
        image: its pixels for Qt; empty where the slide can't be read.
    """

    tile: SlideTile
    image: QImage

    @property
    def nbytes(self) -> int:
        """Memory of the pixels."""
        return int(self.image.sizeInBytes())


def picture_of(pixels: RgbImage) -> QImage:
    """Pixels ``(h, w, 3)`` uint8 RGB as Qt draws them fastest; from any thread."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)


def read_tile(reader: RegionReader, tile: SlideTile, *, grid: SlideGrid) -> TilePicture:
    """Read, decode and reduce one tile."""
    return TilePicture(tile, picture_of(reader.read(grid.region(tile), size=grid.size(tile))))


class TileLoader(QObject):
    """Keeps the tiles that a view needs on their way.

    Of what a view wants only as many tiles are begun as there are threads: when the view moves on, what it no longer
    shows is not read at all.
    """

    arrived = Signal(object)
    """A SlideTile that can be drawn now."""

    failed = Signal(str)
    """Why a part of the slide can't be read, in one sentence; once for each slide."""

    settled = Signal()
    """Everything that the view wants is here."""

    def __init__(self, parent: QObject | None = None, *, capacity: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self._tasks = TaskRunner(threads=THREADS, parent=self)
        self._cache: ByteCache[TilePicture] = ByteCache(capacity)
        self._top: TilePicture | None = None
        self._reader: RegionReader | None = None
        self._grid = SlideGrid(0, 0)
        self._shown: tuple[SlideTile, ...] = ()
        self._wanted: tuple[SlideTile, ...] = ()
        self._running: dict[Task, SlideTile] = {}
        self._has_failed = False

    @property
    def grid(self) -> SlideGrid:
        """The tiles of the slide on show."""
        return self._grid

    @property
    def nbytes(self) -> int:
        """Memory of the pictures."""
        return self._cache.nbytes + (self._top.nbytes if self._top is not None else 0)

    @property
    def has_view(self) -> bool:
        """Whether all that is in view is here, at the fitting level."""
        return bool(self._shown) and not any(self._is_missing(tile) for tile in self._shown)

    @property
    def is_settled(self) -> bool:
        """Whether everything that the view wants is here, what may come into view next included."""
        return not self._running and self._next() is None

    def open(self, reader: RegionReader | None) -> None:
        """Read tiles of this slide, or of none; those of the one before are forgotten."""
        self._reader = reader
        self._grid = SlideGrid(reader.width, reader.height) if reader is not None else SlideGrid(0, 0)
        self._has_failed = False
        self._shown = self._wanted = ()
        self._forget()

    def want(self, shown: Sequence[SlideTile], *, ahead: Sequence[SlideTile] = ()) -> None:
        """The view needs these tiles, in this order; earlier wishes are dropped.

        Args:
            shown: what is in view.
            ahead: what may come into view next; read once all that is shown is here.
        """
        self._shown = tuple(shown)
        self._wanted = (*shown, *ahead)[: int(ROOM * self._cache.capacity / (4 * TILE_SIDE**2))]
        for tile in self._wanted:
            self._cache.get(tile)  # what it has of them counts as used now
        self._go_on()

    def picture(self, tile: SlideTile) -> QImage | None:
        """A tile's picture, or None while it isn't here."""
        if self._top is not None and tile == self._top.tile:
            return self._top.image
        found = self._cache.get(tile)
        return None if found is None else found.image

    def shutdown(self) -> None:
        """Read nothing more, and wait for what is being read."""
        self._reader, self._shown, self._wanted = None, (), ()
        self._tasks.shutdown()

    def _forget(self) -> None:
        for task in self._running:
            task.cancel()
        self._running.clear()
        self._cache.clear()
        self._top = None

    def _next(self) -> SlideTile | None:
        if self._reader is None:
            return None
        coming = set(self._running.values())
        return next((t for t in self._wanted if t not in coming and self._is_missing(t)), None)

    def _is_missing(self, tile: SlideTile) -> bool:
        return tile not in self._cache and (self._top is None or tile != self._top.tile)

    def _go_on(self) -> None:
        while len(self._running) < THREADS and (tile := self._next()) is not None:
            task = self._tasks.submit(read_tile, self._reader, tile, grid=self._grid)
            self._running[task] = tile
            task.finished.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
            task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        if not self._running:
            self.settled.emit()

    @Slot(object)
    def _on_read(self, picture: TilePicture) -> None:
        if self._running.pop(self.sender(), None) is None:  # type: ignore[call-overload]
            return  # of a slide that is no longer shown
        self._keep(picture)
        self.arrived.emit(picture.tile)
        self._go_on()

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        """An empty picture stands for what can't be read, so that it isn't tried again and the coarser one shows."""
        tile = self._running.pop(self.sender(), None)  # type: ignore[call-overload]
        if tile is None:
            return
        self._keep(TilePicture(tile, QImage()))
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error.message)
        self._go_on()

    def _keep(self, picture: TilePicture) -> None:
        if picture.tile == self._grid.top:
            self._top = picture
        else:
            self._cache.put(picture.tile, picture)
