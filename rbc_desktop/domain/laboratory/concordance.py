"""A validation study: how far readings of many cases agree, and how far the machine repeats itself. Pure.

What is asked for follows the guideline of CAP and ASCP for validating whole-slide systems (at least 60 cases, a washout
of at least two weeks before the same reader reads again, a look into concordance below 95 %); it was written for
diagnoses on slides. Here the cells and the grades of a case are compared.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..statistics import Z_95, pooled_interval, wilson_interval
from .agreement import agreement_of
from .operator import plain_name

Kind = Literal["intra-observer", "inter-observer"]

LEAST_CASES = 60
WASHOUT_DAYS = 14
LOOK_BELOW = 0.95
"""Concordance below which the guideline asks for a look into the reasons."""


@dataclass(frozen=True, slots=True)
class Reread:
    """One second reading of one case.

    Attributes:
        case: its name.
        first_reader, second_reader: who gave the classes.
        days: from the last class of the first reading to the beginning of the second.
        pairs: first and second class of each cell, by name.
        grades: line of the case's scheme to the grades that the two readings suggest; empty without a scheme.
    """

    case: str
    first_reader: str
    second_reader: str
    days: float
    pairs: tuple[tuple[str, str], ...]
    grades: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """Whether the same person read twice."""
        same = plain_name(self.first_reader) == plain_name(self.second_reader)
        return "intra-observer" if same else "inter-observer"

    @property
    def is_early(self) -> bool:
        """Whether the same person read again before the washout was over."""
        return self.kind == "intra-observer" and self.days < WASHOUT_DAYS

    @property
    def agreed(self) -> int:
        """Cells that both readings call the same."""
        return sum(a == b for a, b in self.pairs)

    @property
    def grades_agree(self) -> bool:
        """Whether both readings suggest the same grade for every line."""
        return all(a == b for a, b in self.grades.values())


@dataclass(frozen=True, slots=True)
class ClassConcordance:
    """One class: cells that the first, the second, and both readings call so; both over all that either does."""

    name: str
    first: int
    second: int
    both: int

    @property
    def share(self) -> float:
        """Proportion of specific agreement, 2 · both / (first + second); from 0 to 1."""
        return 2 * self.both / (self.first + self.second)


@dataclass(frozen=True, slots=True)
class Concordance:
    """What one kind of readings came to.

    Attributes:
        kind: intra- or inter-observer.
        cases, cells, agreed: how many there were.
        low, high: 95 % interval of agreed over cells; cells of one case are not taken as independent.
        kappa, kappa_low, kappa_high: Cohen's kappa of all cells, and its interval by the jackknife over cases.
        graded, grades_agree: cases with a scheme, and those of them with the same grade in every line.
        grades_low, grades_high: 95 % Wilson interval of that proportion; 0 and 1 without any.
        classes: the classes that occur, most frequent first.
        below: cases below `LOOK_BELOW`, worst first, with their share.
    """

    kind: Kind
    cases: int
    cells: int
    agreed: int
    low: float
    high: float
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None
    graded: int
    grades_agree: int
    grades_low: float
    grades_high: float
    classes: tuple[ClassConcordance, ...]
    below: tuple[tuple[str, float], ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are as many cases as the guideline asks for."""
        return self.cases >= LEAST_CASES


def concordance_of(rereads: Sequence[Reread], kind: Kind) -> Concordance | None:
    """What the readings of one kind came to, those before the end of the washout left out; None without any."""
    used = [r for r in rereads if r.kind == kind and r.pairs and not r.is_early]
    if not used:
        return None
    pairs = [pair for r in used for pair in r.pairs]
    agreed = sum(r.agreed for r in used)
    low, high = pooled_interval([r.agreed for r in used], [len(r.pairs) for r in used])
    kappa, kappa_low, kappa_high = _kappa(used)
    graded = [r for r in used if r.grades]
    same = sum(r.grades_agree for r in graded)
    shares = sorted((r.agreed / len(r.pairs), r.case) for r in used)
    return Concordance(
        kind, len({r.case for r in used}), len(pairs), agreed, low, high, kappa, kappa_low, kappa_high,
        len(graded), same, *(wilson_interval(same, len(graded)) if graded else (0.0, 1.0)),
        _classes(pairs), tuple((case, share) for share, case in shares if share < LOOK_BELOW),
    )  # fmt: skip


def _kappa(used: Sequence[Reread]) -> tuple[float | None, float | None, float | None]:
    """Kappa of all cells; its standard error leaves out one case at a time (Efron & Tibshirani 1993, §11.2)."""
    whole = agreement_of([pair for r in used for pair in r.pairs])
    if whole is None or whole.kappa is None:
        return None, None, None
    parts = [agreement_of([pair for other in used if other is not r for pair in other.pairs]) for r in used]
    values = [part.kappa for part in parts if part is not None and part.kappa is not None]
    if len(values) < 2 or len(values) < len(used):
        return whole.kappa, None, None
    mean, n = math.fsum(values) / len(values), len(values)
    error = math.sqrt((n - 1) / n * math.fsum((v - mean) ** 2 for v in values))
    return whole.kappa, max(-1.0, whole.kappa - Z_95 * error), min(1.0, whole.kappa + Z_95 * error)


def _classes(pairs: Sequence[tuple[str, str]]) -> tuple[ClassConcordance, ...]:
    names = sorted({name for pair in pairs for name in pair})
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    both = Counter(a for a, b in pairs if a == b)
    found = [ClassConcordance(name, firsts[name], seconds[name], both[name]) for name in names]
    return tuple(sorted(found, key=lambda c: (-(c.first + c.second), c.name)))


@dataclass(frozen=True, slots=True)
class Imaging:
    """What the machine alone says of one case.

    Attributes:
        case: its name.
        sample: number of the sample; cases of the same one were imaged again.
        cells: red cells that count.
        shares: class name to its share of them, from 0 to 1.
        diameter_um: mean equivalent diameter, None without a scale.
    """

    case: str
    sample: str
    cells: int
    shares: Mapping[str, float]
    diameter_um: float | None


@dataclass(frozen=True, slots=True)
class Repeatability:
    """How far the machine repeats itself on samples that were imaged several times.

    Attributes:
        samples, cases: samples with at least two cases, and their cases.
        shares: class name to the standard deviation within samples of its share, in percentage points.
        diameter_cv: coefficient of variation within samples of the mean diameter, percent; None without scales.
    """

    samples: int
    cases: int
    shares: tuple[tuple[str, float], ...]
    diameter_cv: float | None


def repeatability_of(imagings: Sequence[Imaging]) -> Repeatability | None:
    """Standard deviations within samples, pooled over them (as CLSI EP05 pools replicates); None without repeats."""
    groups: dict[str, list[Imaging]] = defaultdict(list)
    for imaging in imagings:
        if imaging.sample and imaging.cells:
            groups[imaging.sample].append(imaging)
    repeated = [group for group in groups.values() if len(group) > 1]
    if not repeated:
        return None
    names = sorted({name for group in repeated for imaging in group for name in imaging.shares})
    shares = [(n, 100 * _within([[i.shares.get(n, 0.0) for i in group] for group in repeated])) for n in names]
    sizes = [[i.diameter_um for i in group if i.diameter_um is not None] for group in repeated]
    sizes = [group for group in sizes if len(group) > 1]
    relative = [[d / (math.fsum(group) / len(group)) for d in group] for group in sizes]
    return Repeatability(
        len(repeated), sum(map(len, repeated)), tuple(sorted(shares, key=lambda s: (-s[1], s[0]))),
        100 * _within(relative) if relative else None,
    )  # fmt: skip


def _within(groups: Sequence[Sequence[float]]) -> float:
    """Pooled standard deviation within groups."""
    squares = degrees = 0.0
    for group in groups:
        mean = math.fsum(group) / len(group)
        squares += math.fsum((value - mean) ** 2 for value in group)
        degrees += len(group) - 1
    return math.sqrt(squares / degrees)
