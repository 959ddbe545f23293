"""The folded encoder says what the network's own one says."""

from __future__ import annotations

from dataclasses import fields

import pytest
import torch
from torch import nn

from rbc_desktop.models.segmenter.compact_sam2 import CompactSam2, build
from rbc_desktop.models.segmenter.folded_encoder import FoldedEncoder, fold_batch_norms


@pytest.fixture(scope="module")
def network() -> CompactSam2:
    """Random weights, and batch norms that have seen something."""
    torch.manual_seed(3)
    network = build({})
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.running_mean, -0.5, 0.5)
            nn.init.uniform_(part.running_var, 0.5, 2.0)
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.uniform_(part.bias, -0.5, 0.5)
    return network.eval()


@torch.inference_mode()
def test_it_embeds_as_the_network_does_within_rounding(network: CompactSam2) -> None:
    tiles = torch.randn(2, 3, 96, 96)
    expected = network.encode(tiles)
    norms = sum(isinstance(part, nn.BatchNorm2d) for part in network.modules())
    assert fold_batch_norms(network) == norms > 20
    assert not any(isinstance(part, nn.BatchNorm2d) for part in network.modules())
    unfolded, folded = network.encode(tiles), FoldedEncoder(network)(tiles)
    for field in fields(expected):
        truth = getattr(expected, field.name)
        assert truth.std() > 0.01
        for found in (unfolded, folded):
            torch.testing.assert_close(getattr(found, field.name), truth, atol=2e-4, rtol=1e-4)


def test_there_is_nothing_left_to_fold(network: CompactSam2) -> None:
    fold_batch_norms(network)
    assert fold_batch_norms(network) == 0
