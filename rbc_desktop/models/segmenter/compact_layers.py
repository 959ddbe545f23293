"""Layers of the compact SAM 2: convolution trunk, dense head, and a faster channel norm."""

from __future__ import annotations

import torch.nn.functional as functional
from sam2.modeling.sam2_utils import LayerNorm2d
from torch import Tensor, nn

from .click_maps import CHANNELS

LOGIT_LIMIT = 8.0
"""Beyond this a mask logit says nothing more about where the outline runs."""


class _Block(nn.Module):
    """Residual 3x3 block with batch normalisation."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = self.body(x)
        return changed.add_(x).relu_()


class ConvTrunk(nn.Module):
    """A stem at stride 2, then feature maps at strides 4, 8, 16, 32. ``channel_list`` is ordered as SAM 2 expects."""

    def __init__(self, *, widths: list[int], depths: list[int]) -> None:
        super().__init__()
        self.channel_list = list(reversed(widths))
        self.stem = nn.Sequential(
            nn.Conv2d(3, widths[0] // 2, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(widths[0] // 2),
            nn.ReLU(inplace=True),
        )
        stages = []
        before = widths[0] // 2
        for width, depth in zip(widths, depths, strict=True):
            down = nn.Sequential(
                nn.Conv2d(before, width, 3, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(inplace=True),
            )
            stages.append(nn.Sequential(down, *(_Block(width) for _ in range(depth))))
            before = width
        self.stages = nn.ModuleList(stages)

    def forward(self, stem: Tensor) -> list[Tensor]:
        """The maps above the stem's output."""
        x, maps = stem, []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return maps


class DenseHead(nn.Module):
    """Foreground, distance, centre and centre offset (dx, dy) from the finest neck level."""

    def __init__(self, *, d_model: int, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(d_model, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, 5, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        raw: Tensor = self.body(x)
        return raw


class OutlineHead(nn.Module):
    """Moves the outlines of masks at stride 4 to the edges that the image shows at stride 2.

    The decoder settles which cell is meant; what is left to this head is local, so a few narrow convolutions do. They
    begin as the plain enlargement of the masks. Clicks count here once more: one at an outline says to a pixel where
    the outline isn't, which the decoder can't place.
    """

    def __init__(self, *, stem: int, d_model: int, width: int) -> None:
        super().__init__()
        self.from_stem = nn.Conv2d(stem, width, 3, padding=1)
        self.from_neck = nn.Conv2d(d_model, width, 1)
        self.from_edges = nn.Conv2d(width, width, 3, padding=1)
        self.from_mask = nn.Conv2d(1 + CHANNELS, width, 3, padding=1)
        self.mixed = nn.Conv2d(width, width, 3, padding=1)
        self.change = nn.Conv2d(width, 1, 3, padding=1)
        nn.init.zeros_(self.change.weight)
        nn.init.zeros_(self.change.bias)  # type: ignore[arg-type]

    def edges(self, stem: Tensor, level: Tensor) -> Tensor:
        """What forward needs of a tile, once: stem (B, C, 2h, 2w) and finest neck level (B, d_model, h, w)."""
        neck = functional.interpolate(self.from_neck(level), scale_factor=2.0, mode="nearest")
        return functional.relu(self.from_stem(stem) + neck)

    def forward(self, edges: Tensor, masks: Tensor) -> Tensor:
        """Logits (N, 1, h, w) of masks (N, 4, h, w) and edges (N, width, h, w), all at stride 2.

        masks: enlarged logits, then the three `click_maps` that go with them.
        """
        x = self.from_mask(masks.clamp(-LOGIT_LIMIT, LOGIT_LIMIT)) + self.from_edges(edges)
        change: Tensor = self.change(functional.relu(self.mixed(functional.relu(x))))
        return masks[:, :1] + change


class _ChannelNorm(LayerNorm2d):
    """SAM 2's LayerNorm2d (same parameters, same result) through the fused kernel."""

    def forward(self, x: Tensor) -> Tensor:
        y = functional.layer_norm(x.permute(0, 2, 3, 1), self.weight.shape, self.weight, self.bias, self.eps)
        return y.permute(0, 3, 1, 2)


def replace_channel_norms(module: nn.Module) -> None:
    """Swap every LayerNorm2d in a module for the faster one, in place; before loading weights."""
    for name, child in module.named_children():
        if type(child) is LayerNorm2d:
            width = sum(p.numel() for p in child.parameters()) // 2
            setattr(module, name, _ChannelNorm(width, child.eps))
        else:
            replace_channel_norms(child)
