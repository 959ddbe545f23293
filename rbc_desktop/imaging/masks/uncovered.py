"""What is stained like a cell and covered by no mask: where Segment all looks a second time."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.cells.mask import CellMask
from ..light.blobs import disc_peaks
from .seeds import Seed

FloatArray = npt.NDArray[np.float32]
U8Array = npt.NDArray[np.uint8]

RIM = 0.07
"""Masks count as so much wider, in diameters: the foot of a stained edge is nothing uncovered."""

LEAST_DEPTH = 0.14
"""Least distance of a seed from the border of the uncovered area, in diameters: half a crescent's thickness."""

LEAST_PART, LARGEST_PART = 0.2, 60.0
"""Area of an uncovered part, in typical areas; smaller is debris, larger no clump of cells."""

SEED_DISTANCE = 0.4
"""Seeds are at least so far apart, in diameters."""

NUCLEUS = 1.9
"""What is so much denser than a typical cell isn't looked at: nuclei, pigment, ink."""


def uncovered_area(
    stained: U8Array, masks: Sequence[CellMask], *, diameter_px: float, x0: int = 0, y0: int = 0
) -> U8Array:
    """1 where the field is stained and no mask or its rim lies, ``(H, W)`` uint8.

    Args:
        stained: ``(H, W)`` uint8, 0 or 1: the field or a part of it.
        masks: what is covered.
        diameter_px: of a typical cell, field pixels.
        x0, y0: field pixel of the part's top left corner.
    """
    height, width = stained.shape
    covered = np.zeros_like(stained)
    for mask in masks:
        top, left = mask.y0 - y0, mask.x0 - x0
        rows, columns = mask.crop.shape
        part = covered[max(0, top) : max(0, top + rows), max(0, left) : max(0, left + columns)]
        part |= mask.crop[max(0, -top) :, max(0, -left) :][: part.shape[0], : part.shape[1]]
    reach = max(1, round(RIM * diameter_px))
    ring = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    rest = np.asarray(stained * (cv2.dilate(covered, ring) == 0), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=4)
    typical = np.pi / 4 * diameter_px**2
    areas = stats[:, cv2.CC_STAT_AREA] / typical
    kept = (areas >= LEAST_PART) & (areas <= LARGEST_PART)
    kept[0] = False
    return np.asarray(kept[labels], np.uint8) if count > 1 else np.zeros((height, width), np.uint8)


def uncovered_seeds(rest: U8Array, *, density: FloatArray, cell_density: float, diameter_px: float) -> list[Seed]:
    """Points in the middle of what is uncovered, deepest first, field pixels.

    Args:
        rest: from `uncovered_area`.
        density: ``(H, W)`` float32, optical density of the field, mean of the channels.
        cell_density: typical density of the field's cells, the same unit.
        diameter_px: of a typical cell, field pixels.
    """
    if not rest.any():
        return []
    depth = np.asarray(cv2.distanceTransform(np.pad(rest, 1), cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)
    smooth = np.asarray(cv2.GaussianBlur(depth, (0, 0), max(0.5, diameter_px / 30)), np.float32)
    radius = max(1, round(SEED_DISTANCE * diameter_px))
    rows, columns = disc_peaks(smooth, radius=radius, least=0.8 * LEAST_DEPTH * diameter_px)
    chosen: list[Seed] = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        deep = float(depth[row, column])
        near = [s for s in chosen if abs(s.x - column) < radius / 2 and abs(s.y - row) < radius / 2]
        if near or deep < LEAST_DEPTH * diameter_px or density[row, column] > NUCLEUS * cell_density:
            continue
        chosen.append(Seed(column + 0.5, row + 0.5, min(1.0, 2 * deep / diameter_px)))
    return sorted(chosen, key=lambda seed: -seed.strength)


def new_share(mask: CellMask, rest: U8Array) -> float:
    """Share of a mask that was uncovered, 0 to 1."""
    height, width = mask.crop.shape
    return float(rest[mask.y0 : mask.y0 + height, mask.x0 : mask.x0 + width][mask.crop].mean())
