"""The columns of the cells that are as the case file has them, all at once.

The rules are those of `domain.cells.cell`, `domain.cells.doubts` and `reports.summary.rows`, said of arrays
instead of one cell; a test compares every column of random cases with what those say of each cell
(`test_stored_columns`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ...domain.arrays import BoolArray, Floats
from ...domain.case.case import Case
from ...domain.case.stored_claims import NO_CLASS, Claims, Place, fields_of
from ...domain.case.stored_pairs import FEW, NONE, Pairs, pairs_of
from ...domain.cells.column_values import Ids
from ...domain.cells.doubts import CURLED_SOLIDITY, FUSED_AREA, FUSED_AXES, FUSED_SOLIDITY, FUSED_WAIST, GHOST_DENSITY
from ...domain.cells.stored_analyses import MEASURED
from ...domain.cells.stored_cells import NO_CODE
from ...reports.summary.rows import CellRow, row_for
from .cell_columns import LAYOUT, CellColumns, Columns, doubt_reason, other_reason
from .whole_rows import joined

AT_ONCE = 20_000
"""Cells of which columns are made together where nobody waits: what that takes for a moment stays below 30 MB."""


def stored_columns(case: Case, pairs: Pairs, *, place: Place) -> Columns:
    """Rows of `cell_columns.LAYOUT` for the cells of `pairs.rows`.

    Args:
        case: fields, their qualities and the overlaps of these cells.
        pairs: the cells with their analyses.
        place: where a class stands; see `CellColumns`.
    """
    cells, rows = pairs.cells, pairs.rows
    table = np.zeros(len(rows), LAYOUT)
    fields = fields_of(case, cells.field[rows])
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
    told = Claims(pairs, fields, place=place)
    table["predicted"], table["sureness"] = told.best, told.sureness
    table["cell_class"] = np.where(is_reviewed, reviewed, np.where(counted, told.best, NO_CLASS))
    table["probability"] = told.probability_of(table["cell_class"], is_reviewed=is_reviewed)
    known = pairs.found != NONE
    doubt = np.zeros(len(rows), np.int64)
    doubt[known] = _first_doubt(measured[known], case.overlaps.covered(rows[known]))
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
        columns.update(put=joined(parts))
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
    return joined((stored, put)) if len(put) else stored


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
