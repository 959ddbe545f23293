"""How often persons overrule each class that the classifier gives, month by month."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...language import mark, plural, tr
from ...phrases import told
from ...workflows.control.controlling import Overrides, trends_of
from ...workflows.control.override_study import OverrideStudy
from ..look.plain_label import plain_label
from ..look.progress import fill, progress_bar
from ..look.row_table import RIGHT, number_item, row_table
from ..look.theme import SPACE_M, SPACE_S, ThemeController
from ..look.tool_line import tool_line

MOST_MONTHS = 12
NOTE = mark(
    "Cells that a person classified, by the class that the classifier had given them and the month in which they were"
    " measured. A rate that rises says that the model no longer fits the stain, the camera or the samples."
)
RISES = mark("rises: the last month lies above all before it, by 95 % intervals")


class OverridesPage(QWidget):
    """Shows one study.

    Args:
        theme: colour of what rises.
    """

    wanted = Signal(bool)
    """Count over the cases: those of a folder to be chosen, or those of the list of recent cases."""

    cancelled = Signal()
    """Stop counting."""

    def __init__(self, theme: ThemeController) -> None:
        super().__init__()
        self._theme = theme
        self.recent, self.folder = QPushButton(tr("Count over the recent cases")), QPushButton(tr("Over a folder…"))
        self.stop = QPushButton(tr("Stop"))
        self.progress = progress_bar()
        self.said = plain_label(tr("Nothing was counted yet."))
        self.table = row_table((), name=tr("Override rates"))
        self.overrides: tuple[Overrides, ...] = ()
        note = plain_label(tr(NOTE), kind="muted")
        line = tool_line(self.recent, self.folder, self.stop)
        line.addWidget(self.progress, 1)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(note)
        column.addLayout(line)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        self.recent.clicked.connect(lambda: self.wanted.emit(False))
        self.folder.clicked.connect(lambda: self.wanted.emit(True))
        self.stop.clicked.connect(self.cancelled)
        self.show_counting(False)

    @Slot(bool)
    def show_counting(self, on: bool) -> None:
        """Show that cases are being read, or not any more."""
        self.stop.setVisible(on)
        self.progress.setVisible(on)
        self.recent.setEnabled(not on)
        self.folder.setEnabled(not on)
        if on:
            self.progress.setRange(0, 0)

    @Slot(object)
    def show_progress(self, step: tuple[int, int]) -> None:
        """Cases read, of how many."""
        fill(self.progress, *step)

    @Slot(object)
    def show_study(self, study: OverrideStudy) -> None:
        """Show what was counted: the newest months, one line per class."""
        self.overrides = study.overrides
        seen = sum(each.seen for each in study.overrides)
        said = [
            plural("{count} case was read.", "{count} cases were read.", study.cases),
            plural("{count} cell was seen by a person.", "{count} cells were seen by a person.", seen),
        ]
        if study.left_out:
            said.append(plural("{count} case could not be read.", "{count} cases could not be read.", study.left_out))
        self.said.setText(" ".join(said))
        months = sorted({each.month for each in study.overrides})[-MOST_MONTHS:]
        trends = trends_of(study.overrides)
        self.table.setColumnCount(len(months) + 2)
        self.table.setHorizontalHeaderLabels([tr("Classifier says"), *[""] * len(months), tr("Trend")])
        for place, month in enumerate(months, start=1):
            item = QTableWidgetItem(month)
            item.setTextAlignment(RIGHT)
            self.table.setHorizontalHeaderItem(place, item)
        self.table.setRowCount(len(trends))
        for row, trend in enumerate(trends):
            self.table.setItem(row, 0, QTableWidgetItem(told(trend.predicted)))
            for place, month in enumerate(months, start=1):
                self.table.setItem(row, place, _cell(trend.months.get(month)))
            item = QTableWidgetItem(tr("rises") if trend.rises else "")
            if trend.rises:
                item.setToolTip(tr(RISES))
                item.setForeground(QColor(self._theme.tokens.warning))
            self.table.setItem(row, len(months) + 1, item)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)


def _cell(each: Overrides | None) -> QTableWidgetItem:
    item = number_item("" if each is None else f"{100 * each.overruled / each.seen:.0f} %")
    if each is not None:
        values = {"some": each.overruled, "all": each.seen, "month": each.month}
        item.setToolTip(tr("{some:,} of {all:,} overruled in {month}", **values))
    return item
