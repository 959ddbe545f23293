"""Pixels for the PDF: overviews and thumbnails as JPEG, outlines as polygons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ....domain.case.case import Case, Field
from ....domain.cells.mask import CellMask
from ....domain.classes.taxonomy import CellClass
from ....domain.geometry import equivalent_diameter
from ....ports import RgbImage
from ...summary.rows import CellRow

OVERVIEW_SIDE = 2000
"""Longest side of an embedded overview: 280 dots an inch over the width of the page."""

THUMB_SIDE = 104
WINDOW_UM = 13.0
"""Side of a thumbnail's window: holds a macrocyte with room around it, and most white cells."""
WINDOW_DIAMETERS = 1.75
"""The same without calibration, relative to the median diameter of the field's cells."""
JPEG_QUALITY = 88
OUTSIDE = (228, 231, 235)
"""Grey of what lies beyond the image edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Outline of a cell: ``(N, 2)`` float32 in field pixels, closed implicitly."""

    cell: int
    cell_class: CellClass | None
    points: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """A field reduced to what paper shows. width, height, outlines: field pixels; jpeg: the whole field."""

    name: str
    jpeg: bytes
    width: int
    height: int
    um_per_px: float | None
    outlines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """One cell for the gallery. window_px: side of the square that the JPEG shows, field pixels."""

    row: CellRow
    jpeg: bytes
    window_px: float
    outline: npt.NDArray[np.float32]
    """``(N, 2)``, relative to the window, 0 to 1."""


def overview(field: Field, rgb: RgbImage, rows: Sequence[CellRow], case: Case) -> Overview:
    """The overview of a field. rgb: ``(H, W, 3)`` uint8 RGB of the whole field; rows: those of this field."""
    factor = min(1.0, OVERVIEW_SIDE / max(field.width, field.height))
    size = (max(1, round(field.width * factor)), max(1, round(field.height * factor)))
    reduced = rgb if factor == 1.0 else cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    outlines = tuple(Outline(r.cell, r.cell_class, outline_points(case.cells[r.cell].mask)) for r in rows)
    scale = field.calibration.um_per_px if field.calibration else None
    return Overview(field.name, encode_jpeg(np.asarray(reduced, np.uint8)), field.width, field.height, scale, outlines)


def thumbnails(rgb: RgbImage, rows: Sequence[CellRow], case: Case) -> list[Thumbnail]:
    """A thumbnail of each row's cell. rgb: ``(H, W, 3)`` uint8 RGB of the field that all rows lie in."""
    window = window_px(rows)
    return [_thumbnail(rgb, row, case.cells[row.cell].mask, window) for row in rows]


def outline_points(mask: CellMask) -> npt.NDArray[np.float32]:
    """The outer outline of a mask's largest part, simplified by a third of a pixel.

    Returns ``(N, 2)`` float32, field pixels.
    """
    crop = np.pad(mask.crop.astype(np.uint8), 1)
    contours, _ = cv2.findContours(crop, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea)
    simple = cv2.approxPolyDP(largest, 0.34, True).reshape(-1, 2).astype(np.float32)
    # The contour runs through pixel centres: +0.5, and -1 for the padding.
    return np.asarray(simple + np.array([mask.x0 - 0.5, mask.y0 - 0.5]), np.float32)


def encode_jpeg(rgb: RgbImage) -> bytes:
    """The image as JPEG without subsampled colour: cells are told apart by it. rgb: ``(H, W, 3)`` uint8 RGB."""
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, 0x111111]
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), options)
    return bytes(data)


def window_px(rows: Sequence[CellRow]) -> float:
    """Side of the square that a picture of one cell shows, field pixels; the same for all cells of a field."""
    if not rows:
        return 0.0
    scale = next((r.um_per_px for r in rows if r.um_per_px is not None), None)
    if scale is not None:
        return WINDOW_UM / scale
    return WINDOW_DIAMETERS * float(np.median([equivalent_diameter(r.area_px) for r in rows]))


def _thumbnail(rgb: RgbImage, row: CellRow, mask: CellMask, window: float) -> Thumbnail:
    side = max(window, 1.08 * max(row.x1 - row.x0, row.y1 - row.y0), 4.0)
    left, top = (row.x0 + row.x1 - side) / 2, (row.y0 + row.y1 - side) / 2
    scale = THUMB_SIDE / side
    # Pixel centres: x_thumb + 0.5 = (x_field + 0.5 - left) · scale.
    matrix = np.array([[scale, 0, (0.5 - left) * scale - 0.5], [0, scale, (0.5 - top) * scale - 0.5]])
    shrinking = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    x0, y0 = max(0, int(left) - 2), max(0, int(top) - 2)
    part = rgb[y0 : int(top + side) + 3, x0 : int(left + side) + 3]
    matrix[:, 2] += scale * np.array([x0, y0])
    tile = cv2.warpAffine(part, matrix, (THUMB_SIDE, THUMB_SIDE), flags=shrinking, borderValue=OUTSIDE)
    outline = (outline_points(mask) - [left, top]) / side
    return Thumbnail(row, encode_jpeg(np.asarray(tile, np.uint8)), side, np.asarray(outline, np.float32))
