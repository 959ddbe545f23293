"""What the classifier's predictions say of the cells that are as the case file has them, all at once.

The rules are those of `domain.cells.cell`, said of arrays instead of one cell (`test_stored_columns` compares the two).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from ..arrays import BoolArray, Floats
from ..cells.cell import MACROCYTE_UM, MICROCYTE_UM
from ..cells.stored_cells import NO_CODE
from ..classes.assessability import least_px, withheld_classes
from ..classes.taxonomy import CellClass
from ..exact_sums import exact_sums
from .case import Case
from .stored_pairs import FEW, NONE, Pairs, pairs_of

NO_CLASS = -1
"""In place of the place of a class."""

Place = Callable[[CellClass | None], int]
"""Where a class stands among those that are known; `NO_CLASS` for none."""

MOST_CLASSES = 127
"""What an int8 takes; classes beyond it, which only a file made for the purpose has, count as none."""


def reviewed_classes(case: Case, numbers: Iterable[int]) -> dict[int, CellClass | None]:
    """The reviewed class of each of these cells that the case has, ascending."""
    cells, wanted = case.cells, sorted(set(numbers))
    if len(wanted) <= FEW or cells.columns is None:
        return {n: cell.reviewed_class for n in wanted if (cell := cells.get(n)) is not None}
    rows = cells.rows_of(np.array(wanted, np.int64))
    classes = (*cells.columns.classes, None)  # the last for `NO_CODE`
    codes = cells.columns.reviewed[rows].tolist()
    found = dict(zip(cells.columns.ids[rows].tolist(), map(classes.__getitem__, codes), strict=True))
    put = {n: cells.put[n].reviewed_class for n in cells.put.keys() & set(wanted)}
    return dict(sorted((found | put).items())) if put else found


def fields_by_cell(case: Case, numbers: Iterable[int]) -> dict[int, int]:
    """The field of each of these cells that the case has."""
    cells, wanted = case.cells, set(numbers)
    found = {n: cells.put[n].field_id for n in cells.put.keys() & wanted}
    if cells.columns is not None:
        rows = cells.rows_of(np.array(sorted(wanted), np.int64))
        found.update(zip(cells.columns.ids[rows].tolist(), cells.columns.field[rows].tolist(), strict=True))
    return found


def counted_in(case: Case, field_ids: Collection[int]) -> list[int]:
    """The numbers of the cells of some fields that count, ascending."""
    stored, put = case.cells.columns, case.cells.put
    own = [number for number, cell in put.items() if cell.is_counted and cell.field_id in field_ids]
    if stored is None:
        return sorted(own)
    within = np.isin(stored.field, np.fromiter(field_ids, np.int64, len(field_ids)))
    return sorted([*stored.ids[within & stored.is_counted & case.cells.live].tolist(), *own])


def shown_classes(case: Case, numbers: Iterable[int]) -> list[tuple[int, CellClass | None]]:
    """`Case.shown_classes_of` for the numbers of cells, ascending; those of the case file aren't made into objects."""
    wanted = sorted(set(numbers))
    pairs = pairs_of(case, np.array(wanted, np.int64)) if len(wanted) > FEW else None
    cells = (case.cells.get(number) for number in (wanted if pairs is None else pairs.others))
    found = [(c.id, shown) for c, shown in case.shown_classes_of(cell for cell in cells if cell is not None)]
    return found if pairs is None else sorted([*found, *_shown(case, pairs)], key=itemgetter(0))


def _shown(case: Case, pairs: Pairs) -> Iterator[tuple[int, CellClass | None]]:
    cells, rows = pairs.cells, pairs.rows
    known: dict[CellClass, int] = {}

    def place(cell_class: CellClass | None) -> int:
        if cell_class is None or (len(known) == MOST_CLASSES and cell_class not in known):
            return NO_CLASS
        return known.setdefault(cell_class, len(known))

    told = Claims(pairs, fields_of(case, cells.field[rows]), place=place)
    predicted = np.where(cells.is_counted[rows] & (told.best != NO_CLASS), told.best, len(known))
    codes = np.where(cells.reviewed[rows] == NO_CODE, len(cells.classes) + predicted, cells.reviewed[rows])
    classes = (*cells.classes, *known, None)
    return zip(cells.ids[rows].tolist(), map(classes.__getitem__, codes.tolist()), strict=True)


@dataclass(slots=True)
class FieldColumns:
    """What the fields of many cells have in common with them, one value per cell."""

    um_per_px: Floats
    left_out: BoolArray
    has_typical_cell: BoolArray
    of: npt.NDArray[np.intp]
    withheld: list[frozenset[CellClass]]


def fields_of(case: Case, numbers: npt.NDArray[np.int32]) -> FieldColumns:
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
    return FieldColumns(scales[of], left_out[of], typical[of], of, withheld)


class Claims:
    """What the classifier says of each cell that may be claimed; see `domain.cells.cell.claimed_probabilities`."""

    def __init__(self, pairs: Pairs, fields: FieldColumns, *, place: Place) -> None:
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
        self, pairs: Pairs, fields: FieldColumns, at: npt.NDArray[np.intp], shares: Floats,
        classes: tuple[CellClass, ...], place: Place,
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


def _possible(
    pairs: Pairs, fields: FieldColumns, at: npt.NDArray[np.intp], classes: tuple[CellClass, ...]
) -> BoolArray:
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
