"""The outline head around each mask only: a cell fills a tenth of its window, and elsewhere nothing moves."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from .click_maps import asked_changes, click_maps, drawn_clicks, obeying
from .compact_layers import LOGIT_LIMIT, OutlineHead
from .prompt_window import Window

SIDE = 48
"""Side of a crop on the grid of stride 2: two typical cells of 48 px."""

MARGIN = 6
"""Cells of that grid between mask and crop border at least: twice as far as the head sees."""

TOGETHER = 8
"""Crops at a time: with more their maps leave a CPU core's cache, and each takes twice as long."""


@dataclass(frozen=True)
class Clicks:
    """What refining needs to know of the prompts: see `click_maps`.

    Attributes:
        points: ``(N, P, 2)`` x, y in pixels of the window.
        labels: ``(N, P)``.
        cell_px: diameter of a typical cell, pixels of the window.
        stride: pixels of the window per element of masks and edges.
    """

    points: Tensor
    labels: Tensor
    cell_px: float
    stride: int

    def maps(self, masks: Tensor) -> Tensor:
        """`click_maps` of masks (N, K, h, w)."""
        return click_maps(
            self.points, self.labels, masks.detach().float(), cell_px=self.cell_px, stride=self.stride,
            limit=LOGIT_LIMIT,
        )  # fmt: skip

    def asked(self, masks: Tensor) -> Tensor:
        """`asked_changes` of masks (N, K, h, w)."""
        return asked_changes(self.points, self.labels, masks, stride=self.stride, limit=LOGIT_LIMIT)

    def drawn(self, asked: Tensor, *, origin: Tensor) -> Tensor:
        """`drawn_clicks` on crops at corners (N, 2), elements of the masks."""
        return drawn_clicks(
            self.points, self.labels, asked, origin=origin, size=(SIDE, SIDE), cell_px=self.cell_px,
            stride=self.stride,
        )  # fmt: skip

    def obeyed(self, masks: Tensor) -> Tensor:
        """`obeying` of final masks (N, K, h, w)."""
        return obeying(self.points, self.labels, masks, stride=self.stride)

    def take(self, rows: Tensor) -> Clicks:
        """The clicks of some prompts."""
        return Clicks(self.points[rows], self.labels[rows], self.cell_px, self.stride)


def refine_whole(
    head: OutlineHead, edges: Tensor, index: list[int], window: Window, masks: Tensor, clicks: Clicks
) -> Tensor:
    """What the head says everywhere in the windows, ``(N, K, h, w)``.

    Args:
        head: the network's.
        edges: ``(B, width, H, W)`` of whole inputs.
        index: which input each of N windows lies in.
        window: where the windows lie.
        masks: ``(N, K, h, w)`` enlarged logits.
        clicks: all that led to the masks.
    """
    each = torch.cat([masks[:, :, None], clicks.maps(masks).to(masks.dtype)], dim=2).flatten(0, 1)
    rows = torch.arange(len(masks), device=masks.device).repeat_interleave(masks.shape[1])
    refined: Tensor = head(window.cut(edges, index, stride=clicks.stride)[rows], each)
    return refined.reshape(masks.shape)


def refine_crops(
    head: OutlineHead, edges: Tensor, index: list[int], window: Window, masks: Tensor, clicks: Clicks
) -> Tensor:
    """What `refine_whole` says near the masks; elsewhere the logits as they are.

    Masks that are too large for a crop, or empty, go through the head whole.
    """
    each = masks.shape[1]
    flat = masks.flatten(0, 1)
    low, high = extents(flat > 0)
    small = ((high - low).amax(1) + 2 * MARGIN <= SIDE) & (high > low).all(1) & (min(masks.shape[-2:]) >= SIDE)
    refined = flat.clone()
    others = torch.nonzero(~small).flatten()
    if len(others):
        owners = others // each
        windows_of = Window(corner=window.corner[owners.to(window.corner.device)], side=window.side)
        of = [index[n] for n in owners.tolist()]
        refined[others] = refine_whole(head, edges, of, windows_of, flat[others][:, None], clicks.take(owners))[:, 0]
    last = torch.tensor([masks.shape[-1] - SIDE, masks.shape[-2] - SIDE], device=masks.device)
    corner = torch.minimum(((low + high - SIDE) // 2).clamp(min=0), last.clamp(min=0))
    asked = clicks.asked(masks).flatten(0, 1)
    windows = window.corner_lists(clicks.stride)
    wanted = torch.nonzero(small).flatten()
    for start in range(0, len(wanted), TOGETHER):
        rows = wanted[start : start + TOGETHER]
        places = [(m, m // each, x, y) for m, (x, y) in zip(rows.tolist(), corner[rows].tolist(), strict=True)]
        crops = [flat[m, y : y + SIDE, x : x + SIDE] for m, _, x, y in places]
        around = [_at(edges[index[n]], windows[n][0] + x, windows[n][1] + y) for _, n, x, y in places]
        drawn = clicks.take(rows // each).drawn(asked[rows], origin=corner[rows])
        found = head(torch.stack(around), torch.cat([torch.stack(crops)[:, None], drawn], dim=1))
        for (m, _, x, y), crop in zip(places, found, strict=True):
            refined[m, y : y + SIDE, x : x + SIDE] = crop[0]
    return refined.reshape(masks.shape)


def _at(maps: Tensor, x: int, y: int) -> Tensor:
    return maps[:, y : y + SIDE, x : x + SIDE]


def extents(masks: Tensor) -> tuple[Tensor, Tensor]:
    """Half-open extents of masks (M, h, w) bool: low and high (M, 2) ``x, y``; both 0 for an empty one."""
    low, high = [], []
    for seen in (masks.any(1), masks.any(2)):
        place = torch.arange(1, seen.shape[1] + 1, device=seen.device) * seen
        high.append(place.amax(1))
        backward = torch.arange(seen.shape[1], 0, -1, device=seen.device) * seen
        low.append(torch.where(seen.any(1), seen.shape[1] - backward.amax(1), 0))
    return torch.stack(low, 1), torch.stack(high, 1)
