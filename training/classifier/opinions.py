"""Fitting the second opinion: small networks on the features that the morphologies' booster reads.

Two hidden layers with batch norm and dropout, AdamW, one cycle of the rate; noise on the inputs and mixed pairs of
cells (mixup, Zhang et al. 2018) keep them from learning cells by heart. The norms are folded into the matrices
afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from rbc_desktop.models.classifier.feature_columns import feature_columns
from rbc_desktop.models.classifier.second_opinion import LAYERS, MAY_BE_UNKNOWN, SecondOpinion, unknown_of
from rbc_desktop.models.relearning.boosting import class_weights
from training.classifier.boosters import ALONE_SHARE, MORPHOLOGY_GROUPS, UNCALIBRATED_SHARE
from training.classifier.dataset import Table
from training.data.sets.labelled_fields import CHULA_CLASSES

MEMBERS = 2
HIDDEN = 256
DROPOUT = 0.3
EPOCHS = 30
BATCH = 256
RATE, DECAY = 2e-3, 0.02
NOISE = 0.1
"""Standard deviation of what is added to every input, in spreads of the value."""

MIXUP = 0.2
TAILS = (0.01, 0.99)
"""Quantiles beyond which values are brought back."""

LOUDNESS = 1.3
"""The networks' scores are multiplied by this before they are added to the booster's: both then count alike."""

LEAST_SPREAD = 1e-6
WITHHELD = dict(zip(MAY_BE_UNKNOWN, (UNCALIBRATED_SHARE, ALONE_SHARE), strict=True))


def fit_second(table: Table, *, seed: int = 1, members: int = MEMBERS) -> SecondOpinion:
    """The networks of thirteen classes on the rows of `table`."""
    values = table.features[:, feature_columns(MORPHOLOGY_GROUPS)]
    low, high = (np.nanquantile(values, q, axis=0) for q in TAILS)
    clipped = np.clip(values, low, high)
    reading = {"low": low, "high": high, "mean": np.nanmean(clipped, axis=0), "spread": np.nanstd(clipped, axis=0)}
    reading["spread"] = np.maximum(reading["spread"], LEAST_SPREAD)
    untaught = _opinion(reading, [_network(values.shape[1] + len(MAY_BE_UNKNOWN))])
    inputs = torch.from_numpy(untaught.inputs(values))
    return _opinion(reading, [_fitted(inputs, table.target, seed=1000 * seed + number) for number in range(members)])


def _network(width: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for inputs in (width, *[HIDDEN] * (LAYERS - 2)):
        layers += [nn.Linear(inputs, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.SiLU(), nn.Dropout(DROPOUT)]
    return nn.Sequential(*layers, nn.Linear(HIDDEN, len(CHULA_CLASSES)))


def _fitted(inputs: Tensor, target: NDArray[np.int64], *, seed: int) -> nn.Sequential:
    """A network taught on inputs (N, F + G) of `SecondOpinion.inputs` and their class numbers (N,)."""
    torch.manual_seed(seed)
    network = _network(inputs.shape[1])
    hidden = torch.from_numpy(unknown_of(feature_columns(MORPHOLOGY_GROUPS)))
    weights = torch.from_numpy(class_weights(target, classes=len(CHULA_CLASSES))).float()
    shares = weights[:, None] * nn.functional.one_hot(torch.from_numpy(target), len(CHULA_CLASSES)).float()
    steps = len(inputs) // BATCH
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, EPOCHS * steps, pct_start=0.1)
    mixing = torch.distributions.Beta(MIXUP, MIXUP)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(inputs))[: steps * BATCH].split(BATCH):
            part, other = mixing.sample(), torch.randperm(BATCH)
            x, wanted = _withheld(inputs[rows], hidden), shares[rows]
            x, wanted = part * x + (1 - part) * x[other], part * wanted + (1 - part) * wanted[other]
            loss = -(wanted * nn.functional.log_softmax(network(x), dim=1)).sum(dim=1).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
    return network


def _withheld(inputs: Tensor, hidden: Tensor) -> Tensor:
    """Noisy inputs (n, F + G) in which whole groups are unknown, in some rows; hidden: (G, F) the groups' columns."""
    width = hidden.shape[1]
    values = inputs[:, :width] + NOISE * torch.randn(len(inputs), width)
    drawn = torch.rand(len(inputs), len(hidden)) < torch.tensor([WITHHELD[group] for group in MAY_BE_UNKNOWN])
    missing = (inputs[:, width:] > 0) | drawn
    values[(missing[:, :, None] & hidden[None]).any(dim=1)] = 0
    return torch.cat([values, missing.float()], dim=1)


def _opinion(reading: Mapping[str, NDArray[np.floating]], networks: Sequence[nn.Sequential]) -> SecondOpinion:
    layers = [_layers(network) for network in networks]
    tensors = {name: np.asarray(values, np.float32) for name, values in reading.items()}
    for n in range(LAYERS):
        tensors[f"weight{n}"] = np.stack([network[n][0] for network in layers])
        tensors[f"bias{n}"] = np.stack([network[n][1][None] for network in layers])
    return SecondOpinion.of(tensors, MORPHOLOGY_GROUPS, outputs=len(CHULA_CLASSES))


def _layers(network: nn.Sequential) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Matrix (inputs, outputs) and bias of every layer, with what the norm after it does; the last one louder."""
    found = []
    modules = [*network, None]
    for module, after in pairwise(modules):
        if not isinstance(module, nn.Linear):
            continue
        weight, bias = module.weight.detach().double(), module.bias.detach().double()
        if isinstance(after, nn.BatchNorm1d):
            assert after.running_mean is not None
            assert after.running_var is not None
            scale = after.weight.detach().double() / (after.running_var.double() + after.eps).sqrt()
            weight, bias = weight * scale[:, None], (bias - after.running_mean) * scale + after.bias.detach()
        else:
            weight, bias = weight * LOUDNESS, bias * LOUDNESS
        found.append((weight.T.float().numpy(), bias.float().numpy()))
    return found
