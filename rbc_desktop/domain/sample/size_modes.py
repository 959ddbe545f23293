"""Whether the sizes of a sample's cells have two modes: a second population of red cells."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

LEAST_CELLS = 200
"""With fewer cells a second mode of a tenth is 20 cells: too few to be told from a tail."""

LEAST_SHARE = 0.1
"""Part of the cells that a population must have; a smaller one is a tail."""

LEAST_SEPARATION = 2.0
"""Distance of the means over the root of the mean of the variances, from which two normal distributions of like size
show two modes (Ashman, Bird & Zepf 1994)."""

_BETTER = 10.0
"""By how much the Bayesian information criterion must favour two distributions: "very strong" (Kass & Raftery 1995)."""

_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class TwoSizes:
    """Two populations: median-like centres of the smaller and the larger cells, and the larger cells' share (0 to 1).

    The centres have the unit of the sizes that were given.
    """

    small: float
    large: float
    large_share: float


def two_sizes(sizes: np.ndarray) -> TwoSizes | None:
    """The two populations of these sizes, or None where one describes them as well.

    A mixture of two normal distributions of the logarithms against a single one, by expectation maximisation from the
    lower and the upper half.

    Args:
        sizes: (N,) float, positive: diameters of one sample in one unit.
    """
    logs = np.log(np.sort(np.asarray(sizes, np.float64)))
    count = len(logs)
    if count < LEAST_CELLS:
        return None
    single = _likelihood(logs, np.array([1.0]), np.array([logs.mean()]), np.array([max(float(logs.std()), 1e-3)]))
    weights, means, spreads = _fitted(logs)
    double = _likelihood(logs, weights, means, spreads)
    better = 2 * (double - single) - 3 * math.log(count)
    separation = abs(means[1] - means[0]) / math.sqrt(float(np.mean(spreads**2)))
    if better < _BETTER or separation < LEAST_SEPARATION or float(weights.min()) < LEAST_SHARE:
        return None
    low, high = np.argsort(means)
    return TwoSizes(math.exp(means[low]), math.exp(means[high]), float(weights[high]))


def _fitted(logs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, means and spreads, each (2,)."""
    half = len(logs) // 2
    weights = np.array([0.5, 0.5])
    means = np.array([logs[:half].mean(), logs[half:].mean()])
    spreads = np.maximum([logs[:half].std(), logs[half:].std()], 1e-3)
    for _ in range(_ROUNDS):
        density = _densities(logs, weights, means, spreads)
        parts = density / np.maximum(density.sum(axis=0), 1e-300)
        mass = np.maximum(parts.sum(axis=1), 1e-9)
        moved = (parts @ logs) / mass
        variances = (parts * (logs - moved[:, None]) ** 2).sum(axis=1) / mass
        settled = bool(np.all(np.abs(moved - means) < 1e-7))
        weights, means, spreads = mass / len(logs), moved, np.maximum(np.sqrt(variances), 1e-2)
        if settled:
            break
    return weights, means, spreads


def _densities(logs: np.ndarray, weights: np.ndarray, means: np.ndarray, spreads: np.ndarray) -> np.ndarray:
    """(components, N): weighted density of each."""
    z = (logs - means[:, None]) / spreads[:, None]
    density: np.ndarray = weights[:, None] * np.exp(-0.5 * z * z) / (spreads[:, None] * math.sqrt(2 * math.pi))
    return density


def _likelihood(logs: np.ndarray, weights: np.ndarray, means: np.ndarray, spreads: np.ndarray) -> float:
    return float(np.log(np.maximum(_densities(logs, weights, means, spreads).sum(axis=0), 1e-300)).sum())
