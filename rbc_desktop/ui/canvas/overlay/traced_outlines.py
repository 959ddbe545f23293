"""Outlines of cells that were drawn lately; the others are traced when they come into view, a few at a time.

Those of a field that is left stay until there are too many: it may be shown again, and letting go of all of them at
once would hold the window.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from .cell_painter import CellShape
from .shapes import CellView

MOST_SHAPES = 20_000
"""Outlines that are kept, about 2 KB each: more than are in view when they are as small as outlines get."""


class TracedOutlines:
    """A cache of outlines and a list of those that are wanted.

    Args:
        most: how many are kept.
    """

    def __init__(self, *, most: int = MOST_SHAPES) -> None:
        self._most = most
        self._shapes: OrderedDict[int, CellShape] = OrderedDict()
        self._wanted: dict[int, None] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether outlines are wanted that aren't traced yet."""
        return bool(self._wanted)

    def shape(self, view: CellView) -> CellShape | None:
        """The outline of a cell as it is now, or None; then it is wanted from now on."""
        shape = self._shapes.get(view.id)
        if shape is None or shape.mask is not view.mask or shape.dashed != view.dashed:
            self._wanted[view.id] = None
            return None
        self._shapes.move_to_end(view.id)
        return shape

    def trace(self, view_of: Callable[[int], CellView | None], *, seconds: float) -> list[CellView]:
        """Trace wanted outlines for some time, one at least.

        Args:
            view_of: how a cell is shown, or None when its outline is no longer needed.
            seconds: time for it.

        Returns:
            The cells that were traced.
        """
        end = time.perf_counter() + seconds
        traced: list[CellView] = []
        while self._wanted and (not traced or time.perf_counter() < end):
            cell_id = next(iter(self._wanted))
            del self._wanted[cell_id]
            view = view_of(cell_id)
            if view is not None:
                self._shapes[cell_id] = CellShape(view)
                self._shapes.move_to_end(cell_id)
                traced.append(view)
        while len(self._shapes) > self._most:
            self._shapes.popitem(last=False)
        return traced

    def forget_wishes(self) -> None:
        """The view has changed: what it needs is asked for anew."""
        self._wanted.clear()
