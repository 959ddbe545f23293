"""What the image of a field lets be seen, as measured values with their limits; derived data of its pixels."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...language import mark

QUALITY_VERSION = 1
"""Raised whenever a value changes its meaning; what a case file holds of another version is measured again."""


@dataclass(frozen=True, slots=True)
class FieldQuality:
    """What was measured on the pixels of one field; NaN where the field shows too little to tell.

    The cells that it is measured on are the field's own single cells, found without the segmenter: it doesn't depend
    on which cells a person has marked. `imaging.fields.quality` measures it.

    Attributes:
        cell_px: typical diameter of a cell, pixels.
        edge_share: width of a cell's edge (density over its steepest slope) over the cell's diameter.
        pallor_share: share of the single cells that are paler in their middle than near their rim.
        overlap_share: share of the stained area in which cells overlap or touch.
        square_share: share of the single cells that fill the corners of their box, as in the thin end.
        hue_degrees: angle between the cells' mean absorption in red, green and blue and that of the training's cells.
        level: typical optical density of a cell, natural logarithm, mean of the channels.
        clipped_share: share of the pixels at the camera's darkest or brightest level.
        evenness: light at the darkest place of the background over that at the brightest.
        cells: how many single cells the shares refer to.
    """

    cell_px: float
    edge_share: float
    pallor_share: float
    overlap_share: float
    square_share: float
    hue_degrees: float
    level: float
    clipped_share: float
    evenness: float
    cells: int


Qualities = Mapping[int, FieldQuality]
"""What fields show, by field id."""


class Trait(StrEnum):
    """What is judged of a field; the value is the name in tables and files; for readers it is `told`."""

    PIXELS = mark("pixels per cell")
    SHARPNESS = mark("edge width")
    PALLOR = mark("cells with pallor")
    THICKNESS = mark("overlap")
    THIN_END = mark("thin end")
    HUE = mark("stain hue")
    LEVEL = mark("stain level")
    EXPOSURE = mark("clipped pixels")
    ILLUMINATION = mark("evenness of light")


LEAST_PX = 26.0
"""Diameter of a cell from which on its pale centre can be judged: reduced to 20 pixels, real fields lose it."""

SHAPE_PX = 15.0
"""Diameter from which on spicules and corners can be told; under it the classifier wasn't trained."""

AXES_PX = 10.0
"""Diameter under which nothing is told, not even a long cell from a round one: of 199 labelled ovalocytes and
elliptocytes of Chula's fields 186 have their class at full size, 174 at 15 pixels, 165 at 12, 152 at 10, 98 at 8."""

WIDEST_EDGE = 0.15
"""The widest edge of a training field is 0.13. Blurred by 4 % of a cell nine in ten training fields stay within this,
blurred by 6 % one in five."""

LEAST_PALLOR = 0.15
"""A field in which fewer cells show any pallor doesn't show pallor: spherocytosis leaves it in a quarter or more."""

MOST_OVERLAP = 0.75
MOST_SQUARE = 0.10
WIDEST_HUE = 16.0
LEVELS = (0.06, 0.60)
MOST_CLIPPED = 0.02
LEAST_EVENNESS = 0.75
"""What the training's fields (Chula's, for the stain; TXL-PBC's, too, for the rest) reach at most, with some room; no
training field shows a thin end."""


@dataclass(frozen=True, slots=True)
class QualityFact:
    """One trait of a field.

    Attributes:
        trait: which.
        value: in the unit of `FieldQuality`; NaN where it isn't known.
        low, high: limits within which it is as it should be; None where there is none.
        text: the value in words; sentence: what it means, with the limit where that is passed. Both to be `told`.
    """

    trait: Trait
    value: float
    low: float | None
    high: float | None
    text: str
    sentence: str

    @property
    def is_known(self) -> bool:
        """Whether the field showed enough to measure it."""
        return not math.isnan(self.value)

    @property
    def is_met(self) -> bool:
        """Whether it lies within its limits; what isn't known does."""
        return _within(self.value, self.low, self.high)


@functools.lru_cache(256)
def quality_facts(quality: FieldQuality) -> tuple[QualityFact, ...]:
    """Every trait of a field, in the order in which they are shown; remembered, since every cell asks."""
    q = quality
    thin = q.square_share if q.pallor_share < LEAST_PALLOR or math.isnan(q.square_share) else 0.0
    return (
        _fact(Trait.PIXELS, q.cell_px, mark("{px:.0f} px", px=q.cell_px), low=LEAST_PX,
              good=mark("Cells are large enough to judge."),
              bad=mark("A cell is only {px:.0f} pixels across; from {least:.0f} on a pale centre can be judged.",
                         px=q.cell_px, least=LEAST_PX)),
        _fact(Trait.SHARPNESS, q.edge_share, _percent(q.edge_share), high=WIDEST_EDGE, good=mark("Edges are sharp."),
              bad=mark("Edges are {percent:.0f} % of a cell wide, more than {most:.0f} %: blurred.",
                         percent=100 * q.edge_share, most=100 * WIDEST_EDGE)),
        _fact(Trait.PALLOR, q.pallor_share, _percent(q.pallor_share), low=LEAST_PALLOR,
              good=mark("Pallor can be seen."),
              bad=mark("Only {percent:.0f} % of the cells show a pale centre, under {least:.0f} %:"
                         " pallor can't be seen here.",
                         percent=100 * q.pallor_share, least=100 * LEAST_PALLOR)),
        _fact(Trait.THICKNESS, q.overlap_share, _percent(q.overlap_share), high=MOST_OVERLAP,
              good=mark("Most cells lie side by side."),
              bad=mark("{percent:.0f} % of the stained area is clumps, more than {most:.0f} %:"
                         " the film is thick here.",
                         percent=100 * q.overlap_share, most=100 * MOST_OVERLAP)),
        _fact(Trait.THIN_END, thin, _percent(thin), high=MOST_SQUARE, good=mark("Cells are not flattened."),
              bad=mark("{percent:.0f} % of the cells are square and none is pale: the thin end of the film.",
                         percent=100 * thin)),
        _fact(Trait.HUE, q.hue_degrees, mark("{degrees:.0f}°", degrees=q.hue_degrees), high=WIDEST_HUE,
              good=mark("The stain's hue is one the classifier knows."),
              bad=mark("The stain's hue lies {degrees:.0f}° from the training's, more than {most:.0f}°:"
                         " far from what the classifier has seen.", degrees=q.hue_degrees, most=WIDEST_HUE)),
        _fact(Trait.LEVEL, q.level, mark("{density:.2f}", density=q.level), low=LEVELS[0], high=LEVELS[1],
              good=mark("The stain is as strong as in training."),
              bad=mark("The stain's density is {density:.2f}, outside {low:.2f}–{high:.2f}:"
                         " far from what the classifier has seen.", density=q.level, low=LEVELS[0], high=LEVELS[1])),
        _fact(Trait.EXPOSURE, q.clipped_share, mark("{percent:.1f} %", percent=100 * q.clipped_share),
              high=MOST_CLIPPED, good=mark("Exposure is right."),
              bad=mark("{percent:.1f} % of the pixels are black or white, more than {most:.0f} %:"
                         " change the exposure.", percent=100 * q.clipped_share, most=100 * MOST_CLIPPED)),
        _fact(Trait.ILLUMINATION, q.evenness, _percent(q.evenness), low=LEAST_EVENNESS, good=mark("The light is even."),
              bad=mark("The darkest place has {percent:.0f} % of the light, under {least:.0f} %:"
                         " centre the condenser.", percent=100 * q.evenness, least=100 * LEAST_EVENNESS)),
    )  # fmt: skip


def unmet(quality: FieldQuality) -> tuple[QualityFact, ...]:
    """The traits that lie outside their limits."""
    return tuple(fact for fact in quality_facts(quality) if not fact.is_met)


def is_unlike_training(quality: FieldQuality) -> bool:
    """Whether the field lies so far from what the classifier has seen that its probabilities promise too much."""
    return any(fact.trait in (Trait.HUE, Trait.LEVEL) for fact in unmet(quality))


def _fact(
    trait: Trait, value: float, text: str, *, low: float | None = None, high: float | None = None, good: str, bad: str
) -> QualityFact:
    if math.isnan(value):
        return QualityFact(trait, value, low, high, "–", mark("The field shows too few single cells to tell."))
    return QualityFact(trait, value, low, high, text, good if _within(value, low, high) else bad)


def _within(value: float, low: float | None, high: float | None) -> bool:
    return not ((low is not None and value < low) or (high is not None and value > high))


def _percent(share: float) -> str:
    return mark("{percent:.0f} %", percent=100 * share)
