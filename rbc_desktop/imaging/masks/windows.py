"""Masks as arrays of one window that holds all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...domain.arrays import BoolArray
from ...domain.cells.mask import CellMask


def together(
    masks: Sequence[CellMask], *, margin: int = 1, within: tuple[int, int] | None = None
) -> tuple[list[BoolArray], int, int]:
    """Each as an array of their window, and the field pixel of its top left element.

    Args:
        masks: at least one.
        margin: pixels around all of them.
        within: width and height of a field that bounds the window.
    """
    x0, y0, x1, y1 = _window(masks, margin)
    if within is not None:
        x0, y0, x1, y1 = max(0, x0), max(0, y0), min(within[0], x1), min(within[1], y1)
    arrays = [np.zeros((y1 - y0, x1 - x0), bool) for _ in masks]
    for array, mask in zip(arrays, masks, strict=True):
        _lay(mask, array, x0, y0)
    return arrays, x0, y0


def united(masks: Sequence[CellMask], *, margin: int = 1) -> tuple[BoolArray, int, int]:
    """All of them in one array of their window, and the field pixel of its top left element; arguments as above."""
    x0, y0, x1, y1 = _window(masks, margin)
    union = np.zeros((y1 - y0, x1 - x0), bool)
    for mask in masks:
        _lay(mask, union, x0, y0)
    return union, x0, y0


def _window(masks: Sequence[CellMask], margin: int) -> tuple[int, int, int, int]:
    x0, y0 = min(m.x0 for m in masks), min(m.y0 for m in masks)
    x1, y1 = max(m.x0 + m.size[0] for m in masks), max(m.y0 + m.size[1] for m in masks)
    return x0 - margin, y0 - margin, x1 + margin, y1 + margin


def _lay(mask: CellMask, array: BoolArray, x0: int, y0: int) -> None:
    width, height = mask.size
    array[mask.y0 - y0 : mask.y0 - y0 + height, mask.x0 - x0 : mask.x0 - x0 + width] |= mask.crop
