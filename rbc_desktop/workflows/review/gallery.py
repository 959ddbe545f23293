"""Tiles of cells in groups and rows: which comes where, and what lies under a point. Arithmetic without Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ...domain.case.stored_claims import NO_CLASS
from ...domain.classes.taxonomy import BUILT_IN, CellClass, in_display_order
from ...language import mark
from ...reports.summary.counts import ASIDE
from ...reports.summary.rows import UNCLASSIFIED
from .cell_columns import Classes, Columns, display_ranks

GallerySort = Literal["least sure", "size", "pallor", "circularity", "field", "similarity"]

SORT_NAMES: dict[GallerySort, str] = {
    "least sure": mark("Least sure first"),
    "size": mark("Largest first"),
    "pallor": mark("Palest first"),
    "circularity": mark("Least round first"),
    "field": mark("Field by field"),
    "similarity": mark("Most similar first"),
}
"""What the orders are called, in the order in which they are offered."""

AROUND = 1.3
"""Side of a tile over that of all but the largest cells; what is larger is cut off."""

LARGEST_SHARE = 0.95
"""Cells up to this quantile of size are shown whole."""

WINDOW_STEP = 1.1
"""The common scale changes in steps of this factor, so that a few new cells don't make every picture anew."""

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Tiles under one heading.

    Attributes:
        name: the heading, empty for the one group of a gallery that isn't grouped.
        cell_class: the class that dropping tiles here gives them, or None.
        count: tiles.
    """

    name: str
    cell_class: CellClass | None
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Every tile in order.

    Attributes:
        ids: cells, group by group.
        groups: at least one when there are cells.
        rows: for each tile its row in the table that was arranged.
    """

    ids: Ids
    groups: tuple[Group, ...]
    rows: npt.NDArray[np.intp]


def arranged(
    cells: Columns,
    *,
    sort: GallerySort,
    by_class: bool,
    fields: Sequence[int],
    distances: npt.NDArray[np.float32] | None = None,
    classes: Classes = BUILT_IN,
) -> Arrangement:
    """Tiles in their groups: the classes in display order, then cells without one, not assessable ones, and those cut.

    Args:
        cells: rows of `cell_columns.LAYOUT`.
        sort: order within a group; what is unknown comes last.
        by_class: group them, or make one group, in which cells that don't count come after the others.
        fields: ids of the case's fields in their order.
        distances: for "similarity", one per row; without it as by "least sure".
        classes: what the places in the columns stand for.
    """
    value = _sort_value(cells, sort, fields=fields, distances=distances)
    ranks = display_ranks(classes)
    place = np.where(cells["cell_class"] == NO_CLASS, len(ranks), ranks[cells["cell_class"]])
    place = np.where(cells["not_assessable"], len(ranks) + 1, place)
    place = np.where(cells["counted"], place, len(ranks) + 2)
    place = np.where(cells["field_left_out"], len(ranks) + 3, place)
    if not by_class:  # half a cell is neither round nor large
        place = (place > len(ranks) + 1) & (sort not in ("field", "similarity"))
    ascending = bool((cells["cell"][1:] > cells["cell"][:-1]).all())  # sorting keeps that order among equals
    order = np.lexsort((value, place) if ascending else (cells["cell"], value, place))  # the last one counts first
    own, counts = np.unique(place, return_counts=True)
    if by_class:
        order_of = in_display_order(classes)
        groups = tuple(_group(int(p), int(n), order_of) for p, n in zip(own, counts, strict=True))
    else:
        groups = (Group("", None, len(cells)),) if len(cells) else ()
    return Arrangement(np.asarray(cells["cell"][order]), groups, order)


def successor(before: Arrangement, after: Arrangement, *, cell: int, without: Collection[int]) -> int | None:
    """The cell that takes the place of one that has gone to another group, None where it hasn't or none is left.

    Args:
        before, after: the tiles.
        cell: the one that may have gone.
        without: cells that have gone with it.
    """
    places = [np.flatnonzero(each.ids == cell) for each in (before, after)]
    if not all(len(place) for place in places):
        return None
    at, now = (int(place[0]) for place in places)
    (group, begin, end), (group_now, _, _) = _group_around(before, at), _group_around(after, now)
    if group.name == group_now.name:
        return None
    beside = (int(before.ids[place]) for place in (*range(at + 1, end), *range(at - 1, begin - 1, -1)))
    return next((each for each in beside if each not in without), None)


def _group_around(arrangement: Arrangement, index: int) -> tuple[Group, int, int]:
    """The group of a tile, its first tile and the first after it."""
    ends = np.cumsum([group.count for group in arrangement.groups])
    number = int(np.searchsorted(ends, index, side="right"))
    group = arrangement.groups[number]
    return group, int(ends[number]) - group.count, int(ends[number])


def _group(place: int, count: int, classes: Classes) -> Group:
    if place < len(classes):
        return Group(classes[place].value, classes[place], count)
    return Group((UNCLASSIFIED, *ASIDE)[place - len(classes)], None, count)


def _sort_value(
    cells: Columns, sort: GallerySort, *, fields: Sequence[int], distances: npt.NDArray[np.float32] | None
) -> npt.NDArray[np.float64]:
    if sort == "similarity" and distances is not None:
        return distances.astype(np.float64)
    if sort == "size":
        return np.asarray(-sizes(cells))
    if sort == "pallor":
        return np.asarray(-cells["pallor"])
    if sort == "circularity":
        return np.asarray(cells["circularity"])
    if sort == "field":
        own, inverse = np.unique(cells["field"], return_inverse=True)
        places = {field: place for place, field in enumerate(fields)}
        return np.array([places.get(int(f), len(places)) for f in own], np.float64)[inverse]
    return np.asarray(cells["sureness"])


def is_calibrated(cells: Columns) -> bool:
    """Whether every cell lies in a field with a scale, so that tiles can have one scale in µm."""
    return bool(len(cells)) and not bool(np.isnan(cells["um_per_px"]).any())


def sizes(cells: Columns) -> npt.NDArray[np.float64]:
    """Longer sides of the bounding boxes, in µm where all fields have a scale, else in pixels."""
    sides = np.maximum(cells["x1"] - cells["x0"], cells["y1"] - cells["y0"]).astype(np.float64)
    return np.asarray(sides * cells["um_per_px"] if is_calibrated(cells) else sides)


def common_window(cells: Columns) -> float:
    """What the side of every tile stands for: µm where all fields have a scale, else pixels of the field."""
    if not len(cells):
        return 1.0
    wanted = AROUND * float(np.quantile(sizes(cells), LARGEST_SHARE))
    return float(WINDOW_STEP ** np.ceil(np.log(max(wanted, 1e-6)) / np.log(WINDOW_STEP)))


@dataclass(frozen=True, slots=True, eq=False)
class GridLayout:
    """Uniform tiles in rows under headings, in logical pixels; tiles are counted from 0 through all groups.

    Attributes:
        columns: tiles per row.
        pitch: side of a tile with its gap.
        header: height of a heading.
        starts: first tile of each group, and their number at the end.
        tops: upper edge of each group's heading, and the height of all at the end.
    """

    columns: int
    pitch: int
    header: int
    starts: npt.NDArray[np.int64]
    tops: npt.NDArray[np.int64]

    @classmethod
    def plan(cls, counts: Sequence[int], *, width: int, pitch: int, header: int) -> GridLayout:
        """Rows of as many tiles as the width takes, at least one."""
        columns = max(1, width // pitch)
        rows = np.array([-(-count // columns) for count in counts], np.int64)
        starts = np.concatenate([[0], np.cumsum(np.array(counts, np.int64))])
        tops = np.concatenate([[0], np.cumsum(rows * pitch + header)])
        return cls(columns, pitch, header, starts.astype(np.int64), tops.astype(np.int64))

    @property
    def count(self) -> int:
        """Tiles."""
        return int(self.starts[-1])

    @property
    def height(self) -> int:
        """Height of everything."""
        return int(self.tops[-1])

    def place_of(self, index: int) -> tuple[int, int]:
        """Left and upper edge of a tile."""
        group = self.group_of(index)
        row, column = divmod(index - int(self.starts[group]), self.columns)
        return column * self.pitch, int(self.tops[group]) + self.header + row * self.pitch

    def group_of(self, index: int) -> int:
        """The group that a tile belongs to."""
        return int(np.searchsorted(self.starts, index, side="right")) - 1

    def group_at(self, y: int) -> int | None:
        """The group at a height, its heading included."""
        if not 0 <= y < self.height:
            return None
        return int(np.searchsorted(self.tops, y, side="right")) - 1

    def heading_at(self, y: int) -> int | None:
        """The group whose heading is at a height."""
        group = self.group_at(y)
        return group if group is not None and y - int(self.tops[group]) < self.header else None

    def index_at(self, x: int, y: int) -> int | None:
        """The tile at a position."""
        group = self.group_at(y)
        column = x // self.pitch
        if group is None or not 0 <= column < self.columns or self.heading_at(y) is not None:
            return None
        row = (y - int(self.tops[group]) - self.header) // self.pitch
        index = int(self.starts[group]) + row * self.columns + column
        return index if index < int(self.starts[group + 1]) else None

    def row_at(self, y: int) -> range:
        """The tiles of the row at a height."""
        group = self.group_at(y)
        if group is None or self.heading_at(y) is not None:
            return range(0)
        row = (y - int(self.tops[group]) - self.header) // self.pitch
        first = int(self.starts[group]) + row * self.columns
        return range(first, min(first + self.columns, int(self.starts[group + 1])))

    def between(self, top: int, bottom: int) -> range:
        """The tiles that show between two heights; they follow each other."""
        first = self._first_from(top - self.pitch + 1)
        return range(first, max(first, self._first_from(bottom)))

    def in_box(self, left: int, top: int, right: int, bottom: int) -> list[int]:
        """The tiles that a box touches."""
        first, last = max(0, left // self.pitch), min(self.columns - 1, right // self.pitch)
        found = []
        for index in self.between(top, bottom + 1):
            column = (index - int(self.starts[self.group_of(index)])) % self.columns
            if first <= column <= last:
                found.append(index)
        return found

    def beside(self, index: int, *, across: int = 0, down: int = 0) -> int:
        """The tile one column or one row away, the nearest of a shorter row; itself at the end."""
        if across:
            return min(max(index + across, 0), self.count - 1)
        x, y = self.place_of(index)
        edge = y + self.pitch if down > 0 else y - 1
        over = self.header if self.heading_at(edge) is not None else 0
        row = self.row_at(edge + over if down > 0 else edge - over)
        return row[min(x // self.pitch, len(row) - 1)] if row else index

    def _first_from(self, y: int) -> int:
        """The first tile whose upper edge lies at this height or below."""
        if y <= 0:
            return 0
        if y >= self.height:
            return self.count
        group = int(np.searchsorted(self.tops, y, side="right")) - 1
        rows = max(0, -(-(y - int(self.tops[group]) - self.header) // self.pitch))
        return min(int(self.starts[group]) + rows * self.columns, int(self.starts[group + 1]))
