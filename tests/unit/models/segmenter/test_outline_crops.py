"""Crops around masks answer as the whole window does, where an outline can run."""

from __future__ import annotations

import pytest
import torch

from rbc_desktop.models.segmenter.compact_layers import OutlineHead
from rbc_desktop.models.segmenter.outline_crops import Clicks, extents, refine_crops, refine_whole
from rbc_desktop.models.segmenter.prompt_window import Window


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


def clicks_on(*places: tuple[float, float]) -> Clicks:
    """One positive and one negative click on each window, and padding."""
    points = torch.tensor([[[x, y], [x + 9, y + 31], [0.0, 0.0]] for x, y in places])
    return Clicks(points, torch.tensor([[1, 0, -1]]).expand(len(places), 3), cell_px=48, stride=2)


def test_extents_are_tight() -> None:
    masks = torch.zeros(3, 20, 30, dtype=torch.bool)
    masks[0, 4:9, 11:25] = True
    masks[1, 19, 29] = True
    low, high = extents(masks)
    assert low.tolist() == [[11, 4], [29, 19], [0, 0]]
    assert high.tolist() == [[25, 9], [30, 20], [0, 0]]


@torch.inference_mode()
def test_near_the_masks_nothing_differs_from_the_whole_window(head: OutlineHead) -> None:
    # In the middle, at an edge, in a corner, too large for a crop, none at all, and one more in the middle.
    masks = torch.stack(
        [disc(50, 40, 12), disc(3, 60, 10), disc(94, 95, 9), disc(48, 48, 30), torch.full((1, 96, 96), -5.0),
         disc(40, 52, 14)]
    ).reshape(3, 2, 96, 96)  # fmt: skip
    edges, index = torch.rand(2, 6, 160, 160), [0, 1, 0]
    window = Window(corner=torch.tensor([[0, 0], [128, 96], [32, 128]]), side=192)
    clicks = clicks_on((100, 70), (190, 170), (80, 90))
    arguments = head, edges, index, window, masks, clicks
    whole, found = refine_whole(*arguments), refine_crops(*arguments)
    near = masks > -2
    assert torch.allclose(found[near], whole[near], atol=1e-4)
    assert torch.allclose(found[1, 1], whole[1, 1], atol=1e-4)
    assert torch.allclose(found[2, 0], whole[2, 0], atol=1e-4)
    assert not torch.allclose(found, masks, atol=0.1)
    assert torch.equal(found[0, 0, :10], masks[0, 0, :10])
    each = [refine_crops(head, edges, index, window, masks[:, k : k + 1], clicks) for k in range(2)]
    assert torch.allclose(torch.cat(each, dim=1), found, atol=1e-5)


@torch.inference_mode()
def test_a_window_smaller_than_a_crop_works(head: OutlineHead) -> None:
    masks, edges = disc(16, 16, 8, side=32)[None], torch.rand(1, 6, 32, 32)
    arguments = (
        head,
        edges,
        [0],
        Window(corner=torch.zeros(1, 2, dtype=torch.long), side=64),
        masks,
        clicks_on((20, 30)),
    )
    assert torch.allclose(refine_crops(*arguments), refine_whole(*arguments), atol=1e-4)
