"""The outline head around each mask only: a cell fills a tenth of its window, and elsewhere nothing moves."""

from __future__ import annotations

import torch
from torch import Tensor

from .compact_layers import OutlineHead

SIDE = 48
"""Side of a crop on the grid of stride 2: two typical cells of 48 px."""

MARGIN = 6
"""Cells of that grid between mask and crop border at least: twice as far as the head sees."""

TOGETHER = 8
"""Crops at a time: with more their maps leave a CPU core's cache, and each takes twice as long."""


def refine_crops(head: OutlineHead, edges: Tensor, index: Tensor, masks: Tensor) -> Tensor:
    """What ``head(edges[index], masks)`` says near the masks; elsewhere the logits as they are.

    Masks that are too large for a crop, or empty, go through the head whole.

    Args:
        head: the network's.
        edges: ``(N, width, h, w)``.
        index: ``(M,)`` which edges belong to a mask.
        masks: ``(M, 4, h, w)`` logits with their `click_maps`; extents are the logits'.
    """
    low, high = extents(masks[:, 0] > 0)
    small = (high - low).amax(1) + 2 * MARGIN <= SIDE
    small &= (high > low).all(1)
    refined = masks[:, :1].clone()
    if not bool(small.all()):
        refined[~small] = head(edges[index[~small]], masks[~small])
    rows = torch.nonzero(small).flatten().tolist()
    if not rows:
        return refined
    last = masks.new_tensor([masks.shape[-1], masks.shape[-2]]).long() - SIDE
    corners = torch.minimum(((low + high - SIDE) // 2).clamp(min=0), last.clamp(min=0))[small].tolist()
    of = index[small].tolist()
    crops = torch.stack([masks[m, :, y : y + SIDE, x : x + SIDE] for m, (x, y) in zip(rows, corners, strict=True)])
    around = torch.stack([edges[n, :, y : y + SIDE, x : x + SIDE] for n, (x, y) in zip(of, corners, strict=True)])
    parts = zip(torch.split(around, TOGETHER), torch.split(crops, TOGETHER), strict=True)
    found = torch.cat([head(near, part) for near, part in parts])
    for row, crop, (x, y) in zip(rows, found, corners, strict=True):
        refined[row, :, y : y + SIDE, x : x + SIDE] = crop
    return refined


def extents(masks: Tensor) -> tuple[Tensor, Tensor]:
    """Half-open extents of masks (M, h, w) bool: low and high (M, 2) ``x, y``; both 0 for an empty one."""
    low, high = [], []
    for seen in (masks.any(1), masks.any(2)):
        place = torch.arange(1, seen.shape[1] + 1, device=seen.device) * seen
        high.append(place.amax(1))
        backward = torch.arange(seen.shape[1], 0, -1, device=seen.device) * seen
        low.append(torch.where(seen.any(1), seen.shape[1] - backward.amax(1), 0))
    return torch.stack(low, 1), torch.stack(high, 1)
