"""Compares the numbers that documents quote with ``docs/measured.json``.

``.venv/bin/python build/texts/quoted_numbers.py``

``docs/quotes.toml`` lists the quoted passages, with a placeholder where the document has a measured number. Prints what
differs and ends with status 1; ``--write`` mends the documents. The values themselves are written by the commands that
measure them (``make bench ARGS=--write``, ``make evaluate ARGS=--write`` …); a section names its own.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"\{(\w+)\.(\w+)(?:\*([\d.]+))?:([^}]*)\}")
GERMAN_MARKS = str.maketrans(".,", ",.")
"""Decimal comma and point between thousands, as documents in a folder ``de`` have them."""
NUMBER = r"-?\d(?:[\d.,]*\d)?"


@dataclass(frozen=True)
class Quoted:
    """One number of a document.

    Attributes:
        name: section and key of the measured value.
        start, end: where the number stands in the document.
        says: the number as the document has it.
        measured: the number as it was measured, in the same form.
    """

    name: str
    start: int
    end: int
    says: str
    measured: str


class Book:
    """Documents, the passages that quote measured values, and the values.

    Args:
        root: the folder that holds the documents and ``docs/``.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.measured = json.loads((root / "docs" / "measured.json").read_text(encoding="utf-8"))
        listed = tomllib.loads((root / "docs" / "quotes.toml").read_text(encoding="utf-8"))
        self.passages: dict[str, list[str]] = listed["passages"]
        self.columns: list[Mapping[str, str]] = listed["columns"]
        self.paragraphs: list[Mapping[str, Any]] = listed["paragraphs"]
        self.tables: dict[str, str] = listed["tables"]

    def text(self, document: str) -> str:
        """A document's text."""
        return (self.root / document).read_text(encoding="utf-8")

    def quoted(self, document: str) -> list[Quoted]:
        """Every quoted number of a document, in the order of its passages.

        Raises:
            ValueError: when a passage does not stand in the document exactly once.
        """
        text, found = self.text(document), []
        for passage in self.passages.get(document, []):
            places = list(re.finditer(as_pattern(passage), text))
            if len(places) != 1:
                raise ValueError(
                    f"{document} has {len(places)} times: {passage!r}; change docs/quotes.toml with the text."
                )
            for number, match in enumerate(PLACEHOLDER.finditer(passage), start=1):
                start, end = places[0].span(number)
                found.append(Quoted(f"{match[1]}.{match[2]}", start, end, text[start:end], self._form(match, document)))
        return found

    def differences(self) -> list[str]:
        """One sentence per number or table row that is not the measured one."""
        wrong = [
            f"{document} says {q.says} for {q.name}, measured {q.measured}"
            for document in self.passages
            for q in self.quoted(document)
            if q.says != q.measured
        ]
        for section, document in self.tables.items():
            lines = set(self.text(document).splitlines())
            rows = [row for part in self.measured[section].get("tables", {}).values() for row in part]
            wrong += [f"{document} lacks the measured row {row}" for row in rows if row not in lines]
        return wrong

    def uncovered(self) -> list[str]:
        """One sentence per number that stands among measured ones and is in no passage."""
        found = []
        for column in self.columns:
            found += self._uncovered(
                column["document"], _column(self.text(column["document"]), column["column"]), set()
            )
        for paragraph in self.paragraphs:
            text = self.text(paragraph["document"])
            spans = [m.span() for m in re.finditer(rf"{re.escape(paragraph['begins'])}.*?(?=\n\n|\Z)", text, re.DOTALL)]
            found += self._uncovered(paragraph["document"], spans, set(paragraph["constants"]))
        return found

    def mend(self, document: str) -> bool:
        """Write the measured numbers into a document; whether anything changed."""
        text = self.text(document)
        for quote in sorted(self.quoted(document), key=lambda q: q.start, reverse=True):
            text = text[: quote.start] + quote.measured + text[quote.end :]
        changed = text != self.text(document)
        if changed:
            (self.root / document).write_text(text, encoding="utf-8")
        return changed

    def _uncovered(self, document: str, spans: list[tuple[int, int]], constants: set[str]) -> list[str]:
        text, quoted = self.text(document), self.quoted(document)
        numbers = [(n.start() + start, n[0]) for start, end in spans for n in re.finditer(NUMBER, text[start:end])]
        return [
            f"{document}: {number} in line {text.count(chr(10), 0, at) + 1} is in no passage of docs/quotes.toml"
            for at, number in numbers
            if number not in constants and not any(q.start <= at < q.end for q in quoted)
        ]

    def _form(self, placeholder: re.Match[str], document: str) -> str:
        section, key, factor, form = placeholder.groups()
        value = Decimal(str(self.measured[section]["values"][key])) * Decimal(factor or 1)
        with localcontext(rounding=ROUND_HALF_UP):
            text = format(value, form)
        return text.translate(GERMAN_MARKS) if Path(document).parent.name == "de" else text


def as_pattern(passage: str) -> str:
    """A regular expression of a passage: numbers at the placeholders, any white space at blanks."""
    pieces = PLACEHOLDER.split(passage)
    texts = [re.sub(r"(?:\\? |\\\n)+", r"\\s+", re.escape(piece)) for piece in pieces[::5]]
    return f"({NUMBER})".join(texts)


def _column(text: str, heading: str) -> list[tuple[int, int]]:
    """Where the cells of a table's column lie, in every table that has it."""
    spans, number, at = [], None, 0
    for line in text.splitlines(keepends=True):
        cells = line.split("|")
        if not line.startswith("|"):
            number = None
        elif number is None:
            names = [cell.strip() for cell in cells]
            number = names.index(heading) if heading in names else None
        elif number < len(cells):
            start = at + sum(len(cell) + 1 for cell in cells[:number])
            spans.append((start, start + len(cells[number])))
        at += len(line)
    return spans


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="mend the documents")
    book = Book()
    if parser.parse_args().write:
        for document in book.passages:
            if book.mend(document):
                print(f"{document} was mended")
    problems = [*book.differences(), *book.uncovered()]
    print("\n".join(problems) or "every quoted number is the measured one")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
