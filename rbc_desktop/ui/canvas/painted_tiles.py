"""Pictures of the overlay in squares of the screen, so that panning copies pixels instead of drawing outlines again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from ...domain.geometry import Box

TILE_PX = 256
"""Side of a square in logical pixels: a few dozen cells, so that one is painted within a frame."""

_MOST_TILES = 240
"""More are dropped, the oldest first: 4 screens of 2560×1440, at most 250 MB on a display of double density."""

Draw = Callable[[QPainter, Box], None]
"""Draws, in field coordinates, what a box of the field (field pixels) shows."""


class PaintedTiles:
    """A cache of what a function draws, at one zoom.

    Args:
        draw: called for a square that is not painted yet.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._tiles: dict[tuple[int, int], QPixmap] = {}
        self._stale: set[tuple[int, int]] = set()
        self._scale = 1.0
        self._ratio = 1.0

    def set_zoom(self, *, scale: float, ratio: float) -> None:
        """Logical pixels per image pixel, device pixels per logical pixel. Another zoom needs other pictures."""
        if (scale, ratio) != (self._scale, self._ratio):
            self._scale, self._ratio = scale, ratio
            self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._tiles.clear()
        self._stale.clear()

    def outdate(self, box: Box | None = None) -> None:
        """This part of the field (all without) has changed; the old picture serves until it is painted anew."""
        self._stale |= self._tiles.keys() if box is None else self._tiles.keys() & set(self._keys(box))

    def paint(self, painter: QPainter, box: Box, *, seconds: float, meanwhile: PaintedTiles | None) -> list[Box]:
        """Show this part of the field; squares that are missing or out of date are painted while time is left.

        Args:
            seconds: time for painting squares; one at least is painted unless it is 0.
            meanwhile: pictures at another zoom to stretch where a square is still missing.

        Returns:
            The parts of the field that still have to be painted.
        """
        left = seconds
        missing: list[Box] = []
        for key in self._keys(box):
            is_due = key not in self._tiles or key in self._stale
            if is_due and left > 0:
                # Only painting counts: on a slow machine copying alone may take longer, and nothing would get done.
                start = time.perf_counter()
                self._tiles[key] = self._painted(key)
                self._stale.discard(key)
                left -= time.perf_counter() - start
            elif is_due:
                missing.append(self._box(key))
            if key in self._tiles:
                painter.drawPixmap(self._rect(key), self._tiles[key], QRectF(self._tiles[key].rect()))
            elif meanwhile is not None:
                meanwhile.stretch(painter, self._box(key))
        while len(self._tiles) > _MOST_TILES:
            self._stale.discard(oldest := next(iter(self._tiles)))
            del self._tiles[oldest]
        return missing

    def stretch(self, painter: QPainter, box: Box) -> None:
        """Show what is painted of this part of the field, at the painter's zoom."""
        painter.save()
        painter.setClipRect(QRectF(box.x0, box.y0, box.width, box.height), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for key in self._keys(box):
            tile = self._tiles.get(key)
            if tile is not None:
                painter.drawPixmap(self._rect(key), tile, QRectF(tile.rect()))
        painter.restore()

    def _box(self, key: tuple[int, int]) -> Box:
        side = TILE_PX / self._scale
        return Box(key[0] * side, key[1] * side, (key[0] + 1) * side, (key[1] + 1) * side)

    def _rect(self, key: tuple[int, int]) -> QRectF:
        side = TILE_PX / self._scale
        return QRectF(key[0] * side, key[1] * side, side, side)

    def _keys(self, box: Box) -> Iterator[tuple[int, int]]:
        side = TILE_PX / self._scale
        for row in range(math.floor(box.y0 / side), math.ceil(box.y1 / side)):
            for column in range(math.floor(box.x0 / side), math.ceil(box.x1 / side)):
                yield column, row

    def _painted(self, key: tuple[int, int]) -> QPixmap:
        side = TILE_PX / self._scale
        pixels = math.ceil(TILE_PX * self._ratio)
        tile = QPixmap(pixels, pixels)
        tile.fill(Qt.GlobalColor.transparent)
        x0, y0 = key[0] * side, key[1] * side
        painter = QPainter(tile)
        painter.scale(pixels / side, pixels / side)
        painter.translate(-x0, -y0)
        self._draw(painter, Box(x0, y0, x0 + side, y0 + side))
        painter.end()
        return tile
