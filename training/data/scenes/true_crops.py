"""Scenes cut from real fields with exact outlines of their clean cells, in any hue."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.masks.tiles import padding_colour
from training.data.cells.true_cells import TrueBank
from training.data.cells.true_edges import Floats, fill
from training.data.scenes import appearance, obstacles
from training.data.scenes.composites import random_diameter
from training.data.scenes.real_scenes import SOURCE_SHARE
from training.data.scenes.scene import STRIDE, Instance, Scene
from training.data.scenes.wide_stains import random_mix, recoloured
from training.data.sets.fields import BACKGROUND, CELL, RED, UNKNOWN, RealField, box_iou

LEAST_PIXELS = 40


def true_crop(bank: TrueBank, *, rng: np.random.Generator, side: int = 256) -> Scene:
    """A random crop of a random field at a random scale, turned, mirrored and often re-stained."""
    index = _choose(bank, rng)
    field = bank.bank.fields[index]
    view = _View.random(field, side, rng)
    cover = view.labels(field.cover, BACKGROUND)
    instances = [one for line in bank.outlines[index] if (one := _drawn(view.points(line), side)) is not None]
    exact = np.array([i.box for i in instances], np.float32).reshape(-1, 4)
    for layer in field.guesses if field.guesses is not None else ():
        instances += [g for g in _cut_out(view.labels(layer, 0)) if _is_new(g, exact)]
    others = [] if field.others is None else _cut_out(view.labels(field.others, 0))
    boxes = view.boxes(field.boxes)
    centres = _loose_centres(boxes[field.kinds == RED], instances, side)
    known = _pooled((cover < UNKNOWN).astype(np.float32)) > 0.9
    covered = _pooled((cover == CELL).astype(np.float32))
    all_centres = np.ones_like(covered) if len(field.boxes) else None
    rgb = _seen_otherwise(view.pixels(field.rgb), rng)
    return Scene(rgb, instances, known.astype(np.float32), covered, centres, all_centres, others)


def _choose(bank: TrueBank, rng: np.random.Generator) -> int:
    sources = np.array([field.source for field in bank.bank.fields])
    present = [s for s in SOURCE_SHARE if (sources == s).any()]
    share = np.array([SOURCE_SHARE[s] for s in present])
    chosen = present[rng.choice(len(present), p=share / share.sum())]
    return int(rng.choice(np.flatnonzero(sources == chosen)))


@dataclass(frozen=True)
class _View:
    """An affine view of a field: matrix (2, 3) from field to scene, both with corners of pixels at whole numbers."""

    matrix: Floats
    side: int

    @classmethod
    def random(cls, field: RealField, side: int, rng: np.random.Generator) -> _View:
        scale = random_diameter(rng) / field.diameter
        height, width = field.cover.shape
        span = side / scale
        low = [_start(length, span, rng) for length in (width, height)]
        angle = np.pi / 2 * rng.integers(4)
        cosine, sine = round(np.cos(angle)), round(np.sin(angle))
        turn = np.array([[cosine, -sine], [sine, cosine]]) * scale
        turn[:, 0] *= 1 if rng.random() < 0.5 else -1
        middle = np.array(low) + span / 2
        shift = side / 2 - turn @ middle
        return cls(np.concatenate([turn, shift[:, None]], axis=1), side)

    def points(self, points: Floats) -> Floats:
        """Points (n, 2) of the field in the scene."""
        return np.asarray(points @ self.matrix[:, :2].T + self.matrix[:, 2])

    def boxes(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Boxes (n, 4) of the field in the scene."""
        ends = np.stack([self.points(boxes[:, :2]), self.points(boxes[:, 2:])])
        return np.concatenate([ends.min(0), ends.max(0)], axis=1).astype(np.float32).reshape(-1, 4)

    def labels(self, layer: NDArray, beyond: int) -> NDArray:
        """A layer of labels in the scene."""
        return self.warped(layer, cv2.INTER_NEAREST, beyond)

    def pixels(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The field's pixels in the scene, averaged where they shrink, with the background's colour beyond its edge."""
        scale = float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))
        colour = padding_colour(rgb)
        if scale >= 0.8:
            return self.warped(rgb, cv2.INTER_LINEAR, colour)
        size = (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale)))
        small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
        by = np.array([rgb.shape[1] / size[0], rgb.shape[0] / size[1], 1])
        return _View(self.matrix * by, self.side).warped(small, cv2.INTER_LINEAR, colour)

    def warped(self, image: NDArray, method: int, beyond: int | tuple[int, ...]) -> NDArray:
        """An image of the field in the scene, interpolated, and what lies beyond it."""
        centred = self.matrix.copy()  # OpenCV's whole numbers are centres of pixels
        centred[:, 2] += self.matrix[:, :2] @ [0.5, 0.5] - 0.5
        size = (self.side, self.side)
        return cv2.warpAffine(image, centred, size, flags=method, borderMode=cv2.BORDER_CONSTANT, borderValue=beyond)


def _start(length: int, span: float, rng: np.random.Generator) -> float:
    """First pixel of a span along an axis; one crop in eight reaches beyond the field's edge."""
    room = length - span
    if room <= 0:
        return room / 2 if rng.random() < 0.5 else float(rng.uniform(room, 0))
    reach = 0.25 * span if rng.random() < 0.12 else 0.0
    return float(rng.uniform(-reach, room + reach))


def _drawn(outline: Floats, side: int) -> Instance | None:
    """An outline in the scene as an instance, cut to the scene."""
    low = np.clip(np.floor(outline.min(0)).astype(int) - 1, 0, side)
    high = np.clip(np.ceil(outline.max(0)).astype(int) + 1, 0, side)
    width, height = (high - low).tolist()
    if width < 3 or height < 3:
        return None
    mask = (fill(outline - low, (height, width), finer=4) > 127).astype(np.uint8)
    return Instance(int(low[0]), int(low[1]), mask) if mask.sum() >= LEAST_PIXELS else None


def _cut_out(labels: NDArray[np.int16]) -> list[Instance]:
    """Guessed cells, or white cells and platelets, of a layer in the scene."""
    out = []
    for number in np.unique(labels[labels > 0]):
        own = labels == number
        if own.sum() < LEAST_PIXELS:
            continue
        rows, columns = np.flatnonzero(own.any(1)), np.flatnonzero(own.any(0))
        y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        smooth = cv2.GaussianBlur(own[y0:y1, x0:x1].astype(np.uint8) * 255, (0, 0), 1.0) > 127
        if smooth.any():
            out.append(Instance(int(x0), int(y0), smooth.astype(np.uint8), exact=False))
    return out


def _is_new(guess: Instance, exact: NDArray[np.float32]) -> bool:
    return not len(exact) or float(box_iou(np.array(guess.box, np.float32), exact).max()) < 0.6


def _loose_centres(boxes: NDArray[np.float32], instances: list[Instance], side: int) -> list[tuple[float, float]]:
    """Centres of boxed red cells that have no instance (the heatmap still knows them)."""
    known = np.array([i.box for i in instances], np.float32).reshape(-1, 4)
    out = []
    for box in boxes:
        visible = np.clip(box, 0, side)
        if (visible[2:] - visible[:2]).min() < 6 or (len(known) and box_iou(visible, known).max() > 0.5):
            continue
        out.append((float(visible[[0, 2]].mean()), float(visible[[1, 3]].mean())))
    return out


def _pooled(image: NDArray[np.float32]) -> NDArray[np.float32]:
    side = image.shape[0] // STRIDE
    return image.reshape(side, STRIDE, side, STRIDE).mean((1, 3))


def _seen_otherwise(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A third of the crops keep their own look; the others get another stain, of any hue."""
    if rng.random() < 0.65:
        rgb = recoloured(rgb, random_mix(rng), gain=float(np.exp(rng.uniform(np.log(0.5), np.log(2.5)))))
    image = rgb.astype(np.float32)
    obstacles.add_vignette(image, rng=rng)
    if rng.random() < 0.5:
        return appearance.random_camera(np.clip(image, 0, 255), rng=rng)
    return np.clip(image, 0, 255).astype(np.uint8)
