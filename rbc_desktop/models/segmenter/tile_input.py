"""From RGB pixels to the compact segmenter's input, the same in training and application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

_DARKEST = 4.0
"""Intensities below this count as this: the density of a black pixel stays finite."""


def normalise_tiles(rgb: Tensor, normalisation: Mapping[str, Any]) -> Tensor:
    """Normalise tiles (B, 3, H, W), RGB 0..255, any dtype, to float32 of the same shape.

    ``white-point-density``: the optical density ``-ln(I / white)`` of each channel, where white is
    the tile's own ``percentile`` of that channel. It removes white balance and lamp brightness,
    which differ between microscopes, and keeps what the cells absorb. The density is divided by
    ``scale`` and shifted so that typical tiles have a mean near zero. The percentile is taken over
    every fourth pixel in both directions.
    """
    pixels = rgb.float().clamp(min=_DARKEST)
    return _relative(pixels, _white(pixels, normalisation), normalisation)


def normalise_levels(rgb: Tensor, normalisation: Mapping[str, Any]) -> Tensor:
    """As `normalise_tiles`, to the last bit, of uint8 on the CPU: each level is computed once, then looked up."""
    levels = torch.arange(256, dtype=torch.float32).clamp(min=_DARKEST)[None, None, None]
    found = []
    for tile in rgb.unbind(0):
        white = _white(tile[None, :, ::4, ::4].float().clamp(min=_DARKEST), normalisation, every=1)
        table = _relative(levels, white, normalisation)[0, :, 0].T.contiguous()
        found.append(cv2.LUT(np.ascontiguousarray(tile.permute(1, 2, 0).numpy()), table.numpy()[None]))
    return torch.from_numpy(np.stack(found) if len(found) > 1 else found[0][None]).permute(0, 3, 1, 2)


def _white(pixels: Tensor, normalisation: Mapping[str, Any], *, every: int = 4) -> Tensor:
    """The white points ``(B, 3, 1, 1)`` of tiles."""
    if normalisation["kind"] != "white-point-density":
        raise ValueError(f"unknown normalisation {normalisation['kind']!r}")
    sample = pixels[:, :, ::every, ::every].flatten(2)
    rank = max(1, round(sample.shape[-1] * float(normalisation["percentile"]) / 100))
    return sample.kthvalue(rank, dim=-1).values[..., None, None]


def _relative(pixels: Tensor, white: Tensor, normalisation: Mapping[str, Any]) -> Tensor:
    density = (white.log() - pixels.log()).clamp(-0.5, 3.0)
    return density / float(normalisation["scale"]) - 0.5
