"""Counts of classes with their share of the red cells: one function for the screen, the CSV and the PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ...domain.classes.assessability import NOT_ASSESSABLE
from ...domain.classes.taxonomy import RED_CELL_CLASSES, CellClass, in_display_order
from ...domain.statistics import pooled_interval
from ...language import tr
from .rows import CUT_BY_THE_EDGE, FIELD_LEFT_OUT, UNCLASSIFIED, CellRow

ASIDE = (NOT_ASSESSABLE, CUT_BY_THE_EDGE, FIELD_LEFT_OUT)
"""Groups that are left out of all shares, in display order."""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Number of cells of a class.

    Attributes:
        cell_class: the class; None for the cells without one.
        count: cells; `reviewed` of them set or confirmed by a person, `needs_review` of them waiting for one.
        share, low, high: part of the classified red cells with its 95 % interval, 0 to 1: Wilson's, wider where the
            fields differ more than by chance. None where the class is no red cell, where cells have no class or are
            left out, and while there is no red cell.
        untold: no field lets this class be told and no cell has it, so that 0 is no finding.
        by_hand: the classifier never proposes it: only cells that a person gave it are counted.
        aside: name of the group that is left out of all shares, whatever classes its cells have; see `CellRow.aside`.
    """

    cell_class: CellClass | None
    count: int
    reviewed: int
    needs_review: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    aside: str = ""
    untold: bool = False
    by_hand: bool = False

    @property
    def name(self) -> str:
        """What the line says in files: English."""
        if self.aside:
            return self.aside
        return self.cell_class.value if self.cell_class is not None else UNCLASSIFIED

    @property
    def title(self) -> str:
        """What the line says to readers, in the present language."""
        return self.cell_class.title if self.cell_class is not None and not self.aside else tr(self.name)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some cells.

    Attributes:
        cells: how many; `reviewed` of them a person has seen, `waiting` of them wait for one.
        by_field: how many in each field, in one order for all groups of a count; empty for what has no share.
    """

    cells: int = 0
    reviewed: int = 0
    waiting: int = 0
    by_field: tuple[int, ...] = ()


NOBODY = Tally()


def class_counts(rows: Sequence[CellRow], *, every: bool = False) -> tuple[ClassCount, ...]:
    """Every class that occurs, in display order; then "not a red cell", the cells without a class, and those left out.

    With `every`, the red-cell classes that don't occur have a line, too.

    The denominator of the shares is the number of red cells that count and have a class ("uncategorised" is one): a
    cell whose class can't be told is in neither.
    """
    groups: dict[CellClass | None, list[CellRow]] = {}
    apart: dict[str, list[CellRow]] = {}
    for row in rows:
        if row.aside:
            apart.setdefault(row.aside, []).append(row)
        else:
            groups.setdefault(row.cell_class, []).append(row)
    fields = tuple(dict.fromkeys(row.field_id for group in groups.values() for row in group))
    tallies = {name: replace(tally(group), by_field=_by_field(group, fields)) for name, group in groups.items()}
    return lines_of(
        tallies, apart={name: tally(group) for name, group in apart.items()}, every=RED_CELL_CLASSES if every else ()
    )


def tally(rows: Sequence[CellRow]) -> Tally:
    """How many cells these are."""
    return Tally(len(rows), sum(r.reviewed for r in rows), sum(r.needs_review for r in rows))


def _by_field(rows: Sequence[CellRow], fields: Sequence[int]) -> tuple[int, ...]:
    numbers = Counter(row.field_id for row in rows)
    return tuple(numbers[field] for field in fields)


def lines_of(
    groups: Mapping[CellClass | None, Tally],
    *,
    apart: Mapping[str, Tally],
    every: Collection[CellClass] = (),
    untold: Collection[CellClass] = (),
    by_hand: Collection[CellClass] = (),
) -> tuple[ClassCount, ...]:
    """The lines of `class_counts` from what was tallied.

    Args:
        groups: by class, for those that occur among the cells that count.
        apart: by the names of `ASIDE`, for cells that are left out of all shares.
        every: classes that have a line whether they occur or not.
        untold: of those, the classes that no field lets be told; they have no share.
        by_hand: own classes that the classifier never proposes.
    """
    red = [tallied.by_field for c, tallied in groups.items() if c is not None and c.is_red]
    totals = tuple(map(sum, zip(*red, strict=True)))
    classes = in_display_order((*(c for c in groups if c is not None), *every))
    named = (*classes, None) if None in groups else classes
    lines = (
        ClassCount(c, 0, 0, 0, untold=True)
        if c in untold and c not in groups
        else replace(_count(c, groups.get(c, NOBODY), totals=totals), by_hand=c in by_hand)
        for c in named
    )
    aside = ((name, apart.get(name, NOBODY)) for name in ASIDE)
    return (*lines, *(ClassCount(None, t.cells, t.reviewed, t.waiting, aside=name) for name, t in aside if t.cells))


def _count(cell_class: CellClass | None, tallied: Tally, *, totals: Sequence[int]) -> ClassCount:
    """One line; `totals` are the red cells of each field."""
    count, reviewed, waiting = tallied.cells, tallied.reviewed, tallied.waiting
    red_cells = sum(totals)
    if cell_class is None or not cell_class.is_red or not red_cells:
        return ClassCount(cell_class, count, reviewed, waiting)
    low, high = pooled_interval(tallied.by_field or (0,) * len(totals), totals)
    return ClassCount(cell_class, count, reviewed, waiting, count / red_cells, low, high)
