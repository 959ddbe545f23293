"""Masks as one-bit PNG images."""

from __future__ import annotations

import struct
import zlib

import cv2
import numpy as np

from ..domain.arrays import BoolArray

_PARAMETERS = (cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 1)
MOST_PIXELS = 200_000_000
"""Pixels of one mask: those of the largest image that is opened as a whole."""

_BEST_RATIO = 1100
"""How many times smaller Deflate can make something, at the very best (1032)."""

_MAGIC = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">I4s")
_HEADER = struct.Struct(">IIBBBBB")


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
