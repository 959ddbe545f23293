"""What a case of the control film measures, and where persons overrule the classifier."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...domain import clock
from ...domain.case.case import Case
from ...domain.cells.cell import Measurements
from ...domain.classes.taxonomy import is_red_cell
from ...domain.laboratory.control_film import Film, KeptFilm, day_of
from ...domain.sample.sign_off import is_locked
from ...domain.statistics import median, wilson_interval
from ...errors import LabListError
from ...language import tr
from ...reports.exchange.training_fields import case_hash

LEAST_CELLS = 50
"""Red cells of a film below which its medians say too little."""

LONGEST_NAME = 200


def film_of(case: Case, *, name: str, camera: str = "") -> Film | None:
    """The film of a case; None with fewer than `LEAST_CELLS` measured red cells.

    Args:
        case: of the control film.
        name: of the film on charts.
        camera: see `microscope_of`.
    """
    measured: list[tuple[Measurements, float | None]] = []
    times = []
    for cell in case.cells.values():
        analysis, field = case.analysis_of(cell), case.fields[cell.field_id]
        if analysis is None or not cell.is_counted or field.left_out or not is_red_cell(case.shown_class_of(cell)):
            continue
        measured.append((analysis.measurements, None if field.calibration is None else field.calibration.um_per_px))
        if analysis.made is not None:
            times.append(analysis.made)
    if len(measured) < LEAST_CELLS or not times:
        return None
    scales = [scale for _, scale in measured if scale is not None]
    sizes = [m.diameter_px * s for m, s in measured if s is not None]
    found = {
        "diameter": median(sizes) if len(scales) == len(measured) else None,
        "diameter in pixels": None if scales else median([m.diameter_px for m, _ in measured]),
        "optical density": median([m.mean_density for m, _ in measured]),
        "pallor": median([m.pallor_ratio for m, _ in measured]),
    }
    values = {measure: value for measure, value in found.items() if value is not None}
    return Film(name, microscope_of(case, camera=camera), min(times).isoformat(), values)


def microscope_of(case: Case, *, camera: str = "") -> str:
    """By which name a case's microscope is known: as the details say, else the camera that its image states."""
    return " ".join((case.identity.instrument.strip() or camera).split())


def with_film(
    films: Sequence[KeptFilm], case: Case, *, name: str, camera: str = "", operator: str = ""
) -> tuple[KeptFilm, ...]:
    """The list with the film of a case, in place of an earlier entry of the same film.

    Raises:
        LabListError: when the case can't be a control film, with the reason.
    """
    film = film_of(case, name=" ".join(name.split())[:LONGEST_NAME], camera=camera)
    if film is None:
        raise LabListError(
            tr(
                "A control film needs {least} measured red cells that count; segment more fields of it first.",
                least=LEAST_CELLS,
            )
        )
    if not film.instrument:
        raise LabListError(
            tr("The case names no instrument; fill in Instrument first (Report › Sample and grades…, Details).")
        )
    film = replace(film, instrument=film.instrument[:LONGEST_NAME])
    kept = KeptFilm(film, case_hash(case), operator)
    others = (each for each in films if each.case != kept.case)
    return tuple(sorted((*others, kept), key=lambda each: each.film.time))


def with_note(films: Sequence[KeptFilm], case: str, *, left_out: str = "", anew: str = "") -> tuple[KeptFilm, ...]:
    """The list in which the film of this case is left out, or begins the limits anew, or does neither."""
    return tuple(replace(k, left_out=left_out, anew=anew) if k.case == case else k for k in films)


def with_films(films: Sequence[KeptFilm], others: Sequence[KeptFilm]) -> tuple[KeptFilm, ...]:
    """The list with the films of another computer.

    A film that is on the list already stays as it is here, but for a note that only the other one has: a film that was
    left out there, or began the limits anew, does so here, too.
    """
    theirs = {each.case: each for each in others}
    own = [_noted(each, theirs.pop(each.case, each)) for each in films]
    return tuple(sorted((*own, *theirs.values()), key=lambda each: each.film.time))


def _noted(film: KeptFilm, other: KeptFilm) -> KeptFilm:
    return replace(film, left_out=film.left_out or other.left_out, anew=film.anew or other.anew)


def judged_day(case: Case) -> date:
    """The day whose control film a report of the case rests on: that of its signature once it is final, else today."""
    steps = case.sign_offs
    if is_locked(steps):
        with contextlib.suppress(ValueError):
            return day_of(steps[-1].time)
    return today()


def today() -> date:
    """The day it is here."""
    return clock.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Overrides:
    """How often persons overruled a class in one month.

    Attributes:
        month: “2026-11”.
        predicted: name of the class that the classifier gave.
        seen, overruled: cells of it that persons classified, and those that they called otherwise.
    """

    month: str
    predicted: str
    seen: int
    overruled: int


def overrides_of(cases: Iterable[Case]) -> list[Overrides]:
    """Per month (in which cells were measured) and predicted class, in that order."""
    seen: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for case in cases:
        for cell in case.cells.values():
            analysis = case.analysis_of(cell)
            if cell.reviewed_class is None or analysis is None or analysis.prediction is None or analysis.made is None:
                continue
            best = analysis.prediction.best
            seen[f"{analysis.made:%Y-%m}", best.value][cell.reviewed_class != best] += 1
    return [Overrides(month, name, n[True] + n[False], n[True]) for (month, name), n in sorted(seen.items())]


@dataclass(frozen=True, slots=True)
class Trend:
    """The override rate of one class over the months.

    Attributes:
        predicted: name of the class that the classifier gave.
        months: what persons made of it, by month.
        rises: the last month's interval lies above that of all months before.
    """

    predicted: str
    months: dict[str, Overrides]
    rises: bool


def trends_of(overrides: Sequence[Overrides]) -> list[Trend]:
    """One trend per predicted class, by name."""
    by_class: dict[str, dict[str, Overrides]] = defaultdict(dict)
    for each in overrides:
        by_class[each.predicted][each.month] = each
    return [Trend(name, months, _rises(list(months.values()))) for name, months in sorted(by_class.items())]


def _rises(months: Sequence[Overrides]) -> bool:
    """By Wilson intervals that don't touch, which two equal rates do in fewer than one of a hundred cases."""
    if len(months) < 2:
        return False
    *before, last = sorted(months, key=lambda each: each.month)
    earlier = wilson_interval(sum(each.overruled for each in before), sum(each.seen for each in before))
    return wilson_interval(last.overruled, last.seen)[0] > earlier[1]
