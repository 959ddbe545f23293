"""Scaling of the boosters' scores."""

import numpy as np
import pytest

from training.classifier import scores
from training.classifier.boosters import fit_scaling


def test_scaling_cools_scores_that_are_too_sure():
    random = np.random.default_rng(5)
    logits = random.normal(size=(3000, 3))
    target = np.array([random.choice(3, p=np.exp(row) / np.exp(row).sum()) for row in logits])
    scaling = fit_scaling(3 * logits, target)
    assert scaling.temperature == pytest.approx(3, rel=0.15)
    assert scores.calibration_error(scaling.probabilities(3 * logits), target) < 0.03
