"""Histograms of oriented gradients for many equal patches at once (Dalal and Triggs 2005).

The same definition as `skimage.feature.hog` with L2-Hys blocks, to which a test compares it; a batch of a thousand
patches takes a fraction of its time, which is what the budget of a field needs.
"""

from __future__ import annotations

import cv2
import numpy as np

from ...domain.arrays import FloatArray

ORIENTATIONS = 9
_BLOCK = 2
_CLIP = 0.2
_EPSILON = 1e-5

_RING_EDGES = (0.0, 5.0, 9.0, 13.0, 17.0, 21.0, 27.0)
"""Radii of the rings in pixels of the window; a reference cell's outline lies at 20."""

_RING_BINS = 5
RING_NAMES = tuple(f"ring_gradient_{r}_{b}" for r in range(len(_RING_EDGES) - 1) for b in range(_RING_BINS))


def ring_gradients(patches: FloatArray) -> FloatArray:
    """Histograms of gradients in rings round the centre, by their angle to the radius: ``(N, F)`` float32.

    The angle is folded to 0–90°, so that neither a turn nor a mirror changes the values. patches: ``(N, S, S)``,
    smoothed a little here; each cell's histograms together have length 1.
    """
    smooth = np.stack([cv2.GaussianBlur(patch, (0, 0), 0.8) for patch in patches])
    gx, gy = smooth[:, 1:-1, 2:] - smooth[:, 1:-1, :-2], smooth[:, 2:, 1:-1] - smooth[:, :-2, 1:-1]
    middle = (patches.shape[1] - 3) / 2
    y, x = np.mgrid[: gx.shape[1], : gx.shape[2]] - middle
    distance = np.hypot(x, y)
    along = np.abs(gx * x + gy * y)
    across = np.abs(gy * x - gx * y)
    bins = np.minimum((np.arctan2(across, along) * (2 * _RING_BINS / np.pi)).astype(np.intp), _RING_BINS - 1)
    ring = np.digitize(distance, _RING_EDGES) - 1
    inside = ring < len(_RING_EDGES) - 1
    size = (len(_RING_EDGES) - 1) * _RING_BINS
    index = np.arange(len(patches))[:, None] * size + (ring * _RING_BINS + bins)[:, inside]
    weight = np.hypot(gx, gy)[:, inside]
    sums = np.bincount(index.ravel(), weights=weight.ravel(), minlength=len(patches) * size).reshape(-1, size)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-5), dtype=np.float32)


def hog_many(patches: FloatArray, *, cell: int) -> FloatArray:
    """HOG of ``(N, S, S)`` float patches with cells of `cell` pixels and blocks of 2×2 cells: ``(N, F)`` float32."""
    histograms = _cell_histograms(np.asarray(patches, dtype=np.float32), cell)
    count, rows, columns, _ = histograms.shape
    blocks = np.stack(
        [
            histograms[:, y : rows - _BLOCK + 1 + y, x : columns - _BLOCK + 1 + x]
            for y in range(_BLOCK)
            for x in range(_BLOCK)
        ],
        axis=3,
    ).reshape(count, rows - _BLOCK + 1, columns - _BLOCK + 1, -1)
    blocks = np.minimum(_unit(blocks), _CLIP)
    return np.asarray(_unit(blocks).reshape(count, -1), dtype=np.float32)


def hog_length(side: int, *, cell: int) -> int:
    """Number of values `hog_many` gives for one patch."""
    return (side // cell - _BLOCK + 1) ** 2 * _BLOCK**2 * ORIENTATIONS


def _unit(blocks: FloatArray) -> FloatArray:
    norm = np.sqrt((blocks**2).sum(axis=3, keepdims=True) + _EPSILON**2)
    return np.asarray(blocks / norm, dtype=np.float32)


def _cell_histograms(patches: FloatArray, cell: int) -> FloatArray:
    """``(N, rows, columns, ORIENTATIONS)`` mean gradient magnitude by unsigned orientation."""
    gy, gx = np.zeros_like(patches), np.zeros_like(patches)
    gy[:, 1:-1] = patches[:, 2:] - patches[:, :-2]
    gx[:, :, 1:-1] = patches[:, :, 2:] - patches[:, :, :-2]
    magnitude = np.hypot(gx, gy)
    orientation = np.rad2deg(np.arctan2(gy, gx)) % 180
    bins = np.minimum((orientation * (ORIENTATIONS / 180)).astype(np.intp), ORIENTATIONS - 1)
    count, side = patches.shape[0], patches.shape[1] // cell * cell
    cells = side // cell
    place = np.arange(side) // cell
    index = (np.arange(count)[:, None, None] * cells + place[:, None]) * cells + place
    index = index * ORIENTATIONS + bins[:, :side, :side]
    sums = np.bincount(
        index.ravel(), weights=magnitude[:, :side, :side].ravel(), minlength=count * cells * cells * ORIENTATIONS
    )
    return np.asarray(sums.reshape(count, cells, cells, ORIENTATIONS) / cell**2, dtype=np.float32)
