"""A cell against the other cells of its field.

What those cells are like (their spread, their typical shape) is left out: it tells slides apart and made unseen
fields' scores worse.
"""

from __future__ import annotations

import numpy as np

from ..cells.field_cells import FieldCells

_ENOUGH = 8
"""Fewer single cells than this describe no field."""

_LEAST_SPREAD = {"diameter": 0.04, "density": 0.06, "core_rim": 0.08, "axis_ratio": 0.05}
"""Half the width of the middle two thirds of the cells, over their median: smaller ones are taken for this."""

RELATIVE_NAMES = tuple(f"{value}_{kind}" for value in _LEAST_SPREAD for kind in ("rank", "over_median", "deviation"))


class Comparison:
    """The distribution of the values of a field's single cells, made once a field."""

    def __init__(self, cells: FieldCells) -> None:
        self._known = len(cells.diameter) >= _ENOUGH
        if not self._known:
            return
        self._sorted = {name: np.sort(getattr(cells, name)) for name in _LEAST_SPREAD}
        levels = {name: np.percentile(values, (16, 50, 84)) for name, values in self._sorted.items()}
        self._middle = {name: max(float(level[1]), 0.02) for name, level in levels.items()}
        self._spread = {name: float(level[2] - level[0]) / 2 / self._middle[name] for name, level in levels.items()}

    def relative(self, *, diameter: float, density: float, core_rim: float, axis_ratio: float) -> list[float]:
        """Values for `RELATIVE_NAMES`, NaN where too few cells of the field stand alone; diameter: field pixels."""
        if not self._known:
            return [float("nan")] * len(RELATIVE_NAMES)
        given = {"diameter": diameter, "density": density, "core_rim": core_rim, "axis_ratio": axis_ratio}
        row = []
        for name, value in given.items():
            ordered, over = self._sorted[name], value / self._middle[name]
            row += [
                float(np.searchsorted(ordered, value)) / len(ordered),
                over,
                (over - 1) / max(self._spread[name], _LEAST_SPREAD[name]),
            ]
        return row
