"""How far a score moves by chance: half the 95 % bootstrap interval over images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np

DRAWS, SEED = 500, 13
INTERVAL = (2.5, 97.5)


class Scores(Protocol):
    """Scores of one image, which those of other images can be put together with."""

    def table(self) -> dict[str, float]:
        """The scores by name."""

    @classmethod
    def together(cls, parts: Sequence[Self]) -> Self:
        """The scores of several images as those of one."""


ScoresT = TypeVar("ScoresT", bound=Scores)


@dataclass(frozen=True)
class Rows:
    """Scores by name, and of each half the 95 % interval."""

    values: Mapping[str, float]
    noise: Mapping[str, float]

    def named(self, prefix: str, *, only: str | None = None) -> Rows:
        """The same with a prefix to every name; `only`: the one score that is kept."""
        kept = [name for name in self.values if only in (None, name)]
        return Rows({prefix + n: self.values[n] for n in kept}, {prefix + n: self.noise[n] for n in kept})

    def __or__(self, other: Rows) -> Rows:
        """The rows of both."""
        return Rows({**self.values, **other.values}, {**self.noise, **other.noise})

    def __str__(self) -> str:
        """A line a score."""
        return "\n".join(f"{name:44s} {value:8.4f} ± {self.noise[name]:.4f}" for name, value in self.values.items())

    def rounded(self, digits: int = 4) -> Rows:
        """For a file."""
        return Rows(
            {name: round(value, digits) for name, value in self.values.items()},
            {name: round(value, digits) for name, value in self.noise.items()},
        )


NOTHING = Rows({}, {})


def rows(parts: Sequence[ScoresT]) -> Rows:
    """The scores of some images, and half the interval between which 95 % of the draws lie.

    A draw takes as many images as there are, each as often as chance has it (Efron and Tibshirani, An Introduction to
    the Bootstrap, 1993, chapter 13). The same images give the same numbers.

    Args:
        parts: the scores of every image alone.
    """
    if not parts:
        return NOTHING
    kind = type(parts[0])
    values = kind.together(parts).table()
    rng = np.random.default_rng(SEED)
    drawn: dict[str, list[float]] = {name: [] for name in values}
    for _ in range(DRAWS):
        table = kind.together([parts[i] for i in rng.integers(0, len(parts), len(parts))]).table()
        for name in drawn.keys() & table.keys():
            drawn[name].append(table[name])
    noise = {}
    for name in values:
        low, high = np.percentile(drawn[name] or [values[name]], INTERVAL)
        noise[name] = float(high - low) / 2
    return Rows(values, noise)
