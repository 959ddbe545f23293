"""A few single cells of a field, found without the segmenter: what its cells are like, whoever clicks on which."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from ...domain.cells.mask import CellMask
from ...domain.fields.regions import Region
from ...domain.geometry import equivalent_diameter
from .field_context import FieldContext, blurred

MOST = 16
"""So many cells tell a field's mixture: with all of them (35 on average) the scores are 0.001 higher."""

_STAINED = 0.45
"""Stained is what has this part of a typical stained pixel's density, about where Otsu's threshold lies."""

_SMOOTHING_PX = 0.8
_MIN_AREA = 60
_MIN_SOLIDITY = 0.9
"""Two discs that touch have 0.88."""

_SIZES = (0.5, 1.35)
"""Diameters, in the field's typical one, of what counts: neither specks nor two cells that overlap by a quarter."""

_WHOLE, _WINDOW = 20, 8
"""A field up to so many diameters long is looked at whole, of a longer one three windows of so many diameters."""


def sampled_cells(context: FieldContext) -> list[CellMask]:
    """At most `MOST` single cells that lie wholly in the field, spread over it; the same for the same field."""
    diameter = context.reference_diameter([], None)
    height, width = context.density.shape[:2]
    found = [
        (window, contour)
        for y in _pieces(height, diameter)
        for x in _pieces(width, diameter)
        for window in [Region(x.start, y.start, x.stop, y.stop)]
        for contour in _single(context, window, diameter=diameter)
    ]
    chosen = np.linspace(0, len(found) - 1, min(MOST, len(found))).round().astype(int)
    masks = (_mask(*found[i]) for i in chosen.tolist())
    return [mask for mask in masks if mask is not None]


def _pieces(length: int, diameter: float) -> list[range]:
    """Which pixels are looked at along one side of the field."""
    if length <= _WHOLE * diameter:
        return [range(length)]
    side = round(_WINDOW * diameter)
    return [range(start, start + side) for start in np.linspace(0, length - side, 3).astype(int).tolist()]


def _single(context: FieldContext, window: Region, *, diameter: float) -> list[MatLike]:
    """Outlines of what is stained in a window, of a cell's size, convex, and whole; counted from its corner."""
    level = _STAINED * float(context.cell_density[1])
    stained = blurred(context.density[window.slices][..., 1], _SMOOTHING_PX) > level
    contours, _ = cv2.findContours(stained.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        area = cv2.contourArea(contour)
        if x <= 0 or y <= 0 or x + w >= window.width or y + h >= window.height or area < _MIN_AREA:
            continue
        across = equivalent_diameter(area + cv2.arcLength(contour, True) / 2) / diameter
        if _SIZES[0] <= across <= _SIZES[1] and area >= _MIN_SOLIDITY * cv2.contourArea(cv2.convexHull(contour)):
            found.append(contour)
    return found


def _mask(window: Region, contour: MatLike) -> CellMask | None:
    x, y, w, h = cv2.boundingRect(contour)
    inside = np.zeros((h, w), np.uint8)
    cv2.drawContours(inside, [contour], -1, 1, thickness=cv2.FILLED, offset=(-x, -y))
    return CellMask.from_array(inside > 0, x0=window.x0 + x, y0=window.y0 + y)
