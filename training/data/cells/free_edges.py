"""Edges of real cells wherever bare ground lies beside them, whatever touches them elsewhere.

Few cells of a crowded field stand alone (three in twelve fields of 640×480); most show a part of their edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.mask import CellMask
from training.data.cells.true_edges import OUTSIDE, Edge, find_edge
from training.data.sets.fields import fill_holes

OWN = 2
"""What is stained so near a mask, pixels, is its own flank."""


def free_edges(masks: Sequence[CellMask], density: NDArray[np.float32]) -> Iterator[tuple[CellMask, Edge]]:
    """The masks that show a part of their edge, and that edge in pixels of the field.

    Args:
        masks: of a whole field: where another one lies nothing is bare.
        density: ``(H, W)`` float32, optical density, mean of the channels.
    """
    bare = stained(density)
    counts = np.zeros(density.shape, np.uint8)
    for mask in masks:
        counts[_place(mask)] += mask.crop
    for mask in masks:
        margin = int(np.ceil((OUTSIDE + 0.02) * mask.diameter)) + 1
        own = np.pad(mask.crop, margin)
        around = (mask.x0 - margin, mask.y0 - margin)
        flank = cv2.dilate(own.astype(np.uint8), np.ones((2 * OWN + 1, 2 * OWN + 1), np.uint8)) > 0
        covered = _cut(counts, around, own.shape, beyond=2)
        foreign = (_cut(bare, around, own.shape, beyond=True) | (covered > 0)) & ~flank | (covered > 1)
        edge = find_edge(own, _cut(density, around, own.shape, beyond=0), foreign=foreign)
        if edge is not None:
            yield mask, replace(edge, rim=edge.rim + np.array(around))


def stained(density: NDArray[np.float32]) -> NDArray[np.bool_]:
    """What Otsu's threshold calls stained, holes filled; what is denser than 1.5 typical cells doesn't raise it."""
    smooth = cv2.GaussianBlur(density, (0, 0), 0.8)
    ceiling = 2.0
    for _ in range(2):
        levels = np.clip(np.minimum(smooth, ceiling) * 160, 0, 255).astype(np.uint8)
        level, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        inside = smooth > level / 160
        if not inside.any():
            break
        ceiling = 1.5 * float(np.median(smooth[inside]))
    return fill_holes(inside.astype(np.uint8), largest=int(0.02 * density.size))


def _place(mask: CellMask) -> tuple[slice, slice]:
    rows, columns = mask.crop.shape
    return np.s_[mask.y0 : mask.y0 + rows, mask.x0 : mask.x0 + columns]


def _cut(layer: NDArray, corner: tuple[int, int], shape: tuple[int, int], *, beyond: float) -> NDArray:
    """A part of a layer at a corner x, y that may lie beyond it."""
    out = np.full(shape, beyond, layer.dtype)
    (x, y), (height, width) = corner, shape
    top, left = max(0, y), max(0, x)
    part = layer[top : y + height, left : x + width]
    out[top - y : top - y + part.shape[0], left - x : left - x + part.shape[1]] = part
    return out
