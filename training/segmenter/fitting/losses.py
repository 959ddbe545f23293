"""Losses of segmentation: masks (best of three), their predicted IoU, and the dense head."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

DEEPEST = 8
"""Pixels from its border beyond which one place in an error is as good as another."""

LEAST_WRONG_PX = 6
"""Square pixels; a mask that is wrong on fewer is right."""


def mask_losses(logits: Tensor, target: Tensor) -> Tensor:
    """Dice plus half a BCE near the object, (N, K). logits (N, K, h, w); target (N, h, w) 0..1.

    The BCE counts the object and its close neighbourhood; a BCE over everything collapses to
    empty masks for a long time.
    """
    goal = target[:, None]
    probability = logits.sigmoid()
    shared = (probability * goal).sum((2, 3))
    dice = 1 - (2 * shared + 1) / (probability.square() + goal.square()).sum((2, 3)).add(1)
    near = functional.max_pool2d(goal, 9, stride=1, padding=4)
    weight = 0.02 + near
    bce = functional.binary_cross_entropy_with_logits(logits, goal.expand_as(logits), reduction="none")
    return dice + 0.5 * (bce * weight).sum((2, 3)) / weight.sum((2, 3))


def outline_loss(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Dice, and BCE in a band along the outline, of refined masks; scalar.

    logits (N, h, w); target (N, h, w) 0..1 at stride 2; weight (N,). The band reaches 4 px to either side: farther
    away the decoder has decided already.
    """
    goal = target[:, None]
    outside = functional.max_pool2d(goal, 5, stride=1, padding=2)
    inside = -functional.max_pool2d(-goal, 5, stride=1, padding=2)
    band = ((outside - inside) > 0.05).float()[:, 0]
    bce = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    along = (bce * band).sum((1, 2)) / band.sum((1, 2)).clamp(min=1)
    probability = logits.sigmoid()
    shared = (probability * target).sum((1, 2))
    dice = 1 - (2 * shared + 1) / (probability.square() + target.square()).sum((1, 2)).add(1)
    return ((dice + along) * weight).sum() / weight.sum().clamp(min=1e-6)


def mask_iou(logits: Tensor, target: Tensor) -> Tensor:
    """IoU (N, K) of thresholded logits (N, K, h, w) with targets (N, h, w) at a half."""
    mine, goal = logits > 0, (target > 0.5)[:, None]
    shared = (mine & goal).sum((2, 3)).float()
    return shared / (mine | goal).sum((2, 3)).float().clamp(min=1)


def prompt_loss(logits: Tensor, iou: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Best of three masks, a little of the others, and the regression of the IoU; scalar."""
    each = mask_losses(logits, target)
    best = each.min(1).values
    quality = (iou - mask_iou(logits.detach(), target)).square().mean(1)
    per_prompt = best + 0.15 * each.mean(1) + 0.5 * quality
    return (per_prompt * weight).sum() / weight.sum().clamp(min=1e-6)


def dense_loss(raw: Tensor, target: Tensor, *, cell_px: float) -> Tensor:
    """Loss of raw dense outputs (B, 5, h, w) against `dense_targets` (B, 8, h, w); scalar."""
    known, inside, seen = target[:, 5], target[:, 6], target[:, 7]
    foreground = _weighted(
        functional.binary_cross_entropy_with_logits(raw[:, 0], target[:, 0], reduction="none"),
        known,
    )
    chance = raw[:, 0].sigmoid() * known
    goal = target[:, 0] * known
    dice = 1 - (2 * (chance * goal).sum() + 1) / (chance.square() + goal.square()).sum().add(1)
    distance = _weighted((raw[:, 1].sigmoid() - target[:, 1]).abs(), inside)
    heat = functional.binary_cross_entropy_with_logits(raw[:, 2], target[:, 2], reduction="none")
    centre = _weighted(heat * (1 + 8 * target[:, 2]), seen)
    aim = target[:, 3:5] / (cell_px / 2)
    offset = _weighted(functional.smooth_l1_loss(raw[:, 3:5], aim, beta=0.1, reduction="none").sum(1), inside)
    return foreground + 0.5 * dice + distance + centre + offset


def bce_dice(logits: Tensor, target: Tensor) -> Tensor:
    """Binary cross-entropy plus Dice loss over the last two dimensions; target 0..1 of the same shape."""
    entropy = functional.binary_cross_entropy_with_logits(logits, target, reduction="none").mean((-2, -1))
    chance = logits.sigmoid()
    shared = (chance * target).sum((-2, -1))
    return entropy + 1 - (2 * shared + 1) / (chance.sum((-2, -1)) + target.sum((-2, -1)) + 1)


def _weighted(values: Tensor, weight: Tensor) -> Tensor:
    return (values * weight).sum() / weight.sum().clamp(min=1)


def correction_points(logits: Tensor, target: Tensor, *, stride: int) -> tuple[Tensor, Tensor]:
    """A point in the middle of the largest error, however thin: (N, 1, 2) px in the window, labels (N, 1).

    logits (N, h, w), target (N, h, w) 0..1 at ``stride``. Rows without an error worth a click get label -1.
    """
    shown, goal = (
        functional.interpolate(each[:, None].float(), scale_factor=float(stride), mode="bilinear")[:, 0]
        for each in (logits, target)
    )
    wrong = ((shown > 0) != (goal > 0.5)).float()[:, None]
    # How far inside an error region a pixel lies: errors that survive erosion count more.
    depth = wrong.clone()
    core = wrong
    for _ in range(DEEPEST):
        core = -functional.max_pool2d(-core, 3, stride=1, padding=1)
        depth = depth + core
    flat = (depth[:, 0] + 0.1 * torch.rand_like(depth[:, 0])).flatten(1)
    best = flat.argmax(1)
    width = shown.shape[-1]
    x, y = best % width, torch.div(best, width, rounding_mode="floor")
    points = torch.stack([x, y], dim=1).float() + 0.5
    label = (goal.flatten(1).gather(1, best[:, None]) > 0.5).long()
    label[wrong.flatten(1).sum(1) < LEAST_WRONG_PX] = -1
    return points[:, None], label
