"""Second readings in words, and which cells can be read again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...domain.case.case import Case
from ...domain.case.stored_claims import counted_in, fields_by_cell, shown_classes
from ...domain.classes.taxonomy import CellClass
from ...domain.laboratory.agreement import agreement_of, agreement_text
from ...domain.laboratory.concordance import WASHOUT_DAYS
from ...domain.sample.second_reading import ReadCell, SecondReading, drawn
from ...domain.sample.sign_off import state_of
from ...domain.wording import cells_text
from ...language import mark, plural, tr
from .signing import local_span, local_time

NOTHING_TO_READ = mark("There is nothing to read again: no cell counts and has a class yet.")
NO_NAME = mark("A name is missing; say who reads.")
EARLY = mark(
    "{operator} gave classes in this case last on {when}, {ago}. A study counts a second reading by the same"
    " person only after {days} days. Say why it begins now; the audit trail keeps it."
)
EARLY_REASONS = (mark("training"), mark("a check, not a study"), mark("the cells were not looked at one by one"))
OPEN_ALREADY = mark("A second reading is open; go on with it, or finish it first.")


def readable(case: Case) -> dict[int, CellClass]:
    """The cells that can be read again, with their classes: they count, their field does, and they have one."""
    out = {number for number, field in case.fields.items() if field.left_out}
    counted = counted_in(case, case.fields.keys() - out)
    return {number: shown for number, shown in shown_classes(case, counted) if shown is not None}


def new_reading(case: Case, *, operator: str, share: float, seed: int, began: str) -> SecondReading:
    """A reading of the case as it is now, not begun yet."""
    firsts = readable(case)
    read = tuple(ReadCell(i, firsts[i]) for i in drawn(firsts, share=share, seed=seed))
    return SecondReading(len(case.readings) + 1, " ".join(operator.split()), began, "", share, seed, read)


def refusal(case: Case, reading: SecondReading) -> str:
    """Why this new reading can't begin, as a sentence; "" when it can."""
    if not reading.operator:
        return tr(NO_NAME)
    if open_reading(case) is not None:
        return tr(OPEN_ALREADY)
    return "" if reading.cells else tr(NOTHING_TO_READ)


def early_text(last: str, *, operator: str, began: str) -> str:
    """What to ask somebody who read the case so recently that they may remember it; "" after the washout.

    Args:
        last: when they gave classes in it last, ISO 8601 with its zone; "" for never.
        operator: who reads.
        began: when the reading would begin, ISO 8601 with its zone.
    """
    try:
        days = (datetime.fromisoformat(began) - datetime.fromisoformat(last)).total_seconds() / 86_400
    except (ValueError, TypeError):
        return ""
    if days >= WASHOUT_DAYS:
        return ""
    ago = tr("less than a day ago") if days < 1 else plural("{count} day ago", "{count} days ago", int(days))
    return tr(EARLY, operator=" ".join(operator.split()), when=local_time(last), ago=ago, days=WASHOUT_DAYS)


def open_reading(case: Case) -> SecondReading | None:
    """The reading that goes on, or None."""
    return next((reading for reading in case.readings if reading.is_open), None)


def progress_text(reading: SecondReading) -> str:
    """Who reads and how far they are."""
    return plural(
        "Second reading by {name}: {done:,} of {count} cell read",
        "Second reading by {name}: {done:,} of {count} cells read",
        len(reading.cells), name=reading.operator, done=reading.done,
    )  # fmt: skip


def title(reading: SecondReading) -> str:
    """A reading in a list, e.g. “2: Bo, 2026-11-26, 200 cells”."""
    return f"{reading.number}: {reading.operator}, {reading.began[:10]}, {cells_text(len(reading.cells))}"


def result_text(reading: SecondReading) -> str:
    """What came of it: part, agreement, kappa, differences."""
    part = tr("all cells")
    if reading.share != 1:
        part = tr(
            "{percent:.3g} % of the cells, drawn with {seed}", percent=100 * reading.share, seed=str(reading.seed)
        )
    began, ended = local_span(reading.began, reading.ended)
    when = tr("from {began} to {ended}", began=began, ended=ended)
    if not reading.ended:
        when = tr("from {began}, still open", began=began)
    found = agreement_of([(first.value, second.value) for first, second in reading.pairs])
    said = tr(
        "Read by {name}, {when}: {part}; {done:,} of {cells:,} read.",
        name=reading.operator, when=when, part=part, done=reading.done, cells=len(reading.cells),
    )  # fmt: skip
    lines = [said]
    if found is not None and reading.ended:
        lines.append(tr(agreement_text(found)))
        differences = reading.differences
        differ = len(differences)
        settled = len([read for read in differences if read.settled is not None])
        text = plural("{count} difference, {settled:,} settled.", "{count} differences, {settled:,} settled.", differ,
                      settled=settled)  # fmt: skip
        lines.append(text if differ else "")
    return "\n".join(filter(None, lines))


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference as a line of the list; texts."""

    cell: int
    field: str
    first: str
    second: str
    settled: str


def difference_lines(case: Case, reading: SecondReading) -> list[DifferenceLine]:
    """The differences of a reading that is over, open ones first; nothing of one that goes on."""
    if reading.is_open:
        return []
    differing = sorted(reading.differences, key=lambda r: (r.settled is not None, r.cell))
    named = fields_by_cell(case, [read.cell for read in differing])
    names, deleted = {number: field.name for number, field in case.fields.items()}, tr("deleted")
    given = {id(each): each for read in differing for each in (read.first, read.second, read.settled)}
    titles = {key: "" if each is None else each.title for key, each in given.items()}
    return [
        DifferenceLine(
            read.cell,
            names[named[read.cell]] if read.cell in named else deleted,
            titles[id(read.first)],
            titles[id(read.second)],
            titles[id(read.settled)],
        )
        for read in differing
    ]


def may_settle(case: Case) -> bool:
    """Whether classes can be changed now."""
    return state_of(case.sign_offs) != "final"
