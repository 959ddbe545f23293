"""Lines of texts in columns, as a model: a table of thousands costs what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ...language import tr

Index = QModelIndex | QPersistentModelIndex


class LineModel(QAbstractTableModel):
    """Read only.

    Args:
        headings: of the columns, in English.
        texts: what a line says in each column.
    """

    def __init__(self, headings: Sequence[str], *, texts: Callable[[Any], Sequence[str]]) -> None:
        super().__init__()
        self._headings, self._texts = headings, texts
        self.shown: Sequence[Any] = ()

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.shown = lines
        self.endResetModel()

    # Qt's side

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self._headings[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._texts(self.shown[index.row()])[index.column()] or None
