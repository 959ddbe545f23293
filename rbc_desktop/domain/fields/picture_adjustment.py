"""How a picture is shown brighter, with more contrast or with another white: for looking, never for measuring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LIMIT = 100
"""Every value lies between minus this and this; 0 changes nothing."""

_WHITE_RANGE = 0.5
"""Natural logarithm of the factor between a channel as it is and at the end of a slider."""

_CONTRAST_RANGE = math.log(4)
"""Natural logarithm of the slope at the end of the slider."""

_BRIGHTNESS_RANGE = 0.5
"""Share of the range from black to white that the end of the slider adds."""


@dataclass(frozen=True, slots=True)
class PictureAdjustment:
    """Four sliders.

    Attributes:
        brightness: darker or brighter.
        contrast: flatter or steeper, about the middle between black and white.
        warmth: towards blue or towards yellow and red.
        tint: towards green or towards magenta.
    """

    brightness: int = 0
    contrast: int = 0
    warmth: int = 0
    tint: int = 0

    def __post_init__(self) -> None:
        if any(abs(value) > LIMIT for value in (self.brightness, self.contrast, self.warmth, self.tint)):
            raise ValueError(f"an adjustment lies between -{LIMIT} and {LIMIT}")

    @property
    def is_neutral(self) -> bool:
        """Whether the picture is shown as it was taken."""
        return self == NEUTRAL

    @property
    def gains(self) -> tuple[float, float, float]:
        """Factors of red, green and blue; their product is 1, so that white balance alone makes nothing brighter."""
        warm, tint = (_WHITE_RANGE * value / LIMIT for value in (self.warmth, self.tint))
        return math.exp(warm + tint / 2), math.exp(-tint), math.exp(tint / 2 - warm)

    @property
    def text(self) -> str:
        """What is not zero, e.g. ``brightness +20, tint -5``."""
        values = {"brightness": self.brightness, "contrast": self.contrast, "warmth": self.warmth, "tint": self.tint}
        return ", ".join(f"{name} {value:+d}" for name, value in values.items() if value)


NEUTRAL = PictureAdjustment()


@lru_cache(maxsize=64)
def shown_levels(adjustment: PictureAdjustment) -> NDArray[np.uint8]:
    """What each level of red, green and blue is shown as, (256, 3) uint8; the neutral one is the identity."""
    level = np.arange(256)[:, None] / 255
    slope = math.exp(_CONTRAST_RANGE * adjustment.contrast / LIMIT)
    offset = _BRIGHTNESS_RANGE * adjustment.brightness / LIMIT
    shown = (level * np.array(adjustment.gains) - 0.5) * slope + 0.5 + offset
    table: NDArray[np.uint8] = np.clip(np.rint(255 * shown), 0, 255).astype(np.uint8)
    table.flags.writeable = False
    return table


def white_from(colour: tuple[float, float, float]) -> tuple[int, int]:
    """Warmth and tint that show this colour without a hue, as nearly as the sliders reach.

    Args:
        colour: red, green and blue, 0 to 255, of what is to be white: the light between the cells.
    """
    red, green, blue = (math.log(max(value, 1.0)) for value in colour)
    mean = (red + green + blue) / 3
    warm, tint = (blue - red) / 2, green - mean
    return _slider(warm / _WHITE_RANGE), _slider(tint / _WHITE_RANGE)


def _slider(share: float) -> int:
    return round(LIMIT * min(max(share, -1.0), 1.0))
