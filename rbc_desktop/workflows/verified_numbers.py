"""Whether the numbers that were exported are those of the case: its cells, written again, line by line."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

from ..domain.case import Case
from ..domain.wording import counted
from ..errors import CaseFileError
from ..files import ScratchFolder
from ..reports.csv_report import COLUMNS, write_cells
from ..reports.rows import rows_of
from .finding import Finding

_OF_THE_PROGRAM = {"app_version", "notice"}
"""Columns that say who wrote the file."""

MOST_BYTES = 2_000_000_000

Line = dict[str, str]


def number_findings(case: Case, path: Path) -> Iterator[Finding]:
    """The first value that differs, else that all are equal.

    Args:
        case: as it is now.
        path: a CSV of its cells (``…_cells.csv``), as an export or `analyze` wrote it.

    Raises:
        CaseFileError: when the file can't be read, or is none of these.
    """
    given = _read(path)
    scratch = ScratchFolder("numbers")
    try:
        again = scratch.path / "cells.csv"
        write_cells(again, rows_of(case))
        own = _read(again)
    finally:
        scratch.close()
    problem = first_difference(given, own)
    yield Finding(
        "numbers", not problem, problem or f"{path.name} says what the case says: {counted(len(own), 'cell')}"
    )


def first_difference(given: list[Line], own: list[Line]) -> str:
    """A sentence about the first value of an exported file that isn't the case's; "" when all are."""
    for there, here in itertools.zip_longest(given, own):
        if there is None or here is None:
            cell = (there or here or {}).get("cell", "")
            return f"Cell {cell} is {'not in the file' if there is None else 'in the file and not in the case'}."
        for column in COLUMNS:
            if column not in _OF_THE_PROGRAM and there.get(column, "") != here[column]:
                return (
                    f"Cell {there.get('cell', '')}: the file says {column} “{there.get(column, '')}”,"
                    f" the case “{here[column]}”."
                )
    return ""


def _read(path: Path) -> list[Line]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"image", "cell", "class"} <= set(reader.fieldnames or ()):
                raise ValueError("other columns")
            return [{name: value or "" for name, value in row.items() if name is not None} for row in reader]
    except (OSError, ValueError, csv.Error) as error:
        sentence = f"{path.name} can't be read as a CSV of cells; give the file that an export wrote."
        raise CaseFileError(sentence) from error
