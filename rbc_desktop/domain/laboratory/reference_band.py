"""Size, shape and pallor of a case's red cells beside a band that a laboratory makes of its own normal samples. Pure.

A distribution is told by its quantiles. The band at each quantile runs from the 2.5th to the 97.5th percentile of that
quantile over the samples, by the ranks 0.025 (n + 1) and 0.975 (n + 1): the nonparametric reference interval of the
IFCC (Solberg, J Clin Chem Clin Biochem 1987;25:645) and of CLSI EP28-A3c. Below 39 samples these ranks don't exist;
the guideline asks for 120.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...language import mark
from ..case.case import Case
from ..classes.taxonomy import is_red_cell

SIZE, SHAPE, PALLOR = mark("diameter"), mark("long over short axis"), mark("pallor")
MEASURES: Mapping[str, str] = {SIZE: "µm", SHAPE: "", PALLOR: ""}
"""Measures and their units, in the order in which they are shown."""

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""The quantiles that tell a distribution."""

LEAST_SAMPLES = 39
ENOUGH_SAMPLES = 120
LEAST_CELLS = 100
"""Red cells of a sample from which its outer quantiles are taken: five lie beyond each."""

Profile = tuple[float, ...]
"""The values at `LEVELS`."""

Band = tuple[tuple[float, float], ...]
"""Lowest and highest usual value at each of `LEVELS`."""


@dataclass(frozen=True, slots=True)
class ReferenceSample:
    """A normal sample of the laboratory.

    Attributes:
        case: stands for its case and says nothing of whose it is.
        added: the day, ISO 8601.
        operator: who added it, "" where nobody said.
        cells: red cells that went in.
        profiles: by measure; no size where not every field had a calibration.
    """

    case: str
    added: str
    operator: str
    cells: int
    profiles: Mapping[str, Profile]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a laboratory's normal samples say.

    Attributes:
        samples: how many there are, by measure.
        bands: by measure; nothing where there are too few.
    """

    samples: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, Band] = field(default_factory=dict)


def profiles_of(case: Case) -> tuple[int, dict[str, Profile]]:
    """How many red cells of a case count and are measured, and their profiles; none with fewer than `LEAST_CELLS`."""
    sizes: list[float | None] = []
    shapes, pallors = [], []
    for cell in case.cells.values():
        analysis, on = case.analysis_of(cell), case.fields[cell.field_id]
        if analysis is None or not cell.is_counted or on.left_out or not is_red_cell(case.shown_class_of(cell)):
            continue
        measured = analysis.measurements
        sizes.append(None if on.calibration is None else measured.diameter_px * on.calibration.um_per_px)
        shapes.append(measured.axis_ratio)
        pallors.append(measured.pallor_ratio)
    if len(shapes) < LEAST_CELLS:
        return len(shapes), {}
    known = [size for size in sizes if size is not None]
    values = {SIZE: known if len(known) == len(sizes) else [], SHAPE: shapes, PALLOR: pallors}
    return len(shapes), {m: profile for m, v in values.items() if (profile := profile_of(v))}


def profile_of(values: Sequence[float]) -> Profile:
    """The quantiles of these values, linear between two of them (type 7 of Hyndman & Fan 1996); () of none."""
    ordered = sorted(value for value in values if math.isfinite(value))
    return tuple(_at(ordered, level * (len(ordered) - 1)) for level in LEVELS) if ordered else ()


def reference_of(samples: Iterable[ReferenceSample]) -> Reference:
    """The bands of these samples."""
    kept = list(samples)
    profiles = {m: [p for s in kept if (p := s.profiles.get(m))] for m in MEASURES}
    bands = {m: _band(found) for m, found in profiles.items() if len(found) >= LEAST_SAMPLES}
    return Reference({m: len(found) for m, found in profiles.items()}, bands)


def _band(profiles: Sequence[Profile]) -> Band:
    band = []
    for place in range(len(LEVELS)):
        ordered = sorted(profile[place] for profile in profiles)
        ranks = (share * (len(ordered) + 1) - 1 for share in (0.025, 0.975))
        low, high = (_at(ordered, min(len(ordered) - 1.0, max(0.0, rank))) for rank in ranks)
        band.append((low, high))
    return tuple(band)


def _at(ordered: Sequence[float], place: float) -> float:
    """The value at a place that may lie between two."""
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def outside(profile: Profile, band: Band) -> tuple[int, ...]:
    """The places among `LEVELS` at which a profile leaves the band."""
    pairs = enumerate(zip(profile, band, strict=True))
    return tuple(place for place, (value, (low, high)) in pairs if not low <= value <= high)


def missing_of(measure: str, profile: Profile | None, reference: Reference) -> str:
    """What a chart of a measure can't show, as a marked text; "" where it shows all."""
    if profile is None and measure == SIZE:
        return mark("No size: not every field has a calibration, or too few red cells")
    if profile is None:
        return mark("Fewer than {least} measured red cells", least=LEAST_CELLS)
    if measure in reference.bands:
        return ""
    return mark("No band yet ({count} of {least})", count=reference.samples.get(measure, 0), least=LEAST_SAMPLES)


def said_of(measure: str, profile: Profile | None, reference: Reference) -> str:
    """What a measure of a case is beside its band, as a marked sentence."""
    count, band = reference.samples.get(measure, 0), reference.bands.get(measure)
    if profile is None and measure == SIZE:
        return mark("Size: not every field has a calibration, so it isn't compared.")
    if profile is None:
        return mark("{measure}: too few measured red cells, so it isn't compared.", measure=measure)
    if band is None:
        return mark(
            "{measure}: no band yet, {count} of the {least} normal samples that it takes.", measure=measure,
            count=count, least=LEAST_SAMPLES,
        )  # fmt: skip
    few = mark(", a narrow basis ({most} are asked for)", most=ENOUGH_SAMPLES) if count < ENOUGH_SAMPLES else ""
    places = outside(profile, band)
    if not places:
        return mark("{measure}: within the band of {count} normal samples{few}.", measure=measure, count=count, few=few)
    levels = ", ".join(f"{100 * LEVELS[place]:.0f} %" for place in places)
    return mark(
        "{measure}: outside the band of {count} normal samples{few} at the quantiles {levels}.", measure=measure,
        count=count, few=few, levels=levels,
    )  # fmt: skip
