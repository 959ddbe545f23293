"""Prompts drawn as a coarse mask prompt, the same in training and in the application.

A decoder trained from random weights is slow to learn *where* a point is; the mask input of SAM 2
tells it directly. The drawing uses what the dense head already knows: every pixel votes for the
centre of its cell, so the pixels that vote as the clicked one does are a first guess of its mask.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

LOGIT = 6.0
"""Strength of a certain pixel in the drawn logits."""


def render_prompts(
    points: Tensor,
    labels: Tensor,
    *,
    foreground: Tensor,
    offset: Tensor,
    previous: Tensor | None,
    cell_px: float,
) -> Tensor:
    """Mask prompt logits (N, 1, h, w) at stride 4, within -6..6.

    points (N, P, 2) in pixels of the window; labels (N, P): 1 positive, 0 negative, 2 and 3 box
    corners, -1 padding. foreground (N, h, w) probability; offset (N, 2, h, w) pixels to the centre
    of the pixel's cell. previous (N, 1, h, w): logits of an earlier round or None; then only the
    points themselves are drawn, over those logits.
    """
    used = (labels >= 0).any(0)
    points, labels = points[:, used], labels[:, used]  # padding draws nothing
    h, w = foreground.shape[1:]
    axis_y = torch.arange(h, device=points.device, dtype=torch.float32) * 4 + 2
    axis_x = torch.arange(w, device=points.device, dtype=torch.float32) * 4 + 2
    grid = torch.stack(torch.meshgrid(axis_x, axis_y, indexing="xy"))
    blob = _near(grid[None, None], points, sigma=cell_px / 8)
    if previous is not None:
        drawn = previous.clamp(-LOGIT, LOGIT)
        drawn = drawn + 2 * LOGIT * _strongest(blob, labels == 1)
        drawn = drawn - 2 * LOGIT * _strongest(blob, labels == 0)
        return drawn.clamp(-LOGIT, LOGIT)
    votes = (grid + offset).unsqueeze(1)
    targets = points + sample(offset * foreground[:, None], points, stride=4)
    alike = _near(votes, targets, sigma=cell_px / 6) * foreground[:, None]
    alike = torch.maximum(alike, blob)
    boxed = _box_votes(grid, votes, points, labels, foreground, cell_px)
    positive = torch.maximum(_strongest(alike, labels == 1), boxed)
    negative = _strongest(alike, labels == 0)
    agreed = (positive - negative).clamp(0, 1)
    return (2 * LOGIT * agreed - LOGIT - LOGIT * negative).clamp(-LOGIT, LOGIT)


def _near(at: Tensor, targets: Tensor, *, sigma: float) -> Tensor:
    """Gaussian closeness (N, P, h, w) of positions (N or 1, 1, 2, h, w) to targets (N, P, 2)."""
    squared = (at - targets[..., None, None]).square().sum(2)
    return torch.exp(-squared / (2 * sigma * sigma))


def _strongest(maps: Tensor, use: Tensor) -> Tensor:
    """Largest of the maps (N, P, h, w) chosen by use (N, P), as (N, 1, h, w); 0 where none."""
    return (maps * use[..., None, None]).amax(1, keepdim=True)


def sample(maps: Tensor, points: Tensor, *, stride: int) -> Tensor:
    """Bilinear values (N, P, C) of maps (N, C, h, w) at pixel positions (N, P, 2)."""
    scale = points.new_tensor([maps.shape[-1] * stride, maps.shape[-2] * stride])
    grid = (points / scale * 2 - 1).unsqueeze(1)
    values = functional.grid_sample(maps, grid, align_corners=False, padding_mode="border")
    return values[:, :, 0].transpose(1, 2)


def _box_votes(
    grid: Tensor,
    votes: Tensor,
    points: Tensor,
    labels: Tensor,
    foreground: Tensor,
    cell_px: float,
) -> Tensor:
    """(N, 1, h, w): within a box, foreground that votes for the box's middle; faint fill."""
    has = (labels == 2).any(1)
    low = (points * (labels == 2)[..., None]).sum(1)
    high = (points * (labels == 3)[..., None]).sum(1)
    inside = (grid > low[..., None, None]).all(1) & (grid < high[..., None, None]).all(1)
    spread = ((high - low).amin(1) / 4).clamp(min=cell_px / 6)
    centre = ((low + high) / 2)[:, :, None, None]
    squared = (votes[:, 0] - centre).square().sum(1)
    alike = torch.exp(-squared / (2 * spread.square())[:, None, None]) * foreground
    filled = torch.where(inside, 0.25 + 0.75 * alike, torch.zeros_like(alike))
    return (filled * has[:, None, None]).unsqueeze(1)
