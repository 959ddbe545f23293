"""TIFF files: 8 and 16 bits, grey, RGB(A), palette, CMYK; several pages; OME and ImageJ scales."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt
import tifffile
from PIL import Image, ImageOps

from ..errors import ImageReadError
from ..ports import LoadedImage, RgbImage
from .digest import sha256_of
from .pixel_formats import from_pillow, from_samples
from .tiff_scale import stated_calibration


class SizeCheck(Protocol):
    """Refuses an image by its size."""

    def __call__(self, path: Path, *, width: int, height: int) -> None:
        """Raise `ImageReadError` when the image is too large or too small."""


def read_tiff(path: Path, *, page: int, check_size: SizeCheck) -> LoadedImage:
    """Decode one page of a TIFF file.

    Raises:
        ImageReadError: with a sentence for the user.
        Exception: whatever the decoders raise on damaged data; the caller makes a sentence of it.
    """
    with tifffile.TiffFile(path) as tiff:
        pages = len(tiff.pages)
        if pages == 0:
            raise ValueError("the file ends before its first page")
        if not 0 <= page < pages:
            raise ImageReadError(f"{path.name} has {pages} pages; page {page + 1} can't be opened.")
        chosen = tiff.pages[page].aspage()
        if not chosen.imagewidth or not chosen.imagelength:
            raise ValueError("the page has no size")
        check_size(path, width=int(chosen.imagewidth), height=int(chosen.imagelength))
        _check_kind(path, chosen)
        if not _is_complete(chosen, path.stat().st_size):
            raise ValueError("the file ends before its pixels do")
        calibration = stated_calibration(tiff, chosen)
        pixels = _decode_16_bit(path, chosen, page) if chosen.dtype == np.uint16 else _decode_8_bit(path, page)
    pixels.setflags(write=False)
    return LoadedImage(
        path=path, pixels=pixels, sha256=_digest(path), calibration=calibration, page=page, page_count=pages
    )


def _digest(path: Path) -> str:
    """The pages of a file are read one after the other; its bytes are hashed once, unless they change."""
    status = path.stat()
    return _digest_of_version(path, status.st_size, status.st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _digest_of_version(path: Path, _size: int, _mtime_ns: int) -> str:
    return sha256_of(path)


def _check_kind(path: Path, page: Any) -> None:
    if page.dtype not in (np.dtype(bool), np.dtype(np.uint8), np.dtype(np.uint16)):
        if not isinstance(page.bitspersample, int):
            raise ValueError("channels of different depth")
        kind = f"{page.bitspersample}-bit {'floating point' if page.dtype and page.dtype.kind == 'f' else 'integer'}"
        raise ImageReadError(f"{path.name} holds {kind} pixels; save it with 8 or 16 bits a channel and open that.")
    if page.samplesperpixel > 4 or page.photometric.name in ("CIELAB", "ICCLAB", "ITULAB", "LOGL", "LOGLUV", "CFA"):
        raise ImageReadError(f"{path.name} is no plain grey or RGB picture; save it as 8- or 16-bit RGB and open that.")


def _is_complete(page: Any, size: int) -> bool:
    """Whether every strip or tile lies inside the file; decoders fill the missing ones with black."""
    segments = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    return bool(segments) and all(offset > 0 and count > 0 and offset + count <= size for offset, count in segments)


def _decode_8_bit(path: Path, page: int) -> RgbImage:
    """Pillow knows every compression and colour model that 8-bit files use."""
    with Image.open(path, formats=["TIFF"]) as image:
        image.seek(page)
        image.load()
        return from_pillow(ImageOps.exif_transpose(image))


def _decode_16_bit(path: Path, page: Any, number: int) -> RgbImage:
    samples: npt.NDArray[Any]
    try:
        samples = page.asarray()
        if samples.ndim == 3 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
            samples = np.moveaxis(samples, 0, -1)
    except ValueError:  # a compression that tifffile leaves to an optional package, LZW above all
        samples = _decode_by_opencv(path, number)
    tag = page.tags.get("Orientation")
    pixels = from_samples(samples, orientation=1 if tag is None else int(tag.value))
    return 255 - pixels if page.photometric == tifffile.PHOTOMETRIC.MINISWHITE else pixels


def _decode_by_opencv(path: Path, number: int) -> npt.NDArray[Any]:
    data = np.fromfile(path, np.uint8)  # by bytes: OpenCV can't open every path on Windows
    done, images = cv2.imdecodemulti(data, cv2.IMREAD_UNCHANGED, range=(number, number + 1))
    if not done or not images:
        raise ValueError("OpenCV can't decode it")
    samples: npt.NDArray[Any] = np.asarray(images[0])
    return samples[..., [2, 1, 0, 3][: samples.shape[2]]] if samples.ndim == 3 else samples
