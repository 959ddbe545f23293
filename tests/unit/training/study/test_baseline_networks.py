"""The networks of the study, at the smallest size."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.study.baseline_networks import NETWORKS, LinkNet, build_network, predict_probability


@pytest.mark.parametrize("size", [(64, 64), (96, 160)])
def test_linknet_answers_every_pixel(size):
    network = LinkNet().eval()
    assert network(torch.zeros(2, 3, *size)).shape == (2, 1, *size)


def test_linknet_passes_gradients_to_every_weight():
    network = LinkNet((8, 8, 16, 16))
    network(torch.rand(2, 3, 64, 64)).square().mean().backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in network.parameters())


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_take_fields_of_any_size(name):
    chance = predict_probability(build_network(name).eval(), np.full((70, 101, 3), 200, np.uint8))
    assert chance.shape == (70, 101)
    assert 0 <= chance.min() <= chance.max() <= 1
