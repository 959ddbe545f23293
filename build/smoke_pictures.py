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
