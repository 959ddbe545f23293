"""Cells that may have been missed: what is stained like the field's cells and covered by no outline, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ...domain.arrays import BoolArray, FloatArray, U8Array
from ...domain.cells.mask import CellMask
from ...domain.cells.missed_places import MissedPlace
from ...domain.geometry import equivalent_diameter
from ..light.field_density import Density
from .proposals import degrees_apart
from .uncovered import uncovered_area

ENOUGH = 6
"""So many outlines tell what the field's cells look like."""

MOST_COMPARED = 200
"""So many tell their hue and density."""

LEAST_AREA = 0.35
"""Area of a place, in typical cells; less is debris, a platelet or the rim of an outline that is too narrow."""

LARGEST_CENTRE = 0.25
"""Area of a pale centre at the field's edge, in typical cells."""

LEAST_DEPTH = 0.22
"""Least radius of the largest circle in a place, in typical diameters; thinner ones lie between outlines."""

DENSEST = 80
"""Percentile of the density of a place from which on its pixels tell its stain: its nucleus, where it has one."""

PALEST, DARKEST, HUE = 0.5, 1.7, 12.0
"""Density of those pixels over that of the cells' (paler is a ghost, denser a nucleus, pigment, ink), and the largest
angle, degrees, between the two in three channels. On `txl-pbc/train` 98 % of the masks of red cells lie within, 97 of
100 white cells and all platelets outside."""

PENUMBRA = 1.0
"""So near to a dark surround, in diameters, nothing is said to be missed: the soft rim of an eyepiece darkens the field
there as stain does, and cuts the cells. Of seven real fields behind five soft rims 28 strips were said to be cells."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownCells:
    """What the outlined cells of a field look like.

    Attributes:
        diameter_px: of a typical one, field pixels.
        stain: ``(3,)`` float32, typical density of their densest pixels; None while too few are outlined.
    """

    diameter_px: float
    stain: FloatArray | None


def known_cells(masks: Sequence[CellMask], *, density: Density, diameter_px: float) -> KnownCells:
    """What these outlines show, of a field with this density ``(H, W, 3)``; `diameter_px`: while they are few."""
    if len(masks) < ENOUGH:
        return KnownCells(diameter_px, None)
    some = masks[:: max(1, len(masks) // MOST_COMPARED)]
    stain = np.median([_stain(mask, density) for mask in some], axis=0)
    return KnownCells(equivalent_diameter(float(np.median([mask.area for mask in some]))), np.asarray(stain))


def missed_places(
    masks: Sequence[CellMask], *, stained: U8Array, density: Density, known: KnownCells, x0: int = 0, y0: int = 0
) -> tuple[MissedPlace, ...]:
    """Where cells may have been missed, most cells first.

    White cells and platelets, which are no red cells and which Segment all leaves out, differ in stain or size.

    Args:
        masks: all outlines of the field, or of the part.
        stained: ``(H, W)`` uint8, 1 where the field is stained (`scale.stained_area`): the field or a part of it.
        density: ``(H, W, 3)``, optical density of the field.
        known: what its cells look like.
        x0, y0: field pixel of the part's top left corner.
    """
    typical = np.pi / 4 * known.diameter_px**2
    closed = _closed_at_edges(stained, known.diameter_px)
    rest = uncovered_area(closed, masks, diameter_px=known.diameter_px, x0=x0, y0=y0)
    places = []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=4)
    for number in range(1, count):
        left, top, width, height, area = (int(v) for v in stats[number])
        if area < LEAST_AREA * typical:
            continue
        crop = labels[top : top + height, left : left + width] == number
        depth = cv2.distanceTransform(np.pad(crop.astype(np.uint8), 1), cv2.DIST_L2, 5).max()
        mask = CellMask(x0 + left, y0 + top, crop)
        if depth < LEAST_DEPTH * known.diameter_px:
            continue
        if known.stain is not None and not _is_alike(_stain(mask, density), known.stain):
            continue
        places.append(MissedPlace(mask, max(1, round(area / typical))))
    return tuple(sorted(places, key=lambda place: -place.cells))


def without_penumbra(stained: U8Array, outside: BoolArray | None, *, diameter_px: float) -> U8Array:
    """What is stained and not in the penumbra of a dark surround, ``(h, w)`` uint8.

    Args:
        stained: ``(h, w)`` uint8, 0 or 1: the field or a part of it.
        outside: ``(h, w)`` bool, where the surround lies; None without one.
        diameter_px: of a typical cell, field pixels.
    """
    if outside is None or not outside.any():
        return stained
    away = cv2.distanceTransform((~outside).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(stained * (away > PENUMBRA * diameter_px), np.uint8)


def _closed_at_edges(stained: U8Array, typical_px: float) -> U8Array:
    """The stained area with the pale centres of cells that the field's edge cuts, which no hole in it encloses."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - stained, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] < LARGEST_CENTRE * np.pi / 4 * typical_px**2
    small[0] = False
    return np.asarray(stained | small[labels], np.uint8) if count > 1 else stained


def _stain(mask: CellMask, density: Density) -> FloatArray:
    """Median density ``(3,)`` of the densest pixels."""
    height, width = mask.crop.shape
    inside = density[mask.y0 : mask.y0 + height, mask.x0 : mask.x0 + width][mask.crop]
    mean = inside.mean(axis=1)
    return np.asarray(np.median(inside[mean >= np.percentile(mean, DENSEST)], axis=0), np.float32)


def _is_alike(stain: FloatArray, typical: FloatArray) -> bool:
    level = float(stain.mean()) / max(float(typical.mean()), 1e-3)
    return PALEST <= level <= DARKEST and degrees_apart(np.maximum(stain, 0), np.maximum(typical, 0)) <= HUE
