"""Out-of-fold scores: every labelled cell judged by a booster that never saw its block of fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .boosting import MORPHOLOGY_GROUPS, MORPHOLOGY_ROUNDS, fit_morphology, raw_scores, without_calibration
from .dataset import CACHE, Table
from .split import FOLDS, block_of, fold_of_block

OOF_FILE = CACHE / "out_of_fold.npz"


@dataclass(frozen=True)
class OutOfFold:
    """Raw scores of unchanged cells.

    Attributes:
        calibrated, uncalibrated: (N, 13) with and without the calibrated sizes.
        target: (N,) class numbers.
        fold: (N,) the fold that held the cell out.
        field: (N,) field numbers.
    """

    calibrated: NDArray[np.float64]
    uncalibrated: NDArray[np.float64]
    target: NDArray[np.int64]
    fold: NDArray[np.int64]
    field: NDArray[np.int64]

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
    plain = table.copy == 0
    blocks = block_of(table.field)
    fold = fold_of_block(blocks[plain], table.target[plain])
    return np.array([fold[int(block)] for block in blocks], np.int64)


def out_of_fold(
    tables: Sequence[Table], judged: Table, *, folds: Sequence[int] = tuple(range(FOLDS)),
    groups: Sequence[str] = MORPHOLOGY_GROUPS, rounds: int = MORPHOLOGY_ROUNDS,
    quiet: bool = False,
) -> OutOfFold:  # fmt: skip
    """Fit on the other folds of `tables` (all copies), judge the unchanged rows of each fold of `judged`."""
    table_folds, judged_folds = [folds_of(table) for table in tables], folds_of(judged)
    parts = []
    for fold in folds:
        train = joined([t.select(f != fold) for t, f in zip(tables, table_folds, strict=True)])
        booster = fit_morphology(train, groups=groups, rounds=rounds)
        rows = (judged_folds == fold) & (judged.copy == 0)
        features = judged.features[rows]
        parts.append(
            (
                raw_scores(booster, features, groups),
                raw_scores(booster, without_calibration(features), groups),
                judged.target[rows],
                judged_folds[rows],
                judged.field[rows],
            )
        )
        if not quiet:
            print(f"fold {fold}: {rows.sum()} cells judged", flush=True)
    return OutOfFold(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def joined(tables: Sequence[Table]) -> Table:
    """The rows of all tables."""
    names = ("features", "target", "field", "copy", "cell")
    return Table(*(np.concatenate([getattr(table, name) for table in tables]) for name in names))
