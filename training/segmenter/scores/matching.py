"""One-to-one matching of what was found with what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass
class Matches:
    """Counts over fields; F1 as in detection."""

    found: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def f1(self) -> float:
        """2 TP / (2 TP + FP + FN); 0 when there is nothing."""
        return 2 * self.found / max(1, 2 * self.found + self.missed + self.spurious)

    @property
    def precision(self) -> float:
        """Share of what was found that is there."""
        return self.found / max(1, self.found + self.spurious)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.found / max(1, self.found + self.missed)

    def __add__(self, other: Matches) -> Matches:
        """The counts of both."""
        return Matches(self.found + other.found, self.missed + other.missed, self.spurious + other.spurious)

    def add(
        self,
        ious: Sequence[Sequence[float]],
        *,
        counted: Sequence[bool],
        limit: float,
        judged: Sequence[bool] | None = None,
    ) -> None:
        """Match the best pairs first, those with an IoU of at least ``limit``.

        ious: a row per found mask, a column per real one. counted: real ones that count; a match of another is
        neither found nor spurious. judged: found masks that are spurious without a match; all when None.
        """
        pairs = sorted(((iou, i, j) for i, row in enumerate(ious) for j, iou in enumerate(row) if iou >= limit))
        used_found: set[int] = set()
        used_real: set[int] = set()
        for _, i, j in reversed(pairs):
            if i not in used_found and j not in used_real:
                used_found.add(i)
                used_real.add(j)
        self.found += sum(counted[j] for j in used_real)
        self.missed += sum(c and j not in used_real for j, c in enumerate(counted))
        self.spurious += sum(i not in used_found and (judged is None or judged[i]) for i in range(len(ious)))
