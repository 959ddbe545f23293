"""Scores of masks and of image labels, in plain numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

_TINY = 1e-6


@dataclass(frozen=True)
class MaskScores:
    """Scores of one mask, or their means. loss: BCE + Dice, None for methods that give no probabilities."""

    iou: float
    dice: float
    accuracy: float
    precision: float
    recall: float
    specificity: float
    loss: float | None = None


def mask_scores(predicted: NDArray[np.bool_], truth: NDArray[np.bool_]) -> MaskScores:
    """Pixel scores of a mask (H, W) bool against the truth (H, W) bool.

    A ratio without anything to count (nothing predicted, nothing there) is 1 when nothing was missed, too: an empty
    answer to an empty field is right.
    """
    if predicted.shape != truth.shape:
        raise ValueError(f"masks of {predicted.shape} and {truth.shape} can't be compared")
    hit = int(np.count_nonzero(predicted & truth))
    false = int(np.count_nonzero(predicted & ~truth))
    missed = int(np.count_nonzero(~predicted & truth))
    empty = truth.size - hit - false - missed
    return MaskScores(
        iou=_ratio(hit, hit + false + missed),
        dice=_ratio(2 * hit, 2 * hit + false + missed),
        accuracy=_ratio(hit + empty, truth.size),
        precision=_ratio(hit, hit + false, otherwise=float(missed == 0)),
        recall=_ratio(hit, hit + missed),
        specificity=_ratio(empty, empty + false),
    )


def probability_scores(probability: NDArray[np.float32], truth: NDArray[np.bool_]) -> MaskScores:
    """`mask_scores` of a probability map (H, W) at a half, with its loss."""
    scores = mask_scores(probability >= 0.5, truth)
    return MaskScores(**{**asdict(scores), "loss": bce_dice(probability, truth)})


def bce_dice(probability: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """Binary cross-entropy plus Dice loss, as the networks are trained with."""
    chance = np.clip(probability.astype(np.float64), _TINY, 1 - _TINY)
    entropy = -np.where(truth, np.log(chance), np.log(1 - chance)).mean()
    shared = float((chance * truth).sum())
    return float(entropy + 1 - (2 * shared + 1) / (chance.sum() + truth.sum() + 1))


def mean_scores(scores: Sequence[MaskScores]) -> MaskScores:
    """Means over images; raises ValueError without any."""
    if not scores:
        raise ValueError("no image was scored")
    losses = [s.loss for s in scores if s.loss is not None]
    means = {
        name: float(np.mean([getattr(s, name) for s in scores]))
        for name in ("iou", "dice", "accuracy", "precision", "recall", "specificity")
    }
    return MaskScores(**means, loss=float(np.mean(losses)) if losses else None)


@dataclass(frozen=True)
class ClassScore:
    """Precision, recall, F1 and the number of images of one class."""

    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True)
class LabelScores:
    """Scores of image labels; macro values are plain means over the classes.

    Attributes:
        confusion: rows truth, columns answer.
        calibration: (mean probability, share that is right, images) of each filled bin of the best class's probability.
        calibration_error: expected calibration error over these bins.
    """

    accuracy: float
    precision: float
    recall: float
    f1: float
    classes: tuple[ClassScore, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration: tuple[tuple[float, float, int], ...]
    calibration_error: float


def label_scores(probabilities: NDArray[np.float64], truth: NDArray[np.int64], *, bins: int = 10) -> LabelScores:
    """Score class probabilities (N, K) against labels (N,); raises ValueError without any image."""
    if not len(truth):
        raise ValueError("no image was scored")
    answer = probabilities.argmax(axis=1)
    number = probabilities.shape[1]
    table = np.zeros((number, number), np.int64)
    np.add.at(table, (truth, answer), 1)
    classes = tuple(_class_score(table, k) for k in range(number))
    curve = calibration_curve(probabilities.max(axis=1), answer == truth, bins=bins)
    return LabelScores(
        accuracy=float((answer == truth).mean()),
        precision=float(np.mean([c.precision for c in classes])),
        recall=float(np.mean([c.recall for c in classes])),
        f1=float(np.mean([c.f1 for c in classes])),
        classes=classes,
        confusion=tuple(tuple(int(v) for v in row) for row in table),
        calibration=curve,
        calibration_error=float(sum(abs(p - right) * n for p, right, n in curve) / len(truth)),
    )


def calibration_curve(
    best: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int
) -> tuple[tuple[float, float, int], ...]:
    """(mean probability, share right, count) of each filled equal-width bin."""
    place = np.minimum((best * bins).astype(int), bins - 1)
    filled = (place == b for b in np.unique(place))
    return tuple((float(best[rows].mean()), float(right[rows].mean()), int(rows.sum())) for rows in filled)


def _class_score(table: NDArray[np.int64], k: int) -> ClassScore:
    hit, answered, there = int(table[k, k]), int(table[:, k].sum()), int(table[k].sum())
    precision = _ratio(hit, answered, otherwise=0.0)
    return ClassScore(
        precision, _ratio(hit, there, otherwise=0.0), _ratio(2 * hit, answered + there, otherwise=0.0), there
    )


def _ratio(part: float, whole: float, *, otherwise: float = 1.0) -> float:
    return part / whole if whole else otherwise
