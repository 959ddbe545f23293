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

KEPT_LOGIT = 0.7
"""What a mask says at least at a correction in the end: a little more than nothing, on the grid of the field, too."""

GROSS_LOGIT = 5.0
"""A mask that contradicts a correction by more means something else there: a dent of its outline wouldn't mend it."""

DENT_PX = 2.0
"""Standard deviation, model pixels, of what is added at a correction that the outline still contradicts."""

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
    count, each = masks.shape[:2]
    asked = asked_changes(points, labels, masks, stride=stride, limit=limit).flatten(0, 1)
    rows = torch.arange(count, device=masks.device).repeat_interleave(each)
    origin = points.new_zeros(len(rows), 2)
    maps = drawn_clicks(
        points[rows], labels[rows], asked, origin=origin, size=(masks.shape[-2], masks.shape[-1]), cell_px=cell_px,
        stride=stride,
    )  # fmt: skip
    return maps.reshape(count, each, *maps.shape[1:])


def asked_changes(points: Tensor, labels: Tensor, masks: Tensor, *, stride: int, limit: float) -> Tensor:
    """By how much each click asks each mask to change, logits ``(N, K, P)``; arguments as for `click_maps`."""
    sign = _signs(labels)
    said = sample(masks, points, stride=stride) * sign[..., None]
    return ((CLEAR_LOGIT - said).clamp(0, limit) * sign[..., None]).transpose(1, 2)


def obeying(points: Tensor, labels: Tensor, masks: Tensor, *, stride: int) -> Tensor:
    """Masks whose outlines are bent a little where they still contradict a correction, ``(N, K, h, w)``.

    A lone positive click is no correction: what it leaves open is which cell is meant. Arguments as for `click_maps`,
    the masks being the final ones.
    """
    sign = _signs(labels)
    corrected = ((sign != 0).sum(1) > 1) | (sign < 0).any(1)
    if not corrected.any():
        return masks
    said = sample(masks, points, stride=stride) * sign[..., None]
    lacking = (KEPT_LOGIT - said).clamp(min=0) * ((said > -GROSS_LOGIT) & corrected[:, None, None])
    if not lacking.any():
        return masks
    rows, columns = (
        _profile(points[..., axis], ((torch.arange(count, device=masks.device) + 0.5) * stride)[None], DENT_PX)
        for axis, count in ((1, masks.shape[-2]), (0, masks.shape[-1]))
    )
    return masks + torch.einsum("npk,nph,npw->nkhw", lacking * sign[..., None], rows, columns)


def drawn_clicks(
    points: Tensor,
    labels: Tensor,
    asked: Tensor,
    *,
    origin: Tensor,
    size: tuple[int, int],
    cell_px: float,
    stride: int,
) -> Tensor:
    """`click_maps` of M masks on a part of the window each, ``(M, 3, h, w)``.

    Args:
        points, labels: ``(M, P, 2)`` and ``(M, P)``, as for `click_maps`.
        asked: ``(M, P)`` from `asked_changes`.
        origin: ``(M, 2)`` x, y of the part's corner, pixels of the maps.
        size: rows and columns of the part.
        cell_px, stride: as for `click_maps`.
    """
    sign = _signs(labels)
    used = (sign != 0).any(0)
    points, sign, asked = points[:, used], sign[:, used], asked[:, used]
    axes = [(origin[:, axis, None] + torch.arange(count, device=points.device) + 0.5) * stride
            for axis, count in ((1, size[0]), (0, size[1]))]  # fmt: skip
    near, far = (
        [_profile(points[..., axis], places, sigma) for axis, places in zip((1, 0), axes, strict=True)]
        for sigma in (NEAR_PX, FAR_SHARE * cell_px)
    )
    spots = [torch.einsum("np,nph,npw->nhw", kind.clamp(min=0), *near) for kind in (sign, -sign)]
    return torch.stack([*spots, torch.einsum("np,nph,npw->nhw", asked, *far)], dim=1)


def _signs(labels: Tensor) -> Tensor:
    return (labels == 1).float() - (labels == 0).float()


def _profile(positions: Tensor, places: Tensor, sigma: float) -> Tensor:
    """Gaussians (M, P, count) along one axis around positions (M, P) at places (M, count), pixels of the window."""
    return torch.exp(-(places[:, None] - positions[..., None]).square() / (2 * sigma * sigma))
