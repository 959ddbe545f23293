"""Pairs of cells whose boxes share so much that one may cover the other, of thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .column_values import Ids, Rows
from .doubts import OVERLAP

PAIRS_AT_ONCE = 500_000
"""Pairs of boxes that are looked at together: some 20 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Where masks lie.

    Attributes:
        ids, field: ``(n,)``: numbers of cells and of their fields.
        edges: ``(4, n)``: left, top, right and bottom, half-open, field pixels.
        area: ``(n,)``: pixels of the masks.
    """

    ids: Ids
    field: npt.NDArray[np.integer]
    edges: npt.NDArray[np.int64]
    area: npt.NDArray[np.int64]

    @classmethod
    def joined(cls, parts: Sequence[Boxes]) -> Boxes:
        """All of them, in their order."""
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.field for part in parts]),
            np.concatenate([part.edges for part in parts], axis=1),
            np.concatenate([part.area for part in parts]),
        )

    def meeting(self) -> Iterator[tuple[Rows, Rows]]:
        """Pairs of positions whose boxes share so much that one may be covered, some thousand at a time.

        Fields are cut into strips as high as the highest box, so that a box reaches at most into the next one;
        all strips lie behind each other along one line, too far apart to meet.
        """
        if not len(self.ids):
            return
        left, top, right, bottom = self.edges
        high, wide = int((bottom - top).max()), int((right - left).max())
        fields = np.unique(self.field, return_inverse=True)[1]
        apart = int(right.max()) + wide + 1
        begins = (fields * (int(bottom.max()) // high + 2) + top // high) * apart
        order = np.argsort(begins + left)
        begins, left, right = begins[order], left[order], right[order]
        line = begins + left
        own = np.arange(1, len(order) + 1), np.searchsorted(line, begins + right)
        next_ones = np.searchsorted(line, line + apart - wide), np.searchsorted(line, begins + apart + right)
        for first, beyond in (own, next_ones):
            for one, other in _pairs(first, beyond):
                yield self._sharing(order[one], order[other])

    def beside(self, ids: Ids) -> Ids:
        """The numbers of the cells of a pair of which one has one of these numbers, each once."""
        meant = np.isin(self.ids, ids)
        if not meant.any():
            return ids[:0]
        pairs = [np.concatenate(pair)[np.tile(meant[pair[0]] | meant[pair[1]], 2)] for pair in self.meeting()]
        return np.unique(self.ids[np.concatenate(pairs)])

    def _sharing(self, one: Rows, other: Rows) -> tuple[Rows, Rows]:
        """Those of these pairs whose boxes share enough."""
        a, b = self.edges[:, one], self.edges[:, other]
        width, height = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
        shared = np.where((width > 0) & (height > 0), width * height, -1)
        enough = shared >= OVERLAP * np.minimum(self.area[one], self.area[other])
        return one[enough], other[enough]


def _pairs(first: Rows, beyond: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Each position with all those from its first one up to the one beyond its last, some thousand at a time."""
    counts = np.maximum(beyond - first, 0)
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        done = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, done + PAIRS_AT_ONCE, side="right")))
        many = counts[begin:end]
        one = np.repeat(np.arange(begin, end), many)
        yield one, np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many) + first[one]
        begin = end
