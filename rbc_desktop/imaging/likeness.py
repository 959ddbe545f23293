"""How alike cells look: the part of the classifier's features that is kept per cell, and the distance between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..domain.arrays import FloatArray
from ..domain.cells.look import LOOK_LENGTH, Look
from .features import FEATURE_NAMES, GROUPS

LOOK_GROUPS = ("size", "shape", "fourier", "profile", "polar", "density", "colour", "pale", "edge", "rings")
"""Groups of features that make a look: none that needs a scale or a field full of cells."""

MOST_REFERENCES = 64
"""Cells of a selection that others are compared with; more are taken evenly from all of them."""

_FARTHEST = 4.0
"""Standard deviations from the mean that a single number may count."""

_LARGEST = 60_000.0

_PLACES = {name: place for place, name in enumerate(FEATURE_NAMES)}
_COLUMNS = np.array([_PLACES[name] for group in LOOK_GROUPS for name in GROUPS[group]], np.intp)
_WEIGHTS = np.concatenate([np.full(len(GROUPS[g]), len(GROUPS[g]) ** -0.5, np.float32) for g in LOOK_GROUPS])
"""Every group counts alike, however many numbers it has."""

assert len(_COLUMNS) == LOOK_LENGTH


def looks_of(features: FloatArray) -> npt.NDArray[np.float16]:
    """Looks ``(N, LOOK_LENGTH)`` float16 of feature vectors ``(N, F)`` of `imaging.features`."""
    return np.clip(features[:, _COLUMNS], -_LARGEST, _LARGEST).astype(np.float16)


def distances(looks: Sequence[Look | None], *, references: Sequence[int]) -> npt.NDArray[np.float32]:
    """How unlike each cell is the nearest of some, ``(N,)`` float32; NaN where a look isn't known.

    Each number counts in standard deviations over all cells, each group of features alike.

    Args:
        looks: of all cells.
        references: places of those that the others are compared with.
    """
    unknown = np.full(LOOK_LENGTH, np.nan, np.float16)
    table = np.stack([unknown if look is None else look for look in looks]).astype(np.float32)
    known = np.array([look is not None for look in looks], np.bool_)
    answer = np.full(len(looks), np.nan, np.float32)
    chosen = [place for place in references if known[place]]
    if not chosen:
        return answer
    chosen = [chosen[i] for i in np.linspace(0, len(chosen) - 1, min(len(chosen), MOST_REFERENCES)).astype(int)]
    there = np.isfinite(table)
    count = np.maximum(there.sum(axis=0), 1)
    table = np.where(there, table, 0)
    mean = table.sum(axis=0, dtype=np.float64) / count
    table -= mean.astype(np.float32)
    table[~there] = 0
    spread = np.sqrt((table.astype(np.float64) ** 2).sum(axis=0) / count)
    table /= np.maximum(spread, 1e-6).astype(np.float32)
    table = np.clip(table, -_FARTHEST, _FARTHEST) * _WEIGHTS
    nearest = np.full(len(table), np.inf, np.float32)
    squares = np.einsum("ij,ij->i", table, table)
    for place in chosen:
        np.minimum(nearest, squares + squares[place] - 2 * (table @ table[place]), out=nearest)
    answer[known] = np.sqrt(np.maximum(nearest[known], 0))
    return answer
