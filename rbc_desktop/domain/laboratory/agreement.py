"""How far two readings of the same cells agree: share, Cohen's kappa, and the intervals of both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...language import mark
from ..statistics import Z_95, wilson_interval

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of two readings.

    Attributes:
        count, agreed: cells that both have read, and those that both gave the same class.
        share, low, high: agreed over count with its 95 % Wilson interval, from 0 to 1.
        kappa: Cohen's kappa; None where chance alone would agree always (both gave every cell the same one class).
        kappa_low, kappa_high: its 95 % interval; None where one reading knows one class only: kappa is 0 then, whatever
            the other says.
    """

    count: int
    agreed: int
    share: float
    low: float
    high: float
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None


def agreement_of(pairs: Sequence[tuple[Label, Label]]) -> Agreement | None:
    """The agreement of pairs of classes, first and second reading; None without any.

    Kappa as in Cohen 1960 (Educ Psychol Meas 20:37), κ = (po - pe) / (1 - pe). Its standard error is the one for a
    kappa that need not be 0 (Fleiss, Cohen & Everitt 1969, Psychol Bull 72:323, formula 13), and the interval that of
    the normal approximation, cut to -1 … 1. Cells are taken as independent.
    """
    total = len(pairs)
    if not total:
        return None
    cells, firsts, seconds = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    agreed = sum(n for (a, b), n in cells.items() if a == b)
    observed = agreed / total
    chance = math.fsum(n * seconds[label] for label, n in firsts.items()) / total**2
    low, high = wilson_interval(agreed, total)
    if chance >= 1:
        return Agreement(total, agreed, observed, low, high, None, None, None)
    kappa = (observed - chance) / (1 - chance)
    if len(firsts) == 1 or len(seconds) == 1:
        return Agreement(total, agreed, observed, low, high, kappa, None, None)
    on = off = 0.0
    for (a, b), n in cells.items():
        p = n / total
        if a == b:
            on += p * ((1 - chance) - (firsts[a] + seconds[a]) / total * (1 - observed)) ** 2
        else:
            off += p * ((seconds[a] + firsts[b]) / total) ** 2
    spread = on + (1 - observed) ** 2 * off - (observed * chance - 2 * chance + observed) ** 2
    error = math.sqrt(max(0.0, spread) / total) / (1 - chance) ** 2
    bounds = max(-1.0, kappa - Z_95 * error), min(1.0, kappa + Z_95 * error)
    return Agreement(total, agreed, observed, low, high, kappa, *bounds)


def agreement_text(found: Agreement) -> str:
    """Both numbers with their intervals, in one sentence that is to be `told`."""
    share = mark(
        "{agreed:,} of {count:,} cells agree ({percent:.1f} %, 95 % interval {low:.1f} to {high:.1f} %)",
        agreed=found.agreed, count=found.count, percent=100 * found.share, low=100 * found.low, high=100 * found.high,
    )  # fmt: skip
    if found.kappa is None:
        return mark("{share}; Cohen's kappa isn't defined, since both readings know one class only.", share=share)
    if found.kappa_low is None or found.kappa_high is None:
        return mark(
            "{share}; Cohen's kappa says nothing here, since one of the readings knows one class only.", share=share
        )
    return mark(
        "{share}; Cohen's kappa {kappa:.2f} ({low:.2f} to {high:.2f}).",
        share=share, kappa=found.kappa, low=found.kappa_low, high=found.kappa_high,
    )  # fmt: skip
