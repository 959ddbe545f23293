"""Reading the image of a field: its pixels, a small picture of it, and whether it still is the image of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from ..domain.case import Field, ImageFacts
from ..errors import ImageReadError, UnconfirmedImageError
from ..ports import ImageReader, LoadedImage, RgbImage

KEEP_BYTES = 512 * 1024 * 1024
"""Pixels of a case that are kept in memory."""

THUMBNAIL_PX = 192
"""Longest side of a field's thumbnail; shown at half of it, so it stays sharp at 200 %."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadField:
    """An image that was read.

    Attributes:
        facts: what the case keeps of it.
        thumbnail: ``(h, w, 3)`` uint8 RGB.
        image: with its pixels, or None where memory did not allow to keep them.
    """

    facts: ImageFacts
    thumbnail: RgbImage
    image: LoadedImage | None

    def without_pixels(self) -> ReadField:
        """The same without the memory; the pixels are read again when the field is shown."""
        return replace(self, image=None)


def thumbnail_of(pixels: RgbImage, *, side: int = THUMBNAIL_PX) -> RgbImage:
    """The image ``(H, W, 3)`` uint8 RGB reduced so that its longest side is at most `side`."""
    height, width = pixels.shape[:2]
    factor = min(1.0, side / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.ascontiguousarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def read_field(reader: ImageReader, path: Path, *, page: int, sha256: str = "") -> ReadField:
    """Decode one image; with a hash, refuse another file of the same name.

    Raises:
        ImageReadError: when it can't be read or isn't the image that the case was made with.
    """
    image = read_image_of(reader, path, page=page, sha256=sha256)
    return ReadField(image.facts, thumbnail_of(image.pixels), image)


def read_image_of(reader: ImageReader, path: Path, *, page: int, sha256: str) -> LoadedImage:
    """Decode one image; see `read_field`."""
    try:
        image = reader(path, page=page)
    except UnconfirmedImageError:
        raise
    except ImageReadError as error:
        if sha256 and not path.exists():
            raise ImageReadError(f"{path.name} is no longer where it was; locate it.") from error
        raise
    if sha256 and image.sha256 != sha256:
        raise ImageReadError(f"{path.name} has changed since the case was made; locate the original.")
    return image


class PixelSource:
    """Pixels of fields for a report: those in memory are taken as they are, the others are read and checked.

    Args:
        reader: decodes an image.
        held: pixels ``(H, W, 3)`` uint8 RGB by field id.
    """

    def __init__(self, reader: ImageReader, *, held: Mapping[int, RgbImage] | None = None) -> None:
        self._reader = reader
        self._held = dict(held or {})

    def __call__(self, field: Field) -> RgbImage:
        """``(H, W, 3)`` uint8 RGB.

        Raises:
            ImageReadError: when the image has gone or changed.
        """
        if (pixels := self._held.get(field.id)) is not None:
            return pixels
        try:
            return read_image_of(self._reader, field.path, page=field.page, sha256=field.sha256).pixels
        except ImageReadError as error:
            raise ImageReadError(
                f"{error.message} Without it the PDF can be exported without image and gallery."
            ) from error
