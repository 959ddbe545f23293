"""The graded lines of a sample: count, share, interval, suggestion, and what a person confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..domain.blood_count import BloodCount
from ..domain.findings import fragments_are_qualitative
from ..domain.grading import Grading, Rule, Suggestion, grade_of, suggestion
from ..domain.statistics import design_effect, wilson_interval
from ..domain.taxonomy import RED_CELL_CLASSES, CellClass
from .rows import CellRow

Withheld = Mapping[CellClass, str]
"""Classes that could not be assessed in the sample, each with the reason."""

NO_SCALE = "sizes need a calibration of every field"
QUALITATIVE = "seen among many other poikilocytes: a remark, no percentage (ICSH)"
NO_SHARES = "graded by the blood count"


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One line of the report.

    Attributes:
        name: a class, or a group of them.
        classes: names of the classes whose cells it counts.
        count, total: its cells, and the red cells that they are a share of.
        share, low, high: the share and its 95 % interval, 0 to 1; None without red cells, and where the line has no
            percentage.
        suggested: what the numbers suggest; None for a line that the scheme doesn't grade.
        confirmed: the grade that a person set, or None.
        remark: why the line has no grade or no percentage, or what its grade rests on; else "".
        withheld: the line could not be assessed; `remark` says why.
    """

    name: str
    classes: tuple[str, ...]
    count: int
    total: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    suggested: Suggestion | None = None
    confirmed: str | None = None
    remark: str = ""
    withheld: bool = False

    @property
    def grade(self) -> str | None:
        """The grade that stands: the confirmed one, else the suggested one, else None."""
        if self.confirmed is not None:
            return self.confirmed
        return None if self.suggested is None else self.suggested.grade


@dataclass(frozen=True, slots=True)
class _Counts:
    """Cells per field: of each class, and all red cells."""

    totals: tuple[int, ...]
    by_class: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[CellRow]) -> _Counts:
        red = [r for r in rows if r.counted and r.cell_class in RED_CELL_CLASSES]
        fields = list(dict.fromkeys(r.field_id for r in red))
        place = {number: index for index, number in enumerate(fields)}
        counts = {c.value: [0] * len(fields) for c in RED_CELL_CLASSES}
        totals = [0] * len(fields)
        for row in red:
            assert row.cell_class is not None
            counts[row.cell_class.value][place[row.field_id]] += 1
            totals[place[row.field_id]] += 1
        return cls(tuple(totals), {name: tuple(values) for name, values in counts.items()})

    def of_classes(self, names: Sequence[str]) -> tuple[int, ...]:
        known = [self.by_class[name] for name in names if name in self.by_class]
        return tuple(sum(values[place] for values in known) for place in range(len(self.totals)))


def grade_lines(
    rows: Sequence[CellRow], grading: Grading, *, calibrated: bool, withheld: Withheld | None = None
) -> tuple[GradeLine, ...]:
    """One line for each rule of the scheme, then one for each class that it doesn't grade and that occurs.

    Args:
        rows: of all cells.
        grading: scheme, confirmed grades, blood count.
        calibrated: every counted field has a scale.
        withheld: classes that could not be assessed.
    """
    counts, withheld = _Counts.of(rows), withheld or {}
    rules = () if grading.scheme is None else grading.scheme.rules
    lines = [_graded(rule, counts, grading, calibrated=calibrated, withheld=withheld) for rule in rules]
    graded = {name for rule in rules for name in rule.classes}
    for cell_class in RED_CELL_CLASSES:
        name = cell_class.value
        if name not in graded and (any(counts.of_classes((name,))) or cell_class in withheld):
            lines.append(_plain(name, (name,), counts, grading, withheld))
    return tuple(lines)


def elongated_line(rows: Sequence[CellRow]) -> GradeLine:
    """Ovalocytes and elliptocytes as one line: in daily practice the names are interchangeable."""
    classes = (CellClass.OVALOCYTE.value, CellClass.ELLIPTOCYTE.value)
    return _plain("ovalocytes and elliptocytes", classes, _Counts.of(rows), Grading(), {})


def shares_of(lines: Sequence[GradeLine]) -> dict[CellClass, float]:
    """Share of each class that has a line of its own and could be assessed."""
    known = {c.value: c for c in CellClass}
    return {
        known[line.classes[0]]: line.count / line.total
        for line in lines
        if len(line.classes) == 1 and line.classes[0] in known and line.total and not line.withheld
    }


def _plain(name: str, classes: tuple[str, ...], counts: _Counts, grading: Grading, withheld: Withheld) -> GradeLine:
    """A line without a suggested grade."""
    by_field = counts.of_classes(classes)
    count, total = sum(by_field), sum(counts.totals)
    confirmed = grading.confirmed_grade(name)
    reason = _withheld(classes, withheld)
    if reason or not total:
        return GradeLine(name, classes, count, total, confirmed=confirmed, remark=reason, withheld=bool(reason))
    effect = design_effect(by_field, counts.totals)
    low, high = wilson_interval(count, total, effective=total / effect)
    return GradeLine(name, classes, count, total, count / total, low, high, confirmed=confirmed)


def _graded(rule: Rule, counts: _Counts, grading: Grading, *, calibrated: bool, withheld: Withheld) -> GradeLine:
    if rule.measure != "share":
        return _by_blood_count(rule, counts, grading, withheld)
    line = _plain(rule.line, rule.classes, counts, grading, withheld)
    if line.withheld or line.share is None:
        return line
    no_percentage = replace(line, share=None, low=None, high=None)
    if rule.is_size and not calibrated:
        return replace(no_percentage, remark=NO_SCALE, withheld=True)
    if rule.classes == (CellClass.SCHISTOCYTE.value,) and fragments_are_qualitative(_all_shares(counts)):
        return replace(no_percentage, remark=QUALITATIVE)
    effect = design_effect(counts.of_classes(rule.classes), counts.totals)
    found = suggestion(rule, count=line.count, total=line.total, effect=effect)
    return replace(line, suggested=found, remark=found.reason)


def _by_blood_count(rule: Rule, counts: _Counts, grading: Grading, withheld: Withheld) -> GradeLine:
    """A grade that the blood count decides; the film's share stands beside it where there is one."""
    value = _value(grading.blood_count, rule.measure)
    line = _plain(rule.line, rule.classes, counts, grading, withheld if value is None else {})
    if value is None:
        grade, remark = None, f"needs {rule.measure} of the blood count"
    else:
        grade, remark = grade_of(value, rule.steps), f"{NO_SHARES}: {rule.measure} {value:g}"
    found = Suggestion(grade, grade, grade, "" if value is not None else remark)
    line = replace(line, suggested=found, remark=remark)
    return line if rule.classes else replace(line, count=0, share=None, low=None, high=None)


def _value(count: BloodCount, measure: str) -> float | None:
    return {"MCV": count.mcv, "MCH": count.mch, "MCHC": count.mchc, "RDW": count.rdw}[measure]


def _all_shares(counts: _Counts) -> dict[CellClass, float]:
    total = sum(counts.totals)
    return {c: sum(counts.of_classes((c.value,))) / total for c in RED_CELL_CLASSES} if total else {}


def _withheld(classes: Sequence[str], withheld: Withheld) -> str:
    return next((reason for c, reason in withheld.items() if c.value in classes), "")
