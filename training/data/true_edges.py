"""Where a cell really ends: where its optical density falls to half, between pixels.

Training draws exact outlines with it, and the evaluation measures by it how far masks are off.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.measure import find_contours

NORMALS = 64
"""Profiles across the rim, evenly spaced along it."""

STEP_PX = 0.25
"""Distance of the samples of a profile."""

INSIDE, OUTSIDE = 0.24, 0.22
"""How far profiles reach into the cell and out of it, in diameters."""

BARE = 0.12
"""From here outwards, in diameters, a profile shows the background."""

FARTHEST = 0.15
"""An edge farther from the rim than this, in diameters, is another cell's."""

LEAST_FALL = 0.04
"""Optical density by which the rim must fall to be an edge."""

ENOUGH = 0.6
"""Least share of the profiles that must show an edge."""

ALONG = np.array([1, 2, 3, 2, 1], np.float32) / 9
"""Weights of neighbouring profiles: noise is averaged along the rim, never across it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Edge:
    """The rim of a mask and the edge of its cell, one entry a profile.

    Attributes:
        rim: ``(n, 2)`` x, y of the mask's rim, pixels; whole numbers are corners of pixels.
        normal: ``(n, 2)`` unit vectors that point out of the mask.
        offset: ``(n,)`` signed distance from the rim to the edge, pixels; negative where the edge lies inside.
    """

    rim: Floats
    normal: Floats
    offset: Floats

    @property
    def outline(self) -> Floats:
        """``(n, 2)`` x, y of the edge itself."""
        return np.asarray(self.rim + self.normal * self.offset[:, None])


def find_edge(mask: NDArray[np.bool_], density: NDArray[np.float32]) -> Edge | None:
    """The edge of a cell that stands alone; None where the density shows none.

    Half is the middle between the rim's own densest place on a profile and the bare surroundings.

    Args:
        mask: ``(h, w)`` bool, the cell alone, with a margin of a quarter of its diameter or the field's border.
        density: ``(h, w)`` float32, optical density, mean of the channels.
    """
    rim, normal = _rim(mask)
    if rim is None or normal is None:
        return None
    diameter = 2 * float(np.sqrt(mask.sum() / np.pi))
    reach = np.arange(-INSIDE * diameter, OUTSIDE * diameter, STEP_PX)
    at = rim[:, None] + normal[:, None] * reach[None, :, None] - 0.5
    profiles = cv2.remap(
        density, at[..., 0].astype(np.float32), at[..., 1].astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    wrapped = np.concatenate([profiles[-2:], profiles, profiles[:2]])
    profiles = sum(weight * wrapped[i : i + len(rim)] for i, weight in enumerate(ALONG))
    offset = _half(np.asarray(profiles, np.float32), reach, diameter)
    found = np.isfinite(offset)
    if found.mean() < ENOUGH:
        return None
    offset = np.where(found, offset, np.median(offset[found]))
    near = np.stack([np.roll(offset, k) for k in range(-2, 3)])
    return Edge(rim, normal, np.median(near, axis=0))


def _half(profiles: NDArray[np.float32], reach: Floats, diameter: float) -> Floats:
    """Where each profile (n, m) falls to half, on the axis reach (m,); NaN where it doesn't."""
    bare = float(np.percentile(profiles[:, reach > BARE * diameter], 25))
    inner = profiles[:, reach < 0.05 * diameter]
    densest, peak = inner.argmax(1), inner.max(1)
    half = (peak + bare) / 2
    below = profiles < half[:, None]
    below[np.arange(len(reach))[None] <= densest[:, None]] = False
    first = below.argmax(1)
    rows = np.arange(len(profiles))
    high, low = profiles[rows, first - 1], profiles[rows, first]
    crossing = reach[first - 1] + (high - half) / np.maximum(high - low, 1e-6) * STEP_PX
    good = below.any(1) & (peak - bare > LEAST_FALL) & (np.abs(crossing) < FARTHEST * diameter)
    return np.where(good, crossing, np.nan)


def _rim(mask: NDArray[np.bool_]) -> tuple[Floats, Floats] | tuple[None, None]:
    """Points along the outer rim of a mask, between its pixels, and outward normals."""
    soft = cv2.GaussianBlur(np.pad(mask, 2).astype(np.float32), (0, 0), 0.8)
    contours = find_contours(soft, 0.5)
    if not contours:
        return None, None
    line = max(contours, key=len)[:-1, ::-1] - 1.5  # x, y; from centres of padded pixels to corners of pixels
    if len(line) < 12:
        return None, None
    closed = np.concatenate([line, line[:1]])
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    even = np.linspace(0, length[-1], NORMALS, endpoint=False)
    rim = np.stack([np.interp(even, length, closed[:, axis]) for axis in (0, 1)], axis=1)
    along = np.roll(rim, -2, axis=0) - np.roll(rim, 2, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    normal = np.stack([along[:, 1], -along[:, 0]], axis=1)
    x, y = rim.T
    turn = float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())
    return rim, normal if turn > 0 else -normal


def fill(outline: Floats, shape: tuple[int, int], *, finer: int = 8) -> NDArray[np.uint8]:
    """Share of each pixel ``(h, w)`` that an outline (n, 2) covers, 0 to 255: passes a half on the outline."""
    height, width = shape
    large = np.zeros((height * finer, width * finer), np.uint8)
    # OpenCV's whole numbers are centres of pixels.
    points = np.round((outline * finer - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(large, [points], 128, cv2.LINE_8, 4)
    inner = large.copy()  # what OpenCV fills includes the line itself: half of it belongs outside
    cv2.polylines(inner, [points], True, 0, 1, cv2.LINE_8, 4)
    large = cv2.add(large, inner)
    return np.asarray(cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
