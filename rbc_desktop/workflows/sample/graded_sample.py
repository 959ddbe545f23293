"""The sample as the window shows it: graded lines in words, schemes to choose from, values that a person types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...domain.case.case import Case, Identity
from ...domain.classes.taxonomy import is_red_cell
from ...domain.sample.blood_count import QUANTITIES
from ...domain.sample.grading import NO_GRADE, Grading, Scheme
from ...errors import RbcError, SchemeError
from ...language import number, plural, tr
from ...phrases import told
from ...ports import TaskControl
from ...reports.summary.grades import GradeLine, fields_text
from ...reports.summary.rows import rows_of
from ...reports.summary.sample_summary import SampleSummary, sample_summary
from ...reports.summary.sizes import size_summary
from ...storage.laboratory.scheme_file import bundled_schemes, own_schemes, read_scheme, write_scheme
from ...storage.laboratory.settings import Settings
from ..key_map import said

USUAL = ("laboratory", "operator", "stain", "instrument")
"""Details that are the same for most cases of a laboratory: those of the settings, or the last ones typed."""


def usual_missing(identity: Identity, settings: Settings) -> dict[str, str]:
    """What is usual in this laboratory and empty in a case, by the names of `Identity`."""
    usual = {name: str(getattr(settings, f"usual_{name}")) for name in USUAL}
    return {name: text for name, text in usual.items() if text and not getattr(identity, name)}


FEW_CELLS = 200
"""Red cells below which no grade says much: so many an observer counts (CLSI H20-A2)."""


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """What was worked out of a case.

    Attributes:
        summary: lines, findings, state.
        cells, red_cells: all cells, and those that shares refer to.
        not_assessable: cells that count and of which no class can be told.
        fields: how many are in the count.
        unconfirmed: cells that count and have no reviewed class.
        unseen: cells that need review and that nobody has seen.
    """

    summary: SampleSummary
    cells: int
    red_cells: int
    not_assessable: int
    fields: int
    unconfirmed: int
    unseen: int


def sheet_of(case: Case, *, control: TaskControl) -> SampleSheet:
    """Work it out; not for the GUI thread.

    Args:
        case: a snapshot.
        control: cancel.
    """
    control.check()
    rows = rows_of(case)
    control.check()
    summary = sample_summary(case, rows, sizes=size_summary(rows))
    return SampleSheet(
        summary=summary,
        cells=len(rows),
        red_cells=sum(row.counted and is_red_cell(row.cell_class) for row in rows),
        not_assessable=sum(row.counted and bool(row.not_assessable) for row in rows),
        fields=sum(not field.left_out for field in case.fields.values()),
        unconfirmed=sum(row.counted and not row.reviewed for row in rows),
        unseen=sum(row.needs_review for row in rows),
    )


def counted_text(sheet: SampleSheet) -> str:
    """What the grades rest on, in one sentence."""
    if not sheet.cells:
        return tr("No cells yet: outline some, or find all of a field with {key}.", key=said("F5"))
    cells = plural("{count} red cell", "{count} red cells", sheet.red_cells)
    if sheet.not_assessable:
        cells = tr("{cells} and {count:,} not assessable", cells=cells, count=sheet.not_assessable)
    if not sheet.unconfirmed:
        counted = plural(
            "{cells} in {count} field, each confirmed by a person.",
            "{cells} in {count} fields, each confirmed by a person.",
            sheet.fields, cells=cells,
        )  # fmt: skip
    else:
        counted = plural(
            "{cells} in {count} field; {waiting:,} not confirmed yet, so all numbers are suggestions.",
            "{cells} in {count} fields; {waiting:,} not confirmed yet, so all numbers are suggestions.",
            sheet.fields, cells=cells, waiting=sheet.unconfirmed,
        )  # fmt: skip
    graded = any(line.share is not None and line.grade is not None for line in sheet.summary.grades)
    if graded and sheet.red_cells < FEW_CELLS:
        return tr("{counted} Too few for grades: count at least {cells}.", counted=counted, cells=FEW_CELLS)
    return counted


# Lines


def share_text(line: GradeLine) -> str:
    """The share in percent, empty without one."""
    return "" if line.share is None else number(100 * line.share, ".1f")


def interval_text(line: GradeLine) -> str:
    """The 95 % interval in percent, empty without one."""
    if line.low is None or line.high is None:
        return ""
    return tr("{low:.1f} to {high:.1f}", low=100 * line.low, high=100 * line.high)


def suggested_text(line: GradeLine) -> str:
    """The suggested grade, and the others that its interval reaches; empty where none may be suggested."""
    found = line.suggested
    if found is None or found.grade is None:
        return ""
    others = dict.fromkeys(grade for grade in (found.low, found.high) if grade != found.grade)
    grade = told(found.grade)
    if not found.is_borderline:
        return grade
    return tr("{grade} (borderline {others})", grade=grade, others=", ".join(told(str(other)) for other in others))


def more_text(line: GradeLine) -> str:
    """How many more cells would settle the line, empty where enough are counted."""
    found = line.suggested
    if found is None or found.more_cells == 0 or line.withheld:
        return ""
    if found.more_cells is None:
        return "" if found.grade is None else tr("stays borderline")
    return plural("about {count} more cell", "about {count} more cells", found.more_cells)


def remark_text(line: GradeLine) -> str:
    """What the scheme says of the line, how far fields differ, and that a person's grade isn't the suggested one."""
    suggested = None if line.suggested is None else line.suggested.grade
    overrides = line.confirmed is not None and suggested not in (None, line.confirmed)
    said = tr("a person's grade; suggested was {grade}", grade=told(suggested or "")) if overrides else ""
    return "; ".join(filter(None, (said, told(line.remark), told(fields_text(line)))))


def grades_for(line: GradeLine, scheme: Scheme | None) -> tuple[str, ...]:
    """The grades that a person may set for a line; empty for one that the scheme doesn't grade or nobody can tell."""
    rule = next((r for r in scheme.rules if r.line == line.name), None) if scheme is not None else None
    allowed = () if rule is None or line.withheld else (NO_GRADE, *(step.grade for step in rule.steps))
    if line.confirmed is not None and line.confirmed not in allowed:
        return (*allowed, line.confirmed)
    return tuple(dict.fromkeys(allowed))


def with_suggested(grading: Grading, lines: Iterable[GradeLine]) -> Grading:
    """The grading in which every suggested grade is confirmed that no person has set otherwise."""
    for line in lines:
        found = line.suggested
        if line.confirmed is None and not line.withheld and found is not None and found.grade is not None:
            grading = grading.with_grade(line.name, found.grade)
    return grading


def with_scheme(grading: Grading, scheme: Scheme) -> Grading:
    """The grading by another scheme: grades that were confirmed by the old one don't hold for it."""
    if scheme == grading.scheme:
        return grading
    return replace(grading, scheme=scheme, confirmed=())


# Schemes


@dataclass(frozen=True, slots=True)
class KnownSchemes:
    """Schemes that can be chosen, and a sentence on each file that is none."""

    schemes: tuple[Scheme, ...]
    problems: tuple[str, ...] = ()


def known_schemes(folders: Sequence[Path] | None = None) -> KnownSchemes:
    """The schemes that ship, then the laboratory's own, by file name; of equal ones the first."""
    schemes: list[Scheme] = []
    problems: list[str] = []
    for folder in (bundled_schemes(), own_schemes()) if folders is None else folders:
        for path in sorted(folder.glob("*.json")):
            try:
                scheme = read_scheme(path)
            except SchemeError as error:
                problems.append(error.message)
            else:
                schemes += [] if scheme in schemes else [scheme]
    return KnownSchemes(tuple(schemes), tuple(problems))


def import_scheme(path: Path, folder: Path | None = None) -> Scheme:
    """Copy a scheme into the laboratory's own folder and give it.

    Raises:
        SchemeError: when it is none, another one has its name and version, or the folder can't be written to.
    """
    scheme, own = read_scheme(path), folder or own_schemes()
    known = known_schemes((bundled_schemes(), own)).schemes
    if scheme in known:
        return scheme
    if any(each.title == scheme.title for each in known):
        raise SchemeError(
            tr("{title} is there already with other limits; give the file another version.", title=scheme.title)
        )
    stem = re.sub(r"[^\w.-]+", "_", scheme.title).strip("_.")[:100] or "scheme"
    try:
        own.mkdir(parents=True, exist_ok=True)
        write_scheme(scheme, _free(own, stem))
    except OSError as error:
        raise SchemeError(
            tr("The scheme can't be kept in {own}; make the folder writable and try again.", own=own)
        ) from error
    return scheme


def export_scheme(scheme: Scheme, path: Path) -> None:
    """Write a scheme to a file, to be changed and imported again.

    Raises:
        SchemeError: when the file can't be written.
    """
    try:
        write_scheme(scheme, path)
    except OSError as error:
        raise SchemeError(tr("{name} can't be written; choose another folder.", name=path.name)) from error


def _free(folder: Path, stem: str) -> Path:
    """A name in the folder that no file has."""
    path, number = folder / f"{stem}.json", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}.json"
    return path


# Blood count


class ValueRefusedError(RbcError):
    """A value of the blood count that is no number or lies outside its range."""


_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")


def read_value(name: str, text: str) -> float | None:
    """A typed value, with a point or a comma; None when nothing is typed.

    Args:
        name: of `QUANTITIES`.
        text: as typed.

    Raises:
        ValueRefusedError: when it is no number, may be read in two ways, or lies outside the possible range.
    """
    quantity, typed = QUANTITIES[name], text.strip().replace("\N{NARROW NO-BREAK SPACE}", "")
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        raise ValueRefusedError(
            tr(
                "{name} must be a number in {unit}, such as {example}.",
                name=tr(quantity.name),
                unit=quantity.unit,
                example=_example(name),
            )
        )
    if quantity.decimals == 0 and _GROUPED.fullmatch(typed):
        raise ValueRefusedError(
            tr("Write {name} without a separator of thousands, or with other decimals.", name=tr(quantity.name))
        )
    value = float(typed.replace(",", "."))
    if not quantity.low <= value <= quantity.high:
        raise ValueRefusedError(
            tr(
                "{what} {value:g} {unit} isn't possible; check the number and the unit ({low:g} to {high:g}).",
                what=tr(quantity.name),
                value=value,
                unit=quantity.unit,
                low=quantity.low,
                high=quantity.high,
            )
        )
    return value


def value_text(name: str, value: float | None) -> str:
    """A value as the field shows it, no digit lost; empty without one."""
    if value is None:
        return ""
    decimals = QUANTITIES[name].decimals
    return number(value, f".{decimals}f" if round(value, decimals) == value else ".12g")


def _example(name: str) -> str:
    quantity = QUANTITIES[name]
    return number((quantity.low + min(quantity.high, 4 * quantity.low + 100)) / 2, f".{quantity.decimals}f")
