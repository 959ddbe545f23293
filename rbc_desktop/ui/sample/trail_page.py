"""Who did what and when: the audit trail of the open case, to read and to search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...domain.case.step_kinds import StepKind
from ...language import mark, plural, tr
from ...workflows.sample.auditing import TrailLine
from ...workflows.sample.auditing_controller import AuditingController
from ..look.empty_text import EmptyText
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, tabular
from .trail_model import TrailFilter, TrailModel

HEAD_DIGITS = 16
MOST_PX = (90, 260, 160, 280, 200)
"""Width of all columns but the last, which takes the rest, where their texts are long; logical pixels."""
NOTHING_FOUND = mark("No step matches.")

BY_PEOPLE = mark("All but the program's own")
ALL = mark("All steps")
EVERYBODY = mark("Everybody")
NO_NAME = mark("No name")


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
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of step"))
        for text, kinds in _choices():
            self.kind.addItem(text, kinds)
        self.person = QComboBox()
        self.person.setAccessibleName(tr("Whose steps"))
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.person.addItem(tr(EVERYBODY), None)
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
        first.addWidget(self.kind)
        first.addWidget(self.person)
        below.addWidget(self.said, 1)
        below.addWidget(QLabel(tr("Head")))
        below.addWidget(self.head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addLayout(first)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self.search.textChanged.connect(self._look_for)
        self.kind.currentIndexChanged.connect(self._look_for)
        self.person.currentIndexChanged.connect(self._look_for)
        controller.added.connect(self._on_added)
        controller.restarted.connect(self._on_restarted)
        controller.failed.connect(self.said.setText)
        self._refresh()

    @Slot(object)
    def _on_added(self, lines: list[TrailLine]) -> None:
        self.model.add(lines)
        self._set_widths()
        self._list_people()
        self._refresh()

    @Slot()
    def _on_restarted(self) -> None:
        self.model.clear()
        self._list_people()
        self._refresh()

    @Slot()
    def _look_for(self) -> None:
        words = tuple(self.search.text().casefold().split())
        self.model.show_only(TrailFilter(self.kind.currentData(), self.person.currentData(), words))
        self._refresh()

    def _list_people(self) -> None:
        """Whoever is in the trail can be chosen; who is chosen stays so."""
        names = self.model.operators
        if names == [self.person.itemData(place) for place in range(1, self.person.count())]:
            return
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem(tr(EVERYBODY), None)
        for name in names:
            self.person.addItem(name or tr(NO_NAME), name)
        self.person.setCurrentIndex(names.index(chosen) + 1 if chosen in names else 0)
        self.person.blockSignals(False)
        self._look_for()

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
        shown, count = self.model.shown_rows, self.model.count
        self.none.say(tr(NOTHING_FOUND) if count else "")
        said = plural("{shown:,} of {count} step", "{shown:,} of {count} steps", count, shown=shown)
        hidden = self.model.hidden(StepKind.ROUTINE)
        if hidden and self.kind.currentIndex() == 0:
            own = plural("{count} of the program's own is hidden", "{count} of the program's own are hidden", hidden)
            said = f"{said}; {own}"
        self.said.setText(said if count else tr("Reading…"))
        self.head.setText(self.model.head[:HEAD_DIGITS])

    # Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._controller.follow(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._controller.follow(False)


def _choices() -> list[tuple[str, frozenset[StepKind]]]:
    """What the list of kinds offers; first what a reader of the trail looks for."""
    first = [(tr(BY_PEOPLE), TrailFilter().kinds), (tr(ALL), frozenset(StepKind))]
    return first + [(tr(kind.value), frozenset({kind})) for kind in StepKind]
