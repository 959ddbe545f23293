"""Image files of the kinds that need codecs of their own, all of one piece of the sample, for the smoke run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tifffile
from PIL import Image

PIECE = (slice(320, 560), slice(480, 800))
"""Rows and columns of the sample, 320 × 240 pixels; the same piece as in `PHONE_PICTURE`."""

PHONE_PICTURE = Path(__file__).with_name("sample_piece.heic")
"""Nothing here writes HEIC; this was written with pillow-heif 1.8.1 at quality 50."""

TIFFS: Mapping[str, Mapping[str, Any]] = {
    "lzw": {"compression": "lzw", "predictor": True},
    "zstd": {"compression": "zstd"},
    "lzma": {"compression": "lzma"},
    "deflate": {"compression": "zlib", "tile": (64, 64)},
    "jpeg": {"compression": "jpeg"},
}
LOSSLESS = ("piece_deflate.tif", "piece_lzma.tif", "piece_lzw.tif", "piece_zstd.tif", "piece.webp")
"""Files that hold the very pixels of the piece."""


SLIDE_REGION = (1024, 2048, 900, 800)
"""Left, top, width and height of the region of the slide that is analysed."""


def write_slide(path: Path, sample: npt.NDArray[np.uint8]) -> Path:
    """A slide of 8,192 pixels a side as an Aperio scanner writes it: the sample over and over, in two levels.

    Args:
        path: ends in ``.svs``.
        sample: ``(H, W, 3)`` RGB, at least 512 pixels a side.
    """
    tile = np.ascontiguousarray(sample[:512, :512])
    head, facts = "Aperio Image Library v12.0.15\r\n", "|AppMag = 40|MPP = 0.2|Date = 03/04/26|Time = 05:06:07"
    options: dict[str, Any] = {
        "photometric": "rgb", "tile": (512, 512), "compression": "jpeg", "compressionargs": {"level": 90},
        "metadata": None, "dtype": np.uint8,
    }  # fmt: skip
    reduced = np.tile(tile[::4, ::4], (4, 4, 1))
    with tifffile.TiffWriter(path) as writer:
        text = f"{head}8192x8192 [0,0 8192x8192] (512x512) JPEG/RGB Q=90{facts}"
        writer.write((tile for _ in range(256)), shape=(8192, 8192, 3), description=text, **options)
        text = f"{head}8192x8192 (512x512) -> 2048x2048 JPEG/RGB Q=90{facts}"
        writer.write((reduced for _ in range(16)), shape=(2048, 2048, 3), description=text, **options)
    return path


def write_pictures(folder: Path, sample: npt.NDArray[np.uint8]) -> list[Path]:
    """TIFF by every codec that goes into the folder, WebP, GIF and HEIC; returns the files, sorted.

    Args:
        folder: is made.
        sample: ``(H, W, 3)`` RGB.
    """
    folder.mkdir()
    piece = np.ascontiguousarray(sample[PIECE])
    for name, options in TIFFS.items():
        tifffile.imwrite(folder / f"piece_{name}.tif", piece, photometric="rgb", **options)
    Image.fromarray(piece).save(folder / "piece.webp", lossless=True)
    Image.fromarray(piece).save(folder / "piece.gif")
    shutil.copy(PHONE_PICTURE, folder / "piece.heic")
    return sorted(folder.iterdir())
