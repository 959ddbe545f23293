"""Out-of-fold scores: every labelled cell judged by a booster that never saw its block of fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.models.relearning.boosting import raw_scores
from training.classifier.boosters import (
    MORPHOLOGY_GROUPS,
    MORPHOLOGY_ROUNDS,
    fit_morphology,
    without_calibration,
)
from training.classifier.dataset import CACHE, Table, joined
from training.classifier.opinions import fit_second
from training.classifier.split import FOLDS, fold_by_field

OOF_FILE = CACHE / "out_of_fold.npz"


@dataclass(frozen=True)
class OutOfFold:
    """Raw scores of unchanged cells.

    Attributes:
        calibrated, uncalibrated: (N, 13) with and without the calibrated sizes.
        target: (N,) class numbers.
        fold: (N,) the fold that held the cell out.
        field: (N,) field numbers.
        source: (N,) which of the judged tables, i.e. which masks.
        cell: (N,) number of the cell in its table.
    """

    calibrated: NDArray[np.float64]
    uncalibrated: NDArray[np.float64]
    target: NDArray[np.int64]
    fold: NDArray[np.int64]
    field: NDArray[np.int64]
    source: NDArray[np.int64]
    cell: NDArray[np.int64]

    def select(self, rows: NDArray[np.bool_]) -> OutOfFold:
        """The rows that are True."""
        return OutOfFold(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def save(self) -> None:
        """Keep for `evaluate`."""
        OOF_FILE.parent.mkdir(parents=True, exist_ok=True)
        np.savez(OOF_FILE, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    @classmethod
    def load(cls) -> OutOfFold:
        """What the last training left."""
        with np.load(OOF_FILE) as data:
            return cls(**{name: data[name] for name in cls.__dataclass_fields__})


def folds_of(table: Table) -> NDArray[np.int64]:
    """Fold of every row."""
    fold = fold_by_field()
    return np.array([fold[int(field)] for field in table.field], np.int64)


def out_of_fold(
    tables: Sequence[Table],
    judged: Sequence[Table],
    *,
    folds: Sequence[int] = tuple(range(FOLDS)),
    second: Sequence[Table] = (),
    groups: Sequence[str] = MORPHOLOGY_GROUPS,
    rounds: int = MORPHOLOGY_ROUNDS,
) -> OutOfFold:
    """Fit on the other folds of `tables` (all copies), judge the unchanged rows of each fold of `judged`.

    Args:
        tables: what the booster learns from.
        judged: what is judged.
        folds: which are judged.
        second: what the second opinion learns from; none is heard without.
        groups, rounds: of the booster.
    """
    train, unseen = joined(tables), joined(judged)
    also = joined(second) if second else None
    source = np.repeat(np.arange(len(judged)), [len(table.target) for table in judged])
    train_folds, unseen_folds = folds_of(train), folds_of(unseen)
    parts = []
    for fold in folds:
        booster = fit_morphology(train.select(train_folds != fold), groups=groups, rounds=rounds)
        opinion = None if also is None else fit_second(also.select(folds_of(also) != fold))
        rows = (unseen_folds == fold) & (unseen.copy == 0)
        features = unseen.features[rows]
        scores = [
            raw_scores(booster, part, groups) + (0 if opinion is None else opinion.scores(part))
            for part in (features, without_calibration(features))
        ]
        parts.append((*scores, *(a[rows] for a in (unseen.target, unseen_folds, unseen.field, source, unseen.cell))))
    return OutOfFold(*(np.concatenate(column) for column in zip(*parts, strict=True)))
