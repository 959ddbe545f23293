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

from ...language import plural, tr
from ...workflows.sample.auditing import TrailLine
from ...workflows.sample.auditing_controller import AuditingController
from ..look.theme import SPACE_M, SPACE_S, tabular
from .trail_model import TrailModel

HEAD_DIGITS = 16
WIDTHS = (56, 230, 120, 220, 130)
"""Of all columns but the last, which takes the rest; logical pixels."""


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
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, width)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
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
        self._refresh()

    @Slot()
    def _on_restarted(self) -> None:
        self.model.clear()
        self._refresh()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.model.search(text)
        self._refresh()

    def _refresh(self) -> None:
        shown, count = self.model.rowCount(), self.model.count
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
