"""A work list of the laboratory: a CSV with one line per sample, from which the details of a sample are filled in."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import RbcError
from ...language import tr

MOST_BYTES, MOST_LINES, LONGEST_VALUE = 20_000_000, 100_000, 500
DELIMITERS = (";", "\t", ",")

COLUMNS: Mapping[str, str] = {
    "accession": "accession", "order": "accession", "barcode": "accession",
    "sample": "sample_id", "sample number": "sample_id", "sample id": "sample_id", "sample_id": "sample_id",
    "patient": "patient", "patient name": "patient", "name": "patient",
    "patient number": "patient_id", "patient id": "patient_id", "patient_id": "patient_id",
    "born": "birth_date", "birth date": "birth_date", "date of birth": "birth_date", "birth_date": "birth_date",
    "sex": "sex", "requester": "requester", "requested by": "requester", "specimen": "specimen",
    "collected": "collected", "received": "received", "stain": "stain", "smear made by": "smear_by",
}  # fmt: skip
"""Headings of the file, in lower case, and the detail that each holds; other columns are passed over."""

KEYS = ("accession", "sample_id")
"""Details by which a sample is looked up."""

WorkList = Mapping[str, Mapping[str, str]]
"""Accession or sample number in lower case to the details of its line; a number of two lines stands for neither."""


def read_work_list(path: Path) -> WorkList:
    """Read the file.

    Raises:
        RbcError: with a sentence, when it can't be read or has none of the columns that are needed.
    """
    text = _text(path)
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    found: dict[str, dict[str, str]] = {}
    twice: set[str] = set()
    try:
        for line in _lines(path, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            for key in dict.fromkeys(line[k].casefold() for k in KEYS if line.get(k)):
                if key in found:
                    twice.add(key)
                found[key] = line
    except csv.Error as error:
        raise RbcError(tr("{name} can't be read as CSV; save the work list again.", name=path.name)) from error
    return {key: line for key, line in found.items() if key not in twice}


def _lines(path: Path, rows: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    names = [COLUMNS.get(" ".join(name.split()).casefold(), "") for name in next(rows, [])]
    if not set(KEYS) & set(names):
        raise RbcError(tr("{name} has no column “accession” or “sample number” in its first line.", name=path.name))
    for number, row in enumerate(rows):
        if number >= MOST_LINES:
            raise RbcError(
                tr(
                    "{name} has more than {most_lines:,} lines; a work list holds the samples of a day.",
                    name=path.name,
                    most_lines=MOST_LINES,
                )
            )
        values = zip(names, (" ".join(value.split())[:LONGEST_VALUE] for value in row), strict=False)
        yield {name: value for name, value in values if name and value}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RbcError(tr("{name} is too large for a work list; give the samples of a day.", name=path.name))
        data = path.read_bytes()
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if wide else "utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise RbcError(tr("The work list {name} can't be read; save it as CSV in UTF-8.", name=path.name)) from error
