"""What else fields show: halos, glare, blotches, text and banners, rims. None of it is a cell."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.scenes.scene import Instance

WORDS = ("10 um", "x100", "RBC 5.2", "12:41", "Blood film 7", "A-3", "OIL", "2024-11-03", "Scale 20um", "No. 118")


def add_halos(
    density: NDArray[np.float32], covered: NDArray[np.uint8], *, diameter: float, rng: np.random.Generator
) -> None:
    """Sometimes a bright or dark ring around all cells, as out of focus, in place on a density (S, S, 3)."""
    if rng.random() > 0.3:
        return
    away = cv2.distanceTransform((covered == 0).astype(np.uint8), cv2.DIST_L2, 5) / diameter
    middle, width = rng.uniform(0.06, 0.16), rng.uniform(0.03, 0.07)
    ring = np.exp(-(((away - middle) / width) ** 2)) * (away > 0)
    strength = rng.uniform(0.05, 0.3) * (-1 if rng.random() < 0.8 else 0.6)
    density += (ring * strength * float(np.percentile(density, 97))).astype(np.float32)[..., None]


def add_blotches(density: NDArray[np.float32], *, diameter: float, rng: np.random.Generator) -> None:
    """Sometimes faint stain on the background, in place: smears, rings that dried, shadows of cells that left."""
    if rng.random() > 0.4:
        return
    side = density.shape[0]
    layer = np.zeros((side, side), np.float32)
    for _ in range(int(rng.integers(1, 7))):
        x, y = (int(v) for v in rng.uniform(0, side, 2))
        axes = tuple(max(2, int(diameter * v)) for v in rng.uniform(0.3, 0.9, 2))
        thickness = cv2.FILLED if rng.random() < 0.6 else max(1, int(diameter * rng.uniform(0.03, 0.15)))
        cv2.ellipse(layer, (x, y), axes, rng.uniform(0, 180), 0, 360, float(rng.uniform(0.04, 0.18)), thickness)
    layer = cv2.GaussianBlur(layer, (0, 0), diameter * rng.uniform(0.02, 0.12))
    density += layer[..., None] * float(np.percentile(density, 97))


def add_glare(
    image: NDArray[np.float32], instances: list[Instance], *, diameter: float, rng: np.random.Generator
) -> None:
    """Sometimes bright spots and rings, in cells and beside them, in place on an image (S, S, 3)."""
    if rng.random() > 0.2:
        return
    layer = np.zeros(image.shape[:2], np.float32)
    centres = [(i.x + i.mask.shape[1] / 2, i.y + i.mask.shape[0] / 2) for i in instances]
    for x, y in [c for c in centres if rng.random() < 0.4] + list(rng.uniform(0, image.shape[0], (2, 2))):
        shift = rng.normal(0, 0.12 * diameter, 2)
        radius = max(1, int(diameter * rng.uniform(0.05, 0.3)))
        thickness = cv2.FILLED if rng.random() < 0.5 else max(1, int(diameter * rng.uniform(0.02, 0.08)))
        cv2.circle(layer, (int(x + shift[0]), int(y + shift[1])), radius, float(rng.uniform(0.3, 1.0)), thickness)
    layer = cv2.GaussianBlur(layer, (0, 0), diameter * rng.uniform(0.01, 0.06))[..., None]
    image += (np.minimum(image.max() * rng.uniform(0.9, 1.15), 255) - image) * np.minimum(layer, 1)


def add_vignette(image: NDArray[np.float32], *, rng: np.random.Generator) -> None:
    """Sometimes light that falls off to one corner, in place on an image (S, S, 3)."""
    if rng.random() > 0.25:
        return
    side = image.shape[0]
    axis = (np.arange(side, dtype=np.float32) + 0.5) / side
    x, y = rng.uniform(-0.5, 1.5, 2)
    squared = (axis[None] - x) ** 2 + (axis[:, None] - y) ** 2
    image *= (1 - rng.uniform(0.1, 0.65) * squared / squared.max())[..., None]


def draw_text(image: NDArray[np.float32], *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Sometimes burnt-in text, a banner or a scale bar, in place on an image (S, S, 3); 0 where it hides cells."""
    side = image.shape[0]
    clear = np.ones((side, side), np.uint8)
    if rng.random() < 0.08:
        high = int(side * rng.uniform(0.06, 0.3))
        rows = np.s_[:high] if rng.random() < 0.5 else np.s_[side - high :]
        image[rows] = rng.choice([0, 255, 40, 230]) if rng.random() < 0.7 else rng.uniform(0, 255, 3)
        clear[rows] = 0
        _write(image, int(rng.uniform(0, side / 2)), high - 4 if rows.start is None else side - 4, rng)
    elif rng.random() < 0.08:
        _write(image, int(rng.uniform(0, side * 0.7)), int(rng.uniform(12, side)), rng)
        if rng.random() < 0.5:
            x, y = (int(v) for v in rng.uniform(0, side, 2))
            thick, long = int(rng.integers(2, 9)), int(rng.uniform(20, 120))
            image[y : y + thick, x : x + long] = rng.choice([0, 255])
    return clear


def _write(image: NDArray[np.float32], x: int, y: int, rng: np.random.Generator) -> None:
    layer = np.zeros(image.shape[:2], np.uint8)
    word, size = WORDS[rng.integers(len(WORDS))], rng.uniform(0.3, 1.3)
    cv2.putText(layer, word, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, 255, int(rng.integers(1, 4)), cv2.LINE_AA)
    share = layer[..., None].astype(np.float32) / 255
    image += (rng.choice([0, 255]) - image) * share
