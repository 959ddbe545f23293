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
"""Least share of the profiles beside bare ground that must show an edge."""

LEAST_FREE = 0.25
"""Least share of the profiles that must lie beside bare ground."""

ALONG = np.array([1, 2, 3, 2, 1], np.float32) / 9
"""Weights of neighbouring profiles: noise is averaged along the rim, never across it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Edge:
    """The rim of a mask and the edge of its cell, one entry a profile.

    Attributes:
        rim: ``(n, 2)`` x, y of the mask's rim, pixels; whole numbers are corners of pixels.
        normal: ``(n, 2)`` unit vectors that point out of the mask.
        offset: ``(n,)`` signed distance from the rim to the edge, pixels; negative where the edge lies inside; the
            median of what is seen where nothing is.
        seen: ``(n,)`` bool, whether the profile shows the edge.
    """

    rim: Floats
    normal: Floats
    offset: Floats
    seen: NDArray[np.bool_]

    @property
    def outline(self) -> Floats:
        """``(n, 2)`` x, y of the edge itself."""
        return np.asarray(self.rim + self.normal * self.offset[:, None])


def find_edge(
    mask: NDArray[np.bool_], density: NDArray[np.float32], *, foreign: NDArray[np.bool_] | None = None
) -> Edge | None:
    """The edge of a cell, as far as bare ground lies beside it; None where the density shows none.

    Half is the middle between the rim's own densest place on a profile and the bare surroundings.

    Args:
        mask: ``(h, w)`` bool, the cell alone, with a margin of a quarter of its diameter or the field's border.
        density: ``(h, w)`` float32, optical density, mean of the channels.
        foreign: ``(h, w)`` bool, what profiles mustn't cross; for a cell that stands alone nothing.
    """
    rim, normal = _rim(mask)
    if rim is None or normal is None:
        return None
    diameter = 2 * float(np.sqrt(mask.sum() / np.pi))
    reach = np.arange(-INSIDE * diameter, OUTSIDE * diameter, STEP_PX)
    at = (rim[:, None] + normal[:, None] * reach[None, :, None] - 0.5).astype(np.float32)
    profiles = cv2.remap(density, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    wrapped = np.concatenate([profiles[-2:], profiles, profiles[:2]])
    profiles = sum(weight * wrapped[i : i + len(rim)] for i, weight in enumerate(ALONG))
    free = _free(foreign, at)
    if free.mean() < LEAST_FREE:
        return None
    offset = np.full(len(rim), np.nan)
    offset[free] = _half(np.asarray(profiles, np.float32)[free], reach, diameter)
    seen = np.isfinite(offset)
    if seen.sum() < ENOUGH * free.sum():
        return None
    offset = np.where(seen, offset, np.median(offset[seen]))
    near = np.stack([np.roll(offset, k) for k in range(-2, 3)])
    return Edge(rim, normal, np.median(near, axis=0), seen)


def _free(foreign: NDArray[np.bool_] | None, at: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which profiles at (n, m, 2), and the neighbours that they are averaged with, cross nothing foreign."""
    if foreign is None:
        return np.ones(len(at), bool)
    crossed = cv2.remap(
        foreign.astype(np.uint8), at[..., 0], at[..., 1], cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_CONSTANT, borderValue=1,
    ).any(axis=1)  # fmt: skip
    return ~np.any([np.roll(crossed, k) for k in range(-2, 3)], axis=0)


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
