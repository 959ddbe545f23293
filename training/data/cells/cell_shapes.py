"""Other shapes from round cells: crescents, spicules, folded, bitten and broken cells, with exact outlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.cells.bank import Patch

Maps = tuple[NDArray[np.float32], NDArray[np.float32]]


def reshaped(patch: Patch, *, rng: np.random.Generator) -> Patch:
    """The patch in another shape, drawn at random."""
    shapes: tuple[tuple[float, Callable[..., Patch]], ...] = (
        (0.3, spiculated), (0.2, crescent), (0.15, bitten), (0.12, folded), (0.23, solid),
    )  # fmt: skip
    odds = np.array([share for share, _ in shapes])
    return shapes[rng.choice(len(shapes), p=odds / odds.sum())][1](patch, rng=rng)


def spiculated(patch: Patch, *, rng: np.random.Generator) -> Patch:
    """Crenated: short waves or spikes along the rim, often dense."""
    count, height = int(rng.integers(5, 16)), rng.uniform(0.05, 0.2)
    sharp, phase = rng.uniform(1, 3), rng.uniform(0, 2 * np.pi)
    uneven = rng.uniform(0.5, 1.0, count)

    def rays(x: NDArray[np.float32], y: NDArray[np.float32], radius: float) -> Maps:
        angle = (np.arctan2(y, x) + phase) / (2 * np.pi) % 1 * count
        spike = np.abs(np.cos(np.pi * angle)) ** sharp * uneven[np.round(angle).astype(int) % count]
        away = np.clip(np.hypot(x, y) / radius - 0.4, 0, 0.6) / 0.6
        scale = 1 / (1 + height * (spike - 0.4) * away)
        return x * scale, y * scale

    bent = _warped(patch, rays, grow=1 + height)
    return solid(bent, rng=rng) if rng.random() < 0.5 else bent


def crescent(patch: Patch, *, rng: np.random.Generator) -> Patch:
    """Long and bent like a sickle."""
    long, narrow, bend = rng.uniform(1.2, 1.9), rng.uniform(0.35, 0.7), rng.uniform(0, 0.5)
    pointed = rng.uniform(0, 0.6)

    def sickle(x: NDArray[np.float32], y: NDArray[np.float32], radius: float) -> Maps:
        along = x / (long * radius)
        thin = narrow * np.maximum(1 - pointed * along * along, 0.25)
        return x / long, (y - bend * radius * (along * along - 0.4)) / thin

    bent = _warped(patch, sickle, grow=long)
    return solid(bent, rng=rng) if rng.random() < 0.6 else bent


def solid(patch: Patch, *, rng: np.random.Generator) -> Patch:
    """Without pallor: filled up to the density of the rim."""
    inner = (patch.mask > 127).astype(np.float32)
    size = max(1.0, 0.12 * patch.diameter)
    weight = np.maximum(cv2.GaussianBlur(inner, (0, 0), size), 1e-3)
    depth = cv2.distanceTransform((patch.mask > 127).astype(np.uint8), cv2.DIST_L2, 5) / (0.12 * patch.diameter)
    level = np.percentile(patch.density[patch.mask > 127], 85, axis=0) if inner.any() else np.zeros(3)
    texture = patch.density - cv2.GaussianBlur(patch.density.astype(np.float32), (0, 0), size)
    blend = (np.clip(depth - 0.5, 0, 1) * weight)[..., None] * rng.uniform(0.6, 1.0)
    filled = patch.density * (1 - blend) + np.maximum(level + texture, patch.density) * blend
    return replace(patch, density=np.clip(filled, 0, 255).astype(np.uint8))


def bitten(patch: Patch, *, rng: np.random.Generator) -> Patch:
    """A round or straight piece is missing: bite cells, helmets, fragments."""
    height, width = patch.mask.shape
    y, x = np.mgrid[:height, :width] + 0.5
    angle, radius = rng.uniform(0, 2 * np.pi), patch.diameter / 2
    side = np.array([np.cos(angle), np.sin(angle)])
    if rng.random() < 0.5:
        away = (x - width / 2) * side[0] + (y - height / 2) * side[1]
        inside = radius * rng.uniform(-0.1, 0.6) - away
    else:
        hole = radius * rng.uniform(0.4, 1.2)
        centre = np.array([width / 2, height / 2]) + side * (radius * rng.uniform(0.4, 0.8) + hole)
        inside = np.hypot(x - centre[0], y - centre[1]) - hole
    return _cut(patch, inside, flank=max(0.8, 0.035 * patch.diameter))


def folded(patch: Patch, *, rng: np.random.Generator) -> Patch:
    """One side is turned over onto the cell."""
    height, width = patch.mask.shape
    angle = rng.uniform(0, 360)
    turn = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), angle, 1.0)
    size = (width, height)
    density = cv2.warpAffine(patch.density, turn, size, flags=cv2.INTER_LINEAR).astype(np.float32)
    mask = cv2.warpAffine(patch.mask, turn, size, flags=cv2.INTER_LINEAR)
    fold = width / 2 + patch.diameter / 2 * rng.uniform(0.1, 0.7)
    x = np.arange(width) + 0.5
    mirror = np.broadcast_to((2 * fold - x - 0.5).astype(np.float32), (height, width))
    rows = np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], (height, width))
    over = cv2.remap(density, np.ascontiguousarray(mirror), np.ascontiguousarray(rows), cv2.INTER_LINEAR)
    turned = replace(patch, density=np.clip(density, 0, 255).astype(np.uint8), mask=mask)
    inside = np.broadcast_to(fold - x, (height, width))
    cut = _cut(turned, inside, flank=max(0.8, 0.035 * patch.diameter))
    share = (np.clip(inside / 1.5 + 0.5, 0, 1) * (mask > 127))[..., None]
    return replace(cut, density=np.clip(cut.density + over * share, 0, 255).astype(np.uint8))


def _cut(patch: Patch, inside: NDArray[np.floating], *, flank: float) -> Patch:
    """What lies inside (signed distance, pixels > 0); the new edge has a flank and half of its density at 0."""
    share = 0.5 + 0.5 * np.tanh(inside / flank)
    level = np.clip(127.5 + 127.5 * inside, 0, 255)
    mask = np.minimum(patch.mask, level).astype(np.uint8)
    if (mask > 127).sum() < 0.25 * (patch.mask > 127).sum():
        return patch
    return replace(patch, density=(patch.density * share[..., None]).astype(np.uint8), mask=mask)


def _warped(patch: Patch, where: Callable[..., Maps], *, grow: float) -> Patch:
    """Every pixel taken from where (x, y relative to the middle; radius) says it was."""
    height, width = patch.mask.shape
    high, wide = int(height * grow) + 2, int(width * grow) + 2
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    u, v = where(x - (wide - 1) / 2, y - (high - 1) / 2, patch.diameter / 2)
    at = (u + (width - 1) / 2).astype(np.float32), (v + (height - 1) / 2).astype(np.float32)
    density = cv2.remap(patch.density, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    mask = cv2.remap(patch.mask, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return replace(patch, density=density, mask=mask)
