"""Real fields for training the segmenter: pixels, human boxes, and pseudo-masks of clean cells.

A clean cell is isolated, convex enough and complete; its outline follows from a threshold on the
optical density. Everything doubtful (clumps, white cells, debris) is marked unknown, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.geometry import equivalent_diameter
from rbc_desktop.imaging.light.illumination import background, optical_density

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
BACKGROUND, CELL, UNKNOWN = 0, 1, 2
WHITE, RED, PLATELET = 0, 1, 2
MIN_SOLIDITY = 0.9
NEAR_PX = 3


@dataclass(frozen=True)
class RealField:
    """One field.

    Attributes:
        rgb: (H, W, 3) uint8.
        cells: (H, W) int16, 0 none, else a clean cell's number.
        cover: (H, W) uint8: BACKGROUND, CELL or UNKNOWN.
        diameter: typical red cell, pixels.
        boxes: (n, 4) float32 ``x0, y0, x1, y1`` of human boxes (may be empty).
        kinds: (n,) of these boxes.
        guesses: (L, H, W) int16: layers like ``cells`` of cells that an earlier model outlined and a human box
            confirmed (see `training.data.scenes.pseudo_labels`).
        others: (H, W) int16: white cells and platelets.
    """

    name: str
    source: str
    rgb: NDArray[np.uint8]
    cells: NDArray[np.int16]
    cover: NDArray[np.uint8]
    diameter: float
    boxes: NDArray[np.float32]
    kinds: NDArray[np.int64]
    guesses: NDArray[np.int16] | None = None
    others: NDArray[np.int16] | None = None


def read_rgb(path: Path) -> NDArray[np.uint8]:
    """Decode an image file to (H, W, 3) RGB uint8; raises ValueError if it can't be decoded."""
    image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError(f"cannot decode {path.name}")
    return np.ascontiguousarray(image[..., ::-1])


def chula_block(name: str) -> int:
    """Number of the block of ten consecutive Chula fields that a field ``N`` belongs to."""
    return int(name) // 10


TXL_SOURCES = {640: "640x480", 416: "416x416", 575: "575x575"}
"""TXL-PBC was put together from four sets, whose images differ in width (no others occur but 360 to 366)."""


def txl_source(width: int) -> str:
    """Which of TXL-PBC's four sources an image of this width comes from; their names are their image sizes."""
    return TXL_SOURCES.get(width, "363x360")


def field_name(source: str, path: Path) -> str:
    """Name of a field, unique within its source: stems recur in the folders of the diseases."""
    return f"{path.parent.name}-{path.stem}".replace(" ", "_") if source == "diseases" else path.stem


def is_validation(source: str, name: str) -> bool:
    """Held out from training composites: every seventh Chula block, and TXL-PBC val."""
    if source == "chula":
        return chula_block(name) % 7 == 3
    return source == "txl-val"


def list_fields(data: Path = DATA) -> list[tuple[str, Path]]:
    """(source, image path) of every training and validation field, sorted."""
    chula = sorted((data / "chula" / "images").glob("*.jpg"))
    diseases = sorted(p for p in (data / "chula" / "diseases").rglob("*") if p.is_file())
    txl = sorted((data / "txl-pbc" / "train" / "images").iterdir())
    return [("chula", p) for p in chula] + [("diseases", p) for p in diseases] + [("txl", p) for p in txl]


def read_boxes(image_path: Path, shape: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """YOLO boxes beside a TXL-PBC image, in pixels of an image of shape (H, W), with classes."""
    path = image_path.parents[1] / "labels" / (image_path.stem + ".txt")
    rows = np.array([line.split() for line in path.read_text().splitlines() if line.strip()], np.float32).reshape(-1, 5)
    centre = rows[:, 1:3] * [shape[1], shape[0]]
    half = rows[:, 3:5] * [shape[1], shape[0]] / 2
    boxes = np.concatenate([centre - half, centre + half], axis=1).astype(np.float32)
    return boxes, rows[:, 0].astype(np.int64)


def load_field(source: str, path: Path) -> RealField | None:
    """Read and analyse one field; None if it shows no usable cell."""
    rgb = read_rgb(path)
    boxes, kinds = np.zeros((0, 4), np.float32), np.zeros(0, np.int64)
    if source.startswith("txl"):
        boxes, kinds = read_boxes(path, rgb.shape[:2])
    density = optical_density(rgb, background(rgb))
    mask = density_mask(density, excluded=box_mask(rgb.shape[:2], boxes[kinds != RED]))
    found = _components(mask, density)
    boxed = len(boxes) > 0
    keep = _match_boxes(found, boxes[kinds == RED]) if boxed else _plausible(found)
    if not keep:
        return None
    cells = np.zeros(mask.shape, np.int16)
    for number, index in enumerate(keep, start=1):
        cells[found.labels == index] = number
    areas = [found.areas[i] for i in keep]
    diameter = equivalent_diameter(float(np.median(areas)))
    if boxed:
        diameter = box_diameter(boxes[kinds == RED], rgb.shape[:2]) or diameter
    cover = _cover(mask, cells, boxes, kinds)
    return RealField(field_name(source, path), source, rgb, cells, cover, diameter, boxes, kinds)


def box_diameter(boxes: NDArray[np.float32], shape: tuple[int, int]) -> float | None:
    """Typical cell diameter from red-cell boxes inside the field; boxes are about 7 % loose."""
    low, high = boxes[:, :2], boxes[:, 2:]
    inside = (low > 2).all(1) & (high < np.array([shape[1], shape[0]]) - 2).all(1)
    if inside.sum() < 3:
        return None
    sides = (high - low)[inside]
    return float(np.median(np.sqrt(sides.prod(1))) * 0.93)


def density_mask(density: NDArray[np.float32], *, excluded: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Everything that absorbs, (H, W) bool, holes filled: Otsu on the green optical density.

    A first threshold finds the typical density of cells; values above 1.5 times that (nuclei,
    pigment) are clipped before the second, so that a white cell doesn't raise the threshold.
    """
    mask = (above_threshold(density, excluded=excluded) > 0).astype(np.uint8)
    return fill_holes(mask, largest=int(0.02 * mask.size))


def above_threshold(density: NDArray[np.float32], *, excluded: NDArray[np.bool_]) -> NDArray[np.float32]:
    """By how much the smoothed green optical density is above the threshold of `density_mask`, (H, W)."""
    green = cv2.GaussianBlur(density[..., 1], (0, 0), 1.0)
    allowed = green[~excluded] if (~excluded).any() else green.ravel()
    first = _otsu(allowed)
    typical = float(np.median(allowed[allowed > first])) if (allowed > first).any() else first
    return green - 0.9 * _otsu(np.minimum(allowed, 1.5 * typical))


def fill_holes(mask: NDArray[np.uint8], *, largest: int) -> NDArray[np.bool_]:
    """Fill enclosed background regions of at most ``largest`` pixels; (H, W) 0/1 to bool."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - mask, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] <= largest
    touches = np.zeros(count, bool)
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        touches[np.unique(edge)] = True
    fill = small & ~touches
    fill[0] = False
    return (mask > 0) | fill[labels]


@dataclass(frozen=True)
class _Found:
    """Components 1..n of a mask. complete: whole, convex, with nothing near."""

    labels: NDArray[np.int32]
    areas: NDArray[np.float64]
    boxes: NDArray[np.float32]
    complete: NDArray[np.bool_]
    densities: NDArray[np.float64]
    redness: NDArray[np.float64]
    solidity: NDArray[np.float64]


def _components(mask: NDArray[np.bool_], density: NDArray[np.float32]) -> _Found:
    opened = cv2.morphologyEx(
        mask.astype(np.uint8), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    height, width = mask.shape
    boxes = np.zeros((count, 4), np.float32)
    complete = np.zeros(count, bool)
    mean, red, solidity = np.zeros(count), np.ones(count), np.zeros(count)
    for i in range(1, count):
        x, y, w, h, area = stats[i]
        boxes[i] = x, y, x + w, y + h
        if area < 150 or x < 2 or y < 2 or x + w > width - 2 or y + h > height - 2:
            continue
        pad = NEAR_PX
        x0, y0 = max(0, x - pad), max(0, y - pad)
        crop = labels[y0 : y + h + pad, x0 : x + w + pad]
        own = (crop == i).astype(np.uint8)
        grown = cv2.dilate(own, np.ones((2 * pad + 1, 2 * pad + 1), np.uint8)) > 0
        alone = not ((crop > 0) & (crop != i) & grown).any()
        contours, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        outline = max(contours, key=cv2.contourArea)
        hull = cv2.contourArea(cv2.convexHull(outline))
        solidity[i] = cv2.contourArea(outline) / max(hull, 1.0)
        complete[i] = alone and solidity[i] > MIN_SOLIDITY
        values = density[y0 : y + h + pad, x0 : x + w + pad][own > 0]
        mean[i] = values[:, 1].mean()
        red[i] = values[:, 0].mean() / max(mean[i], 0.02)
    areas = stats[:, cv2.CC_STAT_AREA].astype(float)
    return _Found(labels, areas, boxes, complete, mean, red, solidity)


def _plausible(found: _Found) -> list[int]:
    """Complete components that look like the field's other red cells (no nuclei, no specks)."""
    index = np.flatnonzero(found.complete)
    if len(index) < 4:
        return []
    area = np.median(found.areas[index])
    density, red = np.median(found.densities[index]), np.median(found.redness[index])
    return [
        int(i)
        for i in index
        if 0.3 * area < found.areas[i] < 2.2 * area
        and 0.4 * density < found.densities[i] < 1.8 * density
        and found.redness[i] < 1.6 * red + 0.1
        # Two cells that overlap by half are nearly convex, but large.
        and (found.areas[i] < 1.35 * area or found.solidity[i] > 0.965)
    ]


def _match_boxes(found: _Found, boxes: NDArray[np.float32]) -> list[int]:
    """Complete components whose own box agrees with a human red-cell box (IoU at least 0.68)."""
    keep = []
    for i in np.flatnonzero(found.complete):
        if len(boxes) and box_iou(found.boxes[i], boxes).max() >= 0.68:
            keep.append(int(i))
    return keep


def box_iou(box: NDArray[np.float32], boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """IoU of one box (4,) with boxes (n, 4), all half-open ``x0, y0, x1, y1``."""
    low = np.maximum(box[:2], boxes[:, :2])
    high = np.minimum(box[2:], boxes[:, 2:])
    shared = np.clip(high - low, 0, None).prod(1)
    total = (box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(1) - shared
    return shared / np.maximum(total, 1e-6)


def _cover(
    mask: NDArray[np.bool_],
    cells: NDArray[np.int16],
    boxes: NDArray[np.float32],
    kinds: NDArray[np.int64],
) -> NDArray[np.uint8]:
    """What each pixel is known to be, see `RealField`."""
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    cover = np.where(grown, UNKNOWN, BACKGROUND).astype(np.uint8)
    if len(boxes):
        red = box_mask(mask.shape, boxes[kinds == RED])
        other = box_mask(mask.shape, boxes[kinds != RED])
        solid = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        cover[solid & red & ~other] = CELL
        cover[~grown & red] = UNKNOWN
        cover[other & ~red] = BACKGROUND
    else:
        cover[mask & (cells == 0)] = UNKNOWN
    own = cells > 0
    ring = cv2.dilate(own.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    cover[ring & ~mask] = BACKGROUND
    cover[own] = CELL
    return cover


def box_mask(shape: tuple[int, ...], boxes: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Where boxes lie, for an image of this shape (H, W, …)."""
    mask = np.zeros(shape[:2], bool)
    for x0, y0, x1, y1 in boxes:
        mask[max(0, int(y0)) : int(np.ceil(y1)), max(0, int(x0)) : int(np.ceil(x1))] = True
    return mask


def _otsu(values: NDArray[np.float32]) -> float:
    """Otsu's threshold of densities, clipped to -0.1..2."""
    levels = np.clip((values + 0.1) / 2.1 * 255, 0, 255).astype(np.uint8).reshape(-1, 1)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return threshold / 255 * 2.1 - 0.1
