"""Scores against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from training.segmenter.fitting.losses import bce_dice as bce_dice_of_logits
from training.study.metrics import (
    bce_dice,
    calibration_curve,
    label_scores,
    mask_scores,
    mean_scores,
    probability_scores,
)


def test_mask_scores_by_hand():
    truth = np.array([[1, 1, 0, 0], [1, 0, 0, 0]], bool)
    found = np.array([[1, 0, 1, 0], [1, 0, 0, 0]], bool)
    scores = mask_scores(found, truth)  # 2 hits, 1 false, 1 missed, 4 empty
    assert scores.iou == pytest.approx(2 / 4)
    assert scores.dice == pytest.approx(4 / 6)
    assert scores.accuracy == pytest.approx(6 / 8)
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.recall == pytest.approx(2 / 3)
    assert scores.specificity == pytest.approx(4 / 5)
    assert scores.loss is None


def test_an_empty_answer_to_an_empty_field_is_right():
    nothing = np.zeros((3, 3), bool)
    scores = mask_scores(nothing, nothing)
    assert (scores.iou, scores.dice, scores.precision, scores.recall, scores.specificity) == (1, 1, 1, 1, 1)


def test_finding_nothing_where_something_is_scores_nothing():
    scores = mask_scores(np.zeros((2, 2), bool), np.ones((2, 2), bool))
    assert (scores.iou, scores.dice, scores.precision, scores.recall, scores.specificity) == (0, 0, 0, 0, 1)


def test_finding_everything_where_nothing_is_scores_nothing():
    scores = mask_scores(np.ones((2, 2), bool), np.zeros((2, 2), bool))
    assert (scores.iou, scores.precision, scores.recall, scores.specificity) == (0, 0, 1, 0)


def test_masks_of_different_sizes_are_refused():
    with pytest.raises(ValueError, match="can't be compared"):
        mask_scores(np.zeros((2, 2), bool), np.zeros((3, 2), bool))


def test_loss_by_hand():
    chance, truth = np.array([[0.8, 0.4]], np.float32), np.array([[True, False]])
    entropy = -(math.log(0.8) + math.log(0.6)) / 2
    dice = 1 - (2 * 0.8 + 1) / (0.8 + 0.4 + 1 + 1)
    assert bce_dice(chance, truth) == pytest.approx(entropy + dice, abs=1e-6)
    assert probability_scores(chance, truth).loss == pytest.approx(entropy + dice, abs=1e-6)
    assert probability_scores(chance, truth).iou == 1


def test_a_certain_mistake_costs_a_finite_loss():
    assert math.isfinite(bce_dice(np.zeros((2, 2), np.float32), np.ones((2, 2), bool)))


def test_mean_of_images():
    one = probability_scores(np.array([[1.0]], np.float32), np.array([[True]]))
    none = probability_scores(np.array([[0.0]], np.float32), np.array([[True]]))
    assert mean_scores([one, none]).iou == 0.5
    with pytest.raises(ValueError, match="no image"):
        mean_scores([])


def test_label_scores_by_hand():
    truth = np.array([0, 0, 0, 1, 1])
    chance = np.array([0.1, 0.2, 0.7, 0.9, 0.6])  # of class 1: one healthy image taken for anaemic
    scores = label_scores(np.stack([1 - chance, chance], axis=1), truth)
    assert scores.accuracy == pytest.approx(4 / 5)
    assert scores.confusion == ((2, 1), (0, 2))
    healthy, anaemic = scores.classes
    assert (healthy.precision, healthy.recall, healthy.count) == (1, pytest.approx(2 / 3), 3)
    assert (anaemic.precision, anaemic.recall, anaemic.count) == (pytest.approx(2 / 3), 1, 2)
    assert scores.f1 == pytest.approx((0.8 + 0.8) / 2)
    assert scores.precision == pytest.approx((1 + 2 / 3) / 2)


def test_a_class_that_is_never_answered_scores_zero():
    scores = label_scores(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 1]))
    assert scores.classes[1].f1 == 0
    assert scores.f1 == pytest.approx((2 / 3) / 2)


def test_calibration_by_hand():
    best = np.array([0.95, 0.99, 0.55, 0.51])
    right = np.array([True, True, True, False])
    assert calibration_curve(best, right, bins=10) == ((pytest.approx(0.53), 0.5, 2), (pytest.approx(0.97), 1.0, 2))
    chance = np.stack([best, 1 - best], axis=1)
    assert label_scores(chance, np.where(right, 0, 1)).calibration_error == pytest.approx((0.03 + 0.03) / 2)


def test_full_certainty_falls_into_the_last_bin():
    assert calibration_curve(np.array([1.0]), np.array([True]), bins=10) == ((1.0, 1.0, 1),)


def test_loss_of_logits_and_of_probabilities_agree():
    logits, truth = torch.randn(1, 12, 9, generator=torch.manual_seed(3)), torch.rand(1, 12, 9) > 0.5
    expected = bce_dice(logits[0].sigmoid().numpy(), truth[0].numpy())
    assert float(bce_dice_of_logits(logits, truth.float())) == pytest.approx(expected, abs=1e-4)
