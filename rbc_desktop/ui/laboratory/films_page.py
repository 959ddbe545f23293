"""The control films of one microscope: their charts, the list, and what is done with them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...domain.laboratory.control_film import MEASURES, KeptFilm, charts_of, films_of, instruments_of
from ...domain.laboratory.operator import plain_name
from ...language import mark, tr
from ...workflows.control.control_keeper_controller import ControlKeeper
from ...workflows.control.control_sheet import RULE_TEXTS, FilmLine, film_lines
from ..look.empty_text import EmptyText
from ..look.list_exchange import ListExchange
from ..look.plain_label import plain_label
from ..look.reason_dialog import ReasonDialog
from ..look.row_table import RIGHT, number_item, row_table
from ..look.scrolling_page import ScrollingPage
from ..look.theme import SPACE_M, SPACE_S, ThemeController
from ..look.tool_line import tool_line
from .levey_jennings import LeveyJennings

HEADINGS = (
    mark("Measured"), mark("Film"), mark("Ø µm"), mark("Ø px"), mark("Density"), mark("Pallor"), mark("Rules"),
    mark("Note"),
)  # fmt: skip
NUMBERS = range(2, 2 + len(MEASURES))
LEAVE_OUT_REASONS = (
    mark("a damaged film"), mark("another lot"), mark("not the control film"), mark("measured twice"),
)  # fmt: skip
ANEW_REASONS = (
    mark("another lot of control blood"), mark("lamp or camera changed"), mark("serviced"), mark("another stain"),
)  # fmt: skip
NO_FILMS = mark(
    "No control film yet. Open the day's film, segment it, name the microscope under Instrument (Report › Sample and"
    " grades…, Details), and add it here."
)
FEW = mark("A chart begins with the tenth film; the first 20 make mean and limits, and those after them are judged.")


class FilmsPage(QWidget):
    """Follows the list of control films.

    Args:
        keeper: of the list.
        theme: colours of the charts.
    """

    export_wanted = Signal()
    """The charts are to be written to a file."""

    def __init__(self, keeper: ControlKeeper, theme: ThemeController) -> None:
        super().__init__()
        self._keeper, self._theme = keeper, theme
        self._lines: list[FilmLine] = []
        self._drawn: object = None
        self.instrument = QComboBox()
        self.instrument.setAccessibleName(tr("Microscope"))
        self.instrument.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.instrument.setPlaceholderText(tr("none yet"))
        self.verdict = plain_label(to_copy=True)
        self.rule, self.few = (plain_label(kind="muted", to_copy=True) for _ in range(2))
        self.table = _table()
        self.none = EmptyText(self.table)
        self.add = QPushButton(tr("Add the open case"))
        self.add.setToolTip(tr("Measure the cells of the open case and put it on the list as a control film"))
        self.leave_out, self.anew = QPushButton(tr("Leave out…")), QPushButton(tr("Limits anew from here…"))
        self.anew.setToolTip(tr("Begin mean and limits anew with this film, e.g. after another lamp or lot"))
        self.export = QPushButton(tr("Write as PDF…"))
        self.exchange = ListExchange(keeper, tr("control films"))
        self._charts = QVBoxLayout()
        self._build()
        self.instrument.currentIndexChanged.connect(self._show)
        self.table.itemSelectionChanged.connect(self._refresh_buttons)
        self.add.clicked.connect(keeper.add)
        self.leave_out.clicked.connect(self._leave_out)
        self.anew.clicked.connect(self._begin_anew)
        self.export.clicked.connect(self.export_wanted)
        keeper.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        first = tool_line(QLabel(tr("Microscope")), self.instrument, self.rule)
        tools = tool_line(self.add, self.leave_out, self.anew, self.export)
        first.setStretch(2, 1)
        self.rule.setAlignment(RIGHT)
        tools.insertWidget(3, self.exchange, 1)
        self.add.setProperty("primary", True)
        inner = QWidget()
        self._charts.setContentsMargins(0, 0, 0, 0)
        self._charts.setSpacing(SPACE_S)
        inner_column = QVBoxLayout(inner)
        inner_column.setContentsMargins(0, 0, 0, 0)
        inner_column.addLayout(self._charts)
        inner_column.addWidget(self.few)
        inner_column.addStretch(1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        self._page = ScrollingPage(inner, name=tr("Charts"))
        halves.addWidget(self._page)
        halves.addWidget(self.table)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setSizes([300, 200])  # the charts are not there yet when it is first laid out
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addLayout(first)
        column.addWidget(self.verdict)
        column.addWidget(halves, 1)
        column.addLayout(tools)

    @property
    def chosen(self) -> KeptFilm | None:
        """The film whose line is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self._lines[rows[0].row()].kept if rows and rows[0].row() < len(self._lines) else None

    @Slot()
    def refresh(self) -> None:
        """Show the list as it is now: the microscope that was looked at, else that of the open case."""
        named = list(instruments_of(self._keeper.films))
        here = self._keeper.microscope
        if here and plain_name(here) not in map(plain_name, named):
            named.append(here)
        if named != [self.instrument.itemText(i) for i in range(self.instrument.count())]:
            looked_at = self.instrument.currentText() or here
            self.instrument.blockSignals(True)
            self.instrument.clear()
            self.instrument.addItems(named)
            place = next((i for i, n in enumerate(named) if plain_name(n) == plain_name(looked_at)), 0)
            self.instrument.setCurrentIndex(place if named else -1)
            self.instrument.blockSignals(False)
        rule = tr(RULE_TEXTS[self._keeper.rule])
        self.rule.setText(tr("Missing or run off: {rule} (Edit › Settings…, Laboratory)", rule=rule))
        self.add.setEnabled(self._keeper.may_add)
        for button in (self.export, self.exchange.export):
            button.setEnabled(bool(self._keeper.films))
        self._show()

    @Slot()
    def _show(self) -> None:
        films, problem = self._keeper.films, self._keeper.problem
        verdict = self._keeper.today_of(self.instrument.currentText())
        self.verdict.setText(problem or (tr(verdict.text) if films else ""))
        self.verdict.setVisible(bool(self.verdict.text()))
        self.none.say("" if problem else tr(NO_FILMS))
        self.verdict.setProperty("warning", bool(problem) or (verdict.is_problem and bool(films)))
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self._draw()
        self._list()
        self._refresh_buttons()

    def _draw(self) -> None:
        """Charts are made anew only when there is something else to show."""
        films = films_of(self._keeper.films, self.instrument.currentText())
        if films == self._drawn:
            return
        self._drawn = films
        while (item := self._charts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        charts = charts_of(films)
        for measure, chart in charts.items():
            self._charts.addWidget(LeveyJennings(chart, measure=measure, theme=self._theme))
        self._page.setVisible(bool(films))
        self.few.setText("" if charts or not films else tr(FEW))

    def _list(self) -> None:
        lines = film_lines(self._keeper.films, self.instrument.currentText())
        if lines == self._lines:
            return
        kept = self.chosen
        self._lines = lines
        self.table.setRowCount(len(lines))
        self.table.clearSelection()
        for row, line in enumerate(lines):
            for place, text in enumerate((line.time, line.name, *line.values, line.rules, line.note)):
                self.table.setItem(row, place, number_item(text) if place in NUMBERS else QTableWidgetItem(text))
            if kept is not None and line.kept.case == kept.case:
                self.table.selectRow(row)
        for place, measure in enumerate(MEASURES):
            self.table.setColumnHidden(2 + place, not any(measure in line.kept.film.values for line in lines))

    @Slot()
    def _refresh_buttons(self) -> None:
        film = self.chosen
        for button in (self.leave_out, self.anew):
            button.setEnabled(film is not None)
        self.leave_out.setText(tr("Count again") if film is not None and film.left_out else tr("Leave out…"))
        self.anew.setText(tr("Limits go on") if film is not None and film.anew else tr("Limits anew from here…"))

    @Slot()
    def _leave_out(self) -> None:
        if (film := self.chosen) is None:
            return
        if film.left_out:
            self._keeper.leave_out(film, "")
        else:
            question = tr(
                "Why doesn't the control film of {day} count? It stays on the list with the reason.", day=film.day
            )
            self._ask(question, LEAVE_OUT_REASONS, tr("Leave out"), then=partial(self._keeper.leave_out, film))

    @Slot()
    def _begin_anew(self) -> None:
        if (film := self.chosen) is None:
            return
        if film.anew:
            self._keeper.begin_anew(film, "")
        else:
            question = tr("Why do mean and limits begin anew with the control film of {day}?", day=film.day)
            self._ask(question, ANEW_REASONS, tr("Begin anew"), then=partial(self._keeper.begin_anew, film))

    def _ask(self, question: str, usual: tuple[str, ...], button: str, *, then: partial[None]) -> None:
        dialog = ReasonDialog(question, usual=[tr(reason) for reason in usual], button=button, parent=self)
        dialog.given.connect(then)
        dialog.open()


def _table() -> QTableWidget:
    table = row_table([tr(heading) for heading in HEADINGS], name=tr("Control films"), numbers=NUMBERS)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setMinimumHeight(120)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for name in ("Film", "Note"):
        header.setSectionResizeMode(HEADINGS.index(name), QHeaderView.ResizeMode.Stretch)
    return table
