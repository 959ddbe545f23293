"""What a case of the control film measures, and where persons overrule the classifier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.case import Case
from ..domain.cell import Measurements
from ..domain.statistics import median
from ..domain.taxonomy import is_red_cell

LEAST_CELLS = 50
"""Red cells of a film below which its medians say too little."""


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
    values: dict[str, float]


MEASURES = {"diameter": "µm", "diameter in pixels": "px", "optical density": "", "pallor": ""}
"""Measures and their units, in the order in which they are shown."""


def film_of(case: Case, *, name: str) -> Film | None:
    """The film of a case; None with fewer than `LEAST_CELLS` measured red cells."""
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
    return Film(name, case.identity.instrument.strip(), min(times).isoformat(), values)


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


def overrides_of(cases: Sequence[Case]) -> list[Overrides]:
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
