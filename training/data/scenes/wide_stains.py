"""Stains of any hue and strength: what tells a nucleus from a red cell then is texture, size and relative density."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

LEVELS = (0.1, 1.25)
"""Optical density of a typical cell, mean of the channels: from pale to three times an ordinary stain."""

DENSEST = 2.6
"""What is denser is black to any camera."""

CELL_GAIN = (0.4, 3.0)
"""Density of one cell over that of its neighbours."""


def random_mix(rng: np.random.Generator) -> NDArray[np.float32]:
    """A 3x3 mix of densities of any hue; its rows add up to 1 on average."""
    mix = rng.dirichlet(np.full(3, 0.8), size=3)
    balance = np.exp(rng.normal(0, 0.45, 3))
    return np.asarray(mix * (balance / balance.mean())[:, None], np.float32)


def wide_stain(
    density: NDArray[np.float32], inside: NDArray[np.bool_], *, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Another hue and level for a scene (H, W, 3), white cells alike; inside (H, W): its red cells."""
    mixed = np.maximum(density, -0.1) @ random_mix(rng).T
    if not inside.any():
        return np.asarray(np.minimum(mixed, DENSEST), np.float32)
    typical = max(float(np.median(mixed[inside].mean(1))), 0.02)
    wanted = float(np.exp(rng.uniform(*np.log(LEVELS))))
    out = mixed * (wanted / typical)
    # The foot of the curve is bent, not cut: saturated cells keep their flanks.
    return np.asarray(DENSEST * np.tanh(out / DENSEST), np.float32)


def uneven_gains(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Gains of the cells of one field: all alike, spread, or a few dark ones among pale ones."""
    kind = rng.random()
    if kind < 0.45:
        gains = np.exp(rng.normal(0, 0.1, count))
    elif kind < 0.75:
        gains = np.exp(rng.normal(0, 0.35, count))
    else:
        gains = np.where(rng.random(count) < rng.uniform(0.05, 0.5), rng.uniform(1.5, 3.0), 1.0)
        gains = gains * np.exp(rng.normal(0, 0.15, count))
    return np.clip(gains, *CELL_GAIN).astype(np.float32)


def recoloured(rgb: NDArray[np.uint8], mix: NDArray[np.float32], *, gain: float = 1.0) -> NDArray[np.uint8]:
    """A photographed field with another stain: its densities against its own white point, mixed and scaled."""
    white = np.percentile(rgb[::4, ::4].reshape(-1, 3), 95, axis=0).astype(np.float32)
    density = -np.log(np.maximum(rgb, 3) / np.maximum(white, 3)).astype(np.float32)
    mixed = density.reshape(-1, 3) @ (mix.T * gain)
    out = np.maximum(white.mean(), 200.0) * np.exp(-mixed.reshape(rgb.shape))
    return np.asarray(cv2.convertScaleAbs(np.clip(out, 0, 255)), np.uint8)
