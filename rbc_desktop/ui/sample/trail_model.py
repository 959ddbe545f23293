"""The audit trail as a model: newest first, only those lines that are looked for."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.case.step_kinds import StepKind
from ...language import mark
from ...workflows.sample.auditing import TrailLine, grouped
from ..look.line_model import LineModel

COLUMNS = (mark("No."), mark("Time"), mark("Who"), mark("What"), mark("Why"), mark("Old → new"))
LOOKED_AT = 1000
"""Lines whose letters are counted at a time."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which lines are shown.

    Attributes:
        kinds: of steps.
        operator: whose steps, "" for those in nobody's name; None for all.
        words: each has to stand in the line, in lower case.
    """

    kinds: frozenset[StepKind] = frozenset(StepKind) - {StepKind.ROUTINE}
    operator: str | None = None
    words: tuple[str, ...] = ()

    def takes(self, line: TrailLine) -> bool:
        """Whether this line is shown."""
        return (
            line.kind in self.kinds
            and (self.operator is None or line.operator == self.operator)
            and (not self.words or line.holds(self.words))
        )


class TrailModel(LineModel):
    """Read only."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, texts=_texts)
        self._lines: list[TrailLine] = []
        self._wanted = TrailFilter()
        self.longest: tuple[str, ...] = ("",) * len(COLUMNS)
        """Of each column the text with the most letters among the newest lines, whether it is shown or not."""

    @property
    def count(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._lines)

    @property
    def shown_rows(self) -> int:
        """How many rows of the trail the shown lines stand for."""
        return sum(line.rows for line in self.shown)

    @property
    def operators(self) -> list[str]:
        """Everybody in whose name a step was taken, in alphabetical order."""
        return sorted({line.operator for line in self._lines}, key=str.casefold)

    def hidden(self, kind: StepKind) -> int:
        """How many lines of this kind are there that the filter leaves out because of it."""
        return 0 if kind in self._wanted.kinds else sum(line.kind is kind for line in self._lines)

    @property
    def head(self) -> str:
        """Head of the newest line, "" without lines."""
        return self._lines[0].head if self._lines else ""

    def add(self, lines: list[TrailLine]) -> None:
        """Put newer lines in front, newest first."""
        self._lines[:0] = lines
        self._filter()
        looked_at = (*lines[:LOOKED_AT], *self.shown[:LOOKED_AT])
        columns = zip(self.longest, *map(_texts, looked_at), strict=True)
        self.longest = tuple(max(texts, key=len) for texts in columns)

    def clear(self) -> None:
        """No lines."""
        self._lines = []
        self.longest = ("",) * len(COLUMNS)
        self._filter()

    def show_only(self, wanted: TrailFilter) -> None:
        """Show these lines from now on."""
        self._wanted = wanted
        self._filter()

    def _filter(self) -> None:
        self.show_lines(grouped(line for line in self._lines if self._wanted.takes(line)))


def _texts(line: TrailLine) -> tuple[str, ...]:
    number = str(line.number) if line.rows == 1 else f"{line.since}–{line.number}"
    return number, line.time, line.operator, line.action, line.reason, line.change
