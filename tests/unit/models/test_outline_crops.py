"""Crops around masks answer as the whole window does, where an outline can run."""

from __future__ import annotations

import pytest
import torch

from rbc_desktop.models.compact_layers import OutlineHead
from rbc_desktop.models.outline_crops import extents, refine_crops


@pytest.fixture(scope="module")
def head() -> OutlineHead:
    torch.manual_seed(0)
    head = OutlineHead(stem=4, d_model=8, width=6).eval()
    torch.nn.init.normal_(head.change.weight, std=0.3)
    return head


def disc(x: float, y: float, radius: float, side: int = 96) -> torch.Tensor:
    """Logits (1, side, side)."""
    axis = torch.arange(float(side)) + 0.5
    return (radius - torch.hypot(axis[None] - x, axis[:, None] - y))[None]


def with_clicks(logits: torch.Tensor) -> torch.Tensor:
    """Logits (M, 1, h, w) with random click maps, (M, 4, h, w)."""
    return torch.cat([logits, torch.rand(len(logits), 3, *logits.shape[-2:])], dim=1)


def test_extents_are_tight() -> None:
    masks = torch.zeros(3, 20, 30, dtype=torch.bool)
    masks[0, 4:9, 11:25] = True
    masks[1, 19, 29] = True
    low, high = extents(masks)
    assert low.tolist() == [[11, 4], [29, 19], [0, 0]]
    assert high.tolist() == [[25, 9], [30, 20], [0, 0]]


@torch.inference_mode()
def test_near_the_masks_nothing_differs_from_the_whole_window(head: OutlineHead) -> None:
    # In the middle, at an edge, in a corner, too large for a crop, and none at all.
    masks = torch.stack(
        [disc(50, 40, 12), disc(3, 60, 10), disc(94, 95, 9), disc(48, 48, 30), torch.full((1, 96, 96), -5.0)]
    )
    edges = torch.rand(2, 6, 96, 96)
    index = torch.tensor([0, 1, 1, 0, 1])
    prompted = with_clicks(masks)
    whole, found = head(edges[index], prompted), refine_crops(head, edges, index, prompted)
    near = masks > -2
    assert torch.allclose(found[near], whole[near], atol=1e-4)
    assert torch.allclose(found[3:], whole[3:], atol=1e-4)
    assert not torch.allclose(found[:3], masks[:3], atol=0.1)
    assert torch.equal(found[0, 0, :10], masks[0, 0, :10])


@torch.inference_mode()
def test_a_window_smaller_than_a_crop_works(head: OutlineHead) -> None:
    masks, edges = with_clicks(disc(16, 16, 8, side=32)[None]), torch.rand(1, 6, 32, 32)
    index = torch.zeros(1, dtype=torch.long)
    assert torch.allclose(refine_crops(head, edges, index, masks), head(edges, masks), atol=1e-4)
