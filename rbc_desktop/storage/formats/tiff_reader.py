"""TIFF files: fields among their pages, decoded to RGB; what can't be read is refused by its name."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import tifffile
from PIL import Image

from ...errors import ImageReadError
from ...language import tr
from ...ports import LoadedImage, RgbImage
from ..digest import known_digest
from .image_limits import check_size, check_weight
from .jpeg_stream import stated_size
from .pixel_formats import from_layout, from_pillow
from .tiff_layout import (
    JPEG,
    JPEG_HEAD,
    JPEG_PADDING,
    LEFT_TO_PILLOW,
    SEPARATE,
    check_compression,
    check_samples,
    colour_model,
    layout_of,
)
from .tiff_pages import MAX_PAGES, TooManyPagesError, chosen_field, field_pages
from .tiff_scale import stated_calibration

_LARGEST_TILE = 2**24
"""Pixels that a tile may have beyond those of the image; decoders set them all aside before they look."""

_RATIOS, _BEST_RATIO = {1: 1, 5: 4096, 7: 4096, 8: 1032, 32773: 64, 32946: 1032}, 100_000
"""Bytes that come out of one byte at most, by compression; the second for LZMA, ZSTD and fax."""


def read_tiff(path: Path, *, page: int) -> LoadedImage:
    """Decode one field of a TIFF file.

    Args:
        path: absolute.
        page: which of the fields (see `tiff_pages.field_pages`), from 0.

    Raises:
        ImageReadError: with a sentence for the user.
        Exception: whatever the decoders raise on damaged data; the caller makes a sentence of it.
    """
    status = path.stat()
    fields = _fields_of_version(path, status.st_size, status.st_mtime_ns)
    chosen = chosen_field(path, fields, page)
    with tifffile.TiffFile(path, _multifile=False) as tiff:
        pages = [tiff.pages[number].aspage() for number in chosen]
        for each in pages:
            _check(path, each)
        calibration = stated_calibration(tiff, pages[0])
        pixels = _decode(path, pages)
    pixels.setflags(write=False)
    return LoadedImage(
        path=path, pixels=pixels, sha256=known_digest(path), calibration=calibration, page=page, page_count=len(fields)
    )


@functools.lru_cache(maxsize=8)
def _fields_of_version(path: Path, _size: int, _mtime_ns: int) -> list[tuple[int, ...]]:
    """The pages of every field; looked for once, as the fields of a file are read one after the other."""
    with tifffile.TiffFile(path, _multifile=False) as tiff:
        try:
            fields = field_pages(tiff)
            check_weight(path, pixels=sum(int(page.aspage().size or 0) for page in tiff.pages), least=0)
            return fields
        except TooManyPagesError as error:
            raise ImageReadError(
                tr(
                    "{name} has more than {most:,} pages; split it and open the parts.",
                    name=path.name,
                    most=MAX_PAGES,
                )
            ) from error


def _check(path: Path, page: Any) -> None:
    if not page.imagewidth or not page.imagelength:
        raise ValueError("the page has no size")
    check_size(path, width=int(page.imagewidth), height=int(page.imagelength))
    check_samples(path, page)
    check_compression(path, page)
    if not _is_complete(page, path.stat().st_size):
        raise ValueError("the file ends before its pixels do")


def _is_complete(page: Any, size: int) -> bool:
    """Whether every strip or tile lies inside the file, and all together can hold the pixels.

    Decoders fill missing ones with black, and set memory aside for whatever a header states before they look.
    """
    segments = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if not segments or not all(offset > 0 and count > 0 and offset + count <= size for offset, count in segments):
        return False
    pixels = int(page.imagewidth) * int(page.imagelength)
    area = int(page.tilewidth) * int(page.tilelength) if page.is_tiled else pixels
    if area > pixels + _LARGEST_TILE:
        return False
    raw = pixels * int(page.samplesperpixel) * page.bitspersample / 8
    held = min(size, sum(count for _, count in segments))
    if held * _RATIOS.get(int(page.compression), _BEST_RATIO) < raw * (0.99 if int(page.photometric) != 6 else 0.3):
        return False
    return int(page.compression) != JPEG or _streams_fit(page, area, segments)


def _streams_fit(page: Any, area: int, segments: Sequence[tuple[int, int]]) -> bool:
    """Whether no JPEG stream states more pixels than its strip or tile has."""
    handle = page.parent.filehandle
    for offset, count in segments:
        handle.seek(offset)
        width, height = stated_size(handle.read(min(count, JPEG_HEAD)))
        if width * height > area + JPEG_PADDING * (width + height):
            return False
    return True


def _decode(path: Path, pages: list[Any]) -> RgbImage:
    first = pages[0]
    if len(pages) == 3:
        samples = np.dstack([_samples(page) for page in pages])
        return from_layout(samples, layout_of(first, model="rgb"))
    if int(first.compression) in LEFT_TO_PILLOW:
        return _decode_by_pillow(path, first)
    model = colour_model(first)
    if model == "ycbcr" and first.is_subsampled:
        return _decode_by_opencv(path, first)
    return from_layout(_samples(first), layout_of(first, model=model))


def _samples(page: Any) -> npt.NDArray[Any]:
    """``(H, W)`` or ``(H, W, C)`` as stored, channels last."""
    samples: npt.NDArray[Any] = page.asarray(maxworkers=1)
    if int(page.planarconfig) == SEPARATE and page.samplesperpixel > 1:
        samples = np.moveaxis(samples, 0, -1)
    return samples


def _decode_by_pillow(path: Path, page: Any) -> RgbImage:
    with Image.open(path, formats=["TIFF"]) as image:
        image.seek(page.index)
        image.load()  # upright from here on: Pillow applies the orientation of a TIFF as it loads it
        return from_pillow(image)


def _decode_by_opencv(path: Path, page: Any) -> RgbImage:
    """Reduced chroma outside a JPEG stream, which libtiff makes RGB of; upright."""
    data = np.fromfile(path, np.uint8)  # by bytes: OpenCV can't open every path on Windows
    done, images = cv2.imdecodemulti(data, cv2.IMREAD_COLOR, range=(page.index, page.index + 1))
    if not done or not images:
        raise ValueError("OpenCV can't decode it")
    return np.ascontiguousarray(np.asarray(images[0], np.uint8)[..., ::-1])
