"""Where on a film cells can be read: what was measured of its parts, what that means, and the regions proposed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...language import mark
from ...phrases import template
from ..arrays import U8Array
from ..fields.field_quality import FieldQuality, Trait, quality_facts
from ..fields.regions import Region

PATCH_CELLS = 8
"""Side of a patch of the map, in diameters of a red cell: some dozens of cells."""

REGION_PATCHES = 3
"""Side of a proposed region in patches: about what a field at 100× shows."""

LEAST_COVERED, MOST_COVERED = 0.12, 0.62
"""Share of a patch that cells cover in a monolayer."""

LEAST_OF_TYPICAL = 0.6
"""Share of what cells cover in a typical patch of the monolayer; a patch with less is the beginning of the thin end."""

BARE = 0.01
"""Under this share there is no film, or nothing to see."""

MOST_OVERLAP = 0.5
"""Share of the covered area in which cells touch or lie over each other; a monolayer has a few pairs."""

BEST_COVERED = 0.35
"""As much as cells cover where they lie closest without touching each other much."""

EDGE_SPREAD = 1.2
"""Edges so much wider at low power than those of the film's sharp parts are out of focus: drawn cells that are blurred
by 6 % of their diameter, which no field may be, show 1.2 to 1.3; sharp ones stay within 1.1."""


class Zone(StrEnum):
    """What a part of a film is good for; the value is what it is called, to be `told`."""

    BARE = mark("no film")
    THICK = mark("too thick")
    THIN = mark("too thin")
    BLURRED = mark("out of focus")
    MONOLAYER = mark("monolayer")


ZONES: tuple[Zone, ...] = tuple(Zone)
"""In the order of the numbers in `FilmMap.zones`."""


@dataclass(frozen=True, slots=True)
class PatchMeasures:
    """What a patch of the film shows at low power.

    Attributes:
        covered: share of its area that is stained.
        overlap: share of what is stained that lies in parts of more than one cell; NaN where nothing is.
        edge: width of the cells' edges over their diameter; NaN where nothing is stained.
        depth: optical density of what is stained over that of the film's typical stained place.
    """

    covered: float
    overlap: float
    edge: float
    depth: float


@dataclass(frozen=True, slots=True, eq=False)
class FilmMap:
    """The zones of a film.

    Attributes:
        width, height: of the slide, pixels.
        side: of a patch, pixels of the slide; patches lie in rows and columns from the top left corner.
        zones: ``(rows, columns)`` uint8, index into `ZONES`.
        scores: ``(rows, columns)`` uint8, 0 to 255: how well the patch can be read, 0 outside the monolayer.
    """

    width: int
    height: int
    side: int
    zones: U8Array
    scores: U8Array

    def region(self, row: int, column: int, *, patches: int = 1) -> Region:
        """The square of so many patches from this one on."""
        x, y, side = column * self.side, row * self.side, patches * self.side
        return Region(x, y, min(x + side, self.width), min(y + side, self.height))


@dataclass(frozen=True, slots=True)
class ProposedRegion:
    """A region of a slide that can be read.

    Attributes:
        region: pixels of the slide.
        cells: about how many it shows.
        score: 0 to 1, how well it can be read.
        reasons: why, a sentence each.
    """

    region: Region
    cells: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FoundMonolayer:
    """What a search found.

    Attributes:
        film: the zones of the slide, None where nothing cell-like is stained.
        regions: proposed, the best first, until the target count is covered.
        sentence: how it went, for the user.
    """

    film: FilmMap | None
    regions: tuple[ProposedRegion, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Typical:
    """What a film's monolayer shows where it is good; NaN where that isn't known.

    Attributes:
        edge: width of edges in focus, over the diameter.
        covered: share of a patch that cells cover.
    """

    edge: float = math.nan
    covered: float = math.nan


def zone_of(patch: PatchMeasures, *, typical: Typical) -> Zone:
    """What a patch is good for, beside what is typical of the film."""
    if patch.covered < BARE:
        return Zone.BARE
    if patch.covered > MOST_COVERED or patch.overlap > MOST_OVERLAP:
        return Zone.THICK
    if patch.edge > EDGE_SPREAD * typical.edge:
        return Zone.BLURRED
    is_thin = patch.covered < LEAST_COVERED or patch.covered < LEAST_OF_TYPICAL * typical.covered
    return Zone.THIN if is_thin else Zone.MONOLAYER


def score_of(patch: PatchMeasures, *, typical: Typical) -> float:
    """How well a patch of the monolayer can be read, 0 to 1: few overlaps, sharp edges, many cells."""
    lies_apart = 1 - patch.overlap / MOST_OVERLAP
    wider = 0.0 if math.isnan(typical.edge) else max(0.0, patch.edge / typical.edge - 1)
    is_sharp = 1 - wider / (EDGE_SPREAD - 1)
    is_full = min(1.0, patch.covered / BEST_COVERED)
    return is_full * math.sqrt(max(0.0, min(1.0, lies_apart * is_sharp)))


MEANT = (Trait.SHARPNESS, Trait.PALLOR, Trait.THIN_END, Trait.EXPOSURE)
"""What a proposed region must show at full power, as any field."""


def is_readable(quality: FieldQuality) -> bool:
    """Whether a region that was looked at closely can be read."""
    facts = [fact for fact in quality_facts(quality) if fact.trait in MEANT]
    lies_apart = quality.overlap_share <= MOST_OVERLAP
    return lies_apart and all(fact.is_known and fact.is_met for fact in facts)


_ABOUT = template("About {count} cell.", "About {count} cells.", "count")


def reasons_for(quality: FieldQuality, *, cells: int) -> tuple[str, ...]:
    """Why a region is proposed, in sentences to be `told`."""
    return (
        _ABOUT(count=cells),
        mark(
            "{percent:.0f} % of the stained area is cells that touch, at most {most:.0f} % in a monolayer.",
            percent=100 * quality.overlap_share, most=100 * MOST_OVERLAP,
        ),
        mark(
            "{percent:.0f} % of the cells show a pale centre: neither thick nor the thin end.",
            percent=100 * quality.pallor_share,
        ),
        mark("Edges are {percent:.0f} % of a cell wide: in focus.", percent=100 * quality.edge_share),
    )  # fmt: skip


def covered_by(proposed: Sequence[ProposedRegion]) -> int:
    """How many cells regions show together."""
    return sum(each.cells for each in proposed)


def share_of(film: FilmMap, zone: Zone) -> float:
    """Share of the film, bare glass left out, that is of a zone; 0 without a film."""
    there = film.zones != ZONES.index(Zone.BARE)
    return float((film.zones[there] == ZONES.index(zone)).mean()) if there.any() else 0.0
