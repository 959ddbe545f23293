"""Prompts as a user would give them, drawn at random for the cells of a scene."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.models.segmenter.compact_sam2 import OUTLINE_STRIDE
from training.data.scenes.scene import Instance, Scene, dense_targets

MAX_POINTS = 5

LEAST_AREA = 60
"""Pixels; of smaller masks nobody asks for."""


@dataclass(frozen=True)
class Batch:
    """B scenes with N prompts.

    Attributes:
        rgb: (B, 3, S, S) uint8.
        dense: (B, 8, S/4, S/4) as `dense_targets`.
        points: (N, 5, 2).
        labels: (N, 5).
        boxes: (N, 4), NaN for none.
        masks: (N, S/2, S/2): share covered.
        image_index: (N,).
        weights: (N,).
        crowded: (N,): the cell touches or overlaps another.
    """

    rgb: NDArray[np.uint8]
    dense: NDArray[np.float32]
    points: NDArray[np.float32]
    labels: NDArray[np.int64]
    boxes: NDArray[np.float32]
    masks: NDArray[np.float32]
    image_index: NDArray[np.int64]
    weights: NDArray[np.float32]
    crowded: NDArray[np.bool_]


@dataclass(frozen=True)
class Prompt:
    """One prompt of a scene.

    Attributes:
        number: of the cell among the scene's instances and others.
        points: (5, 2).
        labels: (5,).
        box: (4,), NaN for none.
        exact: whether the cell's outline is known.
    """

    number: int
    points: NDArray[np.float64]
    labels: NDArray[np.int64]
    box: NDArray[np.float64]
    exact: bool


def draw_prompts(scene: Scene, *, rng: np.random.Generator, count: int) -> list[Prompt]:
    """Up to so many prompts of different cells, white cells and platelets too; two of five are one positive point."""
    layers, total = _layers(scene, scene.others)
    usable = np.flatnonzero([layer.mask.sum() >= LEAST_AREA for layer in layers])
    out = []
    for k in rng.permutation(usable)[:count].tolist():
        points, labels, box = _prompt(layers, k, total, rng, bool(rng.random() < 0.4))
        out.append(Prompt(k, points, labels, box, layers[k].instance.exact))
    return out


def make_batch(scenes: list[Scene], *, rng: np.random.Generator, prompts: int, simple: bool = False) -> Batch:
    """Targets and up to ``prompts`` prompts a scene; simple: one positive point each."""
    rows: list[tuple] = []
    for index, scene in enumerate(scenes):
        side = scene.rgb.shape[0]
        layers, total = _layers(scene, [] if simple else scene.others)
        crowded = np.array([layer.touches(total) for layer in layers], bool)
        usable = np.array([layer.mask.sum() >= LEAST_AREA for layer in layers], bool)
        odds = usable * np.where(crowded, 2.5, 1.0)
        odds[len(scene.instances) :] *= 2.0
        if not odds.any():
            continue
        count = min(prompts, int(usable.sum()))
        chosen = rng.choice(len(layers), size=count, replace=False, p=odds / odds.sum())
        for k in chosen:
            points, labels, box = _prompt(layers, int(k), total, rng, simple)
            instance = layers[k].instance
            mask = instance.coarse(side, OUTLINE_STRIDE)
            weight = 1.0 if instance.exact else 0.5
            rows.append((points, labels, box, mask, index, weight, crowded[k]))
    fields = list(zip(*rows, strict=True))
    return Batch(
        rgb=np.stack([s.rgb.transpose(2, 0, 1) for s in scenes]),
        dense=np.stack([dense_targets(s) for s in scenes]),
        points=np.stack(fields[0]).astype(np.float32),
        labels=np.stack(fields[1]).astype(np.int64),
        boxes=np.stack(fields[2]).astype(np.float32),
        masks=np.stack(fields[3]).astype(np.float32),
        image_index=np.array(fields[4], np.int64),
        weights=np.array(fields[5], np.float32),
        crowded=np.array(fields[6], bool),
    )


@dataclass(frozen=True)
class _Layer:
    instance: Instance

    @property
    def mask(self) -> NDArray[np.uint8]:
        return self.instance.mask

    def view(self, canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The part of a scene-sized array under the mask's crop."""
        height, width = self.mask.shape
        return canvas[self.instance.y : self.instance.y + height, self.instance.x :][:, :width]

    def touches(self, total: NDArray[np.uint8]) -> bool:
        """Whether another cell covers part of this one or comes within 2 px of its box's inside."""
        x0, y0, x1, y1 = self.instance.box
        if (self.view(total)[self.mask > 0] > 1).sum() >= 4:
            return True
        near = total[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2]
        return bool((near > 0).sum() > self.mask.sum() + 25)

    def point(self, total: NDArray[np.uint8], rng: np.random.Generator, *, central: bool) -> tuple[float, float]:
        """A position in the mask, not under another cell if possible."""
        alone = (self.mask > 0) & (self.view(total) == 1)
        pool = alone if alone.sum() >= 12 else self.mask > 0
        rows, columns = np.nonzero(pool)
        if central:
            inside_y, inside_x = np.nonzero(self.mask)
            spread = 0.12 * np.sqrt(len(inside_y))
            aim_x = inside_x.mean() + rng.normal(0, spread)
            aim_y = inside_y.mean() + rng.normal(0, spread)
            distance = (columns - aim_x) ** 2 + (rows - aim_y) ** 2
            k = int(distance.argmin())
        else:
            k = int(rng.integers(len(rows)))
        jitter = rng.uniform(0, 1, 2)
        return self.instance.x + columns[k] + jitter[0], self.instance.y + rows[k] + jitter[1]


def _layers(scene: Scene, others: list[Instance]) -> tuple[list[_Layer], NDArray[np.uint8]]:
    """The cells that may be prompted, and how many of them cover each pixel."""
    side = scene.rgb.shape[0]
    layers = [_Layer(i) for i in (*scene.instances, *others)]
    total = np.zeros((side, side), np.uint8)
    for layer in layers:
        layer.view(total)[:] += layer.mask
    return layers, total


def _prompt(
    layers: list[_Layer], k: int, total: NDArray[np.uint8], rng: np.random.Generator, simple: bool
) -> tuple[NDArray, NDArray, NDArray]:
    own = layers[k]
    points, labels = np.zeros((MAX_POINTS, 2)), np.full(MAX_POINTS, -1)
    box = np.full(4, np.nan)
    kind = 0.0 if simple else rng.random()
    positives, negatives = 1, 0
    if kind > 0.65:
        positives, negatives = int(rng.integers(1, 4)), int(rng.integers(0, 3))
    if kind > 0.85:
        x0, y0, x1, y1 = own.instance.box
        size = np.array([x1 - x0, y1 - y0, x1 - x0, y1 - y0])
        box = np.array([x0, y0, x1, y1]) + rng.normal(0, 0.05, 4) * size
        box[:2] -= 0.02 * size[:2]
        if rng.random() < 0.6:
            positives, negatives = 0, 0
    for n in range(positives):
        points[n] = own.point(total, rng, central=not own.instance.exact or rng.random() < 0.6)
        labels[n] = 1
    for n in range(positives, positives + negatives):
        points[n] = _negative(layers, k, total, rng)
        labels[n] = 0
    return points, labels, box


def _negative(layers: list[_Layer], k: int, total: NDArray[np.uint8], rng: np.random.Generator) -> tuple[float, float]:
    """A point on the nearest other cell, or near the cell on what it doesn't cover."""
    own = layers[k].instance
    x0, y0, x1, y1 = own.box
    others = [j for j in range(len(layers)) if j != k]
    if others and rng.random() < 0.7:
        gap = [abs(layers[j].instance.x - own.x) + abs(layers[j].instance.y - own.y) for j in others]
        other = layers[others[int(np.argmin(gap))]]
        x, y = other.point(total, rng, central=rng.random() < 0.5)
        if not _inside(own, x, y):
            return x, y
    for _ in range(20):
        x = rng.uniform(x0 - 12, x1 + 12)
        y = rng.uniform(y0 - 12, y1 + 12)
        if 0 <= x < total.shape[1] and 0 <= y < total.shape[0] and not _inside(own, x, y):
            return x, y
    return float(np.clip(x1 + 3, 0, total.shape[1] - 1)), float(np.clip(y1, 0, total.shape[0] - 1))


def _inside(instance: Instance, x: float, y: float) -> bool:
    column, row = int(x) - instance.x, int(y) - instance.y
    height, width = instance.mask.shape
    return 0 <= column < width and 0 <= row < height and bool(instance.mask[row, column])
