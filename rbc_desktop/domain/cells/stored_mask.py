"""A mask that is kept compressed, as its file has it, and unpacked when its pixels are asked for."""

from __future__ import annotations

from collections.abc import Callable

from ...byte_cache import ByteCache
from ..arrays import BoolArray
from .mask import CellMask

UNPACKED_BYTES = 64 * 2**20
"""Memory for masks that were unpacked; some 30,000 of ordinary size."""

_unpacked: ByteCache[BoolArray] = ByteCache(UNPACKED_BYTES)

Unpack = Callable[[bytes, int, int], BoolArray]
"""Bytes, width and height to the crop ``(h, w)``."""


class StoredMask(CellMask):
    """A `CellMask` of which box and area are known without its pixels.

    Args:
        x0, y0: field pixel of the crop's top left element.
        width, height: of the crop.
        area: number of pixels.
        data: the crop, packed.
        unpack: makes the crop of it.
    """

    __slots__ = ("_area", "_height", "_unpack", "_width", "data")

    data: bytes
    _width: int
    _height: int
    _area: int
    _unpack: Unpack

    def __init__(self, x0: int, y0: int, *, width: int, height: int, area: int, data: bytes, unpack: Unpack) -> None:
        for name, value in (("x0", x0), ("y0", y0), ("_width", width), ("_height", height), ("_area", area),
                            ("data", data), ("_unpack", unpack)):  # fmt: skip
            object.__setattr__(self, name, value)

    @property
    def crop(self) -> BoolArray:
        """As a `CellMask`'s; unpacked now if it isn't among those unpacked last."""
        found = _unpacked.get(self.data)
        if found is None:
            found = self._unpack(self.data, self._width, self._height)
            found.setflags(write=False)
            _unpacked.put(self.data, found)
        return found

    def moved(self, x: int, y: int) -> StoredMask:
        """The same pixels, so far to the right and down; still packed."""
        return StoredMask(
            self.x0 + x, self.y0 + y, width=self._width, height=self._height, area=self._area, data=self.data,
            unpack=self._unpack,
        )  # fmt: skip

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the crop."""
        return self._width, self._height

    @property
    def area(self) -> int:
        """Number of pixels."""
        return self._area
