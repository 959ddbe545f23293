"""The window around each prompt in which the compact SAM 2 decodes it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Window:
    """N square windows of one side: corner (N, 2) int64 ``x, y``, multiples of 16; side, px."""

    corner: Tensor
    side: int

    def corner_lists(self, stride: int) -> list[list[int]]:
        """Corners in cells of a map of this stride."""
        return [[int(x) // stride, int(y) // stride] for x, y in self.corner.tolist()]

    def inside(self, points: Tensor) -> Tensor:
        """Points (N, P, 2) of the input in pixels of their windows."""
        return points - self.corner[:, None].to(points.dtype)

    def cut(self, maps: Tensor, index: list[int], *, stride: int) -> Tensor:
        """Crop maps (B, C, H, W) to (N, C, side/stride, side/stride); row n from map index[n]."""
        if maps.device.type != "cpu":
            return self._gathered(maps, index, stride=stride)
        side = self.side // stride
        rows = maps.unbind(0)
        corners = self.corner_lists(stride)
        return torch.stack([rows[i][:, y : y + side, x : x + side] for i, (x, y) in zip(index, corners, strict=True)])

    def _gathered(self, maps: Tensor, index: list[int], *, stride: int) -> Tensor:
        """As `cut`, in one step however many windows there are: an accelerator takes as long for each small one."""
        across = torch.arange(self.side // stride, device=maps.device)
        corner = self.corner.to(maps.device) // stride
        of = torch.tensor(index, device=maps.device)[:, None, None]
        found: Tensor = maps[
            of, :, (corner[:, 1, None] + across)[:, :, None], (corner[:, 0, None] + across)[:, None, :]
        ]
        return found.permute(0, 3, 1, 2)


def prompt_turns(labels: Tensor) -> tuple[Tensor, Tensor]:
    """When each prompt of labels (N, P) comes in, (N, P), and how many turns a row has, (N,).

    First the box (both corners in one turn) or else the first positive point, then the others as they were given;
    padding comes after all.
    """
    group = torch.full_like(labels, 3)
    group[labels == 0] = 2
    positive = labels == 1
    group[positive] = torch.where(positive.cumsum(1) == 1, 1, 2)[positive]
    group[labels >= 2] = 0
    order = group.argsort(dim=1, stable=True).argsort(dim=1, stable=True)
    boxed = (labels >= 2).any(dim=1, keepdim=True)
    turn = torch.where(boxed, (order - 1).clamp(min=0), order)
    turn = torch.where(labels < 0, torch.full_like(turn, labels.shape[1] + 1), turn)
    count = (labels >= 0).sum(dim=1) - boxed[:, 0].long()
    return turn, count


def with_mask_extent(low: Tensor, high: Tensor, logits: Tensor, *, stride: int) -> tuple[Tensor, Tensor]:
    """Widen the extents to what an earlier mask (N, 1, H, W) of logits at ``stride`` covers."""
    inside = logits[:, 0] > 0
    low, high = low.clone(), high.clone()
    for axis, hit in enumerate((inside.any(1), inside.any(2))):
        for n in torch.nonzero(hit.any(1)).flatten().tolist():
            cells = torch.nonzero(hit[n]).flatten()
            low[n, axis] = torch.minimum(low[n, axis], cells[0] * float(stride))
            high[n, axis] = torch.maximum(high[n, axis], (cells[-1] + 1) * float(stride))
    return low, high
