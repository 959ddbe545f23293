"""Where and how closely a field is looked at: values and arithmetic without Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ....domain.geometry import Point

ZOOM_LIMITS = (0.02, 40.0)
"""Screen pixels per image pixel."""

SMALL_PX, CLOSE_PX = 40.0, 88.0
"""A cell shown smaller than the first, in logical pixels, is brought to the second to be judged."""

ZOOM_STEP = 1.25
"""Factor of one notch of the wheel and one press of + or −."""


@dataclass(frozen=True, slots=True)
class FieldViewState:
    """How one field was last shown.

    Attributes:
        scale: logical pixels of the window per image pixel.
        centre: the field position in the middle of the canvas.
        fitted: the image follows the size of the canvas; ends with the first zoom or move.
    """

    scale: float
    centre: Point
    fitted: bool = False


def fit_scale(*, image: tuple[float, float], canvas: tuple[float, float], margin: float = 8.0) -> float:
    """Logical pixels per image pixel at which the whole image (width, height) is seen, with a margin around it."""
    available = (max(canvas[0] - 2 * margin, 1.0), max(canvas[1] - 2 * margin, 1.0))
    return min(available[0] / max(image[0], 1.0), available[1] / max(image[1], 1.0))


def clamped_zoom(zoom: float, *, fitted: float = math.inf) -> float:
    """The zoom within `ZOOM_LIMITS`; a slide may be shown as small as it is when all of it is seen.

    Args:
        zoom: screen pixels per image pixel, as is `fitted`, the zoom that shows the whole image.
    """
    low, high = ZOOM_LIMITS
    return min(max(zoom, min(low, fitted)), high)


def wheel_factor(angle: float) -> float:
    """Zoom factor of a wheel turn; `angle` in eighths of a degree, 120 a notch."""
    return float(ZOOM_STEP ** (angle / 120.0))


def keep_visible(*, centre: float, half: float, low: float, high: float, slack: float) -> float:
    """The nearest centre, on one axis, at which ``[low, high]`` with `slack` around it lies in ``centre ± half``.

    Nothing moves when it is in view already. What is larger than the view is centred.
    """
    low, high = low - slack, high + slack
    if high - low >= 2 * half:
        return (low + high) / 2
    return min(max(centre, high - half), low + half)


def closer_scale(side: float, *, scale: float) -> float:
    """Logical pixels per image pixel at which a cell of this longer side (image pixels) can be judged.

    The present scale does unless the cell is small on the screen.
    """
    return CLOSE_PX / max(side, 1.0) if side * scale < SMALL_PX else scale
