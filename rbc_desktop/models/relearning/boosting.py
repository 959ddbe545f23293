"""Fitting a booster on groups of features: what the bundled ones and a laboratory's own ones have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from ...imaging.features import FEATURE_NAMES
from ..classifier.feature_columns import feature_columns

WEIGHT_POWER = 0.25
"""Cells of a class weigh (largest class / class)^this: rare classes count more, but not equally."""

COMMON: dict[str, Any] = {
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.12,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbosity": -1,
}


def class_weights(target: NDArray[np.int64], *, classes: int) -> NDArray[np.float64]:
    """Weight of every cell (N,): the rarer its class, the more it counts."""
    counts = np.bincount(target, minlength=classes)
    return np.asarray(((counts.max() / np.maximum(counts, 1)) ** WEIGHT_POWER)[target], np.float64)


def raw_scores(
    booster: lightgbm.Booster, features: NDArray[np.float32], groups: Sequence[str], *, trees: int | None = None
) -> NDArray[np.float64]:
    """Raw scores of the columns of `groups` of full vectors (N, F), by the first so many trees per class or all."""
    columns = features[:, feature_columns(groups)]
    return np.asarray(booster.predict(columns, raw_score=True, num_iteration=trees, num_threads=1))


def fit(
    features: NDArray[np.float32],
    target: NDArray[np.int64],
    weights: NDArray[np.float64],
    groups: Sequence[str],
    settings: dict[str, Any],
    rounds: int,
    *,
    start: lightgbm.Booster | None = None,
) -> lightgbm.Booster:
    """A booster on the columns of some groups; start: one to go on from, trained on the same columns.

    features (n, all columns); target (n,) class numbers; weights (n,).
    """
    columns = feature_columns(groups)
    names = [FEATURE_NAMES[i] for i in columns]
    data = lightgbm.Dataset(features[:, columns], target, weight=weights, feature_name=names)
    return lightgbm.train(settings, data, num_boost_round=rounds, init_model=start)
