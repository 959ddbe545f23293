"""Pictures of the overlay in squares of the screen, so that panning copies pixels instead of drawing outlines again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from ....domain.geometry import Box

TILE_PX = 192
"""Side of a square in logical pixels: a few dozen cells, so that one is painted within a frame."""

_MOST_TILES = 427
"""More are dropped, the oldest first: 4 screens of 2560×1440, at most 250 MB on a display of double density."""

Key = tuple[int, int]
"""Column and row of a square."""

Draw = Callable[[QPainter, Box], None]
"""Draws, in field coordinates, what a box of the field (field pixels) shows."""

IsReady = Callable[[Box], bool]
"""Whether all that a box of the field shows can be drawn as it shall look; asks for what is lacking."""


def blocks(keys: Iterable[Key]) -> list[tuple[Key, Key]]:
    """Squares in as few rectangles as they come in, each by its first and last square.

    Args:
        keys: row by row, as a part of the field is painted.
    """
    found: list[tuple[Key, Key]] = []
    for column, row in keys:
        if found and found[-1][1] == (column - 1, row):
            found[-1] = found[-1][0], (column, row)
        else:
            found.append(((column, row), (column, row)))
        if len(found) > 1:
            (above, below), (left, right) = found[-2:]
            if (above[0], below[0], below[1]) == (left[0], right[0], left[1] - 1):
                found[-2:] = [(above, right)]
    return found


class PaintedTiles:
    """A cache of what a function draws, at one zoom.

    A square that isn't ready is painted as far as it is when it comes into view, and not again before it is ready: an
    old picture serves until then.

    Args:
        draw: called for a square that is not painted yet.
        is_ready: of what a square shows.
    """

    def __init__(self, draw: Draw, is_ready: IsReady) -> None:
        self._draw, self._is_ready = draw, is_ready
        self._tiles: dict[Key, QPixmap] = {}
        self._stale: set[Key] = set()
        self._urgent: set[Key] = set()
        self._waiting: set[Key] = set()
        """Out of date, and not ready when asked last; nobody asks again in every frame."""
        self._scale = 1.0
        self._ratio = 1.0

    def set_zoom(self, *, scale: float, ratio: float) -> None:
        """Logical pixels per image pixel, device pixels per logical pixel. Another zoom needs other pictures."""
        if (scale, ratio) != (self._scale, self._ratio):
            self._scale, self._ratio = scale, ratio
            self.clear()

    def clear(self) -> None:
        """Forget everything."""
        for each in (self._tiles, self._stale, self._urgent, self._waiting):
            each.clear()

    def outdate(self, box: Box | None = None, *, at_once: bool = False) -> None:
        """This part of the field (all without) has changed; the old picture serves until it is painted anew.

        Args:
            box: field pixels.
            at_once: it doesn't wait until it is ready.
        """
        changed = self._tiles.keys() if box is None else self._tiles.keys() & set(self._keys(box))
        self._stale |= changed
        self._waiting -= changed
        if at_once:
            self._urgent |= changed

    def is_current(self, box: Box) -> bool:
        """Whether everything of this part of the field is painted as it is now."""
        return all(key in self._tiles and key not in self._stale for key in self._keys(box))

    def whole(self, box: Box) -> Box:
        """The squares in which this part of the field lies, all of them."""
        side = TILE_PX / self._scale
        x0, y0, x1, y1 = box.x0 / side, box.y0 / side, box.x1 / side, box.y1 / side
        return Box(side * math.floor(x0), side * math.floor(y0), side * math.ceil(x1), side * math.ceil(y1))

    def ask_again(self) -> None:
        """What isn't ready is asked for again when it is shown."""
        self._waiting.clear()

    def due(self, boxes: Iterable[Box]) -> list[Box]:
        """The squares in which these parts of the field lie, of those that are out of date and ready now."""
        keys = {key for box in boxes for key in self._keys(box)}
        self._waiting -= keys
        return [self._box(key) for key in keys if self._is_due(key)]

    def paint(self, painter: QPainter, box: Box, *, seconds: float, meanwhile: PaintedTiles | None) -> list[Box]:
        """Show this part of the field; squares that are missing or out of date are painted while time is left.

        Args:
            seconds: time for painting squares; one at least is painted unless it is 0.
            meanwhile: pictures at another zoom to stretch where a square is still missing.

        Returns:
            The parts of the field that still have to be painted, without those that have to wait until they are ready.
        """
        left = seconds
        due: list[Key] = []
        for key in self._keys(box):
            if key in self._tiles and not self._is_due(key):
                continue
            if left > 0:
                # Only painting counts: on a slow machine copying alone may take longer, and nothing would get done.
                start = time.perf_counter()
                self._renew(key)
                left -= time.perf_counter() - start
            else:
                due.append(key)
        for key in self._keys(box):
            if key in self._tiles:
                painter.drawPixmap(self._rect(key), self._tiles[key], QRectF(self._tiles[key].rect()))
        if meanwhile is not None:
            for first, last in blocks(key for key in due if key not in self._tiles):
                corner, opposite = self._box(first), self._box(last)
                meanwhile.stretch(painter, corner.union(opposite))
        while len(self._tiles) > _MOST_TILES:
            self._forget(next(iter(self._tiles)))
        return [self._box(key) for key in due]

    def _renew(self, key: Key) -> None:
        self._tiles[key] = self._painted(key)
        self._urgent.discard(key)
        self._stale.discard(key)
        if not self._is_ready(self._box(key)):
            self._stale.add(key)

    def _forget(self, key: Key) -> None:
        del self._tiles[key]
        for each in (self._stale, self._urgent, self._waiting):
            each.discard(key)

    def _is_due(self, key: Key) -> bool:
        if key not in self._stale:
            return False
        if key in self._urgent:
            return True
        if key not in self._waiting and not self._is_ready(self._box(key)):
            self._waiting.add(key)
        return key not in self._waiting

    def stretch(self, painter: QPainter, box: Box) -> None:
        """Show what is painted of this part of the field, at the painter's zoom: as fast as can be, for a moment."""
        painter.save()
        painter.setClipRect(QRectF(box.x0, box.y0, box.width, box.height), Qt.ClipOperation.IntersectClip)
        for key in self._keys(box):
            tile = self._tiles.get(key)
            if tile is not None:
                painter.drawPixmap(self._rect(key), tile, QRectF(tile.rect()))
        painter.restore()

    def _box(self, key: Key) -> Box:
        side = TILE_PX / self._scale
        return Box(key[0] * side, key[1] * side, (key[0] + 1) * side, (key[1] + 1) * side)

    def _rect(self, key: Key) -> QRectF:
        side = TILE_PX / self._scale
        return QRectF(key[0] * side, key[1] * side, side, side)

    def _keys(self, box: Box) -> Iterator[Key]:
        side = TILE_PX / self._scale
        for row in range(math.floor(box.y0 / side), math.ceil(box.y1 / side)):
            for column in range(math.floor(box.x0 / side), math.ceil(box.x1 / side)):
                yield column, row

    def _painted(self, key: Key) -> QPixmap:
        side = TILE_PX / self._scale
        pixels = math.ceil(TILE_PX * self._ratio)
        tile = QPixmap(pixels, pixels)
        tile.fill(Qt.GlobalColor.transparent)
        x0, y0 = key[0] * side, key[1] * side
        with QPainter(tile) as painter:
            painter.scale(pixels / side, pixels / side)
            painter.translate(-x0, -y0)
            self._draw(painter, Box(x0, y0, x0 + side, y0 + side))
        return tile
