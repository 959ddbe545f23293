"""The graded lines of a sample: count, share, interval, suggestion, and what a person confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...domain.classes.assessability import NO_CALIBRATION
from ...domain.classes.taxonomy import RED_CELL_CLASSES, CellClass, in_display_order, is_red_cell
from ...domain.sample.blood_count import BloodCount
from ...domain.sample.findings import fragments_are_qualitative
from ...domain.sample.grading import Grading, Rule, Suggestion, grade_of, suggestion
from ...domain.statistics import LEAST_CLUSTERS, design_effect, wilson_interval
from ...language import mark
from ...phrases import joined
from .rows import CellRow

Withheld = Mapping[int, Mapping[CellClass, str]]
"""By field: the classes that can't be told there, each with the reason; see `domain.classes.assessability`."""

ELONGATED = mark("ovalocytes and elliptocytes")
"""In daily practice the names are interchangeable, so beside both lines stands one that holds them together."""

QUALITATIVE = mark("seen among many other poikilocytes: a remark, no percentage (ICSH)")
NO_SHARES = mark("graded by the blood count")

BUNDLED_TEXTS = (
    mark("anisocytosis"),
    mark(
        "Written down from memory of Table 1 of the paper: verify against the primary source before you rely on a"
        " limit."
    ),
    mark("Shares with their intervals, no grades."),
    mark(
        "Graded by the blood count, which must be compatible with the film; where two grades share a limit, the more"
        " marked one begins at it."
    ),
)
"""What the schemes that ship say beside names of classes, for `told`."""


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
        fields: lowest and highest share in a field, 0 to 1; None with few fields, and where no cell is of the line.
        widened: the fields differ more than chance has it, so that the interval is wider than Wilson's.
        cell_class: the class that it is named for, None for a group and for an own class that no cell has.
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
    fields: tuple[float, float] | None = None
    widened: bool = False
    cell_class: CellClass | None = None

    @property
    def grade(self) -> str | None:
        """The grade that stands: the confirmed one, else the suggested one, else None."""
        if self.confirmed is not None:
            return self.confirmed
        return None if self.suggested is None else self.suggested.grade


@dataclass(frozen=True, slots=True)
class _Counts:
    """Cells per field: of each class, and all red cells; and what can't be told where.

    A field whose counted red cells a person has all seen tells every class but those of size, which the eye can't judge
    without a scale.
    """

    fields: tuple[int, ...]
    totals: tuple[int, ...]
    by_class: Mapping[CellClass, tuple[int, ...]]
    withheld: Withheld

    @classmethod
    def of(cls, rows: Sequence[CellRow], withheld: Withheld) -> _Counts:
        red = [r for r in rows if r.counted and (is_red_cell(r.cell_class) or r.not_assessable)]
        fields = tuple(dict.fromkeys(r.field_id for r in red))
        place = {number: index for index, number in enumerate(fields)}
        classes = in_display_order((*RED_CELL_CLASSES, *(r.cell_class for r in red if r.cell_class is not None)))
        counts = {c: [0] * len(fields) for c in classes}
        totals = [0] * len(fields)
        for row in red:
            if row.cell_class is not None:
                counts[row.cell_class][place[row.field_id]] += 1
                totals[place[row.field_id]] += 1
        unseen = {row.field_id for row in red if not row.reviewed}
        untold = {
            number: {c: why for c, why in classes.items() if number in unseen or why == NO_CALIBRATION}
            for number, classes in withheld.items()
        }
        return cls(fields, tuple(totals), {c: tuple(values) for c, values in counts.items()}, untold)

    def of_classes(self, names: Sequence[str]) -> tuple[tuple[int, ...], tuple[int, ...], str]:
        """Cells of these classes and all red cells, per field that tells all of them; and why others don't."""
        known = [values for c, values in self.by_class.items() if c.value in names]
        reasons = [self._reason(number, names) for number in self.fields]
        told = [place for place, reason in enumerate(reasons) if not reason]
        counts = tuple(sum(values[place] for values in known) for place in told)
        return counts, tuple(self.totals[place] for place in told), next(filter(None, reasons), "")

    def _reason(self, number: int, names: Sequence[str]) -> str:
        return next((reason for c, reason in self.withheld.get(number, {}).items() if c.value in names), "")


def grade_lines(
    rows: Sequence[CellRow], grading: Grading, *, withheld: Withheld | None = None
) -> tuple[GradeLine, ...]:
    """One line for each rule of the scheme, then one for each class that it doesn't grade and that occurs.

    Last comes `ELONGATED`, where both of its classes occur and the scheme has no line for the two.

    Args:
        rows: of all cells.
        grading: scheme, confirmed grades, blood count.
        withheld: what can't be told on which field; such fields count neither above nor below the line of a share.
    """
    counts = _Counts.of(rows, withheld or {})
    rules = () if grading.scheme is None else grading.scheme.rules
    lines = [_graded(rule, counts, grading) for rule in rules]
    graded = {name for rule in rules for name in rule.classes}
    for cell_class, by_field in counts.by_class.items():
        if cell_class.value not in graded and any(by_field):
            lines.append(_plain(cell_class.value, (cell_class.value,), counts, grading))
    both = (CellClass.OVALOCYTE, CellClass.ELLIPTOCYTE)
    names = {c.value for c in both}
    if all(any(counts.by_class[c]) for c in both) and not any(names <= set(rule.classes) for rule in rules):
        lines.append(_plain(ELONGATED, tuple(c.value for c in both), counts, grading))
    return tuple(lines)


def fields_text(line: GradeLine) -> str:
    """How far the fields differ, as a marked sentence; "" where that isn't known."""
    if line.fields is None:
        return ""
    low, high = (100 * share for share in line.fields)
    if line.widened:
        return mark("{low:.1f} to {high:.1f} % by field, interval widened", low=low, high=high)
    return mark("{low:.1f} to {high:.1f} % by field", low=low, high=high)


def shares_of(lines: Sequence[GradeLine]) -> dict[CellClass, float]:
    """Share of each class that has a line of its own and could be assessed."""
    return {
        line.cell_class: line.count / line.total
        for line in lines
        if line.cell_class is not None and line.classes == (line.name,) and line.total and not line.withheld
    }


def _plain(name: str, classes: tuple[str, ...], counts: _Counts, grading: Grading) -> GradeLine:
    """A line without a suggested grade."""
    by_field, totals, reason = counts.of_classes(classes)
    count, total = sum(by_field), sum(totals)
    named = next((c for c in counts.by_class if c.value == name), None)
    line = GradeLine(name, classes, count, total, confirmed=grading.confirmed_grade(name), cell_class=named)
    if not totals and reason:
        return replace(line, remark=mark("not assessable: {reason}", reason=reason), withheld=True)
    if not total:
        return line
    effect = design_effect(by_field, totals)
    low, high = wilson_interval(count, total, effective=total / effect)
    told = ""
    if reason:
        told = mark("told in {count} of {fields} fields", count=len(totals), fields=len(counts.fields))
    shares = [n / of for n, of in zip(by_field, totals, strict=True) if of]
    fields = (min(shares), max(shares)) if count and len(shares) >= LEAST_CLUSTERS else None
    return replace(line, share=count / total, low=low, high=high, remark=told, fields=fields, widened=effect > 1)


def _graded(rule: Rule, counts: _Counts, grading: Grading) -> GradeLine:
    if rule.measure != "share":
        return _by_blood_count(rule, counts, grading)
    line = _plain(rule.line, rule.classes, counts, grading)
    if line.share is None:
        return line
    if rule.classes == (CellClass.SCHISTOCYTE.value,) and fragments_are_qualitative(_all_shares(counts)):
        return replace(line, share=None, low=None, high=None, fields=None, remark=QUALITATIVE)
    by_field, totals, _ = counts.of_classes(rule.classes)
    found = suggestion(rule, count=line.count, total=line.total, effect=design_effect(by_field, totals))
    return replace(line, suggested=found, remark=joined("; ", (found.reason, line.remark)))


def _by_blood_count(rule: Rule, counts: _Counts, grading: Grading) -> GradeLine:
    """A grade that the blood count decides; the film's share stands beside it where there is one."""
    value = _value(grading.blood_count, rule.measure)
    line = _plain(rule.line, rule.classes, counts, grading)
    if value is None:
        found = Suggestion(None, None, None, mark("needs {measure} of the blood count", measure=rule.measure))
        line = replace(line, suggested=found, remark=found.reason)
    else:
        grade = grade_of(value, rule.steps)
        remark = mark("{basis}: {measure} {value:g}", basis=NO_SHARES, measure=rule.measure, value=value)
        line = replace(line, suggested=Suggestion(grade, grade, grade), remark=remark, withheld=False)
    return line if rule.classes else replace(line, count=0, share=None, low=None, high=None, fields=None)


def _value(count: BloodCount, measure: str) -> float | None:
    return {"MCV": count.mcv, "MCH": count.mch, "MCHC": count.mchc, "RDW": count.rdw}[measure]


def _all_shares(counts: _Counts) -> dict[CellClass, float]:
    total = sum(counts.totals)
    return {c: sum(values) / total for c, values in counts.by_class.items()} if total else {}
