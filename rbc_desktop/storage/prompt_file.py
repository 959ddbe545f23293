"""Prompt files of the command line: CSV with points or boxes, one or several rows a cell."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..domain.geometry import Box, Point
from ..domain.prompts import PromptPoint, PromptSet
from ..errors import UsageError

POINT_COLUMNS = ("cell", "x", "y", "label")
BOX_COLUMNS = ("cell", "x0", "y0", "x1", "y1")


@dataclass(frozen=True, slots=True, eq=False)
class PromptedCell:
    """One cell of a prompt file.

    Attributes:
        name: its text in the column `cell`.
        prompts: its points or box, field pixels.
    """

    name: str
    prompts: PromptSet


def read_prompts(path: Path) -> list[PromptedCell]:
    """Read `cell,x,y,label` (label 1 positive, 0 negative) or `cell,x0,y0,x1,y1`, cells in order of first appearance.

    Raises:
        UsageError: when the file is missing, has other columns, a value is no number, or a cell has no positive point.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The prompt file {path.name} can't be read; give a CSV file in UTF-8.") from error
    reader = csv.DictReader(text.splitlines())
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if not {*BOX_COLUMNS} <= {*reader.fieldnames} and not {*POINT_COLUMNS} <= {*reader.fieldnames}:
        raise UsageError(
            f"{path.name} needs the columns {','.join(POINT_COLUMNS)} or {','.join(BOX_COLUMNS)} in its first line."
        )
    cells: dict[str, PromptSet] = {}
    for row in reader:
        name = (row["cell"] or "").strip()
        if not name:
            raise UsageError(f"Line {reader.line_num} of {path.name} names no cell.")
        try:
            cells[name] = _extended(cells.get(name, PromptSet()), row)
        except ValueError as error:
            raise UsageError(f"Line {reader.line_num} of {path.name} isn't a point or a box: {error}.") from error
    for name, prompts in cells.items():
        if prompts.is_empty:
            raise UsageError(f"Cell {name} in {path.name} has no positive point and no box; add one.")
    return [PromptedCell(name, prompts) for name, prompts in cells.items()]


def _extended(prompts: PromptSet, row: Mapping[str, str | None]) -> PromptSet:
    """The prompts with those of one row added.

    Raises:
        ValueError: with the reason, when the row holds neither.
    """
    if (row.get("x0") or "").strip():
        x0, y0, x1, y1 = (_number(row, column) for column in BOX_COLUMNS[1:])
        box = Box.from_corners(Point(x0, y0), Point(x1, y1))
        if box.area == 0:
            raise ValueError("the box is empty")
        return prompts.with_box(box)
    label = _number(row, "label")
    if label not in (0, 1):
        raise ValueError("label is neither 0 nor 1")
    return prompts.with_point(PromptPoint(_number(row, "x"), _number(row, "y"), positive=label == 1))


def _number(row: Mapping[str, str | None], column: str) -> float:
    text = (row.get(column) or "").strip()
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{column} is '{text}'") from None
    if not math.isfinite(value):
        raise ValueError(f"{column} is '{text}'")
    return value
