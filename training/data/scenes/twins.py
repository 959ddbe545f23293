"""A field and its twins: the same cells under another stain, light, camera or scale, where the same masks are due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.light.illumination import background, optical_density

Rgb = NDArray[np.uint8]

SEEDS = tuple(range(100, 119))
"""Of the random mixes of densities; the twentieth is `NUCLEAR`."""

NUCLEAR = np.array([0.59, 1.28, 0.17])
"""Density of the cells of a purple film in red, green and blue: the hue of nuclei."""

GAINS = (0.5, 2.0, 3.0)
SATURATED, MOST_SATURATED = 12, 0.01
"""Pixels of cells below this level are black; with more of them than this share a gain is left out."""

LEAST_PX = 14.0
"""Cells of half size must still be so many pixels across."""

LIGHT, QUALITY, BLUR = 0.35, 20, 0.04


@dataclass(frozen=True)
class Twin:
    """A changed field, and how its masks come back: an array (h, w) of the twin to one of the field."""

    name: str
    rgb: Rgb
    back: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]


def twins_of(rgb: Rgb, *, diameter: float, mixes: int) -> list[Twin]:
    """The twins of a field.

    Args:
        rgb: ``(H, W, 3)`` uint8.
        diameter: of its cells, pixels.
        mixes: how many random mixes, besides that with the hue of nuclei.
    """
    light = background(rgb)
    density = optical_density(rgb, light)

    def stained(change: NDArray[np.float32]) -> Rgb:
        return np.clip(light * np.exp(-change), 0, 255).astype(np.uint8)

    out = [Twin(f"mix {seed}", stained(density @ random_mix(seed).T), _same) for seed in SEEDS[:mixes]]
    out.append(Twin("nuclear hue", stained(_with_hue(density, NUCLEAR)), _same))
    cells = density.mean(axis=2) > 0.5 * max(0.05, float(np.percentile(density.mean(axis=2), 90)))
    for gain in GAINS:
        changed = stained(density * np.float32(gain))
        if gain < 1 or (changed[cells] < SATURATED).any(axis=1).mean() < MOST_SATURATED:
            out.append(Twin(f"density x{gain:g}", changed, _same))
    grey = np.repeat(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    out.append(Twin("grey", grey, _same))
    out.append(Twin("dim", (rgb * LIGHT).astype(np.uint8), _same))
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    out.append(Twin("jpeg", np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1].copy(), _same))
    out.append(Twin("blur", np.asarray(cv2.GaussianBlur(rgb, (0, 0), BLUR * diameter), np.uint8), _same))
    size = (rgb.shape[1], rgb.shape[0])
    for name, factor in (("half size", 0.5), ("double size", 2.0)):
        if factor * diameter >= LEAST_PX:
            method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
            scaled = cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=method)
            out.append(Twin(name, np.asarray(scaled, np.uint8), lambda m: _resized(m, size)))
    turned = np.ascontiguousarray(np.rot90(rgb))
    out.append(Twin("turned", turned, lambda m: np.ascontiguousarray(np.rot90(m, -1))))
    return out


def random_mix(seed: int) -> NDArray[np.float32]:
    """A 3x3 mix of densities of any hue, its mean 1/3."""
    rng = np.random.default_rng(seed)
    mix = rng.dirichlet(np.full(3, 0.8), size=3) * np.exp(rng.normal(0, 0.4, 3))[:, None]
    return np.asarray(mix / mix.mean() / 3, np.float32)


def mask_back(mask: CellMask, twin: Twin) -> CellMask | None:
    """A mask of the twin as one of the field; None when nothing is left."""
    height, width = twin.rgb.shape[:2]
    back = twin.back(mask.to_array(width=width, height=height).astype(np.uint8) * 255)
    return CellMask.from_array(back > 127, x0=0, y0=0)


def _with_hue(density: NDArray[np.float32], hue: NDArray[np.float64]) -> NDArray[np.float32]:
    """The same cells with another typical density in each channel; its mean stays."""
    inside = density.mean(axis=2) > 0.5 * max(0.05, float(np.percentile(density.mean(axis=2), 90)))
    typical = np.maximum(np.median(density[inside], axis=0), 0.03)
    wanted = hue / hue.mean() * typical.mean()
    return np.asarray(density * (wanted / typical), np.float32)


def _same(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return mask


def _resized(mask: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR), np.uint8)
