"""An open slide (`ports.Slide`) over any file that can be read level by level."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import cv2
import numpy as np

from ...domain.fields.regions import Region, whole
from ...domain.slides.slide import SlideInfo
from ...errors import ImageReadError
from ...language import tr
from ...ports import RgbImage
from ..formats.image_limits import hear_interrupt

_AT_ONCE = 2**25
"""Pixels of a level that are decoded at once to be reduced."""

log = logging.getLogger(__name__)


class LevelSource(Protocol):
    """What a file format has to offer."""

    @property
    def info(self) -> SlideInfo:
        """What is known of the slide."""

    def pixels(self, region: Region, *, level: int) -> RgbImage:
        """A region of a level, in its pixels and inside it, ``(h, w, 3)`` uint8 RGB; from any thread.

        Raises:
            ImageReadError: with a sentence for the user.
            Exception: whatever the decoder raises; the pyramid makes a sentence of it.
        """

    def close(self) -> None:
        """Let go of the file; nobody reads it at that time."""


class Pyramid:
    """A slide that stays readable for whoever is reading when it is closed, and refuses whoever comes later.

    Args:
        source: the file; closed with the pyramid.
    """

    def __init__(self, source: LevelSource) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._readers = 0
        self._is_closing = self._is_closed = False

    @property
    def info(self) -> SlideInfo:
        """Levels, scale and scan."""
        return self._source.info

    @property
    def width(self) -> int:
        """At full size, pixels."""
        return self.info.width

    @property
    def height(self) -> int:
        """At full size, pixels."""
        return self.info.height

    def read(self, region: Region, *, size: tuple[int, int] | None = None) -> RgbImage:
        """A region of the full size: as stored, or reduced from the coarsest level that has the pixels for it."""
        if size is None or size == (region.width, region.height):
            return self.read_level(region, level=0)
        _check_inside(region, whole(self))
        level = self.info.level_for(max(1.0, min(region.width / size[0], region.height / size[1])))
        stored = self.info.levels[level]
        part = _seen_at(region, stored.downsample).clipped(stored.all)
        if part.width * part.height > _AT_ONCE and size[1] > 1:  # a file without small levels
            return self._by_halves(region, size)
        pixels = self.read_level(part, level=level)
        if pixels.shape[1::-1] == size:
            return pixels
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)

    def _by_halves(self, region: Region, size: tuple[int, int]) -> RgbImage:
        rows = size[1] // 2
        middle = region.y0 + round(region.height * rows / size[1])
        upper = self.read(Region(region.x0, region.y0, region.x1, middle), size=(size[0], rows))
        lower = self.read(Region(region.x0, middle, region.x1, region.y1), size=(size[0], size[1] - rows))
        return np.concatenate([upper, lower])

    def read_level(self, region: Region, *, level: int) -> RgbImage:
        """A region of one level in its own pixels."""
        _check_inside(region, self.info.levels[level].all)
        path = self.info.path
        with self._reading():
            try:
                return self._source.pixels(region, level=level)
            except ImageReadError:
                raise
            except MemoryError as error:
                raise ImageReadError(
                    tr("There isn't enough memory to read {name}; close other programs.", name=path.name)
                ) from error
            except Exception as error:  # decoders raise whatever they stumble over
                hear_interrupt(error)
                log.info("a region of a slide was not read: %s", type(error).__name__)
                raise _unreadable(self.info) from error

    def close(self) -> None:
        """Close the file, at once or after the last reader."""
        with self._lock:
            self._is_closing = True
        self._close_if_free()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            if self._is_closing:
                raise ImageReadError(tr("{name} is closed; open it again.", name=self.info.path.name))
            self._readers += 1
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1
            self._close_if_free()

    def _close_if_free(self) -> None:
        with self._lock:
            due = self._is_closing and not self._is_closed and self._readers == 0
            self._is_closed |= due
        if due:
            self._source.close()


def _check_inside(region: Region, bounds: Region) -> None:
    inside = bounds.x0 <= region.x0 < region.x1 <= bounds.x1 and bounds.y0 <= region.y0 < region.y1 <= bounds.y1
    if not inside:
        raise ValueError(f"{region} doesn't lie inside {bounds}")


def _seen_at(region: Region, downsample: float) -> Region:
    """The pixels of a level that come nearest to a region of the full size; at least one."""
    x0, y0 = round(region.x0 / downsample), round(region.y0 / downsample)
    x1, y1 = round(region.x1 / downsample), round(region.y1 / downsample)
    return Region(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _unreadable(info: SlideInfo) -> ImageReadError:
    try:
        there = info.path.exists()
    except OSError:
        there = False
    if not there:
        return ImageReadError(
            tr("{name} can't be reached any more; connect its drive, or locate the slide.", name=info.path.name)
        )
    return ImageReadError(
        tr("A part of {name} is damaged or missing; copy or export it again from its source.", name=info.path.name)
    )
