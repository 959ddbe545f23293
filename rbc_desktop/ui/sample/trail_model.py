"""The audit trail as a model: newest first, only those lines that hold every searched word."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ...language import mark, tr
from ...workflows.sample.auditing import TrailLine

COLUMNS = (mark("No."), mark("Time"), mark("Who"), mark("What"), mark("Why"), mark("Old → new"))
LOOKED_AT = 1000
"""Lines whose letters are counted at a time."""

Index = QModelIndex | QPersistentModelIndex


class TrailModel(QAbstractTableModel):
    """Read only."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[TrailLine] = []
        self._shown: list[TrailLine] = []
        self._words: tuple[str, ...] = ()
        self.longest: tuple[str, ...] = ("",) * len(COLUMNS)
        """Of each column the text with the most letters among the newest lines, whether it is shown or not."""

    @property
    def count(self) -> int:
        """How many lines there are, shown or not."""
        return len(self._lines)

    @property
    def head(self) -> str:
        """Head of the newest line, "" without lines."""
        return self._lines[0].head if self._lines else ""

    def add(self, lines: list[TrailLine]) -> None:
        """Put newer lines in front, newest first."""
        self._lines[:0] = lines
        columns = zip(self.longest, *map(_texts, lines[:LOOKED_AT]), strict=True)
        self.longest = tuple(max(texts, key=len) for texts in columns)
        self._filter()

    def clear(self) -> None:
        """No lines."""
        self._lines = []
        self.longest = ("",) * len(COLUMNS)
        self._filter()

    def search(self, text: str) -> None:
        """Show the lines that hold every word of this text, in any case of letters."""
        self._words = tuple(text.casefold().split())
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [line for line in self._lines if line.holds(self._words)] if self._words else list(self._lines)
        self.endResetModel()

    # Qt's side

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return _texts(self._shown[index.row()])[index.column()] or None


def _texts(line: TrailLine) -> tuple[str, ...]:
    return str(line.number), line.time, line.operator, line.action, line.reason, line.change
