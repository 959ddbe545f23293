"""Who did what and when: the audit trail of the open case, to read and to search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...language import mark, plural, tr
from ...workflows.sample.auditing import TrailLine
from ...workflows.sample.auditing_controller import AuditingController
from ..look.empty_text import EmptyText
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, tabular
from .trail_model import TrailModel

HEAD_DIGITS = 16
MOST_PX = (90, 260, 160, 280, 200)
"""Width of all columns but the last, which takes the rest, where their texts are long; logical pixels."""
NOTHING_FOUND = mark("No step has all of these words.")


class TrailPage(QWidget):
    """Follows the trail while it is in view.

    Args:
        controller: reads it.
    """

    def __init__(self, controller: AuditingController) -> None:
        super().__init__()
        self._controller = controller
        self.model = TrailModel()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search time, person, action, values"))
        self.search.setAccessibleName(tr("Search the audit trail"))
        self.search.setClearButtonEnabled(True)
        self.said = QLabel()
        self.head = QLabel()
        self.head.setFont(tabular(self.head.font()))
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head.setToolTip(tr("First 16 digits of the trail's head, which stands for every line of it"))
        self.table = QTableView()
        self.table.setAccessibleName(tr("Audit trail"))
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.setFont(tabular(self.table.font()))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(len(MOST_PX), QHeaderView.ResizeMode.Stretch)
        self._widths = (0,) * len(MOST_PX)
        self._set_widths()
        self.none = EmptyText(self.table)
        first, below = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.search, 1)
        below.addWidget(self.said, 1)
        below.addWidget(QLabel(tr("Head")))
        below.addWidget(self.head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addLayout(first)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self.search.textChanged.connect(self._on_search)
        controller.added.connect(self._on_added)
        controller.restarted.connect(self._on_restarted)
        controller.failed.connect(self.said.setText)
        self._refresh()

    @Slot(object)
    def _on_added(self, lines: list[TrailLine]) -> None:
        self.model.add(lines)
        self._set_widths()
        self._refresh()

    @Slot()
    def _on_restarted(self) -> None:
        self.model.clear()
        self._refresh()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.model.search(text)
        self._refresh()

    def _set_widths(self) -> None:
        """As wide as its heading and what it says, so that a trail without names leaves room for old and new values."""
        letters, heading = self.table.fontMetrics(), self.table.horizontalHeader()
        said = [letters.horizontalAdvance(text) + SPACE_L for text in self.model.longest[: len(MOST_PX)]]
        least = [heading.sectionSizeHint(place) for place in range(len(MOST_PX))]
        widths = tuple(max(low, min(most, own)) for low, most, own in zip(least, MOST_PX, said, strict=True))
        for place, (before, width) in enumerate(zip(self._widths, widths, strict=True)):
            if width != before:  # what somebody dragged stays
                self.table.setColumnWidth(place, width)
        self._widths = widths

    def _refresh(self) -> None:
        shown, count = self.model.rowCount(), self.model.count
        self.none.say(tr(NOTHING_FOUND) if count else "")
        self.said.setText(
            plural("{shown:,} of {count} step", "{shown:,} of {count} steps", count, shown=shown)
            if count
            else tr("Reading…")
        )
        self.head.setText(self.model.head[:HEAD_DIGITS])

    # Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._controller.follow(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._controller.follow(False)
