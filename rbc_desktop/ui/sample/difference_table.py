"""What two readers call differently: a table of thousands of rows that costs what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from ...language import mark, tr
from ...workflows.sample.rereading import DifferenceLine
from ..look.row_table import LEFT, show_as_rows
from ..look.theme import tabular

COLUMNS = (mark("Cell"), mark("Field"), mark("First"), mark("Second"), mark("Settled"))
LOOKED_AT = 100
"""Rows whose texts set the widths of the columns."""

Index = QModelIndex | QPersistentModelIndex


class DifferenceModel(QAbstractTableModel):
    """Read only."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[DifferenceLine] = ()

    def show_lines(self, lines: Sequence[DifferenceLine]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    # Qt's side

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self.lines[index.row()]
        return (f"{line.cell}", line.field, line.first, line.second, line.settled)[index.column()]


class DifferenceTable(QTableView):
    """The differences of a reading, to be chosen from by rows."""

    chosen_changed = Signal()
    """Other rows are selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = DifferenceModel()
        self.setModel(self._rows)
        show_as_rows(self, name=tr("Differences"))
        self.setFont(tabular(self.font()))
        header = self.horizontalHeader()
        header.setDefaultAlignment(LEFT)
        header.setResizeContentsPrecision(LOOKED_AT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("Field"), QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of the cells in the selected rows."""
        return tuple(self._rows.lines[index.row()].cell for index in self.selectionModel().selectedRows())

    def show_lines(self, lines: Sequence[DifferenceLine]) -> None:
        """Show these; what was chosen stays so as far as it is still there."""
        kept = set(self.chosen)
        self._rows.show_lines(lines)
        selection = QItemSelection()
        for row, line in enumerate(lines) if kept else ():
            if line.cell in kept:
                index = self._rows.index(row, 0)
                selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        self.chosen_changed.emit()
