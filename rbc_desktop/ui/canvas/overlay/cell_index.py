"""Which cells lie under a point or in a part of the field: one row of arrays for each cell, no Qt.

Looking through all rows takes 0.1 ms for 100,000 cells, so there is no tree to keep in order when cells change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ....domain.arrays import BoolArray, FloatArray, U8Array
from ....domain.geometry import Box, Point
from .shapes import CellView

Rows = npt.NDArray[np.intp]


class CellIndex:
    """The cells on show by place; put, replaced and removed one by one or many at a time."""

    def __init__(self, views: Iterable[CellView] = ()) -> None:
        self._views: dict[int, CellView] = {}
        self._rows: dict[int, int] = {}
        self._ids = np.empty(0, np.int64)
        self._edges = np.empty((4, 0), np.float32)
        self._colours = np.empty((0, 3), np.uint8)
        self._median: float | None = 0.0
        self.put(tuple(views))

    # Changes

    def put(self, views: Sequence[CellView]) -> None:
        """Take cells in; one that is here already is replaced."""
        if not views:
            return
        for view in views:
            self._rows.setdefault(view.id, len(self._rows))
            self._views[view.id] = view
        self._make_room(len(self._rows))
        rows = np.fromiter((self._rows[view.id] for view in views), np.intp, len(views))
        self._ids[rows] = [view.id for view in views]
        self._edges[:, rows] = np.array([_edges(view) for view in views], np.float32).T
        self._colours[rows] = [rgb_of(view.colour) for view in views]
        self._median = None

    def remove(self, ids: Iterable[int]) -> None:
        """Let cells go; the last rows take their places."""
        for cell_id in ids:
            row = self._rows.pop(cell_id)
            del self._views[cell_id]
            last = len(self._rows)
            if row != last:
                moved = int(self._ids[last])
                self._ids[row], self._edges[:, row] = moved, self._edges[:, last]
                self._colours[row], self._rows[moved] = self._colours[last], row
        self._median = None

    def _make_room(self, count: int) -> None:
        extra = count - len(self._ids)
        if extra > 0:
            extra = max(extra, len(self._ids) // 2, 64)
            self._ids = np.append(self._ids, np.zeros(extra, np.int64))
            self._edges = np.append(self._edges, np.zeros((4, extra), np.float32), axis=1)
            self._colours = np.append(self._colours, np.zeros((extra, 3), np.uint8), axis=0)

    # What there is

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, cell_id: int) -> bool:
        return cell_id in self._rows

    @property
    def ids(self) -> frozenset[int]:
        """Of all cells."""
        return frozenset(self._rows)

    def view(self, cell_id: int) -> CellView | None:
        """How a cell is shown, or None when there is no such cell."""
        return self._views.get(cell_id)

    @property
    def median_side(self) -> float:
        """Median of the longer sides of the bounding boxes in pixels, 0 without cells."""
        if self._median is None:
            x0, y0, x1, y1 = self._edges[:, : len(self)]
            self._median = float(np.median(np.maximum(x1 - x0, y1 - y0))) if len(self) else 0.0
        return self._median

    # Where they are

    def at(self, point: Point) -> int | None:
        """The cell whose mask holds the point; of several the smallest, so that a cell on top of another is reached."""
        return next(iter(self.every_at(point)), None)

    def every_at(self, point: Point) -> list[int]:
        """The cells whose masks hold the point, the smallest first."""
        x0, y0, x1, y1 = self._edges[:, : len(self)]
        inside = (x0 <= point.x) & (point.x < x1) & (y0 <= point.y) & (point.y < y1)
        hits = [i for i in self._sorted(np.flatnonzero(inside)) if self._views[i].mask.contains(point)]
        return sorted(hits, key=lambda i: self._views[i].mask.area)

    def touching(self, box: Box) -> list[int]:
        """Ids of the cells whose bounding box touches the box, in order."""
        return self._sorted(self.rows_touching(box))

    def centred_in(self, box: Box) -> tuple[int, ...]:
        """Ids of the cells whose middle lies in the box: what a rubber band selects."""
        x0, y0, x1, y1 = self._edges[:, : len(self)]
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        inside = (box.x0 <= x) & (x <= box.x1) & (box.y0 <= y) & (y <= box.y1)
        return tuple(self._sorted(np.flatnonzero(inside)))

    def rows_touching(self, box: Box) -> Rows:
        """Rows ``(N,)`` of the cells whose bounding box touches the box; good until the next change."""
        x0, y0, x1, y1 = self._edges[:, : len(self)]
        touches: BoolArray = (x0 < box.x1) & (x1 > box.x0) & (y0 < box.y1) & (y1 > box.y0)
        return np.flatnonzero(touches)

    def rows_of(self, ids: Iterable[int]) -> Rows:
        """Rows ``(N,)`` of cells, as `rows_touching`; those that aren't here are left out."""
        return np.array([self._rows[i] for i in ids if i in self._rows], np.intp)

    def ids_of(self, rows: Rows) -> list[int]:
        """Ids of rows, in order."""
        return self._sorted(rows)

    def views_of(self, rows: Rows) -> list[CellView]:
        """How the cells of rows are shown, in order of their ids."""
        return [self._views[i] for i in self._sorted(rows)]

    def marks(self, rows: Rows) -> tuple[FloatArray, U8Array]:
        """Centres ``(N, 2)`` float32 x, y in field pixels, and colours ``(N, 3)`` uint8 RGB, of rows."""
        x0, y0, x1, y1 = self._edges[:, rows]
        centres = np.stack([(x0 + x1) / 2, (y0 + y1) / 2], axis=1)
        return np.asarray(centres, np.float32), np.asarray(self._colours[rows])

    def _sorted(self, rows: Rows) -> list[int]:
        found: list[int] = np.sort(self._ids[rows]).tolist()
        return found


@cache
def rgb_of(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _edges(view: CellView) -> tuple[int, int, int, int]:
    mask = view.mask
    width, height = mask.size
    return mask.x0, mask.y0, mask.x0 + width, mask.y0 + height
