"""Fitting the two boosters, and the scaling of their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.imaging.features import FEATURE_NAMES, GROUPS
from rbc_desktop.models.classifier.classifier import ScoreScaling
from rbc_desktop.models.classifier.feature_columns import feature_columns
from rbc_desktop.models.relearning.boosting import COMMON, class_weights, fit
from rbc_desktop.models.relearning.more_trees import fit_temperature
from training.classifier.dataset import ORIGIN_RED, Table
from training.data.sets.labelled_fields import CHULA_CLASSES

MORPHOLOGY_GROUPS: tuple[str, ...] = (
    *(g for g in GROUPS if g not in ("colour", "hog_window", "hog_normalised")), "colour_relative",
)  # fmt: skip
"""Of the colours only those against the field's own cells: the absolute ones tell slides and cameras apart, and with
them the classes that few slides hold. Of the gradients only those in rings; the ablation shows the blocks."""

RED_GROUPS: tuple[str, ...] = (
    "size", "shape", "fourier", "profile", "polar", "density", "colour", "pale", "relative", "edge", "rings",
)  # fmt: skip
"""Without calibrated sizes: only one of the two data sets has them, and they would give it away."""

MORPHOLOGY_ROUNDS = 400
RED_ROUNDS = 300
RED_WEIGHT = 2.0
"""Weight of a red cell among the samples of "red or not", which hold fewer of them than a field does."""

UNCALIBRATED_SHARE = 0.4
"""Share of the training rows whose calibrated sizes are withheld."""

ALONE_SHARE = 0.1
"""Share of the training rows from which the comparison with the field's other cells is withheld, as where too few
cells stand alone."""


def fit_morphology(
    table: Table,
    *,
    groups: Sequence[str] = MORPHOLOGY_GROUPS,
    rounds: int = MORPHOLOGY_ROUNDS,
    seed: int = 1,
    **options: Any,
) -> lightgbm.Booster:
    """The booster of thirteen classes on the rows of `table`."""
    features = _partly_withheld(table.features, seed)
    weights = class_weights(table.target, classes=len(CHULA_CLASSES))
    settings = {**COMMON, "objective": "multiclass", "num_class": len(CHULA_CLASSES), "seed": seed, **options}
    return fit(features, table.target, weights, groups, settings, rounds)


def fit_red(tables: Sequence[Table], *, rounds: int = RED_ROUNDS, seed: int = 1) -> lightgbm.Booster:
    """The booster "red cell or not"; targets are the ``ORIGIN_…`` numbers."""
    features = _partly_withheld(np.concatenate([table.features for table in tables]), seed)
    red = (np.concatenate([table.target for table in tables]) == ORIGIN_RED).astype(np.int64)
    settings = {**COMMON, "objective": "binary", "seed": seed}
    return fit(features, red, np.where(red == 1, RED_WEIGHT, 1.0), RED_GROUPS, settings, rounds)


def without_calibration(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors as an uncalibrated field gives them."""
    copy = features.copy()
    copy[:, _columns_of("physical_size")] = np.nan
    return copy


def fit_scaling(scores: NDArray[np.float64], target: NDArray[np.int64]) -> ScoreScaling:
    """Temperature of least log loss on unseen cells; no class is raised or lowered.

    Biases fitted on held-out cells made other held-out cells' scores worse: they follow which fields happen to be held
    out. So there is one fitted number only.

    Args:
        scores: (N, C) raw.
        target: (N,) class numbers.
    """
    unbiased = np.zeros(scores.shape[1])
    return ScoreScaling(fit_temperature(scores, unbiased, target), unbiased)


def _partly_withheld(features: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """The vectors with values hidden in some rows, so that the boosters can do without them."""
    copy = features.copy()
    for group, share in (("physical_size", UNCALIBRATED_SHARE), ("relative", ALONE_SHARE)):
        rows = np.random.default_rng([seed, round(1000 * share)]).random(len(copy)) < share
        copy[rows[:, None] & _columns_of(group)[None, :]] = np.nan
    return copy


def _columns_of(group: str) -> NDArray[np.bool_]:
    return np.isin(np.arange(len(FEATURE_NAMES)), feature_columns([group]))
