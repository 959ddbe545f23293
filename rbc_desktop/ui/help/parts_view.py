"""All bundled parts: a list under headings that can be searched, and the licence of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...storage.parts import KINDS, Part, licence_text
from ..look.theme import SPACE_M, SPACE_S, SPACE_XS, named

COLUMNS = ("Part", "Version", "Licence", "SHA-256")
HASH_CHARS = 8
"""How much of a hash the list shows; as much as the models' names have."""

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


def matches(part: Part, words: str) -> bool:
    """Whether every word of a search is somewhere in what the list says of a part."""
    said = " ".join((part.name, part.version, part.licence, part.purpose, KINDS[part.kind], part.sha256)).lower()
    return all(word in said for word in words.lower().split())


def with_headings(parts: Sequence[Part]) -> list[Part | str]:
    """The parts with a heading before each kind."""
    rows: list[Part | str] = []
    for kind, group in groupby(parts, key=lambda part: part.kind):
        rows += [KINDS[kind], *group]
    return rows


def facts_line(part: Part) -> str:
    """Licence and number of files."""
    return part.licence if part.files <= 1 else f"{part.licence} · {part.files:,} files"


def hash_note(part: Part) -> str:
    """What the hash of a part was taken of."""
    if not part.sha256:
        return ""
    if part.files == 1:
        return "of its file"
    return f"of the list of its {part.files:,} files with their hashes"


class PartsModel(QAbstractTableModel):
    """Rows of the list: headings and parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._rows: list[Part | str] = []
        self._words = ""

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show these."""
        self._parts = tuple(parts)
        self.search(self._words)

    def search(self, words: str) -> None:
        """Show the parts in which every word occurs."""
        self.beginResetModel()
        self._words = words
        self._rows = with_headings([part for part in self._parts if matches(part, words)])
        self.endResetModel()

    def part_at(self, row: int) -> Part | None:
        """The part in a row, None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Part) else None

    @property
    def headings(self) -> list[int]:
        """Rows that are headings."""
        return [row for row, entry in enumerate(self._rows) if isinstance(entry, str)]

    @property
    def shown(self) -> list[Part]:
        """The parts that match the search."""
        return [entry for entry in self._rows if isinstance(entry, Part)]

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return COLUMNS[section]
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        entry = self._rows[index.row()]
        if isinstance(entry, str):
            if role == _Role.DisplayRole and index.column() == 0:
                return entry
            return _bold() if role == _Role.FontRole else None
        if role == _Role.DisplayRole:
            return (entry.name, entry.version, entry.licence, entry.sha256[:HASH_CHARS])[index.column()]
        if role == _Role.ToolTipRole:
            return (entry.purpose, entry.version, entry.licence, entry.sha256)[index.column()] or None
        if role == _Role.FontRole and index.column() == COLUMNS.index("SHA-256"):
            return _fixed(QFont())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.part_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags | Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _fixed(beside: QFont) -> QFont:
    """Letters of equal width, which look large beside others of the same size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(0.87 * beside.pointSizeF())
    return font


def _bold() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font


class PartsView(QWidget):
    """Search, list, and the chosen part beside it."""

    def __init__(self, *, text_of: Callable[[Part], str] = licence_text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text_of = text_of
        self._total = 0
        self.model = PartsModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search names, licences, purposes, hashes")
        self.search.setClearButtonEnabled(True)
        self.count = QLabel("Reading the list…")
        self.count.setProperty("muted", True)
        self.table = self._build_table()
        splitter = named(QSplitter(), "plainSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(SPACE_M)
        splitter.addWidget(_framed(self.table))
        splitter.addWidget(self._build_details())
        splitter.setSizes([520, 560])
        line = QHBoxLayout()
        line.setSpacing(SPACE_M)
        line.addWidget(self.search, 1)
        line.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addLayout(line)
        column.addWidget(splitter, 1)
        self.search.textChanged.connect(self._on_search)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """The list is there."""
        self._total = len(parts)
        self.model.set_parts(parts)
        self._after_reset()

    def show_problem(self, sentence: str) -> None:
        """There is no list."""
        self.count.setText(sentence)

    @property
    def chosen(self) -> Part | None:
        """The part whose licence is shown."""
        return self.model.part_at(self.table.currentIndex().row())

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.verticalHeader().hide()
        rows = table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(table.fontMetrics().height() + SPACE_S)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        em = table.fontMetrics().horizontalAdvance("0")
        for column, characters in ((0, 23), (1, 14), (3, 11)):
            header.resizeSection(column, characters * em)
        return table

    def _build_details(self) -> QWidget:
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.about = QLabel()
        self.about.setProperty("muted", True)
        for label in (self.title, self.about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hash = named(QLineEdit(), "plainField")
        self.hash.setReadOnly(True)
        self.hash.setFrame(False)
        self.hash.setFont(_fixed(self.font()))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(_fixed(self.font()))  # licences are set in lines of up to 80 letters
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        for widget in (self.title, self.about, self.hash):
            column.addWidget(widget)
        column.addSpacing(SPACE_XS)
        column.addWidget(self.text, 1)
        return details

    @Slot(str)
    def _on_search(self, words: str) -> None:
        self.model.search(words)
        if self._total:
            self._after_reset()

    def _after_reset(self) -> None:
        self.table.clearSpans()
        for row in self.model.headings:
            self.table.setSpan(row, 0, 1, len(COLUMNS))
        shown = len(self.model.shown)
        self.count.setText(f"{self._total} parts" if shown == self._total else f"{shown} of {self._total} parts")
        first = self.model.index(1, 0) if shown else QModelIndex()
        rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(first, rows)
        self._show(self.chosen)
        self.table.scrollToTop()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        if (part := self.model.part_at(current.row())) is not None:
            self._show(part)

    def _show(self, part: Part | None) -> None:
        if part is None:
            self.title.setText("No part matches the search.")
            self.about.clear()
            self.hash.clear()
            self.text.clear()
            return
        self.title.setText(f"{part.name} {part.version}".rstrip())
        self.about.setText(f"{part.purpose}\n{facts_line(part)}".strip())
        self.hash.setText(part.sha256)
        self.hash.setCursorPosition(0)
        self.hash.setToolTip(f"SHA-256 {hash_note(part)}".rstrip())
        self.hash.setVisible(bool(part.sha256))
        self.text.setPlainText(self._text_of(part))


def _framed(table: QWidget) -> QFrame:
    frame = named(QFrame(), "listFrame")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(table)
    return frame
