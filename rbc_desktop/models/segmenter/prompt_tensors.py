"""Prompts as the compact SAM 2 takes them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

MIN_POINTS = 5
"""Points are padded to at least this many, as in training, so that an answer doesn't depend on its batch."""


@dataclass(frozen=True)
class PromptTensors:
    """N prompts, in input pixels, on one device.

    Attributes:
        points: ``(N, P, 2)`` float ``x, y``.
        labels: ``(N, P)`` int64: 1 positive, 0 negative, -1 padding.
        boxes: ``(N, 4)`` float ``x0, y0, x1, y1``; a row of NaN means no box.
        mask: ``(N, 1, S/4, S/4)`` logits of an earlier round.
        image: ``(N,)`` which of the B inputs each belongs to; None means the first.
    """

    points: Tensor
    labels: Tensor
    boxes: Tensor | None = None
    mask: Tensor | None = None
    image: Tensor | None = None

    @classmethod
    def clicks(cls, places: Tensor) -> PromptTensors:
        """One positive point each, of places (N, 2), padded."""
        points = places.new_zeros(len(places), MIN_POINTS, 2)
        labels = torch.full((len(places), MIN_POINTS), -1, dtype=torch.int64, device=places.device)
        points[:, 0], labels[:, 0] = places, 1
        return cls(points, labels)

    def take(self, rows: Tensor) -> PromptTensors:
        """Some of them."""
        others = (None if values is None else values[rows] for values in (self.boxes, self.mask, self.image))
        return PromptTensors(self.points[rows], self.labels[rows], *others)

    @property
    def images(self) -> list[int]:
        """Which input each of them belongs to."""
        return [0] * len(self.points) if self.image is None else [int(n) for n in self.image.tolist()]

    def with_corners(self) -> tuple[Tensor, Tensor]:
        """Points (N, P + 2, 2) and labels with each box as SAM's corner points (2 and 3); missing ones are padding."""
        if self.boxes is None:
            return self.points, self.labels
        corners = self.boxes.reshape(-1, 2, 2)
        missing = corners.isnan().any(dim=(1, 2))
        kinds = self.labels.new_tensor([2, 3]).expand(len(corners), 2).clone()
        kinds[missing] = -1
        return torch.cat([self.points, corners.nan_to_num(0.0)], dim=1), torch.cat([self.labels, kinds], dim=1)

    def extent(self) -> tuple[Tensor, Tensor]:
        """Lowest and highest corner (N, 2) of the box, else positive points, else any points."""
        points, labels = self.with_corners()
        corner, positive, real = labels >= 2, labels == 1, labels >= 0
        use = torch.where(
            corner.any(1, keepdim=True),
            corner | positive,
            torch.where(positive.any(1, keepdim=True), positive, real),
        )[..., None]
        low = torch.where(use, points, points.new_tensor(torch.inf)).amin(1)
        high = torch.where(use, points, points.new_tensor(-torch.inf)).amax(1)
        return low, high
