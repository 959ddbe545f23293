"""What of a sample a person should look at under the microscope before the report leaves, and why."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.case.case import Case
from ...domain.classes.taxonomy import CellClass
from ...domain.fields.field_quality import is_unlike_training
from ...language import mark, mark_plural
from ...phrases import joined
from .grades import GradeLine
from .rows import CellRow

FRAGMENTS = 0.01
"""Share of schistocytes from which on a film is looked at at once (ICSH 2012, updated 2021: above 1 % in adults)."""

LEAST_CELLS = 100
"""Red cells below which no share says much: of 100, 1 is anything from 0.2 to 5.4 % (Wilson, 95 %)."""

MUCH_UNTOLD = 0.2
"""Share of the cells that count without a class from which on the shares say little."""


def manual_look(case: Case, rows: Sequence[CellRow], lines: Sequence[GradeLine]) -> tuple[str, ...]:
    """A sentence for each reason, to be `told`; empty where there is none."""
    red_cells = sum(row.counted and row.cell_class is not None and row.cell_class.is_red for row in rows)
    if case.fields and not red_cells:
        return (mark("No red cell was counted."),)
    return tuple(filter(None, (
        _few(red_cells), _fragments(lines), _unseen(rows), _borderline(lines), _too_few(lines), _untold(rows),
        _fields(case),
    )))  # fmt: skip


def _few(red_cells: int) -> str:
    if not 0 < red_cells < LEAST_CELLS:
        return ""
    return mark_plural(
        "Only {count} red cell was counted: the shares say little.",
        "Only {count} red cells were counted: the shares say little.",
        red_cells,
    )


def _fragments(lines: Sequence[GradeLine]) -> str:
    line = next((each for each in lines if each.classes == (CellClass.SCHISTOCYTE.value,)), None)
    if line is None or line.withheld or (line.share or 0.0) <= FRAGMENTS:
        return ""
    text = mark("Schistocytes are {percent:.1f} % of the red cells: look at the film now.")
    return mark(text, percent=100 * (line.share or 0.0))


def _unseen(rows: Sequence[CellRow]) -> str:
    unseen = sum(row.needs_review for row in rows)
    if not unseen:
        return ""
    return mark_plural(
        "{count} cell that needs review was not seen by a person.",
        "{count} cells that need review were not seen by a person.",
        unseen,
    )


def _borderline(lines: Sequence[GradeLine]) -> str:
    open_ = [x.name for x in lines if x.confirmed is None and x.suggested is not None and x.suggested.is_borderline]
    if not open_:
        return ""
    return mark("The interval spans a limit of the scheme: {lines}.", lines=joined(", ", open_))


def _too_few(lines: Sequence[GradeLine]) -> str:
    few = [
        line.name
        for line in lines
        if line.confirmed is None and not line.withheld and line.suggested is not None
        and line.suggested.grade is None and line.suggested.reason.startswith("fewer than")
    ]  # fmt: skip
    if not few:
        return ""
    return mark("Too few red cells were counted for a grade: {lines}.", lines=joined(", ", few))


def _untold(rows: Sequence[CellRow]) -> str:
    counting = [row for row in rows if row.counted]
    untold = sum(row.cell_class is None for row in counting)
    if not counting or untold <= MUCH_UNTOLD * len(counting):
        return ""
    text = mark("{percent:.0f} % of the cells have no class: the shares say little.")
    return mark(text, percent=100 * untold / len(counting))


def _fields(case: Case) -> str:
    used = [field for field in case.fields.values() if not field.left_out]
    missed = sum(bool(field.remark("missed")) for field in used)
    far = sum((q := case.qualities.get(f.id)) is not None and is_unlike_training(q) for f in used)
    stained = mark_plural("of {count} field", "of {count} fields", far)
    if not missed:
        return mark("The stain {stained} is far from what the classifier has seen.", stained=stained) if far else ""
    places = mark_plural("in {count} field", "in {count} fields", missed)
    if not far:
        return mark("Cells may have been missed {places}.", places=places)
    text = mark("Cells may have been missed {places}; the stain {stained} is far from what the classifier has seen.")
    return mark(text, places=places, stained=stained)
