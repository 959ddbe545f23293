"""Any samples to 8-bit RGB."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from ..ports import RgbImage

BIT_DEPTHS = (8, 10, 12, 14, 16)
"""Bit depths of cameras, as stored in 16-bit files."""


def to_8_bit(samples: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint8]:
    """16-bit samples, any shape, to 8 bits.

    Cameras of 10, 12 or 14 bits store their values unscaled in 16-bit files, so the full scale is that of the smallest
    bit depth that holds the largest value. The scaling is linear through zero: a percentile stretch would move the
    black point, and with it every optical density, differently in every field.
    """
    largest = int(samples.max(initial=0))
    depth = next(d for d in BIT_DEPTHS if largest < 2**d)
    full = 2**depth - 1
    table = ((np.arange(2**16, dtype=np.uint32) * 255 + full // 2) // full).clip(0, 255).astype(np.uint8)
    scaled: npt.NDArray[np.uint8] = table[samples]
    return scaled


def from_samples(samples: npt.NDArray[Any], *, orientation: int = 1) -> RgbImage:
    """Grey ``(H, W)``, grey with alpha ``(H, W, 2)``, RGB or RGBA samples, uint8 or uint16, to upright RGB.

    Args:
        samples: the array as stored.
        orientation: value of the EXIF or TIFF orientation tag, 1 to 8.

    Raises:
        ValueError: for other types or numbers of samples.
    """
    if samples.dtype == np.uint16:
        alpha_full = samples[..., -1:] if samples.ndim == 3 and samples.shape[2] in (2, 4) else None
        colour = to_8_bit(samples if alpha_full is None else samples[..., :-1])
        # Alpha always uses the whole 16 bits, whatever the camera's depth.
        samples = colour if alpha_full is None else np.dstack([colour, (alpha_full >> 8).astype(np.uint8)])
    if samples.dtype != np.uint8 or samples.ndim not in (2, 3):
        raise ValueError(f"samples of type {samples.dtype}, shape {samples.shape}")
    if samples.ndim == 2:
        samples = samples[..., None]
    if samples.shape[2] in (2, 4):
        samples = _over_white(samples)
    if samples.shape[2] == 1:
        samples = np.repeat(samples, 3, axis=2)
    if samples.shape[2] != 3:
        raise ValueError(f"{samples.shape[2]} samples a pixel")
    return np.ascontiguousarray(_upright(samples, orientation))


def from_pillow(image: Image.Image) -> RgbImage:
    """A decoded, upright Pillow image to RGB.

    Raises:
        ValueError: for modes that have no plain conversion (float, Lab).
    """
    if image.mode in ("I;16", "I;16L", "I;16B", "I"):
        values = np.asarray(image)
        if values.min(initial=0) < 0 or values.max(initial=0) >= 2**16:
            raise ValueError("32-bit samples")
        return from_samples(values.astype(np.uint16))
    if image.mode in ("F", "LAB", "HSV"):
        raise ValueError(f"colour mode {image.mode}")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return from_samples(np.asarray(image.convert("RGBA")))
    return np.array(image.convert("RGB"), dtype=np.uint8)


def _over_white(samples: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    alpha = samples[..., -1:].astype(np.uint16)
    if alpha.min() == alpha.max():  # says nothing; some cameras' programs write zeros or an unscaled value
        return samples[..., :-1]
    mixed = samples[..., :-1] * alpha + np.uint16(255) * (255 - alpha)
    return ((mixed + 127) // 255).astype(np.uint8)


def _upright(samples: npt.NDArray[np.uint8], orientation: int) -> npt.NDArray[np.uint8]:
    """Undo the eight orientations of EXIF 2.3, 4.6.4."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    return samples
