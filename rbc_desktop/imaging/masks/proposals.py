"""From a decoder's logits to clean cell masks: candidates, stability, duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ...domain.arrays import BoolArray, FloatArray
from ...domain.cells.mask import CellMask
from ...domain.cells.prompts import PromptPoint
from ...domain.cells.proposal import Candidate
from ...domain.geometry import Box, Point
from ..light.channels import averaged
from ..light.field_density import Density
from .tiles import Tile

STABILITY_OFFSET = 1.0
"""Logits by which the threshold is raised and lowered for the stability score, as SAM's automatic mode does."""

INK = 2.2
"""Optical density of black ink: a ninth of the light. Nuclei have 1.0 to 1.5."""

BARE_PERCENTILE = 20
"""Of the density around a mask: as bare as its surroundings are, neighbours or not."""

DUPLICATE_IOU = 0.5
"""Two masks that overlap at least so much are one cell."""

DUPLICATE_SHARE = 0.8
"""So are two masks when the smaller one lies in the larger by at least this share of its area."""


@dataclass(frozen=True, slots=True, eq=False)
class LogitPatch:
    """Mask logits of one candidate on a grid that is part of a tile.

    Attributes:
        logits: ``(h, w)`` float32, positive inside.
        x0, y0: model pixel of the grid's top left corner.
        stride: model pixels per grid step.
    """

    logits: FloatArray
    x0: float
    y0: float
    stride: float


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One candidate in field pixels, before it is ranked.

    Attributes:
        mask: one component, holes filled, clipped to the field.
        score: predicted IoU.
        stability: see `stability_of`.
    """

    mask: CellMask
    score: float
    stability: float


def outline(
    patch: LogitPatch, *, score: float, tile: Tile, width: int, height: int, points: Sequence[PromptPoint] = ()
) -> Outline | None:
    """Threshold a candidate on the field's own pixel grid and clean it; None when nothing is left.

    The logits, not the mask, are interpolated to field pixels, so outlines are smooth whatever the model's stride.

    Args:
        patch: the candidate's logits.
        score: its predicted IoU.
        tile: where the patch lies in the field.
        width, height: of the field.
        points: prompts; the component under a positive point is kept, else the largest.
    """
    loose = patch.logits > -STABILITY_OFFSET
    if not (patch.logits > 0).any():
        return None
    rows, columns = np.flatnonzero(loose.any(axis=1)), np.flatnonzero(loose.any(axis=0))
    low = _grid_to_field(patch, tile, columns[0] - 1, rows[0] - 1)
    high = _grid_to_field(patch, tile, columns[-1] + 2, rows[-1] + 2)
    x0, y0 = max(0, int(np.floor(low.x))), max(0, int(np.floor(low.y)))
    x1, y1 = min(width, int(np.ceil(high.x))), min(height, int(np.ceil(high.y)))
    if x1 <= x0 or y1 <= y0:
        return None
    logits = _on_field_grid(patch, tile, Box(x0, y0, x1, y1))
    seeds = [Point(p.x - x0, p.y - y0) for p in points if p.positive]
    mask = CellMask.from_array(clean(logits > 0, seeds=seeds), x0=x0, y0=y0)
    return None if mask is None else Outline(mask, score, stability_of(logits))


def stability_of(logits: FloatArray) -> float:
    """Area above ``+STABILITY_OFFSET`` over area above ``-STABILITY_OFFSET``.

    It is the IoU of the two, since one holds the other.
    """
    loose = int(np.count_nonzero(logits > -STABILITY_OFFSET))
    return int(np.count_nonzero(logits > STABILITY_OFFSET)) / loose if loose else 0.0


def clean(mask: BoolArray, *, seeds: Sequence[Point] = ()) -> BoolArray:
    """One 4-connected component without holes: the largest under a seed point, else the largest of all.

    Args:
        mask: ``(h, w)`` bool.
        seeds: points in the same pixels; those outside are ignored.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count <= 1:
        return np.zeros_like(mask)
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    marked = {int(labels[int(p.y), int(p.x)]) for p in seeds if _inside(p, mask)} - {0}
    label = max(marked or range(1, count), key=lambda n: int(areas[n]))
    return fill_holes(labels == label)


def fill_holes(mask: BoolArray) -> BoolArray:
    """The mask and everything that it encloses (background that can't reach the edge through 8 neighbours)."""
    outside = np.ones((mask.shape[0] + 2, mask.shape[1] + 2), np.uint8)
    outside[1:-1, 1:-1] = ~mask
    cv2.floodFill(outside, None, (0, 0), 2, flags=8)
    return np.asarray(outside[1:-1, 1:-1] != 2)


def rank(
    outlines: Sequence[Outline], points: Sequence[PromptPoint], *, width: int, height: int
) -> tuple[tuple[Candidate, ...], float]:
    """Candidates for cycling, best first, and the stability of the best.

    A candidate that satisfies more points (holds the positive, leaves out the negative ones) comes first, then the
    higher predicted IoU. Near-identical candidates (IoU ≥ 0.95) are offered once.
    """
    ordered = sorted(outlines, key=lambda o: (-satisfied(o.mask, points), -o.score))
    distinct: list[Outline] = []
    for candidate in ordered:
        if all(candidate.mask.iou(other.mask) < 0.95 for other in distinct):
            distinct.append(candidate)
    candidates = tuple(Candidate(o.mask, o.score, o.mask.touches_border(width=width, height=height)) for o in distinct)
    return candidates, distinct[0].stability if distinct else 0.0


def satisfied(mask: CellMask, points: Sequence[PromptPoint]) -> int:
    """How many points the mask agrees with."""
    return sum(mask.contains(p.point) == p.positive for p in points)


def staining(mask: CellMask, *, density: Density, cell_density: float) -> float:
    """How strongly the darker parts of a mask are stained, relative to the field's cells.

    The 80th percentile of the density inside, so that a wide pale centre hardly counts; 1 is a typical cell of the
    field and 0 is bare background.

    Args:
        mask: inside the field.
        density: ``(H, W)`` float32, optical density of the field, mean of the channels.
        cell_density: typical density of the field's cells, the same unit.
    """
    height, width = mask.crop.shape
    inside = density[mask.y0 : mask.y0 + height, mask.x0 : mask.x0 + width][mask.crop]
    return float(np.percentile(inside, 80)) / max(cell_density, 1e-3)


def is_ink(mask: CellMask, *, density: Density) -> bool:
    """Whether most of a mask lets no light through: burnt-in letters, dirt.

    Letters of black text have over 0.6 of their pixels beyond `INK`; of 5,998 outlined cells of four microscopes none
    has more than 0.12 beyond two thirds of it.

    Args:
        mask: inside the field.
        density: ``(H, W)`` float32, optical density of the field, mean of the channels.
    """
    height, width = mask.crop.shape
    inside = density[mask.y0 : mask.y0 + height, mask.x0 : mask.x0 + width][mask.crop]
    return bool(np.count_nonzero(inside > INK) > 0.5 * inside.size)


def contrast(mask: CellMask, *, density: Density) -> float:
    """By how much a mask is denser than the bare places around it; about 0 for an outline in the background.

    The mean inside less the 20th percentile of a ring of a fifth of its diameter, so that neighbours hardly count, nor
    does a background that was estimated a little wrong.

    Args:
        mask: inside the field.
        density: ``(H, W)`` float32, optical density of the field, mean of the channels.
    """
    around, own, ring = _surroundings(mask, density)
    if not ring.any():
        return float(around.mean())
    return float(around[own].mean()) - float(np.percentile(around[ring], BARE_PERCENTILE))


def own_hue(mask: CellMask, *, density: Density) -> FloatArray:
    """Direction ``(3,)`` of what a mask absorbs more than what lies bare around it; its length is 1, or 0 for nothing.

    Unlike `stain_hue` it holds for the palest cells, in which a background that was estimated wrong would show.

    Args:
        mask: inside the field.
        density: ``(H, W, 3)`` float32, optical density of the field.
    """
    around, own, ring = _surroundings(mask, density)
    bare = np.zeros(3, np.float32)
    if ring.any():
        levels = averaged(around)[ring]
        bare = around[ring][levels <= np.percentile(levels, 2 * BARE_PERCENTILE)].mean(axis=0)
    more = np.maximum(around[own].mean(axis=0) - bare, 0)
    return np.asarray(more / max(float(np.linalg.norm(more)), 1e-3), np.float32)


def _surroundings(mask: CellMask, density: Density) -> tuple[FloatArray, BoolArray, BoolArray]:
    """The density in and around a mask, where in it the mask lies, and where a ring of a fifth of its diameter."""
    reach = max(2, round(0.2 * mask.diameter))
    y0, x0 = max(0, mask.y0 - reach), max(0, mask.x0 - reach)
    rows, columns = mask.crop.shape
    around = density[y0 : mask.y0 + rows + reach, x0 : mask.x0 + columns + reach]
    own = np.zeros(around.shape[:2], np.uint8)
    own[mask.y0 - y0 : mask.y0 - y0 + rows, mask.x0 - x0 : mask.x0 - x0 + columns] = mask.crop
    return around, own > 0, cv2.dilate(own, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > own


def stain_hue(mask: CellMask, *, density: Density) -> FloatArray:
    """Direction ``(3,)`` of a mask's median optical density; its length is 1, or 0 where nothing absorbs.

    Args:
        mask: inside the field.
        density: ``(H, W, 3)`` float32, optical density of the field.
    """
    height, width = mask.crop.shape
    inside = density[mask.y0 : mask.y0 + height, mask.x0 : mask.x0 + width][mask.crop]
    typical = np.maximum(np.median(inside, axis=0), 0)
    return np.asarray(typical / max(float(np.linalg.norm(typical)), 1e-6), np.float32)


def degrees_apart(first: FloatArray, second: FloatArray) -> float:
    """Angle between two directions ``(3,)``."""
    lengths = max(float(np.linalg.norm(first) * np.linalg.norm(second)), 1e-6)
    return float(np.degrees(np.arccos(np.clip(float(first @ second) / lengths, -1, 1))))


def is_cut(mask: CellMask, tile: Tile, *, width: int, height: int) -> bool:
    """Whether the mask reaches an edge of the tile that is not the field's edge."""
    box = mask.box
    return (
        (box.x0 <= tile.x0 and tile.x0 > 0)
        or (box.y0 <= tile.y0 and tile.y0 > 0)
        or (box.x1 >= tile.x0 + tile.side and tile.x0 + tile.side < width)
        or (box.y1 >= tile.y0 + tile.side and tile.y0 + tile.side < height)
    )


class MaskIndex:
    """Masks that are taken already, to find duplicates of a new one quickly."""

    def __init__(self, masks: Sequence[CellMask] = ()) -> None:
        self._masks: list[CellMask] = []
        self._boxes = np.empty((max(64, 2 * len(masks)), 4), np.float32)
        for mask in masks:
            self.add(mask)

    @property
    def masks(self) -> list[CellMask]:
        """All that are taken."""
        return list(self._masks)

    def add(self, mask: CellMask) -> None:
        """Take one more mask."""
        if len(self._masks) == len(self._boxes):
            self._boxes = np.concatenate([self._boxes, np.empty_like(self._boxes)])
        box = mask.box
        self._boxes[len(self._masks)] = (box.x0, box.y0, box.x1, box.y1)
        self._masks.append(mask)

    def near(self, mask: CellMask) -> list[CellMask]:
        """The masks whose boxes meet this mask's box."""
        return self.within(mask.box)

    def within(self, box: Box) -> list[CellMask]:
        """The masks whose boxes meet a box."""
        boxes = self._boxes[: len(self._masks)]
        meet = (boxes[:, 0] < box.x1) & (boxes[:, 2] > box.x0) & (boxes[:, 1] < box.y1) & (boxes[:, 3] > box.y0)
        return [self._masks[i] for i in np.flatnonzero(meet)]

    def has_duplicate_of(self, mask: CellMask) -> bool:
        """Whether a mask taken before shows the same cell."""
        return any(is_duplicate(mask, other) for other in self.near(mask))


def is_duplicate(first: CellMask, second: CellMask) -> bool:
    """Whether two masks show the same cell: IoU ≥ `DUPLICATE_IOU`, or one lies in the other."""
    common = first.intersection_area(second)
    if not common:
        return False
    a, b = first.area, second.area
    return common / (a + b - common) >= DUPLICATE_IOU or common / min(a, b) >= DUPLICATE_SHARE


def _grid_to_field(patch: LogitPatch, tile: Tile, column: float, row: float) -> Point:
    return tile.to_field(Point(patch.x0 + float(column) * patch.stride, patch.y0 + float(row) * patch.stride))


def _on_field_grid(patch: LogitPatch, tile: Tile, box: Box) -> FloatArray:
    """Logits at the centres of the field pixels of a box, cubic; beyond the patch its edge values go on."""
    step = tile.scale / patch.stride

    def start(first: float, tile_first: int, patch_first: float) -> float:
        return ((first + 0.5 - tile_first) * tile.scale - patch_first) / patch.stride - 0.5

    matrix = np.array(
        [[step, 0, start(box.x0, tile.x0, patch.x0)], [0, step, start(box.y0, tile.y0, patch.y0)]], np.float64
    )
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    size = (int(box.width), int(box.height))
    warped = cv2.warpAffine(patch.logits, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.float32)


def _inside(point: Point, mask: BoolArray) -> bool:
    height, width = mask.shape
    return bool(0 <= point.x < width and 0 <= point.y < height)
