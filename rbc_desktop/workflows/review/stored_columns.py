"""The columns of the cells that are as the case file has them, all at once.

The rules are those of `domain.cells.cell`, `domain.cells.doubts` and `reports.summary.rows`, said of arrays
instead of one cell; a test compares every column of random cases with what those say of each cell
(`test_stored_columns`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray, Floats
from ...domain.case.case import Case
from ...domain.case.stored_pairs import NONE, Pairs, pairs_of
from ...domain.cells.cell import MACROCYTE_UM, MICROCYTE_UM
from ...domain.cells.column_values import Ids
from ...domain.cells.doubts import CURLED_SOLIDITY, FUSED_AREA, FUSED_AXES, FUSED_SOLIDITY, FUSED_WAIST, GHOST_DENSITY
from ...domain.cells.stored_analyses import MEASURED
from ...domain.cells.stored_cells import NO_CODE
from ...domain.classes.assessability import least_px, withheld_classes
from ...domain.classes.taxonomy import CellClass
from ...domain.exact_sums import exact_sums
from ...reports.summary.rows import CellRow, row_for
from .cell_columns import LAYOUT, NO_CLASS, CellColumns, Columns, doubt_reason, other_reason

Place = Callable[[CellClass | None], int]

AT_ONCE = 20_000
"""Cells of which columns are made together where nobody waits: what that takes for a moment stays below 30 MB."""

FEW = 20
"""Up to so many cells it is quicker to look at one after the other."""


@dataclass(slots=True)
class _Field:
    """What the fields of many cells have in common with them, one value per cell."""

    um_per_px: Floats
    left_out: BoolArray
    has_typical_cell: BoolArray
    of: npt.NDArray[np.intp]
    withheld: list[frozenset[CellClass]]


def stored_columns(case: Case, pairs: Pairs, *, place: Place) -> Columns:
    """Rows of `cell_columns.LAYOUT` for the cells of `pairs.rows`.

    Args:
        case: fields, their qualities and the overlaps of these cells.
        pairs: the cells with their analyses.
        place: where a class stands; see `CellColumns`.
    """
    cells, rows = pairs.cells, pairs.rows
    table = np.zeros(len(rows), LAYOUT)
    fields = _fields(case, cells.field[rows])
    table["cell"], table["field"] = cells.ids[rows], cells.field[rows]
    table["x0"], table["y0"] = cells.x0[rows], cells.y0[rows]
    table["x1"], table["y1"] = cells.x0[rows] + cells.width[rows], cells.y0[rows] + cells.height[rows]
    table["area_px"], table["um_per_px"] = cells.area[rows], fields.um_per_px
    measured = _measured(pairs)
    for column, name in (("diameter_px", "diameter_px"), ("circularity", "circularity"), ("axis_ratio", "axis_ratio"),
                         ("pallor", "pallor_ratio")):  # fmt: skip
        table[column] = measured[:, MEASURED.index(name)]
    counted = cells.is_counted[rows]
    reviewed = np.array([place(c) for c in cells.classes] + [NO_CLASS], np.int8)[cells.reviewed[rows]]
    is_reviewed = cells.reviewed[rows] != NO_CODE
    table["reviewed"], table["counted"], table["field_left_out"] = (
        is_reviewed,
        counted & ~fields.left_out,
        fields.left_out,
    )
    told = _Told(pairs, fields, place=place)
    table["predicted"], table["sureness"] = told.best, told.sureness
    table["cell_class"] = np.where(is_reviewed, reviewed, np.where(counted, told.best, NO_CLASS))
    table["probability"] = told.probability_of(table["cell_class"], is_reviewed=is_reviewed)
    doubt = _first_doubt(measured, case.overlaps.covered(rows)) * (pairs.found != NONE)
    unseen = told.is_withheld & counted
    table["not_assessable"] = unseen & ~is_reviewed
    unsure = ~unseen & (told.highest < told.review_limit)
    flagged = counted & (~told.has | (doubt > 0) | unsure)
    table["flagged"] = flagged & ~fields.left_out
    table["waiting"] = flagged & ~is_reviewed & ~fields.left_out
    other = np.where(told.best != NO_CLASS, other_reason("unsure"), other_reason("not classified"))
    reason = np.where(doubt > 0, doubt, other) * table["waiting"]
    apart = table["not_assessable"] & (doubt == 0) & ~fields.left_out
    table["reason"] = np.where(apart, other_reason("not assessable"), reason)
    return table


def row_of(case: Case, number: int) -> CellRow | None:
    """The row of a cell of the case, None where there is none."""
    cell = case.cells.get(number)
    if cell is None:
        return None
    field, quality = case.fields[cell.field_id], case.qualities.get(cell.field_id)
    overlapping = case.overlaps.is_covered(number)
    return row_for(cell, case.analysis_of(cell), field, quality=quality, overlapping=overlapping)


def all_columns(case: Case, *, check: Callable[[], object] = lambda: None) -> CellColumns:
    """Every cell of a case as columns.

    Args:
        case: the case.
        check: called now and then; raises when nobody wants them any more.
    """
    columns, parts = CellColumns(), []
    for begin in range(0, len(ids := case.cells.ids), AT_ONCE):
        check()
        parts.append(columns_of(case, ids[begin : begin + AT_ONCE], columns=columns))
    if parts:
        columns.update(put=np.concatenate(parts))
    return columns


def columns_of(case: Case, ids: Ids, *, columns: CellColumns) -> Columns:
    """These cells of a case as columns: those of its file at once, those that were put since one by one.

    Args:
        case: the case.
        ids: numbers; those that it doesn't have are left out.
        columns: where classes have their places.
    """
    pairs = pairs_of(case, ids) if len(ids) > FEW else None
    numbers = ids.tolist() if pairs is None else pairs.others
    put = columns.rows_of(row for number in numbers if (row := row_of(case, number)) is not None)
    if pairs is None:
        return put
    stored = stored_columns(case, pairs, place=columns.place)
    return np.asarray(np.concatenate([stored, put])) if len(put) else stored


def _fields(case: Case, numbers: npt.NDArray[np.int32]) -> _Field:
    """What is known of each cell's field."""
    known, of = np.unique(numbers, return_inverse=True)
    fields = [case.fields[number] for number in known.tolist()]
    scales = np.array([math.nan if f.calibration is None else f.calibration.um_per_px for f in fields], np.float64)
    left_out = np.array([bool(f.left_out) for f in fields], np.bool_)
    withheld = [
        frozenset(withheld_classes(calibration=f.calibration, quality=case.qualities.get(f.id))) for f in fields
    ]  # fmt: skip
    qualities = [case.qualities.get(f.id) for f in fields]
    typical = np.array([q is None or not math.isnan(q.cell_px) for q in qualities], np.bool_)
    return _Field(scales[of], left_out[of], typical[of], of, withheld)


def _measured(pairs: Pairs) -> Floats:
    """The measurements of each cell, NaN without an analysis."""
    values = np.full((len(pairs.rows), len(MEASURED)), np.nan)
    if pairs.analyses is not None:
        has = pairs.found != NONE
        values[has] = pairs.analyses.values[pairs.found[has]]
    return values


def _first_doubt(measured: Floats, overlapping: BoolArray) -> npt.NDArray[np.int64]:
    """Which doubt of `outline_doubts` comes first, as `cell_columns.doubt_reason`; 0 without one."""
    value = {name: measured[:, at] for at, name in enumerate(MEASURED)}
    with np.errstate(invalid="ignore"):
        large = value["relative_diameter"] ** 2 >= FUSED_AREA
        two = large & (
            (value["waist"] <= FUSED_WAIST)
            | (value["solidity"] <= FUSED_SOLIDITY)
            | (value["axis_ratio"] >= FUSED_AXES)
        )  # fmt: skip
        ghost = value["relative_density"] < GHOST_DENSITY
        curled = value["solidity"] < CURLED_SOLIDITY
    reasons = [doubt_reason(at) for at in range(4)]
    return np.select([two, ghost, curled, overlapping], reasons, default=0)


class _Told:
    """What the classifier says of each cell that may be claimed; see `domain.cells.cell.claimed_probabilities`."""

    def __init__(self, pairs: Pairs, fields: _Field, *, place: Place) -> None:
        count = len(pairs.rows)
        self.has = np.zeros(count, np.bool_)
        self.best = np.full(count, NO_CLASS, np.int8)
        self.sureness = np.full(count, np.nan)
        self.highest = np.zeros(count)
        self.review_limit = np.zeros(count)
        self.is_withheld = np.zeros(count, np.bool_)
        self._parts: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.int8], Floats, Floats, BoolArray]] = []
        analyses = pairs.analyses
        if analyses is None:
            return
        code = np.where(pairs.found == NONE, NO_CODE, analyses.booster[pairs.found])
        for each in np.unique(code[code != NO_CODE]).tolist():
            at = np.flatnonzero(code == each)
            classes = analyses.boosters[each].classes
            self.has[at] = True
            self.review_limit[at] = analyses.review_limit[pairs.found[at]]
            shares = analyses.shares[pairs.found[at], : len(classes)]
            self._tell(pairs, fields, at, shares, classes, place)

    def _tell(
        self, pairs: Pairs, fields: _Field, at: npt.NDArray[np.intp], shares: Floats, classes: tuple[CellClass, ...],
        place: Place,
    ) -> None:  # fmt: skip
        possible = _possible(pairs, fields, at, classes)
        known = shares.copy()
        calibrated = ~np.isnan(fields.um_per_px[at])
        known[~possible] = 0.0
        totals = np.ones(len(at))
        totals[calibrated] = exact_sums(known[calibrated])
        known /= np.where(totals > 0, totals, 1.0)[:, None]
        withheld = np.array([[c in each for c in classes] for each in fields.withheld], np.bool_)[fields.of[at]]
        small = _diameter_px(pairs, at)[:, None] < np.array([least_px(c) for c in classes])
        withheld |= small & ~fields.has_typical_cell[at][:, None]
        rows = np.arange(len(at))
        first = np.where(possible, known, -1.0).argmax(axis=1)
        none = possible.any(axis=1) & withheld[rows, first]
        claimed = possible & ~withheld & ~none[:, None]
        ranked = np.where(claimed, known, -1.0)
        best = ranked.argmax(axis=1)
        any_left = claimed.any(axis=1)
        places = np.array([place(c) for c in classes], np.int8)
        self.best[at] = np.where(any_left, places[best], NO_CLASS)
        self.sureness[at] = np.where(any_left, ranked[rows, best], np.nan)
        self.highest[at] = np.where(any_left, ranked[rows, best], 0.0)
        self.is_withheld[at] = none
        self._parts.append((at, places, shares, known, claimed))

    def probability_of(self, places: npt.NDArray[np.int8], *, is_reviewed: BoolArray) -> Floats:
        """What the classifier gives the class at these places; that of a class which it may not claim as it stands."""
        found = np.where(is_reviewed, np.nan, np.where(places == NO_CLASS, np.nan, self.sureness))
        for at, known_places, shares, known, claimed in self._parts:
            chosen = at[is_reviewed[at]]
            here = np.flatnonzero(is_reviewed[at])
            same = known_places[None, :] == places[chosen][:, None]
            column = same.argmax(axis=1)
            value = np.where(claimed[here, column], known[here, column], shares[here, column])
            found[chosen] = np.where(same.any(axis=1), value, np.nan)
        return found


def _diameter_px(pairs: Pairs, at: npt.NDArray[np.intp]) -> Floats:
    return np.asarray(2 * np.sqrt(pairs.cells.area[pairs.rows[at]] / math.pi))


def _possible(pairs: Pairs, fields: _Field, at: npt.NDArray[np.intp], classes: tuple[CellClass, ...]) -> BoolArray:
    """Which classes each cell's size allows; all of them without a calibration."""
    rows = pairs.rows[at]
    diameter_um = _diameter_px(pairs, at) * fields.um_per_px[at]
    possible = np.ones((len(at), len(classes)), np.bool_)
    with np.errstate(invalid="ignore"):
        small, large = diameter_um <= MACROCYTE_UM, diameter_um >= MICROCYTE_UM
    calibrated = ~np.isnan(fields.um_per_px[at])
    if CellClass.MACROCYTE in classes:
        possible[:, classes.index(CellClass.MACROCYTE)] = ~(calibrated & small)
    if CellClass.MICROCYTE in classes:
        cut = pairs.cells.touches_border[rows]
        possible[:, classes.index(CellClass.MICROCYTE)] = ~(calibrated & (large | cut))
    return possible
