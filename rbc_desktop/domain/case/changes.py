"""What a command does to a case, as values that say the state afterwards.

The same value is written to the case file and applied to the case in memory, so the two can't drift apart. Every
change is idempotent: applying it twice leaves what applying it once leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from ..cells.cell import Cell, CellAnalysis
from ..classes.taxonomy import CellClass
from ..fields.field_quality import FieldQuality
from ..sample.grading import Grading
from ..sample.second_reading import SecondReading
from ..sample.sign_off import SignOff
from ..slides.slide import SlideEntry
from .case import Field, Identity
from .stored_pairs import Pairs


@dataclass(frozen=True, slots=True)
class PutIdentity:
    """The case has this identity."""

    identity: Identity


@dataclass(frozen=True, slots=True)
class PutGrading:
    """The case is graded so."""

    grading: Grading


@dataclass(frozen=True, slots=True)
class PutSignOffs:
    """The case's state came about in these steps."""

    sign_offs: tuple[SignOff, ...]


@dataclass(frozen=True, slots=True)
class PutSlides:
    """These slides are part of the case, exactly so."""

    slides: tuple[SlideEntry, ...]


@dataclass(frozen=True, slots=True)
class DeleteSlides:
    """These slides aren't part of the case; fields that are their regions stay."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PutFields:
    """These fields exist, exactly so (calibration included)."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class DeleteFields:
    """These fields don't exist, nor do their cells."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PutCells:
    """These cells exist, exactly so (prompts and reviewed class included).

    An analysis that belongs to another mask revision goes.
    """

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BringBack:
    """These cells of the case file, which went, exist again, exactly so, with these analyses.

    Says what `PutCells` and `PutAnalyses` say, without an object for each cell.
    """

    pairs: Pairs


@dataclass(frozen=True, slots=True)
class DeleteCells:
    """These cells don't exist, nor do their analyses."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PutReviews:
    """These existing cells have this reviewed class, or none: pairs of cell id and class."""

    reviews: tuple[tuple[int, CellClass | None], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PutAnalyses:
    """These existing cells have this analysis."""

    analyses: tuple[CellAnalysis, ...]


@dataclass(frozen=True, slots=True)
class PutQualities:
    """The images of these existing fields show this: pairs of field id and quality."""

    qualities: tuple[tuple[int, FieldQuality], ...]


@dataclass(frozen=True, slots=True)
class PutReading:
    """The case has this second reading, exactly so.

    Attributes:
        reading: as it is now.
        changed: ids of the cells in which it differs from what is stored; None for all.
    """

    reading: SecondReading
    changed: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Several changes in order, as one transaction."""

    changes: tuple[Change, ...]


Change = (
    PutIdentity
    | PutGrading
    | PutSignOffs
    | PutSlides
    | DeleteSlides
    | PutFields
    | DeleteFields
    | PutCells
    | BringBack
    | DeleteCells
    | PutReviews
    | PutAnalyses
    | PutQualities
    | PutReading
    | Together
)


def own_classes_of(change: Change) -> Iterator[CellClass]:
    """Every own class that a change gives cells, or that a classifier proposes in it; some more than once."""
    match change:
        case Together():
            for part in change.changes:
                yield from own_classes_of(part)
        case PutCells():
            yield from _own(c.reviewed_class for c in change.cells)
        case BringBack():
            yield from _own(change.pairs.cells.classes)
            if change.pairs.analyses is not None:
                yield from _own(chain.from_iterable(booster.classes for booster in change.pairs.analyses.boosters))
        case PutReviews():
            yield from _own([given for _, given in change.reviews])
        case PutAnalyses():
            made = (a.prediction.probabilities for a in change.analyses if a.prediction is not None)
            yield from _own(cell_class for probabilities in made for cell_class in probabilities)
        case PutReading():
            cells = change.reading.cells
            yield from _own([c.first for c in cells] + [c.second for c in cells] + [c.settled for c in cells])


def _own(classes: Iterable[CellClass | None]) -> Iterator[CellClass]:
    """The own ones, each object once: thousands of cells have a few."""
    every = list(classes)
    distinct = dict(zip(map(id, every), every, strict=True))
    return (each for each in distinct.values() if each is not None and each.is_own)
