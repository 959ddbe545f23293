"""A correction moves the outline where it is wrong, and the rest stays near where it was."""

from __future__ import annotations

import torch

from rbc_desktop.models.segmenter.steady_answers import steadied


def disc(radius: float, *, x: float = 32.0) -> torch.Tensor:
    """Logits (64, 64) at stride 4 of a disc around (4 x, 128): distance to its rim in elements."""
    axis = torch.arange(64.0) + 0.5
    return radius - torch.hypot(axis[None] - x, axis[:, None] - 32)


def steady(
    answers: torch.Tensor, before: torch.Tensor, *, click: tuple[float, float], positive: bool = True, share: float = 1
) -> torch.Tensor:
    """Answers (K, h, w) to a click in the middle of the disc and this one, pixels; one set of prompts."""
    points = torch.tensor([[(128.0, 128.0), click, (0.0, 0.0)]])
    labels = torch.tensor([[1, int(positive), -1]])
    return steadied(answers[None], before[None, None], points, labels, stride=4, share=share)[0]


AT_RIM = (128.0 + 4 * 15, 128.0)
"""A pixel or two outside a disc of 14 elements: logit -1."""


def test_two_answers_that_mean_one_cell_are_averaged():
    answers = torch.stack([disc(16), disc(14)])
    found = steady(answers, disc(14), click=AT_RIM)
    torch.testing.assert_close(found, torch.stack([disc(15), disc(14)]))
    torch.testing.assert_close(steady(answers, disc(14), click=AT_RIM, share=0.5)[0], (disc(16) + disc(14) / 2) / 2)


def test_a_side_that_is_redrawn_for_a_click_elsewhere_counts_half():
    redrawn = disc(14)
    redrawn[:, :26] = -6.0
    mean = steady(redrawn[None], disc(14), click=AT_RIM)[0]
    torch.testing.assert_close(mean[:, 26:], disc(14)[:, 26:])
    assert (mean > 0).sum() > (redrawn > 0).sum()


def test_where_a_part_of_the_cell_is_at_stake_the_answer_stands_alone():
    without = disc(14)
    without[:, 38:] = -6.0
    inside = (128.0 + 4 * 8, 128.0)
    torch.testing.assert_close(steady(without[None], disc(14), click=inside, positive=False)[0], without)


def test_an_answer_that_means_another_cell_is_taken_as_it_is():
    answers = torch.stack([disc(14, x=42), disc(14)])
    torch.testing.assert_close(steady(answers, disc(14), click=AT_RIM), answers)


def test_an_empty_mask_changes_no_answer():
    empty = torch.full((64, 64), -4.0)
    for answer, before in ((disc(14), empty), (empty, disc(14)), (empty, empty)):
        torch.testing.assert_close(steady(answer[None], before, click=AT_RIM)[0], answer)
