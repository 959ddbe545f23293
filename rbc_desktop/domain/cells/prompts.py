"""What the user marked: positive and negative points, a box, a previous mask."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..geometry import Box, Point
from .mask import CellMask


@dataclass(frozen=True, slots=True)
class PromptPoint:
    """A point on the cell (positive) or beside it (negative), field pixels."""

    x: float
    y: float
    positive: bool = True

    @property
    def point(self) -> Point:
        """The position alone."""
        return Point(self.x, self.y)


@dataclass(frozen=True, slots=True, eq=False)
class PromptSet:
    """The prompts of one cell, in the order in which they were given, field pixels.

    Attributes:
        points: positive and negative points.
        box: a box around the cell, or None.
        mask: the mask that further points refine, or None.
    """

    points: tuple[PromptPoint, ...] = ()
    box: Box | None = None
    mask: CellMask | None = None

    @classmethod
    def click(cls, x: float, y: float) -> PromptSet:
        """One positive point."""
        return cls(points=(PromptPoint(x, y),))

    @property
    def is_empty(self) -> bool:
        """Whether nothing says where the cell is (a mask or negative points alone don't)."""
        return self.box is None and not any(p.positive for p in self.points)

    @property
    def anchor(self) -> Point:
        """The position that decides the tile: the first positive point, else the centre of the box.

        Raises:
            ValueError: when the set is empty.
        """
        for p in self.points:
            if p.positive:
                return p.point
        if self.box is None:
            raise ValueError("an empty prompt set has no position")
        return self.box.centre

    def with_point(self, point: PromptPoint) -> PromptSet:
        """The set with one more point."""
        return replace(self, points=(*self.points, point))

    def with_box(self, box: Box) -> PromptSet:
        """The set with this box in place of any other."""
        return replace(self, box=box)

    def with_mask(self, mask: CellMask | None) -> PromptSet:
        """The set with this previous mask."""
        return replace(self, mask=mask)
