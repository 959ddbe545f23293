"""The audit trail as a model: newest first, only those lines that hold every searched word."""

from __future__ import annotations

from ...language import mark
from ...workflows.sample.auditing import TrailLine
from ..look.line_model import LineModel

COLUMNS = (mark("No."), mark("Time"), mark("Who"), mark("What"), mark("Why"), mark("Old → new"))
LOOKED_AT = 1000
"""Lines whose letters are counted at a time."""


class TrailModel(LineModel):
    """Read only."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, texts=_texts)
        self._lines: list[TrailLine] = []
        self._words: tuple[str, ...] = ()
        self.longest: tuple[str, ...] = ("",) * len(COLUMNS)
        """Of each column the text with the most letters among the newest lines, whether it is shown or not."""

    @property
    def count(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._lines)

    @property
    def head(self) -> str:
        """Head of the newest line, "" without lines."""
        return self._lines[0].head if self._lines else ""

    def add(self, lines: list[TrailLine]) -> None:
        """Put newer lines in front, newest first."""
        self._lines[:0] = lines
        columns = zip(self.longest, *map(_texts, lines[:LOOKED_AT]), strict=True)
        self.longest = tuple(max(texts, key=len) for texts in columns)
        self._filter()

    def clear(self) -> None:
        """No lines."""
        self._lines = []
        self.longest = ("",) * len(COLUMNS)
        self._filter()

    def search(self, text: str) -> None:
        """Show the lines that hold every word of this text, in any case of letters."""
        self._words = tuple(text.casefold().split())
        self._filter()

    def _filter(self) -> None:
        self.show_lines([line for line in self._lines if line.holds(self._words)] if self._words else list(self._lines))


def _texts(line: TrailLine) -> tuple[str, ...]:
    return str(line.number), line.time, line.operator, line.action, line.reason, line.change
