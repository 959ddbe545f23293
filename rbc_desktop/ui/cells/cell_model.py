"""The cell table's model: rows of `reports.rows`, sorted and filtered here by their native values.

Sorting and filtering live in the model, not in a QSortFilterProxyModel: a proxy asks Python for every comparison,
which blocks the window for a tenth of a second at 1,000 rows; one Python sort takes about a millisecond.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ...domain.taxonomy import CLASS_INFO, CellClass
from ...reports.rows import CellRow

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole `CellRow`."""

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The native value by which a column sorts, or None."""


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


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """How a column reads a row.

    Attributes:
        title: header, with `{unit}`-less wording; px: header when lengths are in pixels.
        tip: what the number means.
        value, value_px: native value of a row; the second while lengths are in pixels.
        decimals, decimals_px: digits after the point, None for columns that are not numbers.
    """

    title: str
    tip: str
    value: Callable[[CellRow], Any]
    decimals: int | None = None
    title_px: str = ""
    value_px: Callable[[CellRow], Any] | None = None
    decimals_px: int | None = None


_CLASS_ORDER = {cell_class: order for order, cell_class in enumerate(CLASS_INFO)}


def _class_order(row: CellRow) -> int | None:
    return None if row.cell_class is None else _CLASS_ORDER[row.cell_class]


def _review_order(row: CellRow) -> int:
    """Cells to review first, then the undecided, then those a person has seen."""
    return 0 if row.needs_review else 2 if row.reviewed else 1


COLUMNS: dict[Column, ColumnSpec] = {
    Column.THUMBNAIL: ColumnSpec("", "The cell", lambda r: r.cell),
    Column.ID: ColumnSpec("#", "Number of the cell in this case", lambda r: r.cell, 0),
    Column.CLASS: ColumnSpec("Class", "Double-click, or press the class's key, to change it", _class_order),
    Column.PROBABILITY: ColumnSpec("p", "What the classifier gives this class", lambda r: r.class_probability, 2),
    Column.REVIEW: ColumnSpec("Seen", "Flag: please look. Tick: a person set or confirmed the class", _review_order),
    Column.AREA: ColumnSpec("Area µm²", "Area of the outline", lambda r: r.area_um2, 1,
                            "Area px", lambda r: r.area_px, 0),
    Column.DIAMETER: ColumnSpec("Ø µm", "Diameter of the circle with the same area", lambda r: r.diameter_um, 2,
                                "Ø px", lambda r: r.diameter_px, 1),
    Column.CIRCULARITY: ColumnSpec("Circ.", "Circularity 4πA/P²: 1 is a circle", lambda r: r.circularity, 2),
    Column.AXIS_RATIO: ColumnSpec("Axes", "Long axis over short axis: 1 is round", lambda r: r.axis_ratio, 2),
    Column.PALLOR: ColumnSpec("Pallor", "Pale centre over cell diameter: 0 has none", lambda r: r.pallor_ratio, 2),
}  # fmt: skip
assert set(COLUMNS) == set(Column)


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are shown.

    Attributes:
        cell_class: only the cells counted among this class; None shows every class.
        review_only: only cells that need review.
        field_id: only this field; None shows the whole case.
        at_edge: only cells that aren't counted because the edge of the image cuts them.
    """

    cell_class: CellClass | None = None
    review_only: bool = False
    field_id: int | None = None
    at_edge: bool = False

    def matches(self, row: CellRow) -> bool:
        """Whether the row is shown."""
        return (
            (self.field_id is None or row.field_id == self.field_id)
            and (self.cell_class is None or (row.cell_class is self.cell_class and row.counted))
            and (row.needs_review or not self.review_only)
            and not (self.at_edge and row.counted)
        )


def sort_key(value: Any) -> tuple[bool, Any]:
    """A key that puts unknown values last in ascending order."""
    unknown = value is None or (isinstance(value, float) and math.isnan(value))
    return (True, 0) if unknown else (False, value)


def number_text(value: float | int | None, decimals: int) -> str:
    """A number with a fixed count of decimals, or a dash when it is not known."""
    return "–" if value is None else f"{value:.{decimals}f}"


class CellTableModel(QAbstractTableModel):
    """Rows of cells, by id; shows those that match the filter, in the chosen order."""

    class_edited = Signal(object)
    """``(cell id, CellClass)``: a person chose a class in the table."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, CellRow] = {}
        self._shown: list[CellRow] = []
        self._index: dict[int, int] = {}
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
        return tuple(self._shown)

    @property
    def row_filter(self) -> RowFilter:
        """What is shown."""
        return self._filter

    def update(self, *, put: Iterable[CellRow] = (), remove: Iterable[int] = ()) -> None:
        """Add or replace rows and remove others, in one step for the view."""
        for cell_id in remove:
            self._rows.pop(cell_id, None)
        for row in put:
            self._rows[row.cell] = row
        self._arrange()

    def clear(self) -> None:
        """Remove every row."""
        self._rows.clear()
        self._arrange()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show what matches."""
        if row_filter != self._filter:
            self._filter = row_filter
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column's native values; unknown values always come last."""
        self._column, self._descending = Column(column), order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def position_of(self, cell_id: int) -> int | None:
        """The table row that shows a cell, or None when the filter hides it."""
        return self._index.get(cell_id)

    def id_at(self, position: int) -> int:
        """The cell that a table row shows."""
        return self._shown[position].cell

    def spec_value(self, row: CellRow, column: Column) -> Any:
        """The native value of a row in the unit on show."""
        spec = COLUMNS[column]
        return spec.value_px(row) if spec.value_px is not None and not self._microns else spec.value(row)

    def _arrange(self) -> None:
        """Bring order and values up to date, with as little disturbance for the view as possible."""
        in_scope = [r for r in self._rows.values() if self._filter.field_id in (None, r.field_id)]
        microns = bool(in_scope) and all(r.um_per_px is not None for r in in_scope)
        unit_changed, self._microns = microns != self._microns, microns
        shown = self._in_order([r for r in in_scope if self._filter.matches(r)])
        if len(shown) == len(self._shown) and all(a.cell == b.cell for a, b in zip(shown, self._shown, strict=True)):
            self._replace_values(shown, everything=unit_changed)
        else:
            # A reset and not a change of layout: that would make Qt follow every selected table cell by itself, ten
            # thousand of them after "select all". The selection lives in `editing.Selection`, by cell id.
            self.beginResetModel()
            self._shown = shown
            self._index = {row.cell: position for position, row in enumerate(shown)}
            self.endResetModel()
        if unit_changed:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _in_order(self, rows: list[CellRow]) -> list[CellRow]:
        keyed = [(sort_key(self.spec_value(row, self._column)), row) for row in rows]
        keyed.sort(key=lambda pair: (pair[1].field_id, pair[1].cell))
        known = [pair for pair in keyed if not pair[0][0]]
        known.sort(key=lambda pair: pair[0][1], reverse=self._descending)
        return [row for _, row in known] + [row for key, row in keyed if key[0]]

    def _replace_values(self, shown: list[CellRow], *, everything: bool) -> None:
        """The same cells in the same order: an open editor and the selection stay."""
        changed = [i for i, (new, old) in enumerate(zip(shown, self._shown, strict=True)) if new is not old]
        self._shown = shown
        if everything and shown:
            changed = [0, len(shown) - 1]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1))

    # Qt's side -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.CLASS else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row, column = self._shown[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return self.spec_value(row, column)
        if role == Qt.ItemDataRole.EditRole and column == Column.CLASS:
            return row.cell_class
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row_tip(row)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.CLASS or not isinstance(value, CellClass):
            return False
        self.class_edited.emit((self._shown[index.row()].cell, value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        spec = COLUMNS[Column(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return spec.title_px if spec.title_px and not self._microns else spec.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return spec.tip
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return None

    def text(self, row: CellRow, column: Column) -> str:
        """What the cell of the table says."""
        if column in (Column.THUMBNAIL, Column.REVIEW):
            return ""
        if column == Column.CLASS:
            return row.class_text
        spec = COLUMNS[column]
        pixels = spec.value_px is not None and not self._microns
        decimals = spec.decimals_px if pixels else spec.decimals
        return number_text(self.spec_value(row, column), decimals or 0)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    if COLUMNS[column].decimals is not None:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    side = Qt.AlignmentFlag.AlignHCenter if column == Column.REVIEW else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def row_tip(row: CellRow) -> str:
    """One or two sentences about a cell, for the tooltip."""
    lines = [f"Cell {row.cell} in {row.image}"]
    if row.reviewed:
        predicted = row.predicted_class
        same = predicted is row.cell_class
        lines.append("A person confirmed the class." if same else "A person set the class.")
        if not same and predicted is not None:
            lines.append(f"The classifier says {predicted.value}.")
    elif row.needs_review:
        lines.append(f"Please look: {row.review_reason}.")
    if not row.counted:
        lines.append("The edge of the image cuts it: it is left out of counts and sizes. I counts it all the same.")
    elif row.touches_border:
        lines.append("The edge of the image cuts it; a person counts it all the same.")
    return "\n".join(lines)
