"""The scheme, the graded lines, and what they may mean together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...domain.sample.findings import CLOSING
from ...domain.sample.grading import Scheme
from ...language import capital, mark, tr
from ...phrases import told
from ...workflows.sample.graded_sample import counted_text, with_suggested
from ...workflows.sample.grading_controller import GradingController
from ..look.plain_label import plain_label
from ..look.reason_dialog import ReasonDialog
from ..look.theme import SPACE_M, SPACE_S
from .grade_table import GradeTable

SCHEME_FILES = mark("Grading schemes (*.json)")
NO_SCHEME = mark("Choose a scheme…")

OVERRIDE_REASONS = (
    mark("set by mistake"),
    mark("more cells were counted"),
    mark("cells were reclassified"),
    mark("looked at again"),
)


class GradesPage(QWidget):
    """Follows the case; every choice is one undoable step.

    Args:
        controller: works it out and keeps it.
    """

    def __init__(self, controller: GradingController) -> None:
        super().__init__()
        self._controller = controller
        self._listed: tuple[Scheme, ...] = ()
        self.scheme = QComboBox()
        self.scheme.setAccessibleName(tr("Grading scheme"))
        self.scheme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.import_ = QPushButton(tr("Import…"))
        self.import_.setToolTip(tr("Take a scheme of your laboratory from a file"))
        self.export = QPushButton(tr("Export…"))
        self.export.setToolTip(tr("Write this scheme to a file, to be changed and imported under another version"))
        self.note = plain_label(kind="warning", to_copy=True)
        self.counted = plain_label()
        self.table = GradeTable()
        self.confirm_all = QPushButton(tr("Confirm all suggested"))
        self.findings = plain_label(to_copy=True)
        self.findings.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        self.scheme.activated.connect(self._on_chosen)
        self.import_.clicked.connect(self._import)
        self.export.clicked.connect(self._export)
        self.table.grade_set.connect(self._on_grade)
        self.confirm_all.clicked.connect(controller.confirm_all)
        controller.changed.connect(self.refresh)
        controller.worked_out.connect(self.refresh)
        controller.schemes_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        first, below = QHBoxLayout(), QHBoxLayout()
        for line in (first, below):
            line.setSpacing(SPACE_S)
        first.addWidget(QLabel(tr("Scheme")))
        first.addWidget(self.scheme)
        first.addWidget(self.import_)
        first.addWidget(self.export)
        first.addStretch(1)
        below.addWidget(self.counted, 1)
        below.addWidget(self.confirm_all)
        for button in (self.import_, self.export, self.confirm_all):
            button.setAutoDefault(False)
        heading = plain_label(tr("Findings"), kind="heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addLayout(first)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        column.addSpacing(SPACE_S)
        column.addWidget(heading)
        column.addWidget(self.findings)

    @Slot()
    def refresh(self) -> None:
        """Show the case as it is now; the numbers follow when they are worked out."""
        final, scheme = self._controller.is_final, self._controller.grading.scheme
        self._list_schemes(scheme)
        self.scheme.setEnabled(not final)
        self.import_.setEnabled(not final)
        self.export.setEnabled(scheme is not None)
        source = tr("Source: {source}.", source=scheme.source) if scheme is not None and scheme.source else ""
        self.note.setText("" if scheme is None else f"{tr(scheme.note)} {source}".strip())
        self.note.setVisible(bool(self.note.text()))
        sheet, current = self._controller.sheet, self._controller.is_current
        self.counted.setText(tr("Counting…") if sheet is None else counted_text(sheet))
        if sheet is None:
            self.table.setRowCount(0)
            self.findings.setText("")
        elif current:
            lines, findings = sheet.summary.grades, sheet.summary.findings
            self.table.show_lines(lines, scheme, locked=final)
            self.findings.setText("\n".join(told(each) for each in (*findings, CLOSING)))
        grading = self._controller.grading
        open_ = sheet is not None and current and with_suggested(grading, sheet.summary.grades) != grading
        self.confirm_all.setEnabled(open_ and not final)

    def _list_schemes(self, chosen: Scheme | None) -> None:
        """The schemes that are known, and the case's own where its file has changed or is gone."""
        known = self._controller.known.schemes
        listed = known if chosen is None or chosen in known else (chosen, *known)
        titles = [tr("{title} (as kept in the case)", title=s.title) if s not in known else s.title for s in listed]
        if chosen is None:
            titles.insert(0, tr(NO_SCHEME))
        if titles != [self.scheme.itemText(i) for i in range(self.scheme.count())]:
            self.scheme.clear()
            self.scheme.addItems(titles)
        self._listed = listed
        self.scheme.setCurrentIndex(0 if chosen is None else listed.index(chosen))

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        place = index - (self.scheme.count() - len(self._listed))
        if place >= 0:
            self._controller.choose(self._listed[place])

    def _on_grade(self, line: str, grade: str | None) -> None:
        if self._controller.overrides(line, grade) and not self._controller.is_final:
            before = self._controller.grading.confirmed_grade(line)
            question = tr(
                "{line} was confirmed as {before}. Why is it {now} now?",
                line=capital(tr(line)),
                before=before,
                now=grade or tr("taken back"),
            )
            dialog = ReasonDialog(question, usual=OVERRIDE_REASONS, button=tr("Change the grade"), parent=self)
            dialog.given.connect(partial(self._set, line, grade))
            dialog.rejected.connect(self.refresh)
            dialog.open()
        else:
            self._set(line, grade)

    def _set(self, line: str, grade: str | None, reason: str = "") -> None:
        if not self._controller.confirm(line, grade, reason=reason):
            self.refresh()

    @Slot()
    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a grading scheme"), "", tr(SCHEME_FILES))
        if name:
            self._controller.import_(Path(name))

    @Slot()
    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export the grading scheme"), "scheme.json", tr(SCHEME_FILES))
        if name:
            self._controller.export(Path(name))
