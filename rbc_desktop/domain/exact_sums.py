"""Sums of rows, each rounded once: what `math.fsum` says of every row, for hundreds of thousands of them."""

from __future__ import annotations

import math

import numpy as np

from .arrays import Floats

_CLOSE = 2.0**-30
"""How near to halfway between two numbers, in parts of their distance, is too near to call."""


def exact_sums(values: Floats) -> Floats:
    """`math.fsum` of each row of ``(n, k)`` numbers that aren't negative, k at most 1,000.

    Compensated summation (Neumaier, ZAMM 54, 1974) leaves an error of at most k² · 2⁻¹⁰⁶ of the sum. So its rounding is
    that of the exact sum, unless that lies so near to the middle between two numbers; only those rows are summed anew.
    """
    total, lost = np.zeros(len(values)), np.zeros(len(values))
    for column in range(values.shape[1]):
        total, error = _added(total, values[:, column])
        lost += error
    found, rest = _added(total, lost)
    away = np.abs(rest) / np.spacing(found)
    halfway = (np.abs(away - 0.5) < _CLOSE) | (np.abs(away - 0.25) < _CLOSE)  # the latter below a power of two
    for row in np.flatnonzero(halfway).tolist():
        found[row] = math.fsum(values[row].tolist())
    return found


def _added(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded sum, and what rounding has left out of it (Knuth's TwoSum)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)
