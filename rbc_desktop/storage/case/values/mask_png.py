"""Masks as one-bit PNG images."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from ....domain.arrays import BoolArray
from ....domain.cells.column_values import Ids

_PARAMETERS = (cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 1)
MOST_PIXELS = 200_000_000
"""Pixels of one mask: those of the largest image that is opened as a whole."""

_BEST_RATIO = 1100
"""How many times smaller Deflate can make something, at the very best (1032)."""

_MAGIC = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">I4s")
_HEADER = struct.Struct(">IIBBBBB")

_START, _ONE_BIT, _FINISH = _MAGIC + b"\0\0\0\rIHDR", b"\1\0\0\0\0", b"\0\0\0\0IEND\xaeB`\x82"
"""What the pictures of `encode_mask` have in common."""

_SIZES = struct.Struct(">II5xII4s")
_SMALL = 4096
"""Bytes of a mask up to which it is unpacked at once: into 4 MB at most."""

_WITHOUT = [bytes(value for value in range(256) if not value % (1 << bits)) for bits in range(8)]
"""For a number of bits at the end of a row that are no pixels: the bytes in which these are 0."""


def encode_mask(crop: BoolArray) -> bytes:
    """PNG bytes of a bool array ``(h, w)``, white where True."""
    done, data = cv2.imencode(".png", crop.view(np.uint8) * np.uint8(255), _PARAMETERS)
    if not done:
        raise ValueError("the mask can't be encoded")
    return data.tobytes()


def decode_mask(data: bytes, *, most_width: int, most_height: int) -> BoolArray:
    """The bool array ``(h, w)`` of PNG bytes.

    Args:
        data: a grey PNG of 1 or 8 bits, with the chunks that a picture needs and no others.
        most_width, most_height: pixels; a larger picture is refused before it is decoded.

    Raises:
        ValueError: when the bytes are anything else.
    """
    if type(data) is not bytes or not _is_plain_png(data):
        raise ValueError("a mask is no PNG picture")
    width, height, depth, colour, *_, interlace = _HEADER.unpack_from(data, 16)
    if depth not in (1, 8) or colour != 0 or interlace != 0:
        raise ValueError("a mask is no plain grey picture")
    if not (0 < width <= most_width and 0 < height <= most_height):
        raise ValueError(f"a mask of {width} × {height} pixels")
    if width * height > MOST_PIXELS or width * height * depth // 8 > _BEST_RATIO * len(data):
        raise ValueError(f"a mask of {width} × {height} pixels in {len(data)} bytes")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None or image.shape != (height, width):
        raise ValueError("a mask can't be decoded")
    return np.asarray(image >= 128)


def _is_plain_png(data: bytes) -> bool:
    """Whether header, pixels and end follow each other, complete and unharmed, and nothing else."""
    if not data.startswith(_MAGIC):
        return False
    names, position = [], len(_MAGIC)
    while position + 12 <= len(data):
        length, name = _CHUNK.unpack_from(data, position)
        end = position + 8 + length
        if end + 4 > len(data) or data[end : end + 4] != zlib.crc32(data[position + 4 : end]).to_bytes(4, "big"):
            return False
        names.append(name)
        position = end + 4
    whole = position == len(data) and len(names) > 2 and set(names[1:-1]) == {b"IDAT"}
    return whole and names[0] == b"IHDR" and names[-1] == b"IEND" and _CHUNK.unpack_from(data, 8)[0] == _HEADER.size


def unpack_mask(data: bytes, width: int, height: int) -> BoolArray:
    """The bool array ``(height, width)`` of bytes that `measure_mask` has checked."""
    return decode_mask(data, most_width=width, most_height=height)


def measure_masks(stored: Sequence[Any]) -> Ids:
    """Width, height and number of pixels of many masks, ``(n, 3)``; zeros where `measure_mask` has to look.

    What `encode_mask` writes (one chunk of unfiltered rows) is counted without making an array of it.

    Raises:
        ValueError: when one holds more than its picture.
    """
    found = np.zeros((len(stored), 3), np.int64)
    size, crc, inflate, of = _SIZES.unpack_from, zlib.crc32, zlib.decompress, int.from_bytes
    for at, data in enumerate(stored):
        if (
            type(data) is not bytes
            or not 58 <= len(data) <= _SMALL
            or data[:16] != _START
            or data[24:29] != _ONE_BIT
            or data[-12:] != _FINISH
        ):
            continue
        width, height, head, length, name = size(data, 16)
        if name != b"IDAT" or length != len(data) - 57 or crc(data[12:29]) != head:
            continue
        if crc(data[37:-16]) != of(data[-16:-12], "big"):
            continue
        try:
            rows = inflate(data[41:-16])
        except zlib.error:
            continue
        stride = 1 + (width + 7) // 8
        if len(rows) > stride * height:
            raise ValueError(
                "a mask with more rows than it says"
            )  # the first one that unpacks to very much is the last
        if len(rows) < stride * height or rows[::stride].strip(b"\0"):
            continue
        beyond = -width % 8
        if beyond and rows[stride - 1 :: stride].translate(None, _WITHOUT[beyond]):
            continue
        found[at] = width, height, of(rows, "big").bit_count()
    found[found[:, 2] == 0] = 0
    return found


def measure_mask(data: Any, *, most_width: int, most_height: int) -> tuple[int, int, int]:
    """Width, height and number of pixels of a mask, its bytes checked as `decode_mask` does.

    Raises:
        ValueError: as `decode_mask`; or when no pixel belongs to the mask.
    """
    crop = decode_mask(data, most_width=most_width, most_height=most_height)
    area = int(np.count_nonzero(crop))
    if not area:
        raise ValueError("a mask without pixels")
    return crop.shape[1], crop.shape[0], area
