"""The case beside the laboratory's normal samples, and the list of these."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...domain.laboratory.reference_band import (
    LEAST_SAMPLES,
    MEASURES,
    SIZE,
    ReferenceSample,
    missing_of,
    said_of,
)
from ...language import capital, mark, number, plural, tr
from ...workflows.sample.reference_keeper_controller import ReferenceKeeper
from ..look.empty_text import EmptyText
from ..look.list_exchange import ListExchange
from ..look.plain_label import plain_label
from ..look.row_table import number_item, row_table
from ..look.theme import SPACE_M, SPACE_S, ThemeController
from ..look.tool_line import tool_line
from .band_chart import BandChart

HEADINGS = (mark("Added"), mark("Sample"), mark("Red cells"), mark("Size"), mark("By"))
NUMBERS = (HEADINGS.index("Red cells"),)
NO_SAMPLES = mark("No normal sample yet. Review a case of one, and add it here.")
NOTE = mark(
    "Quantiles of the red cells that count, beside the band in which 95 of 100 of the laboratory's own normal samples"
    " lie (2.5th to 97.5th percentile). Add reviewed cases of samples that are known to be normal."
)


class ReferencePage(QWidget):
    """Follows the list, and the case while it is in view.

    Args:
        keeper: of the list.
        theme: colours of the charts.
    """

    def __init__(self, keeper: ReferenceKeeper, theme: ThemeController) -> None:
        super().__init__()
        self._keeper = keeper
        self._samples: tuple[ReferenceSample, ...] = ()
        self.charts = {
            measure: BandChart(capital(f"{tr(measure)} / {unit}" if unit else tr(measure)), theme=theme)
            for measure, unit in MEASURES.items()
        }
        self.said = plain_label(to_copy=True)
        self.count = plain_label(kind="muted", to_copy=True)
        self.table = row_table([tr(each) for each in HEADINGS], name=tr("Normal samples"), numbers=NUMBERS)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        EmptyText(self.table, tr(NO_SAMPLES))
        self.add, self.remove = QPushButton(tr("Add this case to the reference set")), QPushButton(tr("Remove"))
        self.add.setProperty("primary", True)
        self.exchange = ListExchange(keeper, tr("normal samples"))
        self._build()
        self.add.clicked.connect(keeper.add)
        self.remove.clicked.connect(self._remove)
        self.table.itemSelectionChanged.connect(self._refresh_buttons)
        keeper.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        note = plain_label(tr(NOTE), kind="muted", to_copy=True)
        charts, tools = QHBoxLayout(), tool_line(self.add, self.remove)
        charts.setSpacing(SPACE_M)
        for chart in self.charts.values():
            charts.addWidget(chart)
        tools.addWidget(self.exchange, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(note)
        column.addLayout(charts)
        column.addWidget(self.said)
        column.addSpacing(SPACE_M)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)
        column.addLayout(tools)

    @Slot()
    def look(self) -> None:
        """The case has changed, or somebody looks at it."""
        if self.isVisible():
            self._keeper.look()

    @Slot()
    def refresh(self) -> None:
        """Show case and list as they are now."""
        keeper = self._keeper
        sentences = []
        for measure, chart in self.charts.items():
            profile, band = keeper.present.profiles.get(measure), keeper.reference.bands.get(measure)
            sentence = capital(tr(said_of(measure, profile, keeper.reference)))
            chart.show_values(profile, band, said=sentence, missing=tr(missing_of(measure, profile, keeper.reference)))
            sentences.append(sentence)
        self.said.setText("\n".join(sentences))
        samples = plural("{count} normal sample.", "{count} normal samples.", len(keeper.samples))
        more = tr("A band needs {least}.", least=LEAST_SAMPLES)
        self.count.setText(samples if len(keeper.samples) >= LEAST_SAMPLES else f"{samples} {more}")
        if keeper.samples != self._samples:
            self._samples = keeper.samples
            self._list()
        self._refresh_buttons()

    def _list(self) -> None:
        self.table.setRowCount(len(self._samples))
        for row, sample in enumerate(self._samples):
            size = tr("yes") if SIZE in sample.profiles else tr("no calibration")
            for place, text in enumerate((sample.added, sample.case[:8], number(sample.cells), size, sample.operator)):
                self.table.setItem(row, place, number_item(text) if place in NUMBERS else QTableWidgetItem(text))
        self.table.clearSelection()

    @Slot()
    def _refresh_buttons(self) -> None:
        self.add.setEnabled(bool(self._keeper.present.profiles) and not self._keeper.holds_present)
        self.remove.setEnabled(bool(self.table.selectionModel().selectedRows()))
        self.exchange.export.setEnabled(bool(self._samples))

    @Slot()
    def _remove(self) -> None:
        for index in self.table.selectionModel().selectedRows():
            self._keeper.remove(self._samples[index.row()])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keeper.look()
