"""The loss of outlines on discs."""

from __future__ import annotations

import torch

from training.losses import outline_loss


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
