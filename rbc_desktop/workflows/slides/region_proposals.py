"""Proposed regions of a slide while a person looks at them: which is in hand, moving one, deleting one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...domain.fields.regions import Region
from ...domain.geometry import Point
from ...domain.slides.film_map import ProposedRegion
from ...language import mark

MOVED = mark("Moved by hand: what was measured holds for its first place.")
"""The reason that a moved region carries instead of its others."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Regions that are not fields yet.

    Attributes:
        regions: in the order in which they are listed.
        current: index of the one in hand, or None.
    """

    regions: tuple[ProposedRegion, ...] = ()
    current: int | None = None

    def at(self, point: Point) -> int | None:
        """Index of the region that holds a place of the slide; of several the last, which lies on top."""
        holding = [n for n, each in enumerate(self.regions) if _holds(each.region, point)]
        return holding[-1] if holding else None

    def with_current(self, index: int | None) -> Proposals:
        """Another region in hand, or none."""
        known = index is not None and 0 <= index < len(self.regions)
        return replace(self, current=index if known else None)

    def moved(self, index: int, *, x: int, y: int, within: Region) -> Proposals:
        """One region with its corner elsewhere, as far as it stays on the slide.

        Args:
            index: which.
            x, y: where its upper left corner is to lie, pixels of the slide.
            within: the slide.
        """
        old = self.regions[index]
        width, height = old.region.width, old.region.height
        x = min(max(x, within.x0), within.x1 - width)
        y = min(max(y, within.y0), within.y1 - height)
        place = Region(x, y, x + width, y + height)
        if place == old.region:
            return self
        new = replace(old, region=place, reasons=(old.reasons[0], MOVED) if old.reasons else (MOVED,))
        return Proposals((*self.regions[:index], new, *self.regions[index + 1 :]), index)

    def without(self, index: int) -> Proposals:
        """All but one; the next one is in hand then."""
        left = (*self.regions[:index], *self.regions[index + 1 :])
        return Proposals(left, min(index, len(left) - 1) if left else None)


def _holds(region: Region, point: Point) -> bool:
    return region.x0 <= point.x < region.x1 and region.y0 <= point.y < region.y1
