"""The cell table's model: rows of `reports.summary.rows`, sorted and filtered here by the columns of their values.

Sorting and filtering live in the model, not in a QSortFilterProxyModel: a proxy asks Python for every comparison,
which blocks the window for a tenth of a second at 1,000 rows; NumPy sorts 50,000 in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ...domain.case.stored_claims import NO_CLASS
from ...domain.cells.outline_error import AREA_TEXT, DIAMETER_TEXT
from ...domain.classes.taxonomy import CellClass
from ...language import mark, tr
from ...phrases import told
from ...reports.summary.rows import CellRow
from ...workflows.review.cell_columns import CellColumns, Columns, RowFilter, display_ranks, moved, positions_in
from ...workflows.review.shown_rows import ShownRows
from ...workflows.review.whole_rows import chosen
from .row_store import RowStore
from .row_texts import ANSWERED, ROW_ROLE, number_text, row_tip, seen_text, spoken

Index = QModelIndex | QPersistentModelIndex
Ids = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


class Column(IntEnum):
    """Columns in their order on the screen."""

    THUMBNAIL = 0
    ID = 1
    CLASS = 2
    PROBABILITY = 3
    REVIEW = 4
    AREA = 5
    DIAMETER = 6
    CIRCULARITY = 7
    AXIS_RATIO = 8
    PALLOR = 9
    FIELD = 10
    WHY = 11


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """How a column reads a row.

    Attributes:
        title: header, with `{unit}`-less wording; px: header when lengths are in pixels.
        tip: what the number means.
        order: what the column sorts by, one number per row of a table, NaN where it is unknown.
        value, value_px: what it shows of a row; the second while lengths are in pixels.
        decimals, decimals_px: digits after the point, None for columns that are not numbers.
    """

    title: str
    tip: str
    order: Callable[[Columns], Numbers]
    value: Callable[[CellRow], float | None] = lambda _row: None
    decimals: int | None = None
    title_px: str = ""
    value_px: Callable[[CellRow], float | None] | None = None
    decimals_px: int | None = None


def _by(name: str) -> Callable[[Columns], Numbers]:
    return lambda table: np.asarray(table[name], np.float64)


def _by_class(table: Columns) -> Numbers:
    """Places, which `CellTableModel` puts in display order."""
    return np.where(table["cell_class"] == NO_CLASS, np.nan, table["cell_class"])


def _by_review(table: Columns) -> Numbers:
    """Cells to review first, those with the same reason together; then the undecided, then those a person has seen."""
    return np.where(table["waiting"], table["reason"] / 100.0, np.where(table["reviewed"], 2.0, 1.0))


def _by_reason(table: Columns) -> Numbers:
    return np.where(table["reason"] > 0, table["reason"], np.nan).astype(np.float64)


COLUMNS: dict[Column, ColumnSpec] = {
    Column.THUMBNAIL: ColumnSpec("", mark("The cell"), _by("cell")),
    Column.ID: ColumnSpec("#", mark("Number of the cell in this case"), _by("cell"), lambda r: r.cell, 0),
    Column.CLASS: ColumnSpec(mark("Class"), mark("Double-click, or press the class's key, to change it"), _by_class),
    Column.PROBABILITY: ColumnSpec("p", mark("What the classifier gives this class"), _by("probability"),
                                   lambda r: r.class_probability, 2),
    Column.REVIEW: ColumnSpec(mark("Seen"), mark("Flag: please look. Tick: a person set or confirmed the class"),
                              _by_review),
    Column.AREA: ColumnSpec(mark("Area µm²"), mark("Area of the outline; {how}", how=AREA_TEXT), _by("area_px"),
                            lambda r: r.area_um2, 1, mark("Area px"), lambda r: r.area_px, 0),
    Column.DIAMETER: ColumnSpec(mark("Ø µm"), mark("Diameter of the circle with the same area; {how}",
                                                    how=DIAMETER_TEXT),
                                _by("diameter_px"), lambda r: r.diameter_um, 2, mark("Ø px"), lambda r: r.diameter_px,
                                1),
    Column.CIRCULARITY: ColumnSpec(mark("Circ."), mark("Circularity 4πA/P²: 1 is a circle"), _by("circularity"),
                                   lambda r: r.circularity, 2),
    Column.AXIS_RATIO: ColumnSpec(mark("Axes"), mark("Long axis over short axis: 1 is round"), _by("axis_ratio"),
                                  lambda r: r.axis_ratio, 2),
    Column.PALLOR: ColumnSpec(mark("Pallor"), mark("Pale centre over cell diameter: 0 has none"), _by("pallor"),
                              lambda r: r.pallor_ratio, 2),
    Column.FIELD: ColumnSpec(mark("Field"), mark("The image that the cell lies in"), _by("field")),
    Column.WHY: ColumnSpec(mark("Why"), mark("Why the cell needs review, or can't be told"), _by_reason),
}  # fmt: skip
assert set(COLUMNS) == set(Column)

_EVERY = tuple(Column)
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITED = _SHOWN | Qt.ItemFlag.ItemIsEditable
LENGTHS = {Column.AREA: 2, Column.DIAMETER: 1}
"""Columns in micrometres where every field on show has a scale, and the power of the length that they are."""


class CellTableModel(QAbstractTableModel):
    """Rows of cells, by id; shows those that match the filter, in the chosen order.

    Args:
        make: the row of a cell as the case has it now.
    """

    class_edited = Signal(object)
    """``(cell id, CellClass)``: a person chose a class in the table."""

    def __init__(self, make: Callable[[int], CellRow | None] = lambda _number: None) -> None:
        super().__init__()
        self.columns = CellColumns()
        self._rows = RowStore(self.columns, make)
        self._placed = CellColumns()
        self._shown = ShownRows(np.zeros(0, np.int64))
        self._filter = RowFilter()
        self._column, self._descending = Column.ID, False
        self._microns = False

    @property
    def rows(self) -> Mapping[int, CellRow]:
        """Every row by cell id, shown or not. Read only."""
        return self._rows

    @property
    def shown(self) -> tuple[CellRow, ...]:
        """The rows on show, in order."""
        return tuple(row for i in self._shown.ids.tolist() if (row := self._rows.get(i)) is not None)

    @property
    def shown_ids(self) -> list[int]:
        """The cells on show, in order."""
        ids: list[int] = self._shown.ids.tolist()
        return ids

    @property
    def shows_all(self) -> bool:
        """Whether every cell is on show."""
        return len(self._shown) == len(self.columns) and self._placed.table is self.columns.table

    @property
    def row_filter(self) -> RowFilter:
        """What is shown."""
        return self._filter

    @property
    def to_review(self) -> Columns:
        """The cells of all fields that the filter leaves, reviewed ones among them where it asks for review only."""
        placed, wanted = self._placed.table, self._filter
        within = replace(wanted, review_only=False, field_id=None).mask(placed, self._placed.classes)
        if wanted.review_only:
            within &= placed["flagged"]
        table = self.columns.table
        return chosen(table, positions_in(table, placed["cell"][within]))

    def update(self, *, put: Columns | None = None, remove: Iterable[int] = ()) -> None:
        """Add or replace rows and remove others, in one step for the view.

        A row in which only a person's decision changed keeps its place, also where it no longer fits the filter,
        until filter or order are applied again.
        """
        new, gone, before = self.columns.table[:0] if put is None else put, list(remove), self.columns.table
        is_new = moved(before, new)
        changed = new["cell"]
        self._rows.forget([*changed.tolist(), *gone])
        self._placed.share_places(self.columns)  # of which the new rows are
        together = self._placed.table is before and bool(is_new.all())
        self.columns.update(put=new, remove=gone)
        if together:
            self._placed.become(self.columns)
        else:
            self._placed.update(put=chosen(new, is_new), remove=gone)
        if is_new.any() or gone:
            self._arrange(changed=changed)
        else:
            self._announce(changed)

    def take(self, columns: CellColumns) -> None:
        """Have these rows and no others."""
        known = self.columns.known
        self.columns.become(columns)
        self.columns.know(known)
        self._rows.clear()
        self._place_anew()

    def clear(self) -> None:
        """Remove every row."""
        self._rows.clear()
        self.columns.clear()
        self._placed.clear()
        self._arrange()

    def know_classes(self, own: Iterable[CellClass]) -> None:
        """Have these own classes beside those that cells have."""
        known = tuple(own)
        self.columns.know(known)
        self._placed.know(known)

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show what matches."""
        if row_filter != self._filter:
            self._filter = row_filter
            self._place_anew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column's native values; unknown values always come last."""
        wanted = Column(column), order == Qt.SortOrder.DescendingOrder
        if wanted != (self._column, self._descending) or self._placed.table is not self.columns.table:  # Qt asks twice
            self._column, self._descending = wanted
            self._place_anew()

    def position_of(self, cell_id: int) -> int | None:
        """The table row that shows a cell, or None when the filter hides it."""
        return self._shown.position_of(cell_id)

    def positions_of(self, cell_ids: Sequence[int]) -> npt.NDArray[np.intp]:
        """The table rows that show these cells, ascending; without those that the filter hides."""
        return self._shown.positions_of(cell_ids)

    def hidden(self, cell_ids: Sequence[int]) -> tuple[int, ...]:
        """Those of these cells that have a row, though the filter hides it."""
        wanted = np.fromiter(cell_ids, np.int64, len(cell_ids))
        shown = np.isin(wanted, self._shown.ids)
        return tuple(wanted[~shown & np.isin(wanted, self.columns.numbers)].tolist()) if not shown.all() else ()

    def ids_at(self, first: int, last: int) -> list[int]:
        """The cells that these table rows show."""
        ids: list[int] = self._shown.ids[first : last + 1].tolist()
        return ids

    def id_at(self, position: int) -> int:
        """The cell that a table row shows."""
        return int(self._shown.ids[position])

    def row_at(self, position: int) -> CellRow | None:
        """The row of the cell that a table row shows; None for one that is just going."""
        row: CellRow | None = self._rows.get(self.id_at(position)) if position < len(self._shown) else None
        return row

    def spec_value(self, row: CellRow, column: Column) -> float | None:
        """The native value of a row in the unit on show."""
        spec = COLUMNS[column]
        return spec.value_px(row) if spec.value_px is not None and not self._microns else spec.value(row)

    def _place_anew(self) -> None:
        self._placed.become(self.columns)
        self._arrange()

    def _arrange(self, *, changed: Ids | None = None) -> None:
        """Bring order and values up to date, with as little disturbance for the view as possible."""
        table = self._placed.table
        scope = RowFilter(field_id=self._filter.field_id).mask(table)
        microns = bool(scope.any()) and not np.isnan(table["um_per_px"][scope]).any()
        unit_changed, self._microns = microns != self._microns, microns
        shown = self._in_order(table, self._filter.mask(table, self._placed.classes))
        if np.array_equal(shown, self._shown.ids):
            self._announce(changed, everything=unit_changed)
        else:
            # A reset and not a change of layout: that would make Qt follow every selected table cell by itself, ten
            # thousand of them after "select all". The selection lives in `editing.Selection`, by cell id.
            self.beginResetModel()
            self._shown = ShownRows(shown)
            self.endResetModel()
        if unit_changed:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _in_order(self, table: Columns, mask: npt.NDArray[np.bool_]) -> Ids:
        """The cells of these rows, by the chosen column, then field, then number."""
        at = np.flatnonzero(mask)
        cells = np.asarray(table["cell"][at])
        if self._column == Column.ID:  # the table has them in the order of their numbers
            return cells[::-1].copy() if self._descending else cells
        part = table if len(at) == len(table) else chosen(table, at)
        values = COLUMNS[self._column].order(part)
        if self._column == Column.CLASS:
            ranks = display_ranks(self._placed.classes)
            values = np.where(np.isnan(values), np.nan, ranks[part["cell_class"]])
        if self._microns and self._column in LENGTHS:
            values = values * part["um_per_px"] ** LENGTHS[self._column]
        if self._descending:
            values = -values
        fields = part["field"]
        if bool((fields[1:] >= fields[:-1]).all()):  # as it is where the cells came field by field
            return np.asarray(cells[np.argsort(values, kind="stable")])
        return np.asarray(cells[np.lexsort((fields, values))])  # the last key counts first

    def _announce(self, changed: Ids | None, *, everything: bool = False) -> None:
        """The same cells in the same order: an open editor and the selection stay."""
        wanted = self._shown.ids if everything else () if changed is None else changed
        rows = np.flatnonzero(np.isin(self._shown.ids, wanted))
        if len(rows):
            self.dataChanged.emit(self.index(int(rows[0]), 0), self.index(int(rows[-1]), len(Column) - 1))

    def copied(self, row: CellRow, column: Column) -> str:
        """What a table cell says in copied text, on one line."""
        text = seen_text(row) if column == Column.REVIEW else self.text(row, column)
        return " ".join(text.split())

    # Qt's side -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _EDITED if index.column() == Column.CLASS else _SHOWN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in ANSWERED or not index.isValid() or (row := self.row_at(index.row())) is None:
            return None
        column = _EVERY[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row) if column == Column.THUMBNAIL else self.copied(row, column) or tr("none")
        if role == Qt.ItemDataRole.EditRole and column == Column.CLASS:
            return row.cell_class
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row_tip(row)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.CLASS or not isinstance(value, CellClass):
            return False
        self.class_edited.emit((self.id_at(index.row()), value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        spec = COLUMNS[Column(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(spec.title_px if spec.title_px and not self._microns else spec.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(spec.tip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[Column(section)]
        return None

    def text(self, row: CellRow, column: Column) -> str:
        """What the cell of the table says."""
        if column in (Column.THUMBNAIL, Column.REVIEW):
            return ""
        if column == Column.CLASS:
            return told(row.class_text)
        if column == Column.FIELD:
            return row.image
        if column == Column.WHY:
            return told(row.review_reason)
        spec = COLUMNS[column]
        pixels = spec.value_px is not None and not self._microns
        decimals = spec.decimals_px if pixels else spec.decimals
        return number_text(self.spec_value(row, column), decimals or 0)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    if COLUMNS[column].decimals is not None:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    side = Qt.AlignmentFlag.AlignHCenter if column == Column.REVIEW else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


ALIGNMENTS = {column: _alignment(column) for column in Column}
"""Where the text of a column stands."""
