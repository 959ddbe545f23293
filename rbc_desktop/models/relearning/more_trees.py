"""Going on with the bundled boosters on a laboratory's own cells.

New trees are added to the bundled ones, which hold what the public data taught. A laboratory's reviewed cells show
some classes and lack others, and people review odd cells rather than a fair sample, so

* each cell's gradient is that of the softmax among the classes that the laboratory has and those that were taken for
  right in its place. A class without cells is lowered where it was the mistake, and otherwise left alone. With the
  softmax over all classes, drawn cells of absent classes were recognised much less after 80 trees;
* the biases of the classes stay; only the temperature of the probabilities is fitted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from .boosting import COMMON, class_weights, fit

ROUNDS = (0, 20, 40, 80)
"""How many trees a class are tried; 0 leaves the booster as it is."""

STAY = 0.05
"""Curvature of a class on a cell that says nothing about it: such cells in a leaf hold its value near zero."""

Objective = Callable[[NDArray[np.float64], lightgbm.Dataset], tuple[NDArray[np.float64], NDArray[np.float64]]]

SETTINGS: dict[str, Any] = {**COMMON, "learning_rate": 0.05, "seed": 1}


def continued(
    booster: lightgbm.Booster,
    features: NDArray[np.float32],
    target: NDArray[np.int64],
    *,
    groups: Sequence[str],
    classes: int,
    rounds: int = ROUNDS[-1],
    beside: NDArray[np.float64] | float = 0.0,
) -> lightgbm.Booster:
    """The booster with so many more trees a class.

    Args:
        booster: multiclass, over the columns of `groups`.
        features: (N, F) full vectors.
        target: (N,) class numbers.
        groups: feature groups that the booster reads.
        classes: how many classes it has.
        rounds: trees to add a class.
        beside: (N, C) scores of the cells that are added to the booster's: its trees mend the sum.
    """
    if rounds == 0:
        return booster
    present = np.bincount(target, minlength=classes) > 0
    settings = {
        **SETTINGS, "objective": _among(present, beside), "num_class": classes, "min_data_in_leaf": leaf(len(target)),
    }  # fmt: skip
    weights = class_weights(target, classes=classes)
    return fit(features, target, weights, groups, settings, rounds, start=booster)


def continued_red(
    booster: lightgbm.Booster, features: NDArray[np.float32], red: NDArray[np.int64], *, groups: Sequence[str],
    rounds: int = ROUNDS[-1],
) -> lightgbm.Booster:  # fmt: skip
    """The booster "red cell or not" with more trees; both answers weigh the same in all. red: (N,) 1 or 0."""
    if rounds == 0:
        return booster
    share = float(red.mean())
    weights = np.where(red == 1, 0.5 / max(share, 1e-6), 0.5 / max(1 - share, 1e-6))
    settings = {**SETTINGS, "objective": "binary", "min_data_in_leaf": leaf(len(red))}
    return fit(features, red, weights, groups, settings, rounds, start=booster)


def log_loss(scores: NDArray[np.float64], target: NDArray[np.int64]) -> float:
    """Mean cross entropy of raw scores (N, C)."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return float((np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(target)), target]).mean())


def fit_temperature(scores: NDArray[np.float64], bias: NDArray[np.float64], target: NDArray[np.int64]) -> float:
    """The divisor of the scores of least log loss on held-out cells, the biases given."""
    return float(np.exp(_lowest(lambda t: log_loss(scores / np.exp(t) + bias, target), low=-1.5, high=1.5)))


def _lowest(function: Callable[[float], float], *, low: float, high: float) -> float:
    """Where a function of one dip is lowest, by golden section to within 1e-5."""
    golden = (np.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = function(left), function(right)
    while high - low > 1e-5:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = function(right)
    return float((low + high) / 2)


def _among(present: NDArray[np.bool_], beside: NDArray[np.float64] | float) -> Objective:
    """Gradient and curvature of the cross entropy among the classes that have cells and those mistaken for right."""

    def gradients(
        scores: NDArray[np.float64], data: lightgbm.Dataset
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        target = np.asarray(data.get_label(), np.int64)
        known = data.get_weight()  # None where all are 1
        weights = 1.0 if known is None else np.asarray(known)[:, None]
        scores = scores + beside
        right = np.arange(scores.shape[1]) == target[:, None]
        compared = present | (scores > scores[right][:, None])
        chance = np.where(compared, np.exp(scores - scores.max(axis=1, keepdims=True)), 0)
        chance /= chance.sum(axis=1, keepdims=True)
        return (chance - right) * weights, np.where(compared, 2 * chance * (1 - chance), STAY) * weights

    return gradients


def leaf(cells: int) -> int:
    """Fewest cells in a leaf: one in twenty, within what LightGBM's usual data and a small set need."""
    return int(np.clip(cells // 20, 3, SETTINGS["min_data_in_leaf"]))
