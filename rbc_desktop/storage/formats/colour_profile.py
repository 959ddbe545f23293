"""ICC profiles of images: their colours to sRGB."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

U8Array = npt.NDArray[np.uint8]

_MODES = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}
_CHANNELS = {"L": 1, "RGB": 3, "CMYK": 4}
_SAME = 2
"""Grey levels: a profile that changes no colour by more is sRGB, and the pixels stay as they are."""

_BAND = 2**22
"""Pixels that are converted at a time."""


def to_srgb(samples: U8Array, profile: bytes | None) -> U8Array | None:
    """Samples to sRGB ``(H, W, 3)``; None where there is no profile, an unreadable one, or one for other channels.

    Args:
        samples: ``(H, W)`` grey, ``(H, W, 3)`` RGB or ``(H, W, 4)`` CMYK, uint8.
        profile: the bytes of an ICC profile, or None.
    """
    if not profile:
        return None
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _MODES.get(opened.profile.xcolor_space, "")
        if _CHANNELS.get(mode) != (1 if samples.ndim == 2 else samples.shape[2]):
            return None
        transform = ImageCms.buildTransform(
            opened, ImageCms.createProfile("sRGB"), mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC
        )
    except (ImageCms.PyCMSError, OSError, ValueError):  # a damaged profile says nothing about the colours
        return None
    if mode == "RGB" and _changes_nothing(transform):
        return samples
    return _apply(samples, transform, mode)


def _apply(samples: U8Array, transform: ImageCms.ImageCmsTransform, mode: str) -> U8Array:
    height, width = samples.shape[:2]
    converted = np.empty((height, width, 3), np.uint8)
    rows = max(1, _BAND // width)
    for y in range(0, height, rows):
        band = Image.fromarray(np.ascontiguousarray(samples[y : y + rows]), mode)
        done = ImageCms.applyTransform(band, transform)
        assert done is not None  # only None when converted in place
        converted[y : y + rows] = np.asarray(done)
    return converted


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    levels = np.arange(0, 256, 15, dtype=np.uint8)
    colours = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(1, -1, 3)
    return int(np.abs(_apply(colours, transform, "RGB").astype(int) - colours).max()) <= _SAME
