"""The compact SAM 2's encoder for inference: batch norms folded, and the finest neck level never built.

Everything that reads the finest level (128 channels at stride 4, eight megabytes a tile) is a 1x1 convolution, and so
is the lateral that makes it from the trunk. Two such convolutions are one, and enlarging commutes with them: each
reader gets a convolution of the trunk's map and one of the coarser level, whose result is enlarged and added.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .compact_sam2 import CompactEmbedding, CompactSam2


def fold_batch_norms(module: nn.Module) -> int:
    """Fold every batch norm that follows a convolution in an `nn.Sequential`, in place; how many there were.

    Args:
        module: in evaluation mode, with its weights; no use for training afterwards.
    """
    folded = sum(fold_batch_norms(child) for child in module.children())
    if isinstance(module, nn.Sequential):
        for number in range(len(module) - 1):
            first, second = module[number], module[number + 1]
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                module[number], module[number + 1] = fuse_conv_bn_eval(first, second), nn.Identity()
                folded += 1
    return folded


class FoldedEncoder(nn.Module):
    """Says what `CompactSam2.encode` says, but for rounding.

    Args:
        network: in evaluation mode, its batch norms folded; shares its weights.
    """

    def __init__(self, network: CompactSam2) -> None:
        super().__init__()
        trunk, neck = network.image_encoder.trunk, network.image_encoder.neck
        decoder, dense, outline = network.sam_mask_decoder, network.dense_head.body, network.outline_head
        first_dense = dense[0]
        assert isinstance(first_dense, nn.Conv2d)
        finest: nn.Conv2d = neck.convs[-1].conv
        self.stem, self.stages = trunk.stem, trunk.stages
        self.laterals = neck.convs[:-1]
        self.conv_middle = decoder.conv_s1
        self.fine = _FinestReader(finest, decoder.conv_s0)
        self.dense = _FinestReader(finest, first_dense)
        self.dense_rest = dense[1:]
        self.from_stem, self.edges = outline.from_stem, _FinestReader(finest, outline.from_neck)

    def forward(self, images: Tensor) -> CompactEmbedding:
        """Embed inputs (B, 3, S, S), float32, already normalised; S a multiple of 32."""
        stem = self.stem(images)
        maps, x = [], stem
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        level: Tensor | None = None
        levels: list[Tensor] = []
        for lateral, x in zip(self.laterals, reversed(maps), strict=False):
            level = lateral(x) if level is None else _plus_enlarged(lateral(x), level)
            levels.append(level)
        image, middle = levels[-2:]
        return CompactEmbedding(
            image=image,
            middle=self.conv_middle(middle),
            fine=self.fine(maps[0], middle),
            dense=self.dense_rest(self.dense(maps[0], middle)).float(),
            edges=_plus_enlarged(self.from_stem(stem), self.edges(maps[0], middle)).relu_(),
        )


class _FinestReader(nn.Module):
    """A 1x1 convolution of ``lateral(x) + enlarged(coarser)``, without that sum."""

    def __init__(self, lateral: nn.Conv2d, reader: nn.Conv2d) -> None:
        super().__init__()
        weight, first = reader.weight.detach().double(), lateral.weight.detach().double()
        assert weight.shape[2:] == first.shape[2:] == (1, 1)
        shift = torch.zeros(len(weight)) if reader.bias is None else reader.bias.detach()
        if lateral.bias is not None:
            shift = shift + weight.flatten(1) @ lateral.bias.detach().double()
        joined = weight.flatten(1) @ first.flatten(1)
        self.own = nn.Parameter(joined[:, :, None, None].float(), requires_grad=False)
        self.coarser = nn.Parameter(reader.weight.detach().clone(), requires_grad=False)
        self.shift = nn.Parameter(shift.float(), requires_grad=False)

    def forward(self, x: Tensor, coarser: Tensor) -> Tensor:
        """Of the trunk's finest map and the next coarser neck level."""
        return _plus_enlarged(functional.conv2d(x, self.own, self.shift), functional.conv2d(coarser, self.coarser))


def _plus_enlarged(fine: Tensor, coarser: Tensor) -> Tensor:
    """The first map, plus the second enlarged twofold, in place."""
    return fine.add_(functional.interpolate(coarser, scale_factor=2.0, mode="nearest"))
