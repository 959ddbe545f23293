"""Scenes cut from real fields: pseudo-masks of clean cells, and what human boxes add."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.masks.tiles import padding_colour
from training.data.cells.bank import Bank
from training.data.scenes import appearance
from training.data.scenes.composites import random_diameter
from training.data.scenes.scene import STRIDE, Instance, Scene
from training.data.sets.fields import BACKGROUND, CELL, RED, UNKNOWN, RealField, box_iou

SOURCE_SHARE = {"txl": 0.5, "diseases": 0.2, "chula": 0.3}
BOX_TO_OUTLINE = 0.93
"""Human boxes are loose: a cell fills about this much of its box's width and height."""


def real_scene(bank: Bank, *, rng: np.random.Generator, side: int = 256) -> Scene:
    """A random crop of a random field at a random scale, turned, mirrored and re-stained."""
    field = _choose_field(bank, rng)
    crop = _cut(field, side, rng)
    instances = _instances(crop, side)
    known = _pool((crop.cover < UNKNOWN).astype(np.float32)) > 0.9
    covered = _pool((crop.cover == CELL).astype(np.float32))
    centres = _loose_centres(crop, instances, side)
    rgb = _appearance(crop.rgb, rng)
    boxed = len(field.boxes) > 0
    all_centres = np.ones_like(covered) if boxed else None
    others = [] if crop.others is None else _from_layer(crop.others, exact=False)
    return Scene(rgb, instances, known.astype(np.float32), covered, centres, all_centres, others)


def _choose_field(bank: Bank, rng: np.random.Generator) -> RealField:
    present = [s for s in SOURCE_SHARE if any(f.source == s for f in bank.fields)]
    share = np.array([SOURCE_SHARE[s] for s in present])
    source = present[rng.choice(len(present), p=share / share.sum())]
    candidates = [f for f in bank.fields if f.source == source]
    return candidates[rng.integers(len(candidates))]


def _cut(field: RealField, side: int, rng: np.random.Generator) -> RealField:
    """The crop as a small field of side x side pixels, its cells about a random diameter wide."""
    scale = random_diameter(rng) / field.diameter
    span = side / scale
    height, width = field.cover.shape
    x = _start(width, span, rng)
    y = _start(height, span, rng)
    shrink = cv2.INTER_AREA if scale < 0.7 else cv2.INTER_LINEAR
    x0, y0 = int(np.floor(x)), int(np.floor(y))
    n = int(np.ceil(span))
    rgb = _window(field.rgb, x0, y0, n, padding_colour(field.rgb))
    cover = _window(field.cover, x0, y0, n, BACKGROUND)
    cells = _window(field.cells, x0, y0, n, 0)
    size = (side, side)
    rgb = cv2.resize(rgb, size, interpolation=shrink)
    cover = cv2.resize(cover, size, interpolation=cv2.INTER_NEAREST)
    cells = cv2.resize(cells, size, interpolation=cv2.INTER_NEAREST)
    factor = side / n
    boxes = (field.boxes - [x0, y0, x0, y0]) * factor
    out = replace(
        field,
        rgb=rgb,
        cells=cells,
        cover=cover,
        diameter=field.diameter * factor,
        boxes=boxes,
        guesses=_cut_layers(field.guesses, x0, y0, n, size),
        others=_cut_layer(field.others, x0, y0, n, size),
    )
    return _turn(out, rng)


def _cut_layers(
    layers: NDArray[np.int16] | None, x: int, y: int, n: int, size: tuple[int, int]
) -> NDArray[np.int16] | None:
    if layers is None:
        return None
    cut = [_window(layer, x, y, n, 0) for layer in layers]
    return np.stack([cv2.resize(c, size, interpolation=cv2.INTER_NEAREST) for c in cut])


def _cut_layer(
    layer: NDArray[np.int16] | None, x: int, y: int, n: int, size: tuple[int, int]
) -> NDArray[np.int16] | None:
    cut = None if layer is None else _cut_layers(layer[None], x, y, n, size)
    return None if cut is None else cut[0]


def _start(length: int, span: float, rng: np.random.Generator) -> float:
    """First pixel of a span along an axis; one crop in eight reaches beyond the field's edge."""
    room = length - span
    if room <= 0:
        return room / 2 if rng.random() < 0.5 else float(rng.uniform(room, 0))
    reach = 0.25 * span if rng.random() < 0.12 else 0.0
    return float(rng.uniform(-reach, room + reach))


def _window(image: NDArray, x: int, y: int, side: int, value: int | tuple[int, ...]) -> NDArray:
    """Square cut-out; beyond the image it is filled as the application fills its tiles."""
    height, width = image.shape[:2]
    pad = (max(0, -y), max(0, y + side - height), max(0, -x), max(0, x + side - width))
    part = image[max(0, y) : y + side, max(0, x) : x + side]
    if not any(pad):
        return part
    return cv2.copyMakeBorder(part, *pad, cv2.BORDER_CONSTANT, value=value)


def _turn(field: RealField, rng: np.random.Generator) -> RealField:
    quarter, mirror = int(rng.integers(4)), bool(rng.integers(2))
    side = field.cover.shape[0]

    def move(image: NDArray) -> NDArray:
        image = image[:, ::-1] if mirror else image
        return np.ascontiguousarray(np.rot90(image, quarter))

    boxes = field.boxes.copy()
    if mirror and len(boxes):
        boxes[:, [0, 2]] = side - boxes[:, [2, 0]]
    for _ in range(quarter if len(boxes) else 0):
        # rot90 (counter-clockwise): (x, y) -> (y, side - x)
        x0, y0, x1, y1 = boxes.T
        boxes = np.stack([y0, side - x1, y1, side - x0], axis=1)
    return replace(
        field,
        rgb=move(field.rgb),
        cells=move(field.cells),
        cover=move(field.cover),
        boxes=boxes,
        guesses=None if field.guesses is None else np.stack([move(layer) for layer in field.guesses]),
        others=None if field.others is None else move(field.others),
    )


def _instances(crop: RealField, side: int) -> list[Instance]:
    """Clean cells exactly; among the boxed ones, round cells whose ellipse is all cell roughly."""
    out = _from_layer(crop.cells, exact=True)
    for layer in crop.guesses if crop.guesses is not None else ():
        out += _from_layer(layer, exact=False)
    exact = np.array([i.box for i in out], np.float32).reshape(-1, 4)
    for box in crop.boxes[crop.kinds == RED]:
        guess = _from_box(crop, box, exact, side)
        if guess is not None:
            out.append(guess)
    return out


def _from_layer(labels: NDArray[np.int16], *, exact: bool) -> list[Instance]:
    out = []
    for number in np.unique(labels):
        own = labels == number
        if number == 0 or own.sum() < 40:
            continue
        rows, columns = np.flatnonzero(own.any(1)), np.flatnonzero(own.any(0))
        y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        smooth = cv2.GaussianBlur(own[y0:y1, x0:x1].astype(np.uint8) * 255, (0, 0), 1.0) > 127
        if smooth.any():
            out.append(Instance(int(x0), int(y0), smooth.astype(np.uint8), exact))
    return out


def _from_box(crop: RealField, box: NDArray[np.float32], exact: NDArray[np.float32], side: int) -> Instance | None:
    x0, y0, x1, y1 = box
    width, height = float(x1 - x0), float(y1 - y0)
    if x0 < 2 or y0 < 2 or x1 > side - 2 or y1 > side - 2 or min(width, height) < 12:
        return None
    if max(width, height) > 1.3 * min(width, height):
        return None
    if len(exact) and box_iou(box, exact).max() > 0.55:
        return None
    mask = np.zeros((side, side), np.uint8)
    centre = (int((x0 + x1) / 2 * 16), int((y0 + y1) / 2 * 16))
    axes = (int(width / 2 * BOX_TO_OUTLINE * 16), int(height / 2 * BOX_TO_OUTLINE * 16))
    cv2.ellipse(mask, centre, axes, 0, 0, 360, 1, -1, cv2.LINE_8, 4)
    inside = mask > 0
    if (crop.cover[inside] == CELL).mean() < 0.93:
        return None
    a, b = int(x0), int(y0)
    c, d = int(np.ceil(x1)), int(np.ceil(y1))
    return Instance(a, b, mask[b:d, a:c], exact=False)


def _loose_centres(crop: RealField, instances: list[Instance], side: int) -> list[tuple[float, float]]:
    """Centres of boxed red cells that have no instance (the heatmap still knows them)."""
    known = np.array([i.box for i in instances], np.float32).reshape(-1, 4)
    out = []
    for box in crop.boxes[crop.kinds == RED]:
        visible = np.array([max(box[0], 0), max(box[1], 0), min(box[2], side), min(box[3], side)], np.float32)
        if (visible[2:] - visible[:2]).min() < 6:
            continue
        if len(known) and box_iou(visible, known).max() > 0.5:
            continue
        out.append((float(visible[[0, 2]].mean()), float(visible[[1, 3]].mean())))
    return out


def _pool(image: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = image.shape
    return image.reshape(height // STRIDE, STRIDE, width // STRIDE, STRIDE).mean((1, 3))


def _appearance(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Half the crops keep their own look; the others get another stain and light."""
    image = rgb.astype(np.float32)
    if rng.random() < 0.5:
        white = np.percentile(image[::4, ::4].reshape(-1, 3), 96, axis=0).astype(np.float32)
        density = -np.log(np.maximum(image, 3) / np.maximum(white, 3))
        side = image.shape[0]
        stained = appearance.random_stain(density, rng=rng, strength=0.8)
        image = appearance.random_light(side, rng=rng) * np.exp(-stained)
        image *= appearance.random_shading(side, rng=rng)
    if rng.random() < 0.6:
        return appearance.random_camera(np.clip(image, 0, 255), rng=rng)
    return np.clip(image, 0, 255).astype(np.uint8)
