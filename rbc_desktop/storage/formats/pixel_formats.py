"""Any samples to upright 8-bit RGB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from ...ports import RgbImage
from .colour_profile import to_srgb

BIT_DEPTHS = (8, 10, 12, 14, 16)
"""Bit depths of cameras, as stored in 16-bit files."""

_BAND = 2**22
"""Pixels that are converted at a time."""

ColourModel = Literal["grey", "white is zero", "rgb", "ycbcr", "cmyk", "palette"]
_CHANNELS = {"grey": 1, "white is zero": 1, "rgb": 3, "ycbcr": 3, "cmyk": 4, "palette": 1}


@dataclass(frozen=True, slots=True, eq=False)
class SampleLayout:
    """What the samples of an image mean.

    Attributes:
        model: of the first channels.
        bits: of one sample as the file states it, 1 to 16.
        alpha: what the channel after them is: transparency, the same with colours multiplied by it, or nothing known.
        palette: ``(N, 3)`` uint8 RGB for the model "palette".
        profile: bytes of an ICC profile for the first channels.
        orientation: value of the EXIF or TIFF orientation tag, 1 to 8.
    """

    model: ColourModel
    bits: int = 8
    alpha: Literal["straight", "multiplied"] | None = None
    palette: npt.NDArray[np.uint8] | None = None
    profile: bytes | None = None
    orientation: int = 1


def to_8_bit(samples: npt.NDArray[np.uint16], *, bits: int = 16) -> npt.NDArray[np.uint8]:
    """Samples of 9 to 16 bits, any shape, to 8 bits.

    Cameras of 10, 12 or 14 bits store their values unscaled in 16-bit files, so the full scale is that of the smallest
    bit depth that holds the largest value; a file that states fewer than 16 bits is believed. The scaling is linear
    through zero: a percentile stretch would move the black point, and with it every optical density, differently in
    every field.
    """
    largest = int(samples.max(initial=0))
    depth = bits if bits < 16 else next(d for d in BIT_DEPTHS if largest < 2**d)
    full = 2**depth - 1
    table = ((np.arange(2**16, dtype=np.uint32) * 255 + full // 2) // full).clip(0, 255).astype(np.uint8)
    return _looked_up(table, samples)


def from_layout(samples: npt.NDArray[Any], layout: SampleLayout) -> RgbImage:
    """Samples ``(H, W)`` or ``(H, W, C)``, bool, uint8 or uint16, to upright RGB; channels beyond alpha are left out.

    Raises:
        ValueError: for other types or too few channels.
    """
    if samples.ndim == 2:
        samples = samples[..., None]
    count = _CHANNELS[layout.model]
    if samples.ndim != 3 or samples.shape[2] < count or samples.dtype not in (np.bool_, np.uint8, np.uint16):
        raise ValueError(f"samples of type {samples.dtype}, shape {samples.shape}")
    if layout.model == "palette":
        if layout.palette is None:
            raise ValueError("a palette image without palette")
        rgb = _looked_up(layout.palette, np.minimum(samples[..., 0], len(layout.palette) - 1))
        return _upright(rgb, layout.orientation)
    # A flat alpha channel says nothing: some cameras' programs write zeros or an unscaled value.
    alpha = samples[..., count : count + 1] if layout.alpha and samples.shape[2] > count else None
    if alpha is not None and alpha.min() == alpha.max():
        alpha = None
    rgb = _coloured(_eight_bits(samples[..., :count], layout.bits), layout)
    if alpha is not None:
        # Alpha always uses all bits of its samples, whatever the camera's depth.
        alpha = (alpha >> np.uint16(layout.bits - 8)).astype(np.uint8) if alpha.dtype == np.uint16 else alpha
        lay = partial(_over_white, multiplied=layout.alpha == "multiplied")
        rgb = _by_bands(lay, rgb, _eight_bits(alpha, layout.bits))
    return _upright(rgb, layout.orientation)


def from_pillow(image: Image.Image) -> RgbImage:
    """A decoded, upright Pillow image to RGB.

    Raises:
        ValueError: for modes that have no plain conversion (float, Lab).
    """
    profile = image.info.get("icc_profile")
    if image.mode in ("I;16", "I;16L", "I;16B", "I"):
        values = np.asarray(image)
        if values.min(initial=0) < 0 or values.max(initial=0) >= 2**16:
            raise ValueError("32-bit samples")
        return from_layout(values.astype(np.uint16), SampleLayout("grey", bits=16, profile=profile))
    if image.mode in ("F", "LAB", "HSV"):
        raise ValueError(f"colour mode {image.mode}")
    if image.mode == "CMYK":
        return from_layout(samples_of(image), SampleLayout("cmyk", profile=profile))
    if image.mode in ("L", "LA") and "transparency" not in image.info:
        return from_layout(samples_of(image), SampleLayout("grey", alpha="straight", profile=profile))
    has_alpha = image.mode in ("RGBA", "PA", "RGBa", "La", "LA") or "transparency" in image.info
    samples = samples_of(image, mode="RGBA" if has_alpha else "RGB")
    return from_layout(samples, SampleLayout("rgb", alpha="straight", profile=profile))


def samples_of(image: Image.Image, *, mode: Literal["RGB", "RGBA"] | None = None) -> npt.NDArray[np.uint8]:
    """The samples of a decoded image, ``(H, W)`` or ``(H, W, C)`` uint8, band by band: Pillow copies what it converts.

    Args:
        image: loaded.
        mode: that it is converted to, if any.
    """

    def band(y: int, rows: int) -> npt.NDArray[np.uint8]:
        part = image.crop((0, y, image.width, min(y + rows, image.height)))
        return np.asarray(part if mode is None or mode == part.mode else part.convert(mode), np.uint8)

    rows = max(1, _BAND // max(1, image.width))
    first = band(0, rows)
    samples = np.empty((image.height, *first.shape[1:]), np.uint8)
    for y in range(0, image.height, rows):
        samples[y : y + rows] = band(y, rows)
    return samples


def _by_bands(convert: Callable[..., npt.NDArray[np.uint8]], *arrays: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """RGB ``(H, W, 3)`` from arrays of the same rows, so that what a step needs besides stays small."""
    height, width = arrays[0].shape[:2]
    converted, rows = np.empty((height, width, 3), np.uint8), max(1, _BAND // max(1, width))
    for y in range(0, height, rows):
        converted[y : y + rows] = convert(*(array[y : y + rows] for array in arrays))
    return converted


def _looked_up(table: npt.NDArray[np.uint8], samples: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """The entries of a table for samples; NumPy makes eight bytes of each that it looks up at once."""
    found = np.empty(samples.shape + table.shape[1:], np.uint8)
    rows = max(1, _BAND // max(1, int(np.prod(samples.shape[1:]))))
    for y in range(0, samples.shape[0], rows):
        found[y : y + rows] = table[samples[y : y + rows]]
    return found


def _eight_bits(samples: npt.NDArray[Any], bits: int) -> npt.NDArray[np.uint8]:
    if samples.dtype == np.uint16:
        return to_8_bit(samples, bits=bits)
    if samples.dtype == np.bool_:
        return samples.astype(np.uint8) * np.uint8(255)
    if bits >= 8:
        return np.asarray(samples, np.uint8)
    full = 2**bits - 1
    return _looked_up((np.arange(256) * 255 // full).clip(0, 255).astype(np.uint8), samples)


def _coloured(samples: npt.NDArray[np.uint8], layout: SampleLayout) -> npt.NDArray[np.uint8]:
    if layout.model == "white is zero":
        samples = 255 - samples
    if layout.model == "ycbcr":
        samples = np.asarray(cv2.cvtColor(np.ascontiguousarray(samples[..., [0, 2, 1]]), cv2.COLOR_YCrCb2RGB), np.uint8)
    plain = samples[..., 0] if samples.shape[2] == 1 else samples
    managed = to_srgb(plain, layout.profile)
    if managed is not None:
        return managed
    if layout.model == "cmyk":
        return _by_bands(_printed, samples)
    return np.repeat(samples, 3, axis=2) if samples.shape[2] == 1 else samples


def _printed(inks: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Cyan, magenta, yellow and black to RGB."""
    light = 255 - inks[..., :3].astype(np.uint16)
    return _rounded(light * (255 - inks[..., 3:].astype(np.uint16)))


def _over_white(rgb: npt.NDArray[np.uint8], alpha: npt.NDArray[np.uint8], *, multiplied: bool) -> npt.NDArray[np.uint8]:
    wide = alpha.astype(np.uint16)
    if multiplied:
        return np.asarray(np.minimum(rgb + (np.uint16(255) - wide), 255), np.uint8)
    return _rounded(rgb * wide + np.uint16(255) * (255 - wide))


def _rounded(products: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint8]:
    """Products of two 8-bit fractions back to 8 bits."""
    return np.asarray((products + np.uint16(127)) // np.uint16(255), np.uint8)


def _upright(samples: npt.NDArray[np.uint8], orientation: int) -> RgbImage:
    """Undo the eight orientations of EXIF 2.3, 4.6.4."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    return np.asarray(np.ascontiguousarray(samples), np.uint8)
