"""The baselines' networks: U-Net and Attention U-Net of MONAI, and LinkNet."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor, nn

NetworkName = Literal["unet", "linknet", "attention-unet"]
NETWORKS: tuple[NetworkName, ...] = get_args(NetworkName)
MULTIPLE = 32
"""Sides of the input are multiples of this."""


class LinkNet(nn.Module):
    """LinkNet (Chaurasia and Culurciello 2017): a small ResNet whose maps are added to the decoder's.

    Input (B, 3, H, W), H and W multiples of 32; output logits (B, 1, H, W).
    """

    def __init__(self, widths: tuple[int, int, int, int] = (32, 64, 128, 256)) -> None:
        super().__init__()
        self.stem = nn.Sequential(_conv(3, widths[0], kernel=7, stride=2), nn.MaxPool2d(3, stride=2, padding=1))
        before = (widths[0], *widths[:-1])
        self.encoders = nn.ModuleList(
            nn.Sequential(_Residual(b, w, stride=1 if i == 0 else 2), _Residual(w, w, stride=1))
            for i, (b, w) in enumerate(zip(before, widths, strict=True))
        )
        self.decoders = nn.ModuleList(
            _Decoder(w, b, stride=1 if i == 0 else 2) for i, (b, w) in enumerate(zip(before, widths, strict=True))
        )
        half = widths[0] // 2
        self.head = nn.Sequential(_up(widths[0], half), _conv(half, half), nn.ConvTranspose2d(half, 1, 2, stride=2))

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        maps = [self.stem(x)]
        for encoder in self.encoders:
            maps.append(encoder(maps[-1]))
        out = maps[-1]
        for level in range(len(self.decoders) - 1, -1, -1):
            out = self.decoders[level](out)
            if level:
                out = out + maps[level]
        logits: Tensor = self.head(out)
        return logits


class _Residual(nn.Module):
    def __init__(self, before: int, width: int, *, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            _conv(before, width, stride=stride),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )
        same = stride == 1 and before == width
        self.shortcut = nn.Identity() if same else nn.Sequential(
            nn.Conv2d(before, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.body(x) + self.shortcut(x))


class _Decoder(nn.Module):
    """A quarter of the channels between two 1x1 convolutions, enlarged in the middle."""

    def __init__(self, width: int, after: int, *, stride: int) -> None:
        super().__init__()
        middle = width // 4
        enlarge = _up(middle, middle) if stride == 2 else _conv(middle, middle)
        self.body = nn.Sequential(_conv(width, middle, kernel=1), enlarge, _conv(middle, after, kernel=1))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.body(x)
        return out


def _conv(before: int, width: int, *, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, width, kernel, stride=stride, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(inplace=True),
    )


def _up(before: int, width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.ConvTranspose2d(before, width, 3, stride=2, padding=1, output_padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(inplace=True),
    )


def build_network(name: NetworkName) -> nn.Module:
    """A network with random weights: (B, 3, H, W) to logits (B, 1, H, W).

    Lamp, stain and white balance differ between fields more than cells do from background. MONAI's U-Net takes that out
    by instance normalisation; the others get it in front (without it the Attention U-Net hardly learns).
    """
    if name == "linknet":
        return nn.Sequential(nn.InstanceNorm2d(3), LinkNet())
    # MONAI takes seconds to import: only those who train its networks wait.
    from monai.networks.nets import AttentionUnet, BasicUNet

    if name == "unet":
        return BasicUNet(spatial_dims=2, in_channels=3, out_channels=1, features=(16, 16, 32, 64, 128, 16))
    network = AttentionUnet(2, in_channels=3, out_channels=1, channels=(16, 32, 64, 128), strides=(2, 2, 2))
    _batch_normalised(network)
    return nn.Sequential(nn.InstanceNorm2d(3), network)


def _batch_normalised(module: nn.Module) -> None:
    """Put batch instead of instance normalisation where the decoder merges, in place.

    Normalised by instance, the last map can't tell how much of a field is covered.
    """
    for name, child in module.named_children():
        if isinstance(child, nn.InstanceNorm2d):
            setattr(module, name, nn.BatchNorm2d(child.num_features))
        else:
            _batch_normalised(child)


def network_input(rgb: Tensor) -> Tensor:
    """(B, 3, H, W) RGB 0..255 to float32 around 0."""
    return (rgb.float() / 255 - 0.5) / 0.25


def predict_probability(network: nn.Module, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Probability of a red cell in every pixel of a field (H, W, 3) uint8, (H, W) float32."""
    height, width = rgb.shape[:2]
    device = next(network.parameters()).device
    pad = ((0, -height % MULTIPLE), (0, -width % MULTIPLE), (0, 0))
    pixels = torch.from_numpy(np.pad(rgb, pad, mode="reflect").transpose(2, 0, 1).copy())[None].to(device)
    with torch.no_grad():
        logits = network(network_input(pixels))
    return np.asarray(logits[0, 0, :height, :width].sigmoid().float().cpu().numpy())
