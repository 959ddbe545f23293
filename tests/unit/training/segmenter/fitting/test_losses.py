"""The loss of outlines, and where a simulated user corrects, on discs."""

from __future__ import annotations

import torch

from training.segmenter.fitting.losses import correction_points, outline_loss


def disc(radius: float) -> torch.Tensor:
    """Logits (1, 96, 96) of a disc, its border at 0."""
    axis = torch.arange(96.0) + 0.5
    return (radius - torch.hypot(axis[None] - 48, axis[:, None] - 48))[None]


def loss(radius: float, weight: float = 1.0) -> float:
    target = (disc(20) > 0).float()
    return float(outline_loss(disc(radius), target, torch.tensor([weight])))


def test_the_right_outline_costs_least():
    assert loss(20) < loss(21) < loss(23)
    assert loss(20) < loss(19) < loss(17)


def test_outlines_that_are_guessed_cost_nothing():
    assert loss(10, weight=0.0) == 0


def test_far_from_the_outline_only_the_overlap_counts():
    target = (disc(20) > 0).float()
    weight = torch.ones(1)
    sure = disc(20).clone()
    sure[:, 46:50, 46:50] = 40.0
    assert torch.allclose(outline_loss(sure, target, weight), outline_loss(disc(20), target, weight), atol=1e-4)


def moved(x: float) -> torch.Tensor:
    """Logits (1, 96, 96) of a disc of 20 cells radius, its middle moved along x."""
    axis = torch.arange(96.0) + 0.5
    return (20 - torch.hypot(axis[None] - 48 - x, axis[:, None] - 48))[None]


def test_a_correction_lies_in_the_middle_of_the_largest_error():
    target = (disc(20) > 0).float()
    target[:, 30:34, 90:94] = 1.0  # 4 x 4 cells that the mask misses, beside a thinner crescent
    points, labels = correction_points(moved(1.0), target, stride=2)
    assert labels.tolist() == [[1]]
    assert torch.allclose(points[0, 0], torch.tensor([184.0, 64.0]), atol=2.1)


def test_thin_errors_are_corrected_too():
    target = (disc(20) > 0).float()
    points, labels = correction_points(moved(0.8), target, stride=2)
    assert labels.shape == (1, 1)
    away = torch.hypot(points[0, 0, 0] - 96, points[0, 0, 1] - 96)
    assert 37 < away < 43
    right = bool(points[0, 0, 0] > 96)
    assert labels[0, 0] == (0 if right else 1)


def test_nothing_is_corrected_where_nothing_is_wrong():
    target = (disc(20) > 0).float()
    assert correction_points(2 * target - 1, target, stride=2)[1].tolist() == [[-1]]
