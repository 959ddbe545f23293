"""Tables of whole rows: to be read and chosen from, not typed into."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTableWidget, QTableWidgetItem

from .theme import tabular

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def row_table(headings: Sequence[str], *, name: str, numbers: Collection[int] = ()) -> QTableWidget:
    """An empty table.

    Args:
        headings: of its columns, in the present language; they stand to the left.
        name: for screen readers.
        numbers: columns of numbers, whose headings stand to the right.
    """
    table = QTableWidget(0, len(headings))
    table.horizontalHeader().setDefaultAlignment(LEFT)
    for place, heading in enumerate(headings):
        item = QTableWidgetItem(heading)
        if place in numbers:
            item.setTextAlignment(RIGHT)
        table.setHorizontalHeaderItem(place, item)
    show_as_rows(table, name=name)
    return table


def show_as_rows(table: QTableView, *, name: str) -> None:
    """Let a table look and act like the others; `name` is for screen readers."""
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAccessibleName(name)


def number_item(text: str) -> QTableWidgetItem:
    """A number in a table: to the right, with digits of one width."""
    item = QTableWidgetItem(text)
    item.setTextAlignment(RIGHT)
    item.setFont(tabular(item.font()))
    return item
