"""How a field may look: random stain, light, optics, sensor and compression."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Variety:
    """How much the cells of one scene differ among themselves.

    gain, tint: spread (of the logarithm) of a cell's density and of its channels against each
    other; blurred: share of cells out of focus.
    """

    gain: float
    tint: float
    blurred: float

    def cell(self, density: NDArray[np.float32], *, diameter: float, rng: np.random.Generator) -> NDArray[np.float32]:
        """The density (h, w, 3) of one cell, stained and focused in its own way."""
        factors = np.exp(rng.normal(0, self.gain) + rng.normal(0, self.tint, 3)).astype(np.float32)
        out = density * np.clip(factors, 0.35, 2.2)
        if rng.random() < self.blurred:
            out = cv2.GaussianBlur(out, (0, 0), diameter * rng.uniform(0.015, 0.05))
        return out


ALIKE = Variety(gain=0.0, tint=0.0, blurred=0.0)


def random_variety(rng: np.random.Generator) -> Variety:
    """Mostly alike; in some scenes pale, brick-red and dense cells side by side, or several planes of focus."""
    uneven = rng.random() < 0.25
    return Variety(
        gain=rng.uniform(0.2, 0.45) if uneven else rng.uniform(0, 0.15),
        tint=rng.uniform(0.05, 0.2) if uneven else rng.uniform(0, 0.05),
        blurred=rng.uniform(0.1, 0.6) if rng.random() < 0.2 else 0.0,
    )


def add_debris(density: NDArray[np.float32], *, diameter: float, rng: np.random.Generator) -> None:
    """Sometimes specks of stain, smudges and fibres, added in place to a density (S, S, 3)."""
    if rng.random() > 0.25:
        return
    side = density.shape[0]
    layer = np.zeros((side, side), np.float32)
    for _ in range(int(rng.integers(1, 12))):
        x, y = (int(v) for v in rng.uniform(0, side, 2))
        axes = tuple(max(1, int(diameter * v)) for v in rng.uniform(0.02, 0.16, 2))
        cv2.ellipse(layer, (x, y), axes, rng.uniform(0, 180), 0, 360, float(rng.uniform(0.1, 1.2)), cv2.FILLED)
    if rng.random() < 0.2:
        line = np.cumsum(rng.normal(0, diameter / 4, (8, 2)), axis=0) + rng.uniform(0, side, 2)
        thickness = max(1, int(diameter * rng.uniform(0.02, 0.08)))
        cv2.polylines(layer, [line.astype(np.int32)], False, float(rng.uniform(0.1, 0.6)), thickness, cv2.LINE_AA)
    layer = cv2.GaussianBlur(layer, (0, 0), diameter * rng.uniform(0.01, 0.05))
    density += layer[..., None] * rng.uniform(0.5, 1.2, 3).astype(np.float32)


def random_stain(
    density: NDArray[np.float32], *, rng: np.random.Generator, strength: float = 1.0
) -> NDArray[np.float32]:
    """Another stain: gain, gamma and a 3x3 mix of the channels of an optical density (H, W, 3)."""
    gain = float(np.exp(rng.normal(0, 0.35 * strength)))
    gamma = float(np.exp(rng.normal(0, 0.15 * strength)))
    level = max(float(np.percentile(density[..., 1], 98)), 0.15)
    shaped = np.maximum(density, 0)
    if abs(gamma - 1) > 0.02:
        shaped = level * np.power(shaped / level, gamma)
    mix = np.eye(3) * np.exp(rng.normal(0, 0.3 * strength, 3))
    mix = mix + np.abs(rng.normal(0, 0.15 * strength, (3, 3)))
    if rng.random() < 0.15:
        mix = mix[rng.permutation(3)]
    if rng.random() < 0.08:
        mix = np.full((3, 3), 1 / 3) + rng.normal(0, 0.03, (3, 3))
    mix = mix / max(mix[1].sum(), 0.3) * gain
    out = shaped @ mix.T.astype(np.float32)
    peak = float(np.percentile(out, 99))
    if peak > 1.8:
        out *= 1.8 / peak
    least = 0.1 if rng.random() < 0.3 else 0.16
    if 0.02 < peak < least:
        out *= least / peak
    return out.astype(np.float32)


def random_light(side: int, *, rng: np.random.Generator) -> NDArray[np.float32]:
    """A plain background (side, side, 3) of random colour, 60..250, mostly near grey."""
    base = rng.uniform(90, 245)
    spread = 45 if rng.random() < 0.15 else 22
    colour = np.clip(base + rng.normal(0, spread, 3), 60, 252)
    return np.full((side, side, 3), colour, np.float32)


def random_shading(side: int, *, rng: np.random.Generator) -> NDArray[np.float32]:
    """Smooth factors (side, side, 1) around 1: vignette, slope or mottling."""
    coarse = rng.normal(0, rng.uniform(0, 0.05), (3, 3)).astype(np.float32)
    coarse += rng.uniform(-0.1, 0.1) * np.linspace(-1, 1, 3, dtype=np.float32)[:, None]
    coarse += rng.uniform(-0.1, 0.1) * np.linspace(-1, 1, 3, dtype=np.float32)[None]
    smooth = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.exp(smooth)[..., None]


def random_camera(image: NDArray[np.float32], *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Focus, resolution, noise and JPEG on an RGB image (H, W, 3), 0..255; returns uint8."""
    height, width = image.shape[:2]
    if rng.random() < 0.35:
        factor = rng.uniform(0.33, 0.9)
        size = (max(16, int(width * factor)), max(16, int(height * factor)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.2:
        # Sharpening; at a wide radius the bright rims of a cell slightly out of focus.
        soft = cv2.GaussianBlur(image, (0, 0), 1.2 if rng.random() < 0.6 else rng.uniform(1.5, 4))
        image = image + rng.uniform(0.3, 1.2) * (image - soft)
    if rng.random() < 0.7:
        noise = rng.standard_normal((height, width, 3), dtype=np.float32)
        if rng.random() < 0.5:
            noise = cv2.GaussianBlur(noise, (0, 0), rng.uniform(0.5, 1.2)) * 2
        image = image + noise * rng.uniform(0.5, 6)
    out = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        quality = int(rng.integers(25, 95))
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])
        out = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return out


def from_afar(rgb: NDArray[np.uint8], *, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The same scene (S, S, 3) photographed with few pixels per cell, and enlarged as the application enlarges it."""
    side = rgb.shape[0]
    few = round(side * rng.uniform(0.33, 0.7))
    small = cv2.resize(rgb, (few, few), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(cv2.resize(random_camera(small, rng=rng), (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)


def draw_marks(image: NDArray[np.float32], *, rng: np.random.Generator) -> None:
    """Sometimes a pointer, a scale bar or a line of text, drawn in place (H, W, 3)."""
    side = image.shape[0]
    colours = [(255, 240, 0), (20, 20, 20), (0, 160, 60), (0, 120, 220), (255, 255, 255)]
    colour = colours[rng.integers(len(colours))]
    if rng.random() < 0.06:
        tip = rng.uniform(0, side, 2)
        away = rng.normal(0, 1, 2)
        away /= max(float(np.linalg.norm(away)), 1e-3)
        across = np.array([-away[1], away[0]])
        length, width = rng.uniform(15, 45), rng.uniform(2, 8)
        shape = [tip, tip + away * length * 0.4 + across * width, tip + away * length * 0.4]
        shape += [tip + away * length, tip + away * length * 0.4 - across * width]
        cv2.fillPoly(image, [np.array(shape, np.int32)], colour, cv2.LINE_AA)
    if rng.random() < 0.05:
        x, y = int(rng.uniform(0, side)), int(rng.uniform(0, side))
        cv2.line(image, (x, y), (x + int(rng.uniform(20, 80)), y), colour, int(rng.integers(1, 4)))
        text = np.zeros(image.shape[:2], np.uint8)
        size = rng.uniform(0.3, 0.6)
        cv2.putText(text, "10 um", (x, y - 4), cv2.FONT_HERSHEY_SIMPLEX, size, 255, 1)
        image[text > 127] = colour
    if rng.random() < 0.03:
        start, end = rng.uniform(0, side, 2), rng.uniform(0, side, 2)
        dark = tuple(float(v) for v in image.mean((0, 1)) * 0.3)
        cv2.line(
            image,
            tuple(start.astype(int).tolist()),
            tuple(end.astype(int).tolist()),
            dark,
            int(rng.integers(3, 12)),
            cv2.LINE_AA,
        )
