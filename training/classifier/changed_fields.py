"""Fields as other microscopes show them, on which cells are clicked anew: smaller, blurred, in another stain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.light.augment import degraded, restained, similarity
from training.data.scenes.twins import twins_of
from training.data.scenes.wide_stains import random_mix, recoloured

Rgb = NDArray[np.uint8]
Matrix = NDArray[np.float64]

TYPICAL_PX = 39.0
"""Of a Chula cell: what the scales below refer to."""

NEAR_SCALES, SMALL_SCALES, STRANGE_SCALES = (0.75, 1.3), (15 / TYPICAL_PX, 1.0), (0.6, 1.3)
STRANGE_GAINS = (0.6, 2.8)
MOST_BLUR = 0.06
"""Sigma of the strongest blur, cell diameters."""

UNCHANGED = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
HALF = 0.5
TWIN_MIXES = 8


@dataclass(frozen=True)
class ChangedField:
    """A changed field.

    Attributes:
        rgb: (H, W, 3) uint8.
        matrix: (2, 3) from the field's pixel centres to this one's, both at integers.
        scale: pixels per pixel of the field.
    """

    rgb: Rgb
    matrix: Matrix
    scale: float = 1.0

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points (n, 2) of the field lie here; both count from the corner of the first pixel."""
        return np.asarray((points - 0.5) @ self.matrix[:, :2].T + self.matrix[:, 2] + 0.5)


def plain(rgb: Rgb, _random: np.random.Generator) -> ChangedField:
    """The field as it is."""
    return ChangedField(rgb, UNCHANGED)


def half(rgb: Rgb, _random: np.random.Generator) -> ChangedField:
    """Half as many pixels across."""
    return reduced(rgb, HALF)


def reduced(rgb: Rgb, scale: float) -> ChangedField:
    """The field with fewer pixels, each the mean of those it stands for."""
    size = (round(rgb.shape[1] * scale), round(rgb.shape[0] * scale))
    matrix = np.array([[scale, 0.0, (scale - 1) / 2], [0.0, scale, (scale - 1) / 2]])
    return ChangedField(np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8), matrix, scale)


def near(rgb: Rgb, random: np.random.Generator) -> ChangedField:
    """Turned, at another scale, with another ordinary stain, focus, noise and compression."""
    changed = _turned(rgb, NEAR_SCALES, random)
    return ChangedField(degraded(restained(changed.rgb, random), random), changed.matrix, changed.scale)


def small(rgb: Rgb, random: np.random.Generator) -> ChangedField:
    """Cells of 15 to 40 pixels."""
    changed = _turned(rgb, SMALL_SCALES, random)
    stained = restained(changed.rgb, random) if random.random() < 0.5 else changed.rgb
    return ChangedField(degraded(stained, random), changed.matrix, changed.scale)


def strange(rgb: Rgb, random: np.random.Generator) -> ChangedField:
    """Any hue, up to nearly three times the density, blurred by up to 6 % of a cell in half of the cases."""
    changed = _turned(rgb, STRANGE_SCALES, random)
    gain = float(np.exp(random.uniform(*np.log(STRANGE_GAINS))))
    stained = recoloured(changed.rgb, random_mix(random), gain=gain)
    if random.random() < 0.5:
        sigma = random.uniform(0.01, MOST_BLUR) * TYPICAL_PX * changed.scale
        stained = np.asarray(cv2.GaussianBlur(stained, (0, 0), sigma), np.uint8)
    return ChangedField(degraded(stained, random), changed.matrix, changed.scale)


CHANGES: Mapping[str, Callable[[Rgb, np.random.Generator], ChangedField]] = {
    "plain": plain,
    "half": half,
    "near": near,
    "small": small,
    "strange": strange,
}
"""By name; the first two are the same for every random state."""


def stain_twins(rgb: Rgb, *, diameter: float) -> dict[str, Rgb]:
    """The twins of a field (`training.data.scenes.twins`) whose pixels stay in place, by kind; mixes are numbered."""
    twins = twins_of(rgb, diameter=diameter, mixes=TWIN_MIXES)
    return {twin.name: twin.rgb for twin in twins if twin.rgb.shape == rgb.shape and twin.name != "turned"}


def _turned(rgb: Rgb, scales: tuple[float, float], random: np.random.Generator) -> ChangedField:
    """Turned by quarters, mirrored or not, at a scale drawn evenly in its logarithm."""
    scale = float(np.exp(random.uniform(*np.log(scales))))
    turns, mirror = int(random.integers(4)), bool(random.random() < 0.5)
    if scale < 1:
        first = reduced(rgb, scale)
        matrix, size = similarity(first.rgb.shape[1], first.rgb.shape[0], 90.0 * turns, 1.0, mirror)
        combined = matrix[:, :2] @ first.matrix
        combined[:, 2] += matrix[:, 2]
        source, flags = first.rgb, cv2.INTER_LINEAR
    else:
        matrix, size = similarity(rgb.shape[1], rgb.shape[0], 90.0 * turns, scale, mirror)
        source, combined, flags = rgb, matrix, cv2.INTER_CUBIC
    moved = cv2.warpAffine(source, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    return ChangedField(np.asarray(moved, np.uint8), combined, scale)
