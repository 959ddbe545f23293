"""Files of regions of the command line: CSV with a rectangle of slide pixels a row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ...domain.fields.regions import Region
from ...domain.slides.slide_areas import LEAST_SIDE, free_part
from ...errors import UsageError
from ...language import tr
from ..case.values.case_values import LONGEST_SIDE

COLUMNS = ("x", "y", "width", "height")
MAX_BYTES = 2**20
LONGEST_REGION = 8_192
"""Pixels of the longest side of a region; larger areas are given as several, or left to the whole slide."""


def read_regions(path: Path) -> tuple[tuple[str, Region], ...]:
    """Read `x,y,width,height` and, where slides have regions of their own, `image`: pairs of file name and region.

    Without the column `image`, or with an empty value in it, a region holds for every slide (file name "").

    Raises:
        UsageError: when the file is missing, has other columns, or a row is no region; when two overlap.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(
                tr("{name} is larger than {most} MB; give fewer regions.", name=path.name, most=MAX_BYTES // 2**20)
            )
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            tr("The file of regions {name} can't be read; give a CSV file in UTF-8.", name=path.name)
        ) from error
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(COLUMNS) <= set(reader.fieldnames):
        raise UsageError(
            tr("{name} needs the columns {columns} in its first line.", name=path.name, columns=",".join(COLUMNS))
        )
    found: list[tuple[str, Region]] = []
    try:
        for row in reader:
            region = _region(row, line=reader.line_num, name=path.name)
            image = (row.get("image") or "").strip()
            beside = [other for name, other in found if "" in (name, image) or name == image]
            if free_part(region, taken=beside) != region:
                raise UsageError(
                    tr(
                        "Line {line} of {name} overlaps a region before it; a cell would count twice.",
                        line=reader.line_num,
                        name=path.name,
                    )
                )
            found.append((image, region))
    except csv.Error as error:
        raise UsageError(
            tr("Line {line} of {name} can't be read as CSV.", line=reader.line_num + 1, name=path.name)
        ) from error
    if not found:
        raise UsageError(tr("{name} holds no region; add a row for each.", name=path.name))
    return tuple(found)


def _region(row: dict[str, str], *, line: int, name: str) -> Region:
    try:
        x, y, width, height = (int((row[column] or "").strip()) for column in COLUMNS)
    except ValueError:
        raise UsageError(
            tr("Line {line} of {name} needs four whole numbers of pixels.", line=line, name=name)
        ) from None
    if not (0 <= x <= LONGEST_SIDE and 0 <= y <= LONGEST_SIDE):
        raise UsageError(tr("Line {line} of {name} begins outside every slide.", line=line, name=name))
    if not (LEAST_SIDE <= width <= LONGEST_REGION and LEAST_SIDE <= height <= LONGEST_REGION):
        raise UsageError(
            tr(
                "A region has {least} to {most:,} pixels a side; see line {line} of {name}.",
                least=LEAST_SIDE,
                most=LONGEST_REGION,
                line=line,
                name=name,
            )
        )
    return Region(x, y, x + width, y + height)
