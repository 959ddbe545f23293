"""What another microscope, camera, stain or segmenter might have made of the same field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ...domain.cells.mask import CellMask
from .illumination import background

_MASK_MARGIN = 6


@dataclass(frozen=True)
class AugmentedField:
    """A changed field.

    Attributes:
        rgb: (H, W, 3) uint8.
        masks: in the order given, None where nothing was left.
        scale: pixels per pixel of the original.
    """

    rgb: NDArray[np.uint8]
    masks: list[CellMask | None]
    scale: float


def augmented(rgb: NDArray[np.uint8], masks: Sequence[CellMask | None], random: np.random.Generator) -> AugmentedField:
    """Turn by quarters, mirror and rescale the field; change stain, focus, noise, JPEG quality; deform masks."""
    scale = float(np.exp(random.uniform(np.log(0.75), np.log(1.3))))
    turns, mirror = int(random.integers(4)), bool(random.random() < 0.5)
    matrix, size = similarity(rgb.shape[1], rgb.shape[0], 90.0 * turns, scale, mirror)
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    turned = cv2.warpAffine(rgb, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    stained = restained(np.asarray(turned, dtype=np.uint8), random)
    changed = [None if mask is None else jittered(moved(mask, matrix), random) for mask in masks]
    return AugmentedField(degraded(stained, random), changed, scale)


def restained(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """Weaker or stronger stain in each channel, and another lamp: density gain 0.75–1.35, illumination 0.8–1.15."""
    light = background(rgb)
    density = -np.log(np.maximum(rgb.astype(np.float32), 2) / light)
    gain = np.exp(random.uniform(np.log(0.75), np.log(1.35))) * np.exp(random.normal(0, 0.06, 3))
    lamp = light * random.uniform(0.8, 1.15) * np.exp(random.normal(0, 0.04, 3))
    return np.asarray(np.clip(np.minimum(lamp, 250) * np.exp(-gain * density), 0, 255), np.uint8)


def degraded(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """Blur up to 1 px, noise up to 3 grey levels and JPEG of quality 50 to 95, each in half of the cases."""
    image: NDArray[Any] = rgb
    if random.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.3, 1.0))
    if random.random() < 0.5:
        noise = random.normal(0, random.uniform(0.5, 3.0), image.shape)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    if random.random() < 0.5:
        _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(50, 96))])
        image = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))
    return np.asarray(image, dtype=np.uint8)


def jittered(mask: CellMask | None, random: np.random.Generator) -> CellMask | None:
    """The mask grown or shrunk by about a pixel, unevenly along its outline, as another segmenter might draw it."""
    if mask is None:
        return None
    crop = np.pad(mask.crop, _MASK_MARGIN).astype(np.uint8)
    # Distances to the outline itself, which runs half a pixel from the nearest pixel centres on either side.
    signed = cv2.distanceTransform(crop, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - crop, cv2.DIST_L2, 5)
    signed -= np.where(crop > 0, 0.5, -0.5)
    waves = cv2.resize(random.normal(0, 1, (4, 4)).astype(np.float32), crop.shape[::-1], interpolation=cv2.INTER_CUBIC)
    scale = np.sqrt(mask.area / np.pi) / 20  # a radius of 20 px takes the full jitter
    level = (random.normal(0, 0.6) + 0.5 * waves) * scale
    return CellMask.from_array(signed > level, x0=mask.x0 - _MASK_MARGIN, y0=mask.y0 - _MASK_MARGIN)


def clipped(mask: CellMask | None, *, width: int, height: int) -> CellMask | None:
    """The part of a mask that lies in a field of this size."""
    if mask is None:
        return None
    x0, y0 = max(0, -mask.x0), max(0, -mask.y0)
    part = mask.crop[y0 : height - mask.y0, x0 : width - mask.x0]
    return CellMask.from_array(part, x0=mask.x0 + x0, y0=mask.y0 + y0) if part.size else None


def similarity(
    width: int, height: int, degrees: float, scale: float, mirror: bool
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Matrix that turns and scales a field about its middle, and the size of a canvas that holds all of it."""
    angle = np.radians(degrees)
    linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if mirror:
        linear = linear @ np.diag([-1.0, 1.0])
    extent = np.abs(linear) @ [width, height]
    size = (int(np.ceil(extent[0])), int(np.ceil(extent[1])))
    offset = (np.array(size) - 1) / 2 - linear @ [(width - 1) / 2, (height - 1) / 2]
    return np.column_stack([linear, offset]), size


def moved(mask: CellMask, matrix: NDArray[np.float64]) -> CellMask | None:
    """The mask under a similarity; matrix: (2, 3), of pixel centres at integers, as OpenCV's."""
    height, width = mask.crop.shape
    corners = np.array(
        [[x, y] for x in (mask.x0 - 2, mask.x0 + width + 1) for y in (mask.y0 - 2, mask.y0 + height + 1)]
    )
    target = corners @ matrix[:, :2].T + matrix[:, 2]
    low, high = np.floor(target.min(axis=0)).astype(int), np.ceil(target.max(axis=0)).astype(int)
    local = matrix.copy()
    local[:, 2] += matrix[:, :2] @ [mask.x0, mask.y0] - low
    size = (int(high[0] - low[0]) + 1, int(high[1] - low[1]) + 1)
    soft = cv2.warpAffine(mask.crop.astype(np.float32), local, size, flags=cv2.INTER_LINEAR)
    return CellMask.from_array(soft > 0.5, x0=int(low[0]), y0=int(low[1]))
