"""Regions of an image that is in memory (`ports.RegionReader`)."""

from __future__ import annotations

import cv2
import numpy as np

from ...domain.arrays import U8Array
from ...domain.fields.regions import Region


class ArrayReader:
    """Reads an array ``(H, W, 3)`` uint8 RGB."""

    def __init__(self, rgb: U8Array) -> None:
        self._rgb = rgb

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self._rgb.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self._rgb.shape[0])

    def read(self, region: Region, *, size: tuple[int, int] | None = None) -> U8Array:
        """The pixels of a region, without a copy where none is needed."""
        part = self._rgb[region.slices]
        if size is None or size == (region.width, region.height):
            return part
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
