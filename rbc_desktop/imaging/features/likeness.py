"""How alike cells look: the part of the classifier's features that is kept per cell, and the distance between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...domain.arrays import FloatArray, Floats
from ...domain.cells.look import LOOK_LENGTH, Look
from . import FEATURE_NAMES, GROUPS

LOOK_GROUPS = ("size", "shape", "fourier", "profile", "polar", "density", "colour", "pale", "edge", "rings")
"""Groups of features that make a look: none that needs a scale or a field full of cells."""

MOST_REFERENCES = 64
"""Cells of a selection that others are compared with; more are taken evenly from all of them."""

AT_ONCE = 10_000
"""Looks that are compared together: what that takes stays below 100 MB."""

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
    known = np.array([look is not None for look in looks], np.bool_)
    chosen = [place for place in references if known[place]]
    if not chosen:
        return np.full(len(looks), np.nan, np.float32)
    chosen = [chosen[i] for i in np.linspace(0, len(chosen) - 1, min(len(chosen), MOST_REFERENCES)).astype(int)]
    begins = range(0, len(looks), AT_ONCE)
    scale = _Scale.of([looks[begin : begin + AT_ONCE] for begin in begins])
    wanted = scale.applied([looks[place] for place in chosen])
    own = np.einsum("ij,ij->i", wanted, wanted)
    parts = []
    for begin in begins:
        table = scale.applied(looks[begin : begin + AT_ONCE])
        squares = np.einsum("ij,ij->i", table, table)
        nearest = (squares[:, None] + own - 2 * (table @ wanted.T)).min(axis=1)
        parts.append(np.sqrt(np.maximum(nearest, 0)).astype(np.float32))
    return np.where(known, np.concatenate(parts), np.float32(np.nan))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Mean and standard deviation of every number of a look, ``(LOOK_LENGTH,)``."""

    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, parts: Sequence[Sequence[Look | None]]) -> _Scale:
        """Of all looks of these parts."""
        count, total, squares = (np.zeros(LOOK_LENGTH) for _ in range(3))
        for part in parts:
            table = _table(part)
            there = np.isfinite(table)
            count += there.sum(axis=0)
            total += np.where(there, table, 0).sum(axis=0)
        mean = total / np.maximum(count, 1)
        for part in parts:
            table = _table(part) - mean
            squares += (np.where(np.isfinite(table), table, 0) ** 2).sum(axis=0)
        return cls(mean, np.sqrt(squares / np.maximum(count, 1)))

    def applied(self, looks: Sequence[Look | None]) -> FloatArray:
        """Looks in standard deviations, each group of features weighted alike; 0 for what isn't known."""
        table = (_table(looks) - self.mean) / np.maximum(self.spread, 1e-6)
        table[~np.isfinite(table)] = 0
        return np.asarray(np.clip(table, -_FARTHEST, _FARTHEST) * _WEIGHTS, np.float32)


def _table(looks: Sequence[Look | None]) -> Floats:
    """``(n, LOOK_LENGTH)`` float64, NaN where a look isn't known."""
    unknown = np.full(LOOK_LENGTH, np.nan, np.float16)
    return np.stack([unknown if look is None else look for look in looks]).astype(np.float64)
