"""Distribution of the cells' diameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...domain.round_steps import smallest_step
from ...domain.statistics import coefficient_of_variation, median
from .rows import CellRow

BIN_UM = 0.5
"""Width of a bin with calibration: near the spread of normal cells in one field (6 % of 7.5 µm)."""
MAX_BINS = 24
"""A histogram in pixels gets the smallest round bin width that needs no more bins than this."""


@dataclass(frozen=True, slots=True)
class SizeSummary:
    """Equivalent diameters of the red cells that count (`CellRow.counted`) and are measured.

    Attributes:
        unit: µm when every field with cells has a calibration, else px.
        edges: ``len(counts) + 1`` ascending bin edges in `unit`; empty without cells.
        counts: cells per half-open bin.
        cells: how many went in.
        median: in `unit`, None without cells.
        cv_percent: "size CV (image)": 100 · SD / mean of the diameters, each divided by the median of its own field, so
            that fields of different scale may be pooled. Never call it RDW, which is about volumes.
    """

    unit: Literal["µm", "px"]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    cells: int
    median: float | None
    cv_percent: float | None


def size_summary(rows: Sequence[CellRow]) -> SizeSummary:
    """The distribution over these rows; unclassified cells and what is not a red cell stay out.

    A red cell whose class can't be told has a size all the same.
    """
    red = [r for r in rows if r.not_assessable or (r.cell_class is not None and r.cell_class.is_red)]
    used = [r for r in red if r.diameter_px is not None and r.counted]
    calibrated = bool(used) and all(r.diameter_um is not None for r in used)
    sizes = [d for r in used if (d := r.diameter_um if calibrated else r.diameter_px) is not None]
    unit: Literal["µm", "px"] = "µm" if calibrated else "px"
    edges = _edges(sizes, fixed=BIN_UM if calibrated else None)
    return SizeSummary(
        unit=unit,
        edges=edges,
        counts=_histogram(sizes, edges),
        cells=len(sizes),
        median=median(sizes),
        cv_percent=coefficient_of_variation(_relative_to_field(used)),
    )


def _relative_to_field(rows: Sequence[CellRow]) -> list[float]:
    by_field: dict[int, list[float]] = {}
    for row in rows:
        if row.diameter_px is not None:
            by_field.setdefault(row.field_id, []).append(row.diameter_px)
    return [size / (median(sizes) or 1.0) for sizes in by_field.values() for size in sizes]


def _edges(sizes: Sequence[float], *, fixed: float | None) -> tuple[float, ...]:
    if not sizes:
        return ()
    low, high = min(sizes), max(sizes)
    if fixed is not None and (high - low) / fixed <= 3 * MAX_BINS:
        width = fixed
    else:
        width = smallest_step(max(1.0, (high - low) / MAX_BINS))
    first = math.floor(low / width)
    last = max(first + 1, math.floor(high / width) + 1)
    return tuple(round(i * width, 6) for i in range(first, last + 1))


def _histogram(sizes: Sequence[float], edges: Sequence[float]) -> tuple[int, ...]:
    counts = [0] * max(0, len(edges) - 1)
    for size in sizes:
        index = min(len(counts) - 1, int((size - edges[0]) / (edges[1] - edges[0]) + 1e-9))
        counts[index] += 1
    return tuple(counts)
