"""Points and boxes in field pixels.

Coordinates are ``(x, y)`` floats, origin at the top left corner of the top left pixel; boxes are half-open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


def equivalent_diameter(area: float) -> float:
    """Diameter 2√(A/π) of the circle of this area; px for px², µm for µm²."""
    return 2 * math.sqrt(area / math.pi)


@dataclass(frozen=True, slots=True)
class Point:
    """A position in field pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A half-open rectangle ``[x0, x1) × [y0, y1)`` in field pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"box corners are swapped: {self}")

    @classmethod
    def from_corners(cls, first: Point, second: Point) -> Box:
        """The box between two opposite corners, in any order."""
        return cls(min(first.x, second.x), min(first.y, second.y), max(first.x, second.x), max(first.y, second.y))

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Area in square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return Point((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)

    def contains(self, point: Point) -> bool:
        """Whether the point lies inside (left and top edges included)."""
        return self.x0 <= point.x < self.x1 and self.y0 <= point.y < self.y1

    def intersection(self, other: Box) -> Box | None:
        """The common part, or None when the boxes don't overlap."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def iou(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        common = self.intersection(other)
        if common is None:
            return 0.0
        return common.area / (self.area + other.area - common.area)

    def expanded(self, margin: float) -> Box:
        """The box grown by `margin` pixels on every side."""
        return Box(self.x0 - margin, self.y0 - margin, self.x1 + margin, self.y1 + margin)

    def clipped(self, *, width: float, height: float) -> Box | None:
        """The part inside a field of this size, or None."""
        return self.intersection(Box(0, 0, width, height))
