"""What cells say that a classifier never saw: the split, and scores of its answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_FOLDS = 5


def binary_f1(answered: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """F1 of a yes-or-no answer; 0 when nothing is there and nothing answered."""
    return 2 * int((answered & true).sum()) / max(int(answered.sum() + true.sum()), 1)


def review_limit(probabilities: NDArray[np.floating], target: NDArray[np.int64], *, precision: float) -> float:
    """Smallest probability, in steps of 0.01, from which on the accepted cells are right in `precision` of cases."""
    best = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == target
    for limit in np.arange(0.30, 0.99, 0.01):
        accepted = best >= limit
        if accepted.sum() >= 100 and right[accepted].mean() >= precision:
            return round(float(limit), 2)
    return 0.99


def red_error(chance: NDArray[np.float64], is_red: NDArray[np.int64]) -> float:
    """Mean of the two shares of mistaken cells, so that the few that are not red cells count as much as the others."""
    wrong = (chance >= 0.5) != (is_red == 1)
    return float(np.mean([wrong[is_red == side].mean() for side in np.unique(is_red)]))


def folds_of(group: NDArray[np.str_]) -> NDArray[np.int64]:
    """Fold of every row: groups in order of their size, each to the fold that holds the least."""
    names, sizes = np.unique(group, return_counts=True)
    held = np.zeros(min(MOST_FOLDS, len(names)))
    fold_of = {}
    for index in np.argsort(-sizes, kind="stable"):
        fold_of[names[index]] = int(held.argmin())
        held[fold_of[names[index]]] += sizes[index]
    return np.array([fold_of[name] for name in group], np.int64)
