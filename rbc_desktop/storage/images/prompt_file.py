"""Prompt files of the command line: CSV with points or boxes, one or several rows per cell."""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...domain.cells.prompts import PromptPoint, PromptSet
from ...domain.geometry import Box, Point
from ...errors import UsageError
from ...language import tr

POINT_COLUMNS = ("cell", "x", "y", "label")
BOX_COLUMNS = ("cell", "x0", "y0", "x1", "y1")

DELIMITERS = (",", ";", "\t")
"""Between columns; spreadsheets of countries with a decimal comma write the second, copied cells have the third."""

MAX_BYTES, MAX_CELLS, MAX_POINTS = 64 * 2**20, 50_000, 1_000
"""Size of the largest file, and how many cells, and points of one cell, are taken: fields hold a few thousand cells."""

MAX_FIELD = 131_072
"""Characters of the longest value; a quotation mark that is never closed makes one of the rest of the file."""


@dataclass(frozen=True, slots=True, eq=False)
class PromptedCell:
    """One cell of a prompt file.

    Attributes:
        name: its text in the column `cell`.
        prompts: its points or box, field pixels.
    """

    name: str
    prompts: PromptSet


@dataclass(slots=True)
class _Marks:
    """What the rows of one cell have said so far."""

    points: list[PromptPoint] = field(default_factory=list)
    box: Box | None = None

    @property
    def prompts(self) -> PromptSet:
        return PromptSet(points=tuple(self.points), box=self.box)


def read_prompts(path: Path) -> list[PromptedCell]:
    """Read `cell,x,y,label` (label 1 positive, 0 negative) or `cell,x0,y0,x1,y1`, cells in order of first appearance.

    Columns are parted by commas, semicolons or tabs, whichever the first line has; where it isn't the comma, numbers
    may have a decimal comma. UTF-8, or UTF-16 with a byte-order mark.

    Raises:
        UsageError: when the file is missing, has other columns, a value is no number, or a cell has no positive point;
            when it is larger than `MAX_BYTES`, `MAX_CELLS` or `MAX_POINTS`.
    """
    text = _text_of(path)
    delimiter = _delimiter(text.partition("\n")[0])
    csv.field_size_limit(MAX_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        if not _has_columns(set(reader.fieldnames)):
            raise UsageError(
                tr(
                    "{name} needs the columns {points} or {boxes} in its first line.",
                    name=path.name,
                    points=",".join(POINT_COLUMNS),
                    boxes=",".join(BOX_COLUMNS),
                )
            )
        cells = _read_rows(path, reader, decimal_comma=delimiter != ",")
    except csv.Error as error:
        raise UsageError(
            tr(
                "Line {line} of {name} can't be read as CSV: look for a quotation mark that is never closed.",
                line=reader.line_num + 1,
                name=path.name,
            )
        ) from error
    for name, marks in cells.items():
        if marks.prompts.is_empty:
            raise UsageError(
                tr(
                    "Cell {cell} in {name} has no positive point and no box; add one.",
                    cell=_short(name),
                    name=path.name,
                )
            )
    return [PromptedCell(name, marks.prompts) for name, marks in cells.items()]


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(
                tr(
                    "{name} is larger than {most} MB; a prompt file holds one image's cells.",
                    name=path.name,
                    most=MAX_BYTES // 2**20,
                )
            )
        data = path.read_bytes()
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if wide else "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            tr("The prompt file {name} can't be read; give a CSV file in UTF-8.", name=path.name)
        ) from error


def _delimiter(header: str) -> str:
    """The delimiter that gives the first line the columns that are needed; else the comma."""
    for delimiter in DELIMITERS:
        if _has_columns({name.strip().strip('"').lower() for name in header.split(delimiter)}):
            return delimiter
    return ","


def _has_columns(names: set[str]) -> bool:
    return {*BOX_COLUMNS} <= names or {*POINT_COLUMNS} <= names


def _read_rows(path: Path, reader: csv.DictReader[str], *, decimal_comma: bool) -> dict[str, _Marks]:
    cells: dict[str, _Marks] = {}
    for row in reader:
        name = (row["cell"] or "").strip()
        if not name:
            raise UsageError(tr("Line {line} of {name} names no cell.", line=reader.line_num, name=path.name))
        marks = cells.setdefault(name, _Marks())
        try:
            _add(marks, row, decimal_comma=decimal_comma)
        except ValueError as error:
            raise UsageError(
                tr(
                    "Line {line} of {name} isn't a point or a box: {reason}.",
                    line=reader.line_num,
                    name=path.name,
                    reason=error,
                )
            ) from error
        if len(cells) > MAX_CELLS or len(marks.points) > MAX_POINTS:
            raise UsageError(
                tr(
                    "{name} marks more than {cells:,} cells, or one cell by more than {points:,} points;"
                    " split it or thin it out.",
                    name=path.name,
                    cells=MAX_CELLS,
                    points=MAX_POINTS,
                )
            )
    return cells


def _add(marks: _Marks, row: Mapping[str, str | None], *, decimal_comma: bool) -> None:
    """Add the point or the box of one row.

    Raises:
        ValueError: with the reason, when the row holds neither.
    """

    def number(column: str) -> float:
        return _number(row, column, decimal_comma=decimal_comma)

    if (row.get("x0") or "").strip():
        box = Box.from_corners(Point(number("x0"), number("y0")), Point(number("x1"), number("y1")))
        if box.area == 0:
            raise ValueError(tr("the box is empty"))
        marks.box = box
        return
    label = number("label")
    if label not in (0, 1):
        raise ValueError(tr("label is neither 0 nor 1"))
    marks.points.append(PromptPoint(number("x"), number("y"), positive=label == 1))


def _number(row: Mapping[str, str | None], column: str, *, decimal_comma: bool) -> float:
    text = (row.get(column) or "").strip()
    try:
        value = float(text.replace(",", ".") if decimal_comma else text)
    except ValueError:
        raise ValueError(tr("{column} is '{value}'", column=column, value=_short(text))) from None
    if not math.isfinite(value):
        raise ValueError(tr("{column} is '{value}'", column=column, value=_short(text)))
    return value


def _short(text: str) -> str:
    """A value as a sentence can hold it."""
    return text if len(text) <= 40 else f"{text[:40]}…"
