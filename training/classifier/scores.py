"""Scores of predictions, and their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.models.relearning.held_out import binary_f1
from training.data.sets.labelled_fields import CHULA_CLASSES, CONFOUNDED

CLASSES_11 = tuple(i for i, c in enumerate(CHULA_CLASSES) if c not in CONFOUNDED)
CLASSES_12 = tuple(i for i, c in enumerate(CHULA_CLASSES) if c is not CONFOUNDED[0])
"""The eleven and elliptocyte."""

CLASSES_13 = tuple(range(len(CHULA_CLASSES)))


@dataclass(frozen=True)
class Score:
    """Accuracy, mean F1 over the classes, and F1 of each class."""

    accuracy: float
    macro_f1: float
    f1: dict[int, float]

    def __str__(self) -> str:
        return f"accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}"


def score(
    probabilities: NDArray[np.floating], target: NDArray[np.int64], *, classes: Sequence[int] = CLASSES_13
) -> Score:
    """Score the cells of some classes, the others' columns left out (probabilities: (N, 13)).

    A class without a single cell doesn't count: in a fold that holds no elliptocyte twelve classes are eleven.
    """
    rows = np.isin(target, classes)
    truth = target[rows]
    answer = np.asarray(classes)[probabilities[rows][:, list(classes)].argmax(axis=1)]
    f1 = {number: binary_f1(answer == number, truth == number) for number in classes if (truth == number).any()}
    return Score(float((answer == truth).mean()), float(np.mean(list(f1.values()))), f1)


def confusion(probabilities: NDArray[np.floating], target: NDArray[np.int64]) -> NDArray[np.int64]:
    """(13, 13) counts: rows truth, columns answer."""
    table = np.zeros((len(CHULA_CLASSES),) * 2, np.int64)
    np.add.at(table, (target, probabilities.argmax(axis=1)), 1)
    return table


def calibration_error(probabilities: NDArray[np.floating], target: NDArray[np.int64], *, bins: int = 10) -> float:
    """Expected calibration error of the best class (Naeini et al. 2015), equal-width bins."""
    best = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == target
    place = np.minimum((best * bins).astype(int), bins - 1)
    gaps = [abs(right[place == b].mean() - best[place == b].mean()) * (place == b).mean() for b in np.unique(place)]
    return float(np.sum(gaps))
