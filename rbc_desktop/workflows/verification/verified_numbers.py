"""Whether what was exported is what the case says: it is made again from the case and compared, value by value.

Tables of cells and of the sample, workbooks and PDF reports are known by their contents. Who made a file, when and with
which version isn't compared.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...domain.case.case import Case
from ...files import ScratchFolder
from ...language import Language, mark, plural, present, tr
from ...reports.summary.rows import rows_of
from ...reports.tables.csv_report import COLUMNS, write_cells
from ...reports.tables.xlsx_reading import place_name, read_workbook
from .exported_values import Compared, Difference, not_ours, said_otherwise, spoken, summary_of
from .finding import Finding
from .verified_report import compared_report, statement_of

Line = dict[str, str]

MOST_BYTES = 2_000_000_000
_OF_THE_MAKER = {"app_version", "notice", "made", "audit_head"}
"""Columns that say who wrote the file, when and of which state."""

_HEAD = re.compile(r"^[0-9a-f]{64}$")


def number_findings(case: Case, path: Path, *, languages: Iterable[Language] | None = None) -> Iterator[Finding]:
    """The first value that differs, else that all are equal.

    Args:
        case: as it is now.
        path: a CSV of its cells or of the sample, a workbook or a PDF report, as an export or `analyze` wrote it.
        languages: that the file may be in; None for the present one.

    Raises:
        CaseFileError: when the file can't be read, or is none of these.
    """
    start = _start_of(path)
    if start.startswith(b"%PDF"):
        found = compared_report(case, path, languages=languages)
    elif start.startswith(b"PK"):
        found = _best(lambda language: _compared_workbook(case, path, language), languages)
    else:
        lines = _read(path)
        compare = _compared_cells if "cell" in lines.columns else _compared_sample
        found = _best(lambda language: compare(case, lines.rows, language), languages)
    said = tr("{file} says what the case says: {extent}", file=path.name, extent=found.extent)
    yield Finding(mark("numbers"), found.difference is None, found.difference.text if found.difference else said)


def stated_head(path: Path) -> str:
    """The head of the audit trail that an exported file states, "" where it states none.

    Raises:
        CaseFileError: when the file can't be read, or is no export.
    """
    start = _start_of(path)
    if start.startswith(b"%PDF"):
        context = statement_of(path).context
        return "" if context is None else context.head
    if start.startswith(b"PK"):
        return next((v for sheet in _sheets(path)[-1:] for v in sheet.values() if _HEAD.match(v)), "")
    rows = _read(path).rows
    return rows[0].get("audit_head", "") if rows else ""


def _best(compare: Callable[[Language], Compared], languages: Iterable[Language] | None) -> Compared:
    """In the language in which most is alike; others are tried only while something differs."""
    best: Compared | None = None
    for language in languages or (present(),):
        found = compare(language)
        if found.difference is None:
            return found
        if best is None or best.difference is None or found.difference.place > best.difference.place:
            best = found
    assert best is not None
    return best


# Tables


@dataclass(frozen=True, slots=True)
class _Table:
    columns: frozenset[str]
    rows: list[Line]


def _compared_cells(case: Case, given: list[Line], language: Language) -> Compared:
    own = _written(lambda path: write_cells(path, rows_of(case)), language)
    return Compared(plural("{count} cell", "{count} cells", len(own)), first_difference(given, own))


def first_difference(given: list[Line], own: list[Line]) -> Difference | None:
    """The first value of an exported table of cells that isn't the case's; None when all are."""
    for place, (there, here) in enumerate(itertools.zip_longest(given, own)):
        if there is None or here is None:
            cell = (there or here or {}).get("cell", "")
            text = tr("Cell {cell} is not in the file.", cell=cell)
            if here is None:
                text = tr("Cell {cell} is in the file and not in the case.", cell=cell)
            return Difference(place, text)
        for column in COLUMNS:
            if column not in _OF_THE_MAKER and there.get(column, "") != here[column]:
                what = tr("Cell {cell}", cell=there.get("cell", ""))
                return Difference(place, said_otherwise(f"{what}, {column}", there.get(column, ""), here[column]))
    return None


def _compared_sample(case: Case, given: list[Line], language: Language) -> Compared:
    from ...reports.tables.summary_csv import write_summary

    with spoken(language):
        summary = summary_of(case)
    own = _written(lambda path: write_summary(path, summary), language)
    skipped = _OF_THE_MAKER | (set() if summary.classifiers else {"classifier"})
    extent = plural("{count} row", "{count} rows", len(own))
    for place, (there, here) in enumerate(itertools.zip_longest(given, own)):
        row = there or here or {}
        name = f"{row.get('class', '')} ({row.get('scope', '')})"
        if there is None or here is None:
            text = tr("The row {name} is not in the file.", name=name)
            if here is None:
                text = tr("The row {name} is in the file and not in the case.", name=name)
            return Compared(extent, Difference(place, text))
        for column, value in here.items():
            if column not in skipped and there.get(column, "") != value:
                return Compared(
                    extent, Difference(place, said_otherwise(f"{name}, {column}", there.get(column, ""), value))
                )
    return Compared(extent, None)


def _written(write: Callable[[Path], None], language: Language) -> list[Line]:
    scratch = ScratchFolder("numbers")
    try:
        with spoken(language):
            write(scratch.path / "again.csv")
        return _read(scratch.path / "again.csv").rows
    finally:
        scratch.close()


def _read(path: Path) -> _Table:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = frozenset(reader.fieldnames or ())
            if not ({"image", "cell", "class"} <= columns or {"scope", "class", "percent"} <= columns):
                raise ValueError("other columns")
            rows = [{name: value or "" for name, value in row.items() if name is not None} for row in reader]
            return _Table(columns, rows)
    except (OSError, ValueError, csv.Error) as error:
        raise not_ours(path) from error


# Workbooks


def _compared_workbook(case: Case, path: Path, language: Language) -> Compared:
    from ...reports.tables.xlsx_report import write_xlsx

    given, scratch = _sheets(path), ScratchFolder("numbers")
    try:
        with spoken(language):
            summary = summary_of(case)
            write_xlsx(scratch.path / "again.xlsx", summary)
        own = _sheets(scratch.path / "again.xlsx")
    finally:
        scratch.close()
    skipped = {summary.context.made_text, f"rbc-desktop {summary.context.app_version}"}
    values = [(number, place, value) for number, sheet in enumerate(own) for place, value in sorted(sheet.items())]
    extent = plural("{count} value", "{count} values", len(values))
    for count, (number, place, value) in enumerate(values):
        there = given[number].get(place, "") if number < len(given) else ""
        if value not in skipped and not _HEAD.match(there) and not _alike(there, value):
            where = tr("Sheet {number}, {place}", number=number + 1, place=place_name(place))
            return Compared(extent, Difference(count, said_otherwise(where, there, value)))
    for number, sheet in enumerate(given):
        here = own[number] if number < len(own) else {}
        for place, there in sorted(sheet.items()):
            if place not in here and not _HEAD.match(there):
                where = tr("Sheet {number}, {place}", number=number + 1, place=place_name(place))
                return Compared(extent, Difference(len(values), said_otherwise(where, there, "")))
    return Compared(extent, None)


def _alike(there: str, here: str) -> bool:
    if there == here:
        return True
    try:  # spreadsheets write the same number with more or fewer digits
        return abs(float(there) - float(here)) <= 1e-9 * max(1.0, abs(float(here)))
    except ValueError:
        return False


def _sheets(path: Path) -> list[dict[tuple[int, int], str]]:
    try:
        return read_workbook(path)
    except (OSError, ValueError) as error:
        raise not_ours(path) from error


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        raise not_ours(path) from error
