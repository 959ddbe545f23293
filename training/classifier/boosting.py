"""Fitting the two boosters, and the scaling of their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rbc_desktop.imaging.features import FEATURE_NAMES, GROUPS
from rbc_desktop.models.classifier import ScoreScaling, feature_columns

from .dataset import ORIGIN_RED, Table
from .sources import CHULA_CLASSES

MORPHOLOGY_GROUPS: tuple[str, ...] = (*(g for g in GROUPS if g != "colour"), "colour_relative")
"""Of the colours only those against the field's own cells: the absolute ones tell slides and cameras apart, and with
them the classes that few slides hold."""

RED_GROUPS: tuple[str, ...] = ("size", "shape", "fourier", "profile", "polar", "density", "colour")
"""Without calibrated sizes: only one of the two data sets has them, and they would give it away."""

MORPHOLOGY_ROUNDS = 190
RED_ROUNDS = 120
WEIGHT_POWER = 0.25
"""Cells of a class weigh (largest class / class)^this: rare classes count more, but not equally."""

UNCALIBRATED_SHARE = 0.4
"""Share of the training rows whose calibrated sizes are withheld, so that the booster can do without them."""

COMMON: dict[str, Any] = {
    "learning_rate": 0.09,
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


def fit_morphology(
    table: Table,
    *,
    groups: Sequence[str] = MORPHOLOGY_GROUPS,
    rounds: int = MORPHOLOGY_ROUNDS,
    seed: int = 1,
    **options: Any,
) -> lightgbm.Booster:
    """The booster of thirteen classes on the rows of `table`."""
    features = table.features.copy()
    features[withheld(table, seed)[:, None] & _physical()[None, :]] = np.nan
    counts = np.bincount(table.target, minlength=len(CHULA_CLASSES))
    weights = (counts.max() / np.maximum(counts, 1)) ** WEIGHT_POWER
    settings = {**COMMON, "objective": "multiclass", "num_class": len(CHULA_CLASSES), "seed": seed, **options}
    return _fit(features, table.target, weights[table.target], groups, settings, rounds)


def fit_red(tables: Sequence[Table], *, rounds: int = RED_ROUNDS, seed: int = 1) -> lightgbm.Booster:
    """The booster "red cell or not"; targets are the ``ORIGIN_…`` numbers. Both answers weigh the same in all."""
    features = np.concatenate([table.features for table in tables])
    red = (np.concatenate([table.target for table in tables]) == ORIGIN_RED).astype(np.int64)
    weights = np.where(red == 1, 0.5 / max(red.mean(), 1e-6), 0.5 / max(1 - red.mean(), 1e-6))
    settings = {**COMMON, "objective": "binary", "seed": seed}
    return _fit(features, red, weights, RED_GROUPS, settings, rounds)


def without_calibration(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors as an uncalibrated field gives them."""
    copy = features.copy()
    copy[:, _physical()] = np.nan
    return copy


def raw_scores(booster: lightgbm.Booster, features: NDArray[np.float32], groups: Sequence[str]) -> NDArray[np.float64]:
    """Raw scores of the columns of `groups` of full vectors (N, F)."""
    return np.asarray(booster.predict(features[:, feature_columns(groups)], raw_score=True, num_threads=1))


def fit_scaling(scores: NDArray[np.float64], target: NDArray[np.int64]) -> ScoreScaling:
    """Temperature and class biases of least log loss on unseen cells.

    The biases are drawn towards 0, so that classes with few cells aren't moved by chance.
    """

    def loss(parameters: NDArray[np.float64]) -> float:
        scaled = scores / np.exp(parameters[0]) + parameters[1:]
        scaled -= scaled.max(axis=1, keepdims=True)
        chosen = scaled[np.arange(len(target)), target] - np.log(np.exp(scaled).sum(axis=1))
        return float(-chosen.mean() + 1e-3 * (parameters[1:] ** 2).sum())

    best = minimize(loss, np.zeros(scores.shape[1] + 1), method="L-BFGS-B").x
    return ScoreScaling(float(np.exp(best[0])), best[1:])


def withheld(table: Table, seed: int) -> NDArray[np.bool_]:
    """Rows whose calibrated sizes are hidden in training."""
    return np.random.default_rng([seed, 99]).random(len(table.target)) < UNCALIBRATED_SHARE


def _physical() -> NDArray[np.bool_]:
    return np.isin(np.arange(len(FEATURE_NAMES)), feature_columns(["physical_size"]))


def _fit(
    features: NDArray[np.float32],
    target: NDArray[np.int64],
    weights: NDArray[np.float64],
    groups: Sequence[str],
    settings: dict[str, Any],
    rounds: int,
) -> lightgbm.Booster:
    columns = feature_columns(groups)
    names = [FEATURE_NAMES[i] for i in columns]
    data = lightgbm.Dataset(features[:, columns], target, weight=weights, feature_name=names)
    return lightgbm.train(settings, data, num_boost_round=rounds)
