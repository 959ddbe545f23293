"""Scores of predictions."""

import numpy as np
import pytest

from rbc_desktop.models.relearning.held_out import review_limit
from training.classifier import scores


def test_scores_by_hand():
    probabilities = np.zeros((4, 13))
    probabilities[[0, 1, 2, 3], [0, 0, 3, 10]] = 1
    probabilities[3, 3] = 0.5
    target = np.array([0, 3, 3, 10])
    result = scores.score(probabilities, target, classes=(0, 3))
    assert result.accuracy == pytest.approx(2 / 3)
    assert result.f1 == pytest.approx({0: 2 / 3, 3: 2 / 3})
    assert scores.score(probabilities, target).accuracy == pytest.approx(3 / 4)
    assert scores.confusion(probabilities, target)[3, 0] == 1


def test_a_class_without_cells_is_no_class():
    target = np.array([0, 0, 3])
    probabilities = np.eye(13)[[0, 12, 3]]
    result = scores.score(probabilities, target, classes=scores.CLASSES_12)
    assert set(result.f1) == {0, 3}
    assert result.macro_f1 == pytest.approx((2 / 3 + 1) / 2)


def test_review_limit_keeps_its_promise():
    random = np.random.default_rng(4)
    best = random.uniform(0.4, 1, 4000)
    right = random.random(4000) < best
    probabilities = np.column_stack([best, 1 - best])
    probabilities[best < 0.5] = probabilities[best < 0.5]
    target = np.where(right == (best >= 0.5), 0, 1)
    limit = review_limit(probabilities, target, precision=0.9)
    accepted = probabilities.max(axis=1) >= limit
    assert (probabilities.argmax(axis=1) == target)[accepted].mean() >= 0.9
    assert 0.5 < limit < 0.95
