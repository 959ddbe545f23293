"""Masks for labelled cells without a segmenter: flattened Otsu, and watershed where cells touch."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.segmentation import watershed

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.cells.field_context import FieldContext, blurred, stained_mask

_NEAR_PX = 10
"""A point beside its cell still means it when it is at most so far outside."""


def regions(context: FieldContext, points: NDArray[np.float64]) -> NDArray[np.int32]:
    """Cells of a field as a label image (H, W) int32, 0 background; every point is the seed of a cell of its own.

    Other cells of a clump are seeded by the peaks of the distance to the border. points: (n, 2), x then y.
    """
    stained = stained_mask(context.density)
    diameter = context.cell_diameter or 40.0
    distance = blurred(cv2.distanceTransform(stained, cv2.DIST_L2, 5), diameter / 25)
    markers = np.zeros(stained.shape, np.int32)
    for number, (row, column) in enumerate(_peaks(distance, points, diameter), start=len(points) + 1):
        markers[row, column] = number
    for number, (x, y) in enumerate(points, start=1):
        row, column = _inside(stained, x, y)
        markers[row, column] = number
    return np.asarray(watershed(-distance, markers, mask=stained > 0), dtype=np.int32)


def point_masks(context: FieldContext, points: NDArray[np.float64]) -> list[CellMask | None]:
    """The mask of the cell under each point, or None where nothing is stained or only a speck."""
    labels = regions(context, points)
    masks: list[CellMask | None] = []
    for number in range(1, len(points) + 1):
        mask = CellMask.from_array(labels == number)
        masks.append(mask if mask is not None and mask.area >= 60 else None)
    return masks


def box_mask(stained: NDArray[np.uint8], box: NDArray[np.float64]) -> CellMask | None:
    """What is stained inside the ellipse of a (slightly enlarged) human box: the component with the largest area."""
    height, width = stained.shape
    x0, y0 = np.maximum(np.floor(box[:2]).astype(int) - 2, 0)
    x1, y1 = min(width, int(np.ceil(box[2])) + 2), min(height, int(np.ceil(box[3])) + 2)
    if x1 - x0 < 6 or y1 - y0 < 6:
        return None
    ys, xs = np.mgrid[y0:y1, x0:x1]
    rx, ry = (box[2] - box[0]) / 2 * 1.04 + 1, (box[3] - box[1]) / 2 * 1.04 + 1
    ellipse = ((xs + 0.5 - (box[0] + box[2]) / 2) / rx) ** 2 + ((ys + 0.5 - (box[1] + box[3]) / 2) / ry) ** 2 <= 1
    inside = (stained[y0:y1, x0:x1] > 0) & ellipse
    mask = _largest(inside)
    return CellMask.from_array(mask, x0=int(x0), y0=int(y0)) if mask is not None and mask.sum() > 40 else None


def dark_mask(context: FieldContext, whole: CellMask) -> CellMask | None:
    """The darker part of a white cell (its nucleus): what a click on it may return instead of the whole."""
    height, width = whole.crop.shape
    density = context.mean_density[whole.y0 : whole.y0 + height, whole.x0 : whole.x0 + width]
    levels = np.clip(density * 120, 0, 255).astype(np.uint8)
    threshold, _ = cv2.threshold(levels[whole.crop].reshape(-1, 1), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = _largest((levels > threshold) & whole.crop)
    return CellMask.from_array(mask, x0=whole.x0, y0=whole.y0) if mask is not None and mask.sum() > 60 else None


def _largest(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    out = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(out, [max(contours, key=cv2.contourArea)], -1, 1, thickness=cv2.FILLED)
    return out > 0


def _peaks(distance: NDArray[np.float32], points: NDArray[np.float64], diameter: float) -> list[tuple[int, int]]:
    """Peaks of the distance that no labelled point accounts for, as (row, column)."""
    size = 2 * int(0.35 * diameter) + 1
    top = cv2.dilate(distance, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    found = (distance >= top) & (distance > 0.15 * diameter)
    rows, columns = np.nonzero(found)
    keep = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        gaps = np.hypot(points[:, 0] - column, points[:, 1] - row) if len(points) else np.array([np.inf])
        if gaps.min() > max(0.5 * diameter, 0.9 * float(distance[row, column])):
            keep.append((row, column))
    return keep


def _inside(stained: NDArray[np.uint8], x: float, y: float) -> tuple[int, int]:
    """Row and column of the stained pixel at the point, or of the nearest one close by."""
    height, width = stained.shape
    row, column = min(max(int(y), 0), height - 1), min(max(int(x), 0), width - 1)
    if stained[row, column]:
        return row, column
    y0, x0 = max(0, row - _NEAR_PX), max(0, column - _NEAR_PX)
    rows, columns = np.nonzero(stained[y0 : row + _NEAR_PX + 1, x0 : column + _NEAR_PX + 1])
    if rows.size == 0:
        return row, column
    nearest = int(np.argmin(np.hypot(rows + y0 - y, columns + x0 - x)))
    return int(rows[nearest]) + y0, int(columns[nearest]) + x0
