"""Layers of the compact SAM 2: convolution trunk, dense head, and a faster channel norm."""

from __future__ import annotations

import torch.nn.functional as functional
from sam2.modeling.sam2_utils import LayerNorm2d
from torch import Tensor, nn


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
        return functional.relu(x + self.body(x))


class ConvTrunk(nn.Module):
    """Feature maps at strides 4, 8, 16, 32. ``channel_list`` is ordered as SAM 2 expects."""

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

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self.stem(x)
        maps = []
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


class _ChannelNorm(LayerNorm2d):  # type: ignore[misc]  # sam2 is untyped
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
