"""The list of recent cases."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ...language import tr
from ...workflows.cases.case_listing import BETWEEN, ListedCase
from ..look.theme import ThemeController
from .case_delegate import LINE_ROLE, CaseDelegate


class CaseList(QListWidget):
    """Cases with picture, name, content and state; the one that was in use last first.

    Args:
        theme: colours.
        opens_by_click: one click opens a case; else a double click does. Return does in any case.
        parent: Qt parent.
    """

    opened = Signal(object)
    """The path of a case that is to be opened."""

    def __init__(self, theme: ThemeController, *, opens_by_click: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(CaseDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Recent cases"))
        self._by_click = opens_by_click
        self.itemActivated.connect(self._open)
        if not opens_by_click:
            self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        else:
            self.itemClicked.connect(self._open)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.viewport().update)

    @property
    def lines(self) -> list[ListedCase]:
        """What is listed."""
        return [self.item(row).data(LINE_ROLE) for row in range(self.count())]

    @property
    def line(self) -> ListedCase | None:
        """The line that is chosen."""
        row = self.currentRow()
        return self.lines[row] if row >= 0 else None

    @property
    def chosen(self) -> list[ListedCase]:
        """The lines that are selected, as they are listed."""
        return [line for row, line in enumerate(self.lines) if self.item(row).isSelected()]

    def show_lines(self, lines: Iterable[ListedCase]) -> None:
        """List these; the chosen line stays chosen where it is still there."""
        chosen = None if self.line is None else self.line.case.path
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.name)
            item.setData(LINE_ROLE, line)
            item.setToolTip(line.problem or str(line.case.path))
            said = f"{line.name}, {line.case.state}, {line.facts}, {line.place}".replace(BETWEEN, ", ")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.addItem(item)
            if line.case.path == chosen:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.itemSelectionChanged.emit()

    def choose(self, path: Path) -> None:
        """Choose the line of this case, if it is listed."""
        for row, line in enumerate(self.lines):
            if line.case.path == path:
                self.setCurrentRow(row)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        line: ListedCase = item.data(LINE_ROLE)
        if not line.is_present:
            self.opened.emit(line.case.path)
