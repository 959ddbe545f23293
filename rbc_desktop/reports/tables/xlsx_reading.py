"""Reading a workbook back: what stands in the cells of each sheet. Enough for what `xlsx_report` and Excel write."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

Sheet = dict[tuple[int, int], str]
"""What stands at row and column, both from 0; a number as it is written."""

MOST_BYTES = 200_000_000
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


def read_workbook(path: Path) -> list[Sheet]:
    """The sheets in their order.

    Raises:
        OSError: when the file can't be read.
        ValueError: when it is no workbook.
    """
    try:
        with zipfile.ZipFile(path) as book:
            names = sorted(
                (name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
                key=lambda name: int(re.sub(r"\D", "", name)),
            )
            strings = _strings(book)
            return [_sheet(_parsed(book, name), strings) for name in names]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, RecursionError) as error:
        raise ValueError("no workbook") from error


def _parsed(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if book.getinfo(name).file_size > MOST_BYTES:
        raise ValueError("too large")
    return ElementTree.fromstring(book.read(name))


def _strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    found = _parsed(book, "xl/sharedStrings.xml").iter(f"{_SPACE}si")
    return ["".join(text.text or "" for text in one.iter(f"{_SPACE}t")) for one in found]


def _sheet(root: ElementTree.Element, strings: list[str]) -> Sheet:
    sheet: Sheet = {}
    for cell in root.iter(f"{_SPACE}c"):
        place, value = _PLACE.match(cell.get("r", "")), cell.findtext(f"{_SPACE}v")
        if place is None:
            raise ValueError("a cell without a place")
        if cell.get("t") == "s":
            value = strings[int(value or 0)]
        elif cell.get("t") == "inlineStr":
            value = "".join(text.text or "" for text in cell.iter(f"{_SPACE}t"))
        if value:
            sheet[int(place[2]) - 1, _column(place[1])] = value
    return sheet


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def place_name(place: tuple[int, int]) -> str:
    """As a spreadsheet calls it: B7."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
