"""Histograms of oriented gradients for many equal patches at once (Dalal and Triggs 2005).

The same definition as `skimage.feature.hog` with L2-Hys blocks, to which a test compares it; a batch of a thousand
patches takes a fraction of its time, which is what the budget of a field needs.
"""

from __future__ import annotations

import numpy as np

from ..field_context import FloatArray

ORIENTATIONS = 9
_BLOCK = 2
_CLIP = 0.2
_EPSILON = 1e-5


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
