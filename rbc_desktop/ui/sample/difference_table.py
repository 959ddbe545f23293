"""What two readers call differently: a table of thousands of rows that costs what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from ...language import mark, tr
from ...workflows.sample.rereading import DifferenceLine
from ..look.line_model import LineModel
from ..look.row_table import LEFT, show_as_rows
from ..look.theme import tabular

COLUMNS = (mark("Cell"), mark("Field"), mark("First"), mark("Second"), mark("Settled"))
LOOKED_AT = 30
"""Rows whose texts set the widths of the columns."""


class DifferenceTable(QTableView):
    """The differences of a reading, to be chosen from by rows."""

    chosen_changed = Signal()
    """Other rows are selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = LineModel(COLUMNS, texts=_texts)
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
        return tuple(self._rows.shown[index.row()].cell for index in self.selectionModel().selectedRows())

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


def _texts(line: DifferenceLine) -> tuple[str, ...]:
    return f"{line.cell}", line.field, line.first, line.second, line.settled
