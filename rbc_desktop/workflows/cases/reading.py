"""Reading the image of a field: its pixels, a small picture of it, and whether it still is the image of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from ...domain.case.case import Field, ImageFacts
from ...domain.fields.regions import Region
from ...errors import ImageReadError, UnconfirmedImageError
from ...language import tr
from ...ports import ImageReader, LoadedImage, RgbImage

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


def read_field(reader: ImageReader, path: Path, *, page: int, region: Region | None = None) -> ReadField:
    """Decode one image, or a region of a slide.

    Raises:
        ImageReadError: when it can't be read.
    """
    return read_of(reader(path, page=page) if region is None else reader(path, page=page, region=region))


def read_field_of(reader: ImageReader, field: Field) -> ReadField:
    """Decode the image of a field; see `read_image_of`."""
    return read_of(read_image_of(reader, field))


def read_image_of(reader: ImageReader, field: Field) -> LoadedImage:
    """Decode the image of a field, the region of a slide where it is one; refuse another file of the same name.

    Raises:
        ImageReadError: when it can't be read or isn't the image that the case was made with.
    """
    path = field.path
    try:
        image = _at(reader, field)
    except UnconfirmedImageError:
        raise
    except ImageReadError as error:
        if not path.exists():
            raise ImageReadError(tr("{name} is no longer where it was; locate it.", name=path.name)) from error
        raise
    if image.sha256 != field.sha256:
        raise ImageReadError(tr("{name} has changed since the case was made; locate the original.", name=path.name))
    return image


def _at(reader: ImageReader, field: Field) -> LoadedImage:
    if field.region is None:
        return reader(field.path, page=field.page)
    return reader(field.path, page=field.page, region=field.region)


def read_of(image: LoadedImage) -> ReadField:
    """An image with its facts and its small picture."""
    return ReadField(image.facts, thumbnail_of(image.pixels), image)


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
            return read_image_of(self._reader, field).pixels
        except ImageReadError as error:
            raise ImageReadError(
                tr("{reason} Without it the PDF can be exported without image and gallery.", reason=error.message)
            ) from error
