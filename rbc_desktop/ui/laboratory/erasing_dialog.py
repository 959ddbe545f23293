"""File › Delete patient data: which cases, why, and once more before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...language import mark, plural, tr
from ...workflows.laboratory.erasing import ERASE_REASONS, ErasableCase
from ..look.empty_text import EmptyText
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.progress import fill, progress_bar
from ..look.room import open_as_large_as
from ..look.row_table import row_table
from ..look.theme import SPACE_L, SPACE_M, SPACE_S

SIZE = 760, 560
LONGEST_REASON = 500
HEADINGS = (mark("Case"), mark("Open last"), mark("State"), mark("What goes"))
NOTE = mark(
    "Names, numbers, dates, requester and comment go from the case, its audit trail and its backups, and no byte of"
    " them stays in the file. Cells, classes, grades and signatures stay, and so does who did what and when. The images"
    " themselves, exported reports and copies elsewhere are not touched."
)
FOR_GOOD = mark("This can't be undone. Delete them for good?")


class ErasingDialog(KeyedDialog):
    """Lets cases be chosen; nothing goes before a second yes."""

    manual_chapter = "privacy.md"

    chosen = Signal(object, str, bool)
    """The `ErasableCase`s, why, and whether names of images go, too."""

    cancelled = Signal()
    """Stop before the next case."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Delete patient data"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines: tuple[ErasableCase, ...] = ()
        self._is_asked = self._is_busy = False
        self.table = _table()
        self.none = EmptyText(self.table)
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems([tr(reason) for reason in ERASE_REASONS])
        self.reason.setCurrentIndex(-1)
        self.reason.setAccessibleName(tr("Reason"))
        line = self.reason.lineEdit()
        if line is not None:
            line.setMaxLength(LONGEST_REASON)
            line.setPlaceholderText(tr("Choose a reason, or type one; without a patient's name"))
        self.image_names = QCheckBox(tr("Names of images, too (the case finds its images no more)"))
        self.image_names.setChecked(True)
        self.said = plain_label(kind="warning")
        self.progress = progress_bar()
        self.delete, self.close_button = QPushButton(), QPushButton(tr("Close"))
        self._build()
        self.table.itemChanged.connect(self._start_over)
        self.reason.editTextChanged.connect(self._start_over)
        self.image_names.toggled.connect(self._start_over)
        self.delete.clicked.connect(self._on_delete)
        self.close_button.clicked.connect(self._on_close)
        self.show_busy(False)

    def _build(self) -> None:
        note = plain_label(tr(NOTE))
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Reason"), self.reason)
        form.addRow("", self.image_names)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(1)
        for button in (self.close_button, self.delete):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addWidget(note)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addLayout(buttons)
        open_as_large_as(self, *SIZE)

    @property
    def checked(self) -> tuple[ErasableCase, ...]:
        """The cases that are chosen."""
        items = ((self.table.item(row, 0), line) for row, line in enumerate(self._lines))
        return tuple(i for item, i in items if item is not None and item.checkState() == Qt.CheckState.Checked)

    @Slot(object)
    def show_lines(self, lines: Sequence[ErasableCase]) -> None:
        """Show these cases; none is chosen but the open one, so that a case past its date goes by a person's yes."""
        self._lines = tuple(lines)
        self.none.say(tr("Neither the open case nor a recent one has patient data."))
        self.table.blockSignals(True)
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            used = f"{line.case.used.astimezone():%Y-%m-%d}"
            when = tr("open now") if line.is_present else tr("{day}, past its date", day=used) if line.is_due else used
            what = tr("the whole case") if line.goes_whole else tr("patient data")
            for place, text in enumerate((line.name, when, tr(line.case.state), what)):
                item = QTableWidgetItem(text)
                if place == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Checked if line.is_present else Qt.CheckState.Unchecked)
                    item.setToolTip(str(line.case.path))
                self.table.setItem(row, place, item)
        self.table.blockSignals(False)
        self._start_over()

    @Slot(str)
    def say(self, text: str) -> None:
        """One sentence above the buttons."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    @Slot(bool)
    def show_busy(self, on: bool) -> None:
        """Cases are being emptied, or not any more."""
        self._is_busy = on
        self.progress.setVisible(on)
        self.progress.setRange(0, 0)
        for widget in (self.table, self.reason, self.image_names):
            widget.setEnabled(not on)
        self.close_button.setText(tr("Stop") if on else tr("Close"))
        self._start_over()

    @Slot(object)
    def show_progress(self, step: tuple[int, int]) -> None:
        """Cases done, of how many."""
        fill(self.progress, *step)

    @Slot()
    def _start_over(self) -> None:
        """Something else is chosen: the yes is asked for anew."""
        self._is_asked = False
        count = len(self.checked)
        self.delete.setText(plural("Delete from {count} case…", "Delete from {count} cases…", count))
        self.delete.setEnabled(bool(count) and bool(self.reason.currentText().strip()) and not self._is_busy)
        self.say("")

    @Slot()
    def _on_delete(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self.delete.setText(tr("Delete for good"))
            self.say(tr(FOR_GOOD))
            return
        self.chosen.emit(self.checked, self.reason.currentText().strip(), self.image_names.isChecked())

    @Slot()
    def _on_close(self) -> None:
        if self._is_busy:
            self.cancelled.emit()
        else:
            self.reject()


def _table() -> QTableWidget:
    table = row_table([tr(heading) for heading in HEADINGS], name=tr("Cases with patient data"))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table
