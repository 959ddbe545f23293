"""Daily control film: values over time against a baseline's limits, and the rules that say when they run off. Pure.

The chart is that of Levey & Jennings (Am J Clin Pathol 1950;20:1059), the rules those of Westgard et al. (Clin Chem
1981;27:493), for one control a day.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...language import mark

USUAL_BASELINE = 20
"""Measurements from which mean and standard deviation are taken, as laboratories are used to."""

LEAST_BASELINE = 10

WARNING = "1-2s"
REJECTIONS: dict[str, str] = {
    "1-3s": mark("one value is more than 3 SD off"),
    "2-2s": mark("two values in a row are more than 2 SD off on the same side"),
    "R-4s": mark("two values in a row lie more than 4 SD apart, on either side of 2 SD"),
    "4-1s": mark("four values in a row are more than 1 SD off on the same side"),
    "10x": mark("ten values in a row lie on the same side of the mean"),
}
"""Rules that stop the work, and what each means, to be `told`."""


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement.

    Attributes:
        name: of the case.
        time: ISO 8601.
        value: in the unit of the measure.
        z: (value - mean) / SD of the baseline; 0 where the baseline doesn't vary.
        broken: rules that it breaks, `WARNING` first; nothing in the baseline.
        in_baseline: mean and SD are taken from it.
    """

    name: str
    time: str
    value: float
    z: float
    broken: tuple[str, ...]
    in_baseline: bool

    @property
    def is_rejected(self) -> bool:
        """Whether a rule says that the work has to stop."""
        return any(rule in REJECTIONS for rule in self.broken)


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure over time.

    Attributes:
        mean, sd: of the baseline.
        points: in the order of time.
    """

    mean: float
    sd: float
    points: tuple[Point, ...]

    @property
    def last(self) -> Point | None:
        """The newest point after the baseline, None without one."""
        return next((p for p in reversed(self.points) if not p.in_baseline), None)


def chart_of(values: Sequence[tuple[str, str, float]], *, baseline: int = USUAL_BASELINE) -> Chart | None:
    """The chart of a measure; None with too few values for a baseline.

    Args:
        values: name, time (ISO 8601, with zones that compare) and value of each measurement, in any order.
        baseline: how many of the first ones make the limits, at least `LEAST_BASELINE`; fewer where there are fewer.
    """
    ordered = sorted(values, key=lambda v: v[1])
    first = [value for _, _, value in ordered[: max(LEAST_BASELINE, baseline)]]
    if len(first) < LEAST_BASELINE:
        return None
    mean = math.fsum(first) / len(first)
    sd = math.sqrt(math.fsum((v - mean) ** 2 for v in first) / (len(first) - 1))
    scores = [(value - mean) / sd if sd > 0 else 0.0 for _, _, value in ordered]
    points = []
    for place, ((name, time, value), z) in enumerate(zip(ordered, scores, strict=True)):
        is_first = place < len(first)
        broken = () if is_first else broken_rules(scores[max(0, place - 9) : place + 1])
        points.append(Point(name, time, value, z, broken, is_first))
    return Chart(mean, sd, tuple(points))


def broken_rules(scores: Sequence[float]) -> tuple[str, ...]:
    """The rules that the last of these z values breaks, together with up to nine before it."""
    last = scores[-1]
    two, four, ten = scores[-2:], scores[-4:], scores[-10:]
    found = [WARNING] if abs(last) > 2 else []
    found += ["1-3s"] if abs(last) > 3 else []
    found += ["2-2s"] if len(two) == 2 and _one_side(two, 2) else []
    found += ["R-4s"] if len(two) == 2 and min(two) < -2 and max(two) > 2 else []
    found += ["4-1s"] if len(four) == 4 and _one_side(four, 1) else []
    found += ["10x"] if len(ten) == 10 and _one_side(ten, 0) else []
    return tuple(found)


def _one_side(scores: Sequence[float], limit: float) -> bool:
    return all(z > limit for z in scores) or all(z < -limit for z in scores)
