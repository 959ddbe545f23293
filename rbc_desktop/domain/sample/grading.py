"""Grades: a scheme's limits, and the grade that they suggest for a value. The confirmed grade is a person's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ...language import mark
from ..statistics import wilson_interval
from .blood_count import BloodCount

Comparison = Literal["at least", "above", "below", "at most"]

Measure = Literal["share", "MCV", "MCH", "MCHC", "RDW"]
"""What a rule looks at: the class's share of the red cells in percent, or a value of the blood count."""


@dataclass(frozen=True, slots=True)
class Step:
    """One grade and the limit from which it holds, e.g. ``Step("3+", "above", 20.0)``."""

    grade: str
    comparison: Comparison
    limit: float

    def holds(self, value: float) -> bool:
        """Whether a value has reached this grade."""
        match self.comparison:
            case "at least":
                return value >= self.limit
            case "above":
                return value > self.limit
            case "below":
                return value < self.limit
            case "at most":
                return value <= self.limit


@dataclass(frozen=True, slots=True)
class Rule:
    """How one line of the report is graded.

    Attributes:
        line: name of the line: a class of the taxonomy, or a group of them.
        classes: names of the classes whose cells it counts.
        steps: from the slightest grade to the most marked; the last that holds is the grade.
        measure: what the limits are about.
        least_cells: red cells that must be counted before a grade is suggested.
        is_size: the grade is about size, so it needs a calibration unless the blood count gives the value.
    """

    line: str
    classes: tuple[str, ...]
    steps: tuple[Step, ...]
    measure: Measure = "share"
    least_cells: int = 0
    is_size: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """A versioned table of grade limits.

    Attributes:
        name, version: as printed on the report.
        source: where the limits come from.
        note: what its reader has to know, e.g. that it must be verified; may be empty.
        rules: one per line, in the order of the report. Empty: percentages only.
    """

    name: str
    version: str
    source: str
    note: str
    rules: tuple[Rule, ...]

    @property
    def title(self) -> str:
        """Name and version."""
        return mark("{name}, version {version}", name=self.name, version=self.version)


@dataclass(frozen=True, slots=True)
class Grading:
    """How a sample is graded.

    Attributes:
        scheme: with all its limits, so that the case can be read when the file of the scheme has changed; None before
            one is chosen.
        confirmed: line of the report and the grade that a person set for it, in the order in which they were set.
        blood_count: what the analyser measured.
    """

    scheme: Scheme | None = None
    confirmed: tuple[tuple[str, str], ...] = ()
    blood_count: BloodCount = field(default_factory=BloodCount)

    def confirmed_grade(self, line: str) -> str | None:
        """What a person set for this line, or None."""
        return dict(self.confirmed).get(line)

    def with_grade(self, line: str, grade: str | None) -> Grading:
        """The grading in which a person set this grade, or took it back."""
        others = tuple(pair for pair in self.confirmed if pair[0] != line)
        return replace(self, confirmed=others if grade is None else (*others, (line, grade)))


def overridden(old: Grading, new: Grading) -> tuple[str, ...]:
    """The lines whose confirmed grade is another in the new grading, or is none any more."""
    after = dict(new.confirmed)
    return tuple(line for line, grade in old.confirmed if after.get(line) != grade)


NO_GRADE = mark("not graded")
"""What a value is called that reaches no grade of its rule."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the numbers suggest for one line.

    Attributes:
        grade: the suggested grade, `NO_GRADE` below every limit; None where no grade may be suggested.
        low, high: the grades at both ends of the interval; both are `grade` when it is None.
        reason: why no grade may be suggested, to be `told`, else empty.
        more_cells: about how many more red cells narrow the interval until it spans no limit, or reach the least
            number; 0 when enough are counted, None when no reasonable number would do.
    """

    grade: str | None
    low: str | None
    high: str | None
    reason: str = ""
    more_cells: int | None = 0

    @property
    def is_borderline(self) -> bool:
        """Whether the interval spans a limit."""
        return self.low != self.high


def grade_of(value: float, steps: Sequence[Step]) -> str:
    """The grade that this value reaches: that of the last step that holds, `NO_GRADE` when none does."""
    reached: str = NO_GRADE
    for step in steps:
        if step.holds(value):
            reached = step.grade
    return reached


def suggestion(rule: Rule, *, count: int, total: int, effect: float = 1.0) -> Suggestion:
    """What a line's share suggests.

    Args:
        rule: with `measure` "share".
        count: cells of the line's classes.
        total: red cells that were counted.
        effect: the design effect, at least 1: how much less the cells tell because fields are not independent.
    """
    if total <= 0:
        return Suggestion(None, None, None, mark("no red cell is counted"), rule.least_cells or None)
    if total < rule.least_cells:
        reason = mark("fewer than {cells:,} red cells", cells=rule.least_cells)
        return Suggestion(None, None, None, reason, rule.least_cells - total)
    low, high = wilson_interval(count, total, effective=total / effect)
    grades = [grade_of(100 * share, rule.steps) for share in (count / total, low, high)]
    more = 0 if grades[1] == grades[2] else _more_cells(rule.steps, share=count / total, total=total, effect=effect)
    return Suggestion(grades[0], grades[1], grades[2], more_cells=more)


MOST_CELLS = 20_000
"""A sum that nobody counts further than: beyond it a line stays borderline."""


def _more_cells(steps: Sequence[Step], *, share: float, total: int, effect: float) -> int | None:
    """About how many more cells it takes, if the share stays, until the interval spans no limit."""

    def is_settled(cells: int) -> bool:
        low, high = wilson_interval(round(share * cells), cells, effective=cells / effect)
        return grade_of(100 * low, steps) == grade_of(100 * high, steps)

    if not is_settled(MOST_CELLS):
        return None
    few, many = total, MOST_CELLS
    while many - few > 10:
        middle = (few + many) // 2
        few, many = (few, middle) if is_settled(middle) else (middle, many)
    return 10 * math.ceil((many - total) / 10)
