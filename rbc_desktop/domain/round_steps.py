"""Round numbers for scale bars, axes and classes of a histogram: 1, 2 and 5 × 10ⁿ."""

from __future__ import annotations

import math

_STEPS = (1.0, 2.0, 5.0, 10.0)
_TOLERANCE = 1e-9
"""Relative; without it 5.000000000000001 would not count as 5."""


def largest_step(limit: float) -> float:
    """The largest of 1, 2, 5 × 10ⁿ that is no larger than `limit`, which is positive."""
    power = 10.0 ** math.floor(math.log10(limit))
    return max(step * power for step in _STEPS if step * power <= limit * (1 + _TOLERANCE))


def smallest_step(least: float) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that is no smaller than `least`, which is positive."""
    power = 10.0 ** math.floor(math.log10(least))
    return min(step * power for step in _STEPS if step * power >= least * (1 - _TOLERANCE))
