"""Clicks as the outline head sees them."""

from __future__ import annotations

import torch

from rbc_desktop.models.segmenter.click_maps import CLEAR_LOGIT, GROSS_LOGIT, click_maps, obeying
from rbc_desktop.models.segmenter.prompt_rendering import sample


def maps(points: list[list[float]], labels: list[int], masks: torch.Tensor) -> torch.Tensor:
    """Of one window: (K, 3, h, w)."""
    return click_maps(torch.tensor([points]), torch.tensor([labels]), masks[None], cell_px=48, stride=2, limit=8)[0]


def disc() -> torch.Tensor:
    """Logits (1, 96, 96) at stride 2 of a disc of 24 px radius around (96, 96)."""
    axis = 2 * torch.arange(96.0) + 1
    return (24 - torch.hypot(axis[None] - 96, axis[:, None] - 96))[None]


def test_marks_lie_on_their_clicks():
    found = maps([[97.0, 75.0], [131.0, 97.0]], [1, 0], disc())[0]
    positive, negative = found[0], found[1]
    assert divmod(int(positive.argmax()), 96) == (37, 48)
    assert divmod(int(negative.argmax()), 96) == (48, 65)
    assert positive[48, 65] < 0.01


def test_a_click_in_the_middle_asks_for_nothing():
    assert maps([[96.0, 96.0]], [1], disc())[0, 2].abs().max() == 0


def test_a_contradicted_mask_is_asked_to_change_towards_the_click():
    outside = maps([[96.0, 69.0]], [1], disc())[0, 2]
    inside = maps([[96.0, 75.0]], [0], disc())[0, 2]
    assert torch.isclose(outside.max(), torch.tensor(3 + CLEAR_LOGIT), atol=0.2)
    assert torch.isclose(inside.min(), torch.tensor(-3 - CLEAR_LOGIT), atol=0.2)
    assert outside.argmax() // 96 == 34
    assert outside[34, 48 + 6] > 0.5 * outside.max()
    assert outside[66:].max() < 0.1


def test_each_mask_is_asked_by_what_it_says_itself():
    both = torch.cat([disc(), disc() + 6])
    found = maps([[96.0, 69.0]], [1], both)
    assert found[0, 2].max() > 4
    assert found[1, 2].max() < 0.1
    assert torch.equal(found[0, :2], found[1, :2])


def test_padding_and_box_corners_are_no_clicks():
    assert maps([[96.0, 69.0], [60.0, 60.0], [130.0, 130.0]], [-1, 2, 3], disc()).abs().max() == 0


def obeyed(points: list[list[float]], labels: list[int], masks: torch.Tensor) -> torch.Tensor:
    """Of one window: (K, h, w)."""
    return obeying(torch.tensor([points]), torch.tensor([labels]), masks[None], stride=2)[0]


def said(masks: torch.Tensor, x: float, y: float) -> float:
    return float(sample(masks[None], torch.tensor([[[x, y]]]), stride=2)[0, 0, 0])


def test_an_outline_that_contradicts_a_correction_is_bent_there_and_nowhere_else():
    middle, outside, inside = [96.0, 96.0], [96.0, 69.0], [119.0, 97.0]
    for at, label in ((outside, 1), (inside, 0), ([117.0, 97.0], 0)):
        mask = disc()
        assert (said(mask, *at) > 0) != bool(label)
        bent = obeyed([middle, at], [1, label], mask)
        assert (said(bent, *at) > 0) == bool(label)
        changed = torch.nonzero((bent[0] > 0) != (mask[0] > 0)) * 2 + 1.0
        assert len(changed)
        assert torch.hypot(changed[:, 1] - at[0], changed[:, 0] - at[1]).max() < 10


def test_a_negative_click_beside_a_box_is_a_correction_too():
    mask = disc()
    bent = obeyed([[118.0, 97.0], [0.0, 0.0]], [0, -1], mask)
    assert said(mask, 118, 97) > 0 > said(bent, 118, 97)


def test_a_lone_click_and_gross_contradictions_bend_nothing():
    mask = disc()
    assert torch.equal(obeyed([[96.0, 69.0], [0.0, 0.0]], [1, -1], mask), mask)
    far = [96.0, 60.0]
    assert said(mask, *far) < -GROSS_LOGIT
    assert torch.equal(obeyed([[96.0, 96.0], far], [1, 1], mask), mask)
    assert torch.equal(obeyed([[96.0, 96.0], [97.0, 75.0]], [1, 1], mask), mask)
