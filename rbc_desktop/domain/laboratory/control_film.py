"""A microscope's control films: what each measured, which of them make the chart, what the one of a day says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Literal, get_args

from ...language import mark, number
from ...phrases import template
from .control_chart import REJECTIONS, USUAL_BASELINE, Chart, chart_of
from .operator import plain_name

MEASURES: Mapping[str, str] = {
    mark("diameter"): "µm",
    mark("diameter in pixels"): "px",
    mark("optical density"): "",
    mark("pallor"): "",
}
"""Measures and their units, in the order in which they are shown."""

_DECIMALS = {"diameter": 2, "diameter in pixels": 1, "optical density": 3, "pallor": 3}
"""A tenth of what one control film usually differs from the next, or less."""


def value_text(measure: str, value: float, *, is_sd: bool = False) -> str:
    """A value of a measure without its unit: always to the same place, so that values can be compared in a column.

    Args:
        measure: one of `MEASURES`.
        value: in its unit.
        is_sd: whether it is a standard deviation, which is told one place finer.
    """
    return number(value, f",.{_DECIMALS[measure] + is_sd}f")


ControlRule = Literal["off", "warn", "lock"]
"""What a laboratory wants when the control film of the day is missing or has run off."""

CONTROL_RULES: tuple[ControlRule, ...] = get_args(ControlRule)


@dataclass(frozen=True, slots=True)
class Film:
    """One control film.

    Attributes:
        name: of its case.
        instrument: as the details of the sample name it.
        time: when its first cell was measured, ISO 8601 in UTC.
        values: measure to the median over its red cells.
    """

    name: str
    instrument: str
    time: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class KeptFilm:
    """A control film on the laboratory's list.

    Attributes:
        film: what it measured.
        case: stands for its case, so that one film isn't kept twice.
        operator: who added it, "" where nobody said.
        left_out: why it doesn't count; "" while it does.
        anew: why the limits begin anew with it; "" where they go on.
    """

    film: Film
    case: str
    operator: str = ""
    left_out: str = ""
    anew: str = ""

    @property
    def day(self) -> date:
        """The day of its measurement here."""
        return day_of(self.film.time)


VerdictKind = Literal["no instrument", "missing", "run off", "watch", "baseline", "fine"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the control films say of a microscope on a day.

    Attributes:
        kind: of what they say.
        text: one sentence, marked.
    """

    kind: VerdictKind
    text: str

    @property
    def is_problem(self) -> bool:
        """Whether a laboratory that asks for control films doesn't have what it asks for."""
        return self.kind in ("no instrument", "missing", "run off")


def day_of(time: str) -> date:
    """The day of an ISO 8601 time here.

    Raises:
        ValueError: when it is none.
    """
    return datetime.fromisoformat(time).astimezone().date()


def instruments_of(films: Iterable[KeptFilm]) -> tuple[str, ...]:
    """The microscopes that have films, each as its newest film writes it, by name."""
    named = {plain_name(k.film.instrument): k.film.instrument for k in sorted(films, key=lambda k: k.film.time)}
    return tuple(named[key] for key in sorted(named))


def films_of(films: Iterable[KeptFilm], instrument: str, *, until: date | None = None) -> list[KeptFilm]:
    """The films of a microscope that count, oldest first, from the last one with which the limits began anew.

    Args:
        films: of any microscopes.
        instrument: its name, whatever the case of its letters.
        until: no films of later days; None for all.
    """
    wanted = plain_name(instrument)
    own = [k for k in films if plain_name(k.film.instrument) == wanted and not k.left_out]
    own = sorted((k for k in own if until is None or k.day <= until), key=lambda k: k.film.time)
    begins = max((place for place, k in enumerate(own) if k.anew), default=0)
    return own[begins:]


def charts_of(films: Sequence[KeptFilm]) -> dict[str, Chart]:
    """The charts of one microscope's films by measure; none of what too few films have."""
    values = {m: [(k.film.name, k.film.time, k.film.values[m]) for k in films if m in k.film.values] for m in MEASURES}
    charts = {measure: chart_of(points) for measure, points in values.items()}
    return {measure: chart for measure, chart in charts.items() if chart is not None}


_NO_INSTRUMENT = template("The case names no instrument, so no control film belongs to it.")()
_MISSING = template("The control film of {name} of {day} is missing.")
_RUN_OFF = template("The control film of {name} of {day} has run off: {rules}.")


def verdict_of(films: Iterable[KeptFilm], *, instrument: str, day: date) -> Verdict:
    """What the control films say of a microscope on a day, by the films up to that day."""
    name = " ".join(instrument.split())
    if not name:
        return Verdict("no instrument", _NO_INSTRUMENT)
    own = films_of(films, name, until=day)
    if not own or own[-1].day != day:
        return Verdict("missing", _MISSING(name=name, day=str(day)))
    last, charts = own[-1], charts_of(own)
    newest = {measure: chart.last for measure, chart in charts.items()}
    points = {m: p for m, p in newest.items() if p is not None and p.time == last.film.time}
    off = [
        mark("{measure} breaks {rule} ({meaning})", measure=measure, rule=rule, meaning=REJECTIONS[rule])
        for measure, point in points.items()
        for rule in point.broken
        if rule in REJECTIONS
    ]
    film = {"name": name, "day": str(day)}
    if off:
        return Verdict("run off", _RUN_OFF(rules=_listed(off), **film))
    if watched := [measure for measure, point in points.items() if point.broken]:
        measures = _listed(watched)
        text = mark("The control film of {name} of {day} is more than 2 SD off, watch it: {m}.", m=measures, **film)
        return Verdict("watch", text)
    if not points:
        return Verdict(
            "baseline",
            mark(
                "The control film of {name} of {day} is number {number} of the {most} that make its limits.",
                number=len(own),
                most=USUAL_BASELINE,
                **film,
            ),
        )
    return Verdict("fine", mark("The control film of {name} of {day} lies within its limits.", **film))


def _listed(parts: Sequence[str]) -> str:
    """Marked texts one after the other, each of which can still be translated."""
    first, *others = parts
    return reduce(lambda before, part: mark("{before}; {part}", before=before, part=part), others, first)
