"""An answer to a correction that changes no more than the correction asks for."""

from __future__ import annotations

import torch
from torch import Tensor

from .click_maps import GROSS_LOGIT
from .prompt_rendering import sample

SAME_CELL_IOU = 0.7
"""From here on two answers mean the same cell; below, the correction was about which cell is meant."""

OUTLINED_SHARE = 0.6
"""A mask that comes as an outline has steep logits, which count by so much."""


def steadied(
    answers: Tensor, before: Tensor, points: Tensor, labels: Tensor, *, stride: int, share: float = 1.0
) -> Tensor:
    """Logits (N, K, h, w) of the answers to a correction of the outline, averaged with the mask before.

    Two answers err at different places of an outline, and now and then a click at an error of one pixel makes the
    decoder redraw the other side of the cell: their mean is nearer the outline than either. Where a click contradicts
    the mask before by more than `GROSS_LOGIT`, a part of the cell is at stake, and the answer stands alone.

    Args:
        answers: ``(N, K, h, w)`` logits with the correction.
        before: ``(N, 1, h, w)`` logits of the mask that was corrected.
        points: ``(N, P, 2)`` x, y of all clicks, pixels of the window.
        labels: ``(N, P)`` 1 positive, 0 negative; others are no clicks.
        stride: pixels of the window per element.
        share: by which the mask before counts.
    """
    sign = (labels == 1).float() - (labels == 0).float()
    slight = (sample(before, points, stride=stride)[..., 0] * sign > -GROSS_LOGIT).all(1)
    new, old = answers > 0, before > 0
    shared = (new & old).flatten(2).sum(2)
    same = shared >= SAME_CELL_IOU * (new | old).flatten(2).sum(2).clamp(min=1)
    return torch.where((same & slight[:, None])[..., None, None], (answers + share * before) / 2, answers)
