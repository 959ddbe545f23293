"""Good image files of every kind, and ways to spoil them. The same dice do the same."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

import numpy as np
import tifffile
from PIL import Image, ImageCms

from tests.attack.child import ROOT

WHOLE_NUMBERS = (0, 1, 2, 3, 7, 255, 256, 14_000, 2**15, 2**16 - 1, 2**20, 2**31 - 1, 2**31, 2**32 - 1)
"""What a header may say instead of what is so."""


def good_pictures() -> dict[str, bytes]:
    """Files by name, a few thousand pixels each."""
    with Image.open(ROOT / "resources" / "sample" / "sample_smear.png") as image:
        rgb = image.convert("RGB").crop((300, 200, 460, 320))
    return {**_by_pillow(rgb), **_by_tifffile(np.asarray(rgb))}


def _by_pillow(rgb: Image.Image) -> dict[str, bytes]:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = Image.Exif()
    turned[0x0112] = 6
    film = {"save_all": True, "append_images": [rgb.rotate(90), rgb.rotate(180)]}
    made: dict[str, tuple[Image.Image, str, dict[str, object]]] = {
        "rgb.png": (rgb, "PNG", {"icc_profile": profile}),
        "grey.png": (rgb.convert("L"), "PNG", {}),
        "palette.png": (rgb.quantize(64), "PNG", {"transparency": 3}),
        "clear.png": (rgb.convert("RGBA"), "PNG", {}),
        "deep.png": (Image.fromarray(np.asarray(rgb.convert("L"), np.uint16) * 257), "PNG", {}),
        "film.png": (rgb, "PNG", film),
        "plain.jpg": (rgb, "JPEG", {"exif": turned}),
        "progressive.jpg": (rgb, "JPEG", {"progressive": True, "icc_profile": profile}),
        "inks.jpg": (rgb.convert("CMYK"), "JPEG", {}),
        "grey.jpg": (rgb.convert("L"), "JPEG", {"restart_marker_blocks": 4}),
        "rgb.bmp": (rgb, "BMP", {}),
        "palette.bmp": (rgb.quantize(200), "BMP", {}),
        "film.gif": (rgb.quantize(64), "GIF", {}),
        "lossy.webp": (rgb, "WEBP", {"icc_profile": profile}),
        "lossless.webp": (rgb.convert("RGBA"), "WEBP", {"lossless": True}),
        "film.webp": (rgb, "WEBP", film),
    }
    files = {}
    for name, (image, kind, options) in made.items():
        out = io.BytesIO()
        image.save(out, kind, **options)
        files[name] = out.getvalue()
    return files


def _by_tifffile(rgb: np.ndarray) -> dict[str, bytes]:
    grey, deep = rgb[..., 1], rgb.astype(np.uint16) * 16
    packed, colours = np.clip(grey // 4, 0, 63), np.arange(768, dtype=np.uint16).reshape(3, 256)
    made: dict[str, tuple[np.ndarray, dict[str, object]]] = {
        "plain.tif": (rgb, {"photometric": "rgb"}),
        "lzw.tif": (rgb, {"photometric": "rgb", "compression": "lzw", "predictor": True, "rowsperstrip": 16}),
        "tiles.tif": (rgb, {"photometric": "rgb", "compression": "zlib", "tile": (32, 32)}),
        "planes.tif": (
            np.moveaxis(deep, -1, 0).copy(),
            {"planarconfig": "separate", "photometric": "rgb", "compression": "zstd"},
        ),
        "jpeg.tif": (rgb, {"photometric": "rgb", "compression": "jpeg"}),
        "lzma.tif": (deep, {"photometric": "rgb", "compression": "lzma", "tile": (64, 64)}),
        "packbits.tif": (grey, {"compression": "packbits"}),
        "bits.tif": (grey > 128, {}),
        "palette.tif": (
            packed,
            {"colormap": colours, "photometric": "palette"},
        ),
        "big.tif": (
            rgb,
            {"photometric": "rgb", "bigtiff": True, "resolution": (40_000, 40_000), "resolutionunit": "CENTIMETER"},
        ),
        "pages.ome.tif": (np.stack([grey] * 4), {"ome": True, "metadata": {"axes": "ZYX", "PhysicalSizeX": 0.1}}),
        "imagej.tif": (np.stack([grey] * 3), {"imagej": True, "metadata": {"axes": "CYX"}}),
    }
    files = {}
    for name, (samples, options) in made.items():
        writing = {key: options.pop(key) for key in ("bigtiff", "ome", "imagej") if key in options}
        out = io.BytesIO()
        with tifffile.TiffWriter(out, **writing) as tiff:
            tiff.write(samples, **options)
        files[name] = out.getvalue()
    return files


def _bytes(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 30)):
        data[dice.randrange(len(data))] = dice.randrange(256)


def _header(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 6)):
        data[dice.randrange(4, min(len(data), 400))] = dice.choice([0, 1, 127, 128, 255, dice.randrange(256)])


def _number(data: bytearray, dice: random.Random) -> None:
    """A whole number in the header or at the end, where TIFF keeps its tags."""
    for _ in range(dice.randint(1, 3)):
        form = dice.choice(["<H", ">H", "<I", ">I", "<Q"])
        size = struct.calcsize(form)
        near = dice.choice([dice.randrange(4, 200), len(data) - dice.randrange(size, 400), dice.randrange(len(data))])
        at = max(0, min(near, len(data) - size))
        struct.pack_into(form, data, at, dice.choice(WHOLE_NUMBERS) % 256**size)


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def _cut_and_closed(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data) // 4, len(data)) :]
    data += dice.choice([b"\xff\xd9", b"\0" * 4000, b"\0\0\0\0IEND\xaeB`\x82", b"\x00;", dice.randbytes(300)])


def _moved(data: bytearray, dice: random.Random) -> None:
    """A piece is taken out, put in again elsewhere or said twice."""
    start = dice.randrange(len(data))
    piece = data[start : start + dice.randrange(1, 500)]
    if dice.random() < 0.5:
        del data[start : start + len(piece)]
    at = dice.randrange(len(data) + 1)
    data[at:at] = piece


def _blank(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    length = min(dice.randrange(1, 2000), len(data) - start)
    data[start : start + length] = bytes([dice.choice([0, 255])]) * length


def _chunk(data: bytearray, dice: random.Random) -> None:
    """A PNG whose spoilt chunk has the right checksum; other files lose some bytes."""
    if not data.startswith(b"\x89PNG"):
        _bytes(data, dice)
        return
    at, chunks = 8, []
    while at + 12 <= len(data):
        chunks.append(at)
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    at = dice.choice([*chunks[:2], dice.choice(chunks)])
    length = int.from_bytes(data[at : at + 4], "big")
    body = bytearray(data[at + 8 : at + 8 + length])
    if data[at + 4 : at + 8] == b"IDAT" and dice.random() < 0.5:
        body = bytearray(zlib.compress(bytes(dice.choice([10, 10**5, 3 * 10**7]))))
    for _ in range(dice.randint(1, 3) if body else 0):
        body[dice.randrange(len(body))] = dice.randrange(256)
    name = bytes(data[at + 4 : at + 8])
    data[at : at + 12 + length] = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    )


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _bytes, _header, _header, _number, _number, _cut, _cut_and_closed, _moved, _blank, _chunk,
)  # fmt: skip


def spoilt(good: bytes, dice: random.Random) -> tuple[str, bytes]:
    """How it was spoilt, and what is left; one file in thirty stays as it is."""
    data = bytearray(good)
    if dice.random() < 1 / 30:
        return "good", good
    way = dice.choice(WAYS)
    way(data, dice)
    return way.__name__.strip("_").replace("_", " "), bytes(data)
