"""Random crops of a part of the prepared set, for training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.masks.tiles import padding_colour
from training.data.sets.prepared_set import Item, PreparedSet


@dataclass(frozen=True)
class Crop:
    """rgb (S, S, 3) uint8; mask (S, S) bool; points (n, 2) float32 ``(x, y)`` in the crop's pixels."""

    rgb: NDArray[np.uint8]
    mask: NDArray[np.bool_]
    points: NDArray[np.float32]


class Crops:
    """The images of a part in memory, and crops from them.

    Args:
        prepared, items: where they are and which ones.
        side: of a crop, pixels.
        zoom_of: factor by which a field (H, W, 3) is resampled before cropping; 1 when None.
    """

    def __init__(
        self,
        prepared: PreparedSet,
        items: Sequence[Item],
        *,
        side: int,
        zoom_of: Callable[[NDArray[np.uint8]], float] | None = None,
    ) -> None:
        self._side = side
        self._fields = [
            (prepared.rgb(i), prepared.mask(i), np.array(i.points, np.float32).reshape(-1, 2)) for i in items
        ]
        self._zooms = [1.0 if zoom_of is None else zoom_of(rgb) for rgb, _, _ in self._fields]

    def __len__(self) -> int:
        return len(self._fields)

    def draw(self, rng: np.random.Generator) -> Crop:
        """A crop of a random field at a random place, turned and flipped at random."""
        return turned(self.cut(int(rng.integers(len(self))), rng), rng)

    def cut(self, index: int, rng: np.random.Generator) -> Crop:
        """A crop of one field at a random place, upright."""
        rgb, mask, points = self._fields[index]
        return cut_crop(rgb, mask, points, side=self._side, zoom=self._zooms[index], rng=rng)


def cut_crop(
    rgb: NDArray[np.uint8],
    mask: NDArray[np.bool_],
    points: NDArray[np.float32],
    *,
    side: int,
    zoom: float,
    rng: np.random.Generator,
) -> Crop:
    """Cut ``side / zoom`` pixels at a random place and resample them to `side`; beyond the field is bare background."""
    height, width = rgb.shape[:2]
    reach = max(8, round(side / zoom))
    x0 = int(rng.integers(max(1, width - reach + 1)))
    y0 = int(rng.integers(max(1, height - reach + 1)))
    window = np.full((reach, reach, 3), padding_colour(rgb), np.uint8)
    covered = np.zeros((reach, reach), np.float32)
    part = rgb[y0 : y0 + reach, x0 : x0 + reach]
    window[: part.shape[0], : part.shape[1]] = part
    covered[: part.shape[0], : part.shape[1]] = mask[y0 : y0 + reach, x0 : x0 + reach]
    if reach != side:
        method = cv2.INTER_AREA if reach > side else cv2.INTER_LINEAR
        window = np.asarray(cv2.resize(window, (side, side), interpolation=method), np.uint8)
        covered = cv2.resize(covered, (side, side), interpolation=method)
    moved = (points - [x0, y0]) * (side / reach)
    inside = ((moved >= 0) & (moved < side)).all(axis=1)
    return Crop(window, covered >= 0.5, moved[inside].astype(np.float32))


def turned(crop: Crop, rng: np.random.Generator) -> Crop:
    """The crop turned by a random multiple of 90 degrees and perhaps mirrored."""
    side = crop.rgb.shape[0]
    rgb, mask, points = crop.rgb, crop.mask, crop.points
    for _ in range(int(rng.integers(4))):
        rgb, mask = np.rot90(rgb), np.rot90(mask)
        points = np.stack([points[:, 1], side - points[:, 0]], axis=1)
    if rng.random() < 0.5:
        rgb, mask = rgb[:, ::-1], mask[:, ::-1]
        points = np.stack([side - points[:, 0], points[:, 1]], axis=1)
    return Crop(np.ascontiguousarray(rgb), np.ascontiguousarray(mask), points)
