"""Lengths and angles that somebody draws on an image for a look: not of any cell, in no report."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...language import number
from ..geometry import Point
from .calibration import Calibration

LEAST_PLACING_PX = 0.5
"""Nobody places an end more exactly than to half a pixel of the image."""


@dataclass(frozen=True, slots=True)
class FreeMeasure:
    """Two points are a length, three an angle at the second one.

    Attributes:
        points: field pixels.
        placing_px: how far off each point may be, field pixels; depends on how closely one looked.
    """

    points: tuple[Point, ...]
    placing_px: float = LEAST_PLACING_PX

    def __post_init__(self) -> None:
        if len(self.points) not in (2, 3):
            raise ValueError("a measure has two or three points")
        if not all(self.arms_px):
            raise ValueError("two points of a measure are the same")

    @property
    def is_angle(self) -> bool:
        """Whether it is an angle."""
        return len(self.points) == 3

    @property
    def arms_px(self) -> tuple[float, ...]:
        """The length, or both arms of the angle, field pixels."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return tuple(math.hypot(b.x - a.x, b.y - a.y) for a, b in pairs)

    @property
    def degrees(self) -> float:
        """The angle, 0 to 180."""
        first, vertex, second = self.points
        one = math.atan2(first.y - vertex.y, first.x - vertex.x)
        other = math.atan2(second.y - vertex.y, second.x - vertex.x)
        return abs((math.degrees(one - other) + 180) % 360 - 180)

    def text(self, calibration: Calibration | None) -> str:
        """The value with its uncertainty and unit.

        Args:
            calibration: of the field; a length is in pixels without one, an angle needs none.
        """
        if self.is_angle:
            return f"{with_error(self.degrees, self._angle_error)}°"
        length, error = self.arms_px[0], math.sqrt(2) * self.placing_px
        if calibration is None:
            return f"{with_error(length, error)} px"
        relative = math.hypot(error / length, calibration.relative_error)
        length_um = length * calibration.um_per_px
        return f"{with_error(length_um, relative * length_um)} µm"

    @property
    def _angle_error(self) -> float:
        """Degrees: each of the three points is off by `placing_px` in any direction; the vertex turns both arms."""
        one, other = self.arms_px
        between = math.cos(math.radians(self.degrees)) / (one * other)
        return math.degrees(self.placing_px * math.sqrt(2 / one**2 + 2 / other**2 - 2 * between))


def with_error(value: float, error: float) -> str:
    """E.g. ``7.42 ± 0.15``: the error with one digit, with two where that is a 1, the value as far as the error goes.

    Args:
        value: what was found.
        error: its uncertainty, positive.
    """
    power = math.floor(math.log10(error))
    digits = 1 - power if error / 10**power < 2 else -power
    rounded = round(error, digits)
    places = max(digits, 0)
    return f"{number(round(value, digits), f'.{places}f')} ± {number(rounded, f'.{places}f')}"
