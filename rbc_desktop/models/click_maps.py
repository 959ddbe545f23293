"""Clicks as the outline head sees them: where they are, and by how much a mask contradicts them."""

from __future__ import annotations

import torch
from torch import Tensor

from .prompt_rendering import sample

NEAR_PX = 3.0
"""Standard deviation, model pixels, of the spot that marks a click."""

FAR_SHARE = 0.25
"""The same over the cell's diameter for the spot that says how wrong the mask is there: an outline that is wrong at a
click is wrong to its left and right too."""

CLEAR_LOGIT = 2.0
"""A mask that says this much at a click doesn't contradict it."""

CHANNELS = 3
"""Maps for each mask, see `click_maps`."""


def click_maps(points: Tensor, labels: Tensor, masks: Tensor, *, cell_px: float, stride: int, limit: float) -> Tensor:
    """Maps (N, K, 3, h, w): positive clicks, negative clicks, and the change of logits that they ask for.

    Args:
        points: ``(N, P, 2)`` x, y in pixels of the window.
        labels: ``(N, P)`` 1 positive, 0 negative; others are no clicks.
        masks: ``(N, K, h, w)`` logits at ``stride``.
        cell_px: diameter of a typical cell, pixels of the window.
        stride: pixels of the window per pixel of the maps.
        limit: largest change of logits.
    """
    height, width = masks.shape[-2:]
    sign = (labels == 1).float() - (labels == 0).float()
    near = [_profile(points[..., axis], count, NEAR_PX, stride) for axis, count in ((1, height), (0, width))]
    far = [_profile(points[..., axis], count, FAR_SHARE * cell_px, stride) for axis, count in ((1, height), (0, width))]
    spots = [torch.einsum("np,nph,npw->nhw", kind.clamp(min=0), *near) for kind in (sign, -sign)]
    said = sample(masks, points, stride=stride) * sign[..., None]
    asked = (CLEAR_LOGIT - said).clamp(0, limit) * sign[..., None]
    change = torch.einsum("npk,nph,npw->nkhw", asked, *far)
    marks = torch.stack(spots, dim=1)[:, None].expand(-1, masks.shape[1], -1, -1, -1)
    return torch.cat([marks, change[:, :, None]], dim=2)


def _profile(positions: Tensor, count: int, sigma: float, stride: int) -> Tensor:
    """Gaussians (N, P, count) along one axis around positions (N, P); these and sigma in pixels of the window."""
    axis = (torch.arange(count, device=positions.device) + 0.5) * stride
    return torch.exp(-(axis - positions[..., None]).square() / (2 * sigma * sigma))
