"""Where the network runs: CUDA, then Apple's MPS, then the CPU. A device counts only after it ran a real kernel."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as functional

from ..language import tr

TOLERANCE = 1e-2
"""Largest difference from the CPU's result; TF32 and fused kernels stay well below it."""


def choose_device(candidates: Sequence[str] | None = None) -> tuple[torch.device, tuple[str, ...]]:
    """The first device that works, and one sentence for each that was passed over.

    Args:
        candidates: device names in order of preference; those that this machine offers when None.
    """
    notes: list[str] = []
    for name in available_devices() if candidates is None else candidates:
        if name == "cpu":
            break
        reason = why_unusable(name)
        if reason is None:
            return torch.device(name), tuple(notes)
        notes.append(
            tr(
                "{device} is present but not usable ({reason}); the next device is used.",
                device=name.upper(),
                reason=reason,
            )
        )
    return torch.device("cpu"), tuple(notes)


def available_devices() -> tuple[str, ...]:
    """Names of the devices that torch reports, best first; the CPU is always last."""
    names = []
    if torch.cuda.is_available():
        names.append("cuda")
    if torch.backends.mps.is_available():
        names.append("mps")
    return (*names, "cpu")


def why_unusable(name: str) -> str | None:
    """Run what the network is made of (convolution, normalisation, attention) and compare with the CPU.

    Returns None when the device works, else the reason in a few words.
    """
    generator = torch.Generator().manual_seed(0)
    image = torch.randn(1, 8, 32, 32, generator=generator)
    kernel = torch.randn(8, 8, 3, 3, generator=generator) / 8
    expected = _small_network(image, kernel)
    try:
        device = torch.device(name)
        result = _small_network(image.to(device), kernel.to(device)).cpu()
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        return str(error).strip().splitlines()[0][:200] or type(error).__name__
    difference = float((result - expected).abs().max())
    if not difference <= TOLERANCE:
        return tr("its results differ from the CPU's by {difference:.3g}", difference=difference)
    return None


def _small_network(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        maps = functional.relu(functional.conv2d(image, kernel, padding=1))
        tokens = functional.layer_norm(maps.flatten(2).transpose(1, 2), (8,))
        mixed = functional.scaled_dot_product_attention(tokens, tokens, tokens)
        back = mixed.transpose(1, 2).reshape(maps.shape)
        return functional.interpolate(back, scale_factor=2.0, mode="bilinear", align_corners=False)
