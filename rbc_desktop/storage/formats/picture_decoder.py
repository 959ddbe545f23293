"""Bytes of PNG, JPEG, BMP, WebP, GIF and HEIC files to upright RGB."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO, Literal

import cv2
import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from ...ports import RgbImage
from .jpeg_stream import complete_share, has_an_end
from .pixel_formats import SampleLayout, from_layout, from_pillow, samples_of

# `check_size` comes first and says more; Pillow's own check would warn from 89 million pixels on.
Image.MAX_IMAGE_PIXELS = None
pi_heif.register_heif_opener(thumbnails=False)

_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """One file format.

    Attributes:
        start: the bytes that a file begins with.
        pixels_per_byte: that the tightest compression reaches, for one plain colour; a file of fewer bytes is cut off
            or a trap.
    """

    start: bytes
    pixels_per_byte: float


FORMATS = {
    "PNG": PictureFormat(b"\x89PNG\r\n\x1a\n", 1032 * 8),
    "JPEG": PictureFormat(b"\xff\xd8\xff", 1024),
    "BMP": PictureFormat(b"BM", 255),
    "GIF": PictureFormat(b"GIF8", 4096),
    "WEBP": PictureFormat(b"RIFF", 50_000),
    "HEIF": PictureFormat(b"", 50_000),
}
"""By the names that Pillow gives them."""


def format_of(magic: bytes) -> str | None:
    """The format of a file by its first 16 bytes, or None."""
    if magic[4:8] == b"ftyp":
        return "HEIF" if magic[8:12] in _HEIC_BRANDS else None
    for name, known in FORMATS.items():
        if known.start and magic.startswith(known.start) and (name != "WEBP" or magic[8:12] == b"WEBP"):
            return name
    return None


def stated_size(file: BinaryIO, name: str) -> tuple[int, int]:
    """Width and height that the header of an open file states.

    Raises:
        ValueError: when there is no such header.
    """
    if name == "WEBP":
        return _webp_size(file.read(30))
    try:
        with Image.open(file, formats=[name]) as header:
            return header.size
    except UnidentifiedImageError as error:
        raise ValueError(f"no {name} header") from error


def _webp_size(head: bytes) -> tuple[int, int]:
    """As the first chunk states it; Pillow reads a whole file before it says so."""
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if head[12:16] == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    raise ValueError("no WebP header")


def decode_picture(data: bytes, name: str) -> tuple[RgbImage, float]:
    """Upright RGB pixels ``(H, W, 3)`` uint8, and which share of the picture the file holds.

    Args:
        data: the whole file.
        name: its format, of `FORMATS`.

    Raises:
        Exception: whatever the decoders raise on damaged data.
    """
    if name == "PNG":
        if _PNG_END not in data:
            raise ValueError("the file ends before its pixels do")
        with Image.open(io.BytesIO(data), formats=[name]) as probe:
            probe.verify()  # checksums of all chunks; decoding alone accepts flipped bits
    if name == "JPEG" and not has_an_end(data):
        raise ValueError("the file ends before its pixels do")
    with Image.open(io.BytesIO(data), formats=[name]) as image:
        if name == "PNG" and data[24] == 16 and image.mode in ("RGB", "RGBA", "LA"):
            return _decode_deep_png(data, image), 1.0
        image.load()
        share = complete_share(data, samples_of(image)) if name == "JPEG" else 1.0
        ImageOps.exif_transpose(image, in_place=True)
        return from_pillow(image), share


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
