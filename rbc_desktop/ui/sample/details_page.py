"""Who and what the sample is; each field is kept when it is left."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...language import mark, tr
from ...reports.summary.options import DATES, IDENTITY_LABELS
from ...workflows.sample.grading_controller import GradingController
from ..look.theme import SPACE_L, SPACE_M, SPACE_S
from .left_field import LeftLine, LeftText

LONGEST_LINE = 500

COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (mark("Sample"), ("sample_id", "accession", "specimen", "collected", "received", "requester")),
    (mark("Patient"), ("patient", "patient_id", "birth_date", "sex")),
    (mark("Film and reading"), ("laboratory", "operator", "stain", "smear_by", "instrument")),
)
"""Heading and fields of each column; the comment stands below them all."""


class DetailsPage(QWidget):
    """The identity of the sample. All fields are optional.

    Args:
        controller: keeps them.
    """

    def __init__(self, controller: GradingController) -> None:
        super().__init__()
        self._controller = controller
        self.fields: dict[str, LeftLine | LeftText] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_M)
        line = QHBoxLayout()
        line.setSpacing(SPACE_L)
        for heading, names in COLUMNS:
            line.addLayout(self._block(heading, names), 1)
        column.addLayout(line)
        column.addWidget(self._label("comment"))
        comment = self.fields["comment"] = LeftText()
        self._connect("comment", comment)
        comment.setMinimumHeight(4 * comment.fontMetrics().lineSpacing())
        column.addWidget(comment, 1)
        column.addLayout(self._usual_line())
        controller.replaced.connect(self.start_over)
        controller.changed.connect(self.refresh)
        self.refresh()

    def keep(self) -> None:
        """Keep the field that is being edited, as if it was left."""
        for name, field in self.fields.items():
            if field.is_being_edited:
                self._on_left(name)

    @Slot()
    def start_over(self) -> None:
        """Show another case; what was being typed belonged to the one before."""
        for name, field in self.fields.items():
            field.show_text(getattr(self._controller.identity, name))

    @Slot()
    def refresh(self) -> None:
        """Show what the case says; what somebody is just typing stays."""
        final = self._controller.is_final
        for name, field in self.fields.items():
            field.setReadOnly(final)
            if final or not (field.hasFocus() and field.is_being_edited):
                field.show_text(getattr(self._controller.identity, name))
        missing = self._controller.usual_missing
        self.usual.setVisible(bool(missing) and not final)
        self.usual.setToolTip("\n".join(f"{tr(IDENTITY_LABELS[name])}: {text}" for name, text in missing.items()))

    def _block(self, heading: str, names: tuple[str, ...]) -> QVBoxLayout:
        block = QVBoxLayout()
        block.setSpacing(SPACE_S)
        title = QLabel(tr(heading))
        title.setProperty("heading", True)
        block.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_S)
        for row, name in enumerate(names):
            field = self.fields[name] = LeftLine()
            field.setMaxLength(LONGEST_LINE)
            if name in DATES:
                field.setPlaceholderText(tr("yyyy-mm-dd"))
            self._connect(name, field)
            grid.addWidget(self._label(name), row, 0)
            grid.addWidget(field, row, 1)
        block.addLayout(grid)
        block.addStretch(1)
        return block

    def _label(self, name: str) -> QLabel:
        label = QLabel(tr(IDENTITY_LABELS[name]))
        label.setProperty("muted", True)
        return label

    def _connect(self, name: str, field: LeftLine | LeftText) -> None:
        field.setAccessibleName(tr(IDENTITY_LABELS[name]))
        field.left.connect(partial(self._on_left, name))

    def _usual_line(self) -> QHBoxLayout:
        self.usual = QPushButton(tr("Fill in what is usual here"))
        self.usual.setAutoDefault(False)
        self.usual.clicked.connect(self._controller.fill_in_usual)
        note = QLabel(tr("All optional; kept in the case when you leave a field, and printed on the report."))
        note.setProperty("muted", True)
        self.work_list = QPushButton()
        self.work_list.setAutoDefault(False)
        self.work_list.setToolTip(
            tr(
                "A CSV with a line per sample: an accession or a sample number that is typed or scanned fills in"
                " the rest"
            )
        )
        self.work_list.clicked.connect(self._choose_work_list)
        self._controller.work_list.changed.connect(self._show_work_list)
        self._show_work_list()
        line = QHBoxLayout()
        line.addWidget(note, 1)
        line.addWidget(self.work_list)
        line.addWidget(self.usual, alignment=Qt.AlignmentFlag.AlignRight)
        return line

    @Slot()
    def _show_work_list(self) -> None:
        known = self._controller.work_list
        self.work_list.setText(
            tr("Work list: {name} ({count:,})", name=known.name, count=known.count) if known.name else tr("Work list…")
        )

    @Slot()
    def _choose_work_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a work list"), "", tr("Work lists (*.csv *.txt)"))
        if name:
            self._controller.work_list.choose(Path(name))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._controller.work_list.look()

    def _on_left(self, name: str) -> None:
        field = self.fields[name]
        self._controller.set_detail(name, field.typed)
        field.show_text(getattr(self._controller.identity, name))  # the old text where it was refused
