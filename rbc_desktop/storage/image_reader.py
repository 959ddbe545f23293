"""Reading image files: upright 8-bit RGB, or one sentence that says why not and what to do."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import ImageReadError
from ..ports import LoadedImage, RgbImage
from .pixel_formats import SampleLayout, from_layout, from_pillow
from .tiff_reader import read_tiff

MAX_PIXELS = 200_000_000
"""Pixels of the largest image that is decoded as a whole: 600 MB as RGB, within the memory bound of the design."""

MIN_SIDE = 16
"""Pixels of the shortest side; below it no cell can be made out."""

# Our own check comes first and says more; Pillow's would warn from 89 million pixels on.
Image.MAX_IMAGE_PIXELS = None

_PNG, _JPEG, _BMP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM"
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_FORMATS = {_PNG: "PNG", _JPEG: "JPEG", _BMP: "BMP"}


def read_image(path: Path, *, page: int = 0) -> LoadedImage:
    """Decode one page of a PNG, JPEG, BMP or TIFF file (`ports.ImageReader`), known by its content, not its ending.

    Grey, palette, CMYK and 16-bit images become 8-bit RGB; transparency is laid over white. 16-bit values are divided
    by the full scale of the camera's bit depth (see `pixel_formats.to_8_bit`).

    Raises:
        ImageReadError: when the file is missing, not an image, damaged, cut off or too large; nothing half is returned.
    """
    path = path.absolute()
    try:
        magic = _check_file(path)
        if magic.startswith(_TIFF):
            return read_tiff(path, page=page, check_size=check_size)
        for start, name in _FORMATS.items():
            if magic.startswith(start):
                if page != 0:
                    raise ImageReadError(f"{path.name} has only one page; page {page + 1} can't be opened.")
                return _read_simple(path, name)
    except ImageReadError:
        raise
    except MemoryError as error:
        raise ImageReadError(
            f"There isn't enough memory to open {path.name}; close other programs or crop it."
        ) from error
    except PermissionError as error:
        raise ImageReadError(f"{path.name} can't be read: permission denied; ask its owner for access.") from error
    except Exception as error:  # decoders raise whatever they stumble over
        raise damaged(path) from error
    raise ImageReadError(
        f"{path.name} is not an image of a known kind; save it as PNG, JPEG, BMP or TIFF and open that."
    )


def damaged(path: Path) -> ImageReadError:
    """The error for a file that begins like an image and doesn't go on so."""
    return ImageReadError(f"{path.name} is damaged or cut off; copy or export it again from its source.")


def check_size(path: Path, *, width: int, height: int) -> None:
    """Refuse by the header, before any pixel is decoded.

    Raises:
        ImageReadError: when the image is too large or too small.
    """
    if width * height > MAX_PIXELS:
        raise ImageReadError(
            f"{path.name} is too large ({width:,} × {height:,} pixels; the limit is {MAX_PIXELS // 10**6} million):"
            " export the region of interest from the slide viewer as PNG or TIFF and open that."
        )
    if min(width, height) < MIN_SIDE:
        raise ImageReadError(
            f"{path.name} is too small ({width} × {height} pixels) to show cells; choose another image."
        )


def _check_file(path: Path) -> bytes:
    """The first bytes of a regular, non-empty file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ImageReadError(f"{path.name} doesn't exist; it may have been moved or renamed.") from error
    if stat.S_ISDIR(status.st_mode):
        raise ImageReadError(f"{path.name} is a folder; choose an image inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise ImageReadError(f"{path.name} is not a file; choose an image file.")
    if status.st_size == 0:
        raise ImageReadError(f"{path.name} is empty (0 bytes); copy or export it again from its source.")
    with path.open("rb") as file:
        return file.read(16)


def _read_simple(path: Path, name: str) -> LoadedImage:
    """PNG, JPEG or BMP: one read, so that hash and pixels belong to the same bytes."""
    with path.open("rb") as file:
        _check_header(path, file, name)
        file.seek(0)
        data = file.read()
    if (name == "JPEG" and not _jpeg_is_complete(data)) or (name == "PNG" and _PNG_END not in data):
        raise damaged(path)
    if name == "PNG":
        with Image.open(io.BytesIO(data), formats=[name]) as probe:
            probe.verify()  # checksums of all chunks; decoding alone accepts flipped bits
    pixels = _decode(data, name)
    pixels.setflags(write=False)
    return LoadedImage(path=path, pixels=pixels, sha256=hashlib.sha256(data).hexdigest())


def _check_header(path: Path, file: io.BufferedReader, name: str) -> None:
    try:
        with Image.open(file, formats=[name]) as header:
            width, height = header.size
    except UnidentifiedImageError as error:
        raise damaged(path) from error
    check_size(path, width=width, height=height)


def _decode(data: bytes, name: str) -> RgbImage:
    with Image.open(io.BytesIO(data), formats=[name]) as image:
        if name == "PNG" and data[24] == 16 and image.mode in ("RGB", "RGBA", "LA"):
            return _decode_deep_png(data, image)
        image.load()
        return from_pillow(ImageOps.exif_transpose(image))


def _decode_deep_png(data: bytes, header: Image.Image) -> RgbImage:
    """16-bit PNG with several channels, of which Pillow keeps only the high bytes."""
    samples = cv2.imdecode(np.frombuffer(_still_png(data), np.uint8), cv2.IMREAD_UNCHANGED)
    if samples is None or samples.dtype != np.uint16:
        raise ValueError("OpenCV can't decode it")
    alpha: Literal["straight"] | None = "straight" if samples.ndim == 3 and samples.shape[2] == 4 else None
    if samples.ndim == 3:
        samples = samples[..., [2, 1, 0, 3][: samples.shape[2]]]
    orientation, profile = header.getexif().get(0x0112, 1), header.info.get("icc_profile")
    layout = SampleLayout("rgb", bits=16, alpha=alpha, profile=profile, orientation=orientation)
    return from_layout(samples, layout)


def _still_png(data: bytes) -> bytes:
    """The file without the chunks of an animation, which OpenCV renders in 8 bits or as black."""
    kept, position = [data[:8]], 8
    while position + 12 <= len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        if data[position + 4 : position + 8] not in _ANIMATION:
            kept.append(data[position:end])
        position = end
    return b"".join(kept)


def _jpeg_is_complete(data: bytes) -> bool:
    """Whether an end marker follows the first scan; libjpeg fills what is missing with grey and says nothing."""
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xDA:
            return data.find(b"\xff\xd9", position) >= 0
        if marker == 0xFF:  # fill byte
            position += 1
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return False
