"""From RGB pixels to the compact segmenter's input, the same in training and application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    if normalisation["kind"] != "white-point-density":
        raise ValueError(f"unknown normalisation {normalisation['kind']!r}")
    pixels = rgb.float().clamp(min=_DARKEST)
    sample = pixels[:, :, ::4, ::4].flatten(2)
    rank = max(1, round(sample.shape[-1] * float(normalisation["percentile"]) / 100))
    white = sample.kthvalue(rank, dim=-1).values[..., None, None]
    density = (white.log() - pixels.log()).clamp(-0.5, 3.0)
    return density / float(normalisation["scale"]) - 0.5
