"""Second readings: begin one, see how far both agree, settle what differs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...domain.sample.second_reading import SecondReading
from ...editing.case_editor import CaseEditor
from ...language import mark, plural, tr
from ...turns import in_next_turn
from ...workflows.sample.rereading import (
    EARLY_REASONS,
    difference_lines,
    may_settle,
    progress_text,
    result_text,
    title,
)
from ...workflows.sample.second_reading_controller import SecondReadingController
from ..look.plain_label import plain_label
from ..look.reason_dialog import ReasonDialog
from ..look.theme import SPACE_M, SPACE_S
from ..look.tool_line import tool_line
from .difference_table import DifferenceTable
from .left_field import LeftLine

NAME_PX = 320
LONGEST_NAME = 200
MOST_SEED = 999_999
NOTE = mark(
    "Somebody reads the same cells again without seeing what they were called or what the classifier suggests: by the"
    " review bar, the gallery or the table, with the same keys. What differs is listed here and settled afterwards."
)


class ReadingPage(QWidget):
    """Follows the readings of the case.

    Args:
        controller: begins and leaves readings.
        editor: of the case.
    """

    cells_wanted = Signal(object)
    """Show these cells; a tuple of ids."""

    def __init__(self, controller: SecondReadingController, editor: CaseEditor) -> None:
        super().__init__()
        self._controller, self._editor = controller, editor
        self.reader = LeftLine()
        self.reader.setMaxLength(LONGEST_NAME)
        self.reader.setFixedWidth(NAME_PX)
        self.share, self.seed = QSpinBox(), QSpinBox()
        for number in (self.share, self.seed):
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.share.setRange(1, 100)
        self.share.setValue(100)
        self.share.setSuffix(" %")
        self.seed.setRange(0, MOST_SEED)
        self.seed.setToolTip(tr("The same number draws the same cells of the same case"))
        self.begin, self.go_on = QPushButton(tr("Begin")), QPushButton(tr("Go on reading"))
        self.waiting, self.result = plain_label(to_copy=True), plain_label(to_copy=True)
        self.which = QComboBox()
        self.table = DifferenceTable()
        self.open_only = QCheckBox(tr("Only what isn't settled"))
        self.first, self.second = QPushButton(tr("First is right")), QPushButton(tr("Second is right"))
        self.show_cells = QPushButton(tr("Show on the image"))
        self._shown: SecondReading | None = None
        self._build()
        self.begin.clicked.connect(self._begin)
        self.go_on.clicked.connect(controller.go_on)
        self.which.currentIndexChanged.connect(self._show_reading)
        self.open_only.toggled.connect(self._show_reading)
        self.table.chosen_changed.connect(self._refresh_buttons)
        self.table.doubleClicked.connect(self._show)
        self.first.clicked.connect(partial(self._settle, "first"))
        self.second.clicked.connect(partial(self._settle, "second"))
        self.show_cells.clicked.connect(self._show)
        controller.changed.connect(self.refresh)
        controller.reason_wanted.connect(self._ask_why)
        self.refresh()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        part = QHBoxLayout()
        part.setSpacing(SPACE_M)
        self.of = plain_label(kind="muted", to_copy=True)
        self.of.setWordWrap(False)
        drawn = QLabel(tr("drawn with the number"))
        for piece in (self.share, self.of, drawn, self.seed):
            part.addWidget(piece)
        for piece in (drawn, self.seed):  # nothing is drawn from all of them
            piece.setEnabled(False)
            self.share.valueChanged.connect(partial(_enable_for_a_part, piece))
        part.addStretch(1)
        form.addRow(tr("Reader"), self.reader)
        form.addRow(tr("Part"), part)
        for label, field in (
            (tr("Reader"), self.reader),
            (tr("Part in percent"), self.share),
            (tr("Drawn with the number"), self.seed),
        ):
            field.setAccessibleName(label)
        first = tool_line(self.begin, self.go_on, self.waiting)
        tools = tool_line(self.first, self.second, self.show_cells, self.open_only)
        first.setStretch(2, 1)
        tools.addStretch(1)
        note = plain_label(tr(NOTE), kind="muted", to_copy=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(note)
        column.addLayout(form)
        column.addLayout(first)
        column.addSpacing(SPACE_M)
        column.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.result)
        column.addWidget(self.table, 100)
        column.addLayout(tools)
        column.addStretch(1)  # takes the room while there is no reading
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.setAccessibleName(tr("Second reading"))

    @Slot()
    def refresh(self) -> None:
        """Show the readings as they are now, while somebody looks; the newest, or the one that was looked at."""
        if self._controller.under_way is not None or not self.isVisible():
            return
        readings, waiting = self._controller.readings, self._controller.waiting
        if not self.reader.is_being_edited and not self.reader.text():
            self.reader.show_text(self._controller.reader)
        in_next_turn(self, self._count)
        self.begin.setEnabled(waiting is None)
        self.begin.setProperty("primary", waiting is None)
        self.go_on.setVisible(waiting is not None)
        self.waiting.setText("" if waiting is None else progress_text(waiting))
        titles = [title(reading) for reading in readings]
        if titles != [self.which.itemText(i) for i in range(self.which.count())]:
            self.which.blockSignals(True)
            self.which.clear()
            self.which.addItems(titles)
            self.which.setCurrentIndex(len(titles) - 1)
            self.which.blockSignals(False)
            self.seed.setValue(len(readings) + 1)
        for widget in (self.which, self.table, self.first, self.second, self.show_cells, self.open_only):
            widget.setVisible(bool(readings))
        self._show_result()
        in_next_turn(self, self._show_lines)

    @Slot()
    def _count(self) -> None:
        """Say how many cells there are to read; a turn of its own, since thousands are looked at."""
        if self._controller.under_way is not None or not self.isVisible():
            return
        self.of.setText(
            plural(
                "of {count} cell that counts and has a class",
                "of {count} cells that count and have a class",
                self._controller.readable,
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        in_next_turn(self, self.refresh)  # the window is there first: a reading may have thousands of cells

    @Slot()
    def _show_reading(self) -> None:
        self._show_result()
        self._show_lines()

    def _show_result(self) -> None:
        readings, index = self._controller.readings, self.which.currentIndex()
        self._shown = readings[index] if 0 <= index < len(readings) else None
        self.result.setText(tr("No second reading yet.") if self._shown is None else result_text(self._shown))

    @Slot()
    def _show_lines(self) -> None:
        """List the differences, which may be thousands."""
        lines = [] if self._shown is None else difference_lines(self._editor.case, self._shown)
        if self.open_only.isChecked():
            lines = [line for line in lines if not line.settled]
        self.table.show_lines(lines)

    @Slot()
    def _refresh_buttons(self) -> None:
        chosen = any(i in self._editor.case.cells for i in self.table.chosen)
        for button in (self.first, self.second):
            button.setEnabled(chosen and may_settle(self._editor.case))
        self.show_cells.setEnabled(chosen)

    @Slot()
    def _begin(self) -> None:
        self._begin_because("")

    @Slot(str)
    def _begin_because(self, reason: str) -> None:
        share, seed = self.share.value() / 100, self.seed.value()
        self._controller.begin(self.reader.text(), share=share, seed=seed, reason=reason)

    @Slot(str)
    def _ask_why(self, question: str) -> None:
        dialog = ReasonDialog(question, usual=EARLY_REASONS, button=tr("Begin"), parent=self)
        dialog.given.connect(self._begin_because)
        dialog.open()

    def _settle(self, by: str, _checked: bool = False) -> None:
        if self._shown is not None:
            self._controller.settle(self._shown, self.table.chosen, by="first" if by == "first" else "second")

    @Slot()
    def _show(self) -> None:
        chosen = tuple(i for i in self.table.chosen if i in self._editor.case.cells)
        if chosen:
            self.cells_wanted.emit(chosen)


def _enable_for_a_part(widget: QWidget, percent: int) -> None:
    widget.setEnabled(percent < 100)
