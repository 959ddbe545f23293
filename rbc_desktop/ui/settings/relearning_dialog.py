"""Cells > Retrain the classifier: which cases it learns from, how far it is, and what was gained."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...language import mark, number, tr
from ...models.relearning.learning_needs import CELLS_A_CLASS
from ...models.relearning.relearning_result import Relearnt
from ...workflows.relearning.lab_cases import LabCase, joined, reviewed_counts, too_little
from ...workflows.relearning.relearning_controller import RelearningController
from ...workflows.relearning.relearning_job import left_out_text
from ..look.empty_text import EmptyText
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.progress import progress_bar
from ..look.theme import SPACE_L, SPACE_M, SPACE_S

ABOUT = mark(
    "The bundled classifier goes on learning from cells whose class a person set or confirmed, own classes included."
    " Some fields are held out to measure what was gained. The classifier in use stays until you choose another."
)
CASES = mark("Cases (*.rbc)")


def result_text(made: Relearnt) -> str:
    """What was gained, in sentences."""
    before, after = made.before.macro_f1, made.after.macro_f1
    verdict = tr("worse") if made.is_worse else tr("better") if made.is_better else tr("no better")
    lines = [
        tr(
            "On cells of held-out fields, macro-F1 of the bundled classes was {before:.3f} before and "
            "is {after:.3f} now: {verdict}.",
            before=before,
            after=after,
            verdict=verdict,
        )
    ]
    if made.after.own_f1:
        own = ", ".join(f"{tr(name)} {number(value, '.3f')}" for name, value in made.after.own_f1.items())
        lines.append(tr("Own classes, never proposed before, have an F1 of: {own}.", own=own))
    if made.left_out:
        few = ", ".join(f"{tr(name)} {count}" for name, count in made.left_out)
        lines.append(tr("Too few cells to learn from (under {least}): {few}.", least=CELLS_A_CLASS, few=few))
    if made.unread:
        lines.append(left_out_text(made.unread))
    return "\n".join(lines)


class RelearningDialog(KeyedDialog):
    """Stays open while a process learns; closing it stops that.

    Args:
        relearning: reads cases and learns.
        name: what is proposed as the classifier's name.
        folder: where file dialogs begin.
        parent: the window.
    """

    manual_chapter = "retraining.md"

    use_wanted = Signal(str)
    """Use the classifier in this folder from now on."""

    def __init__(
        self, relearning: RelearningController, *, name: str = "", folder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Retrain the classifier"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._relearning, self._folder = relearning, folder or str(Path.home())
        self._made: Relearnt | None = None
        self._refusal = ""
        self._build(name)
        relearning.cases_changed.connect(self._show_cases)
        relearning.refused.connect(self._on_refused)
        relearning.progressed.connect(self.progress.setValue)
        relearning.learnt.connect(self._on_learnt)
        relearning.ended.connect(self._refresh)
        self._show_cases()

    @property
    def chosen(self) -> list[LabCase]:
        """The cases that are ticked."""
        ticked = Qt.CheckState.Checked
        return [c for n, c in enumerate(self._relearning.cases) if self.list.item(n).checkState() == ticked]

    def _build(self, name: str) -> None:
        about = plain_label(tr(ABOUT), kind="muted")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Cases to learn from"))
        self.list.setMinimumHeight(120)
        EmptyText(self.list, tr("No case with reviewed cells yet. Review cells of the open one, or add cases."))
        self.list.itemChanged.connect(self._on_ticked)
        self.add = QPushButton(tr("Add cases…"))
        self.add.clicked.connect(self._on_add)
        self.add.setAutoDefault(False)
        self.counts, self.note, self.outcome = plain_label(kind="muted"), plain_label(kind="warning"), plain_label()
        self.name = QLineEdit(name or tr("own cells"))
        self.name.setMaxLength(40)
        self.progress = progress_bar()
        self.progress.setRange(0, 100)
        self.progress.setFixedHeight(6)
        self.start = QPushButton(tr("Retrain"))
        self.start.clicked.connect(self._on_start)
        self.stop = QPushButton(tr("Stop"))
        self.stop.clicked.connect(self._relearning.cancel)
        self.use = QPushButton(tr("Use this classifier"))
        self.use.clicked.connect(self._on_use)
        self.leave = QPushButton(tr("Close"))
        self.leave.clicked.connect(self.close)
        form = QFormLayout()
        form.addRow(tr("Name in reports"), self.name)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        for button in (self.leave, self.stop, self.start, self.use):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        for widget in (about, self.list, self.counts):
            column.addWidget(widget)
        column.addLayout(form)
        for below in (self.progress, self.outcome, self.note):
            column.addWidget(below)
        column.addLayout(buttons)
        self.setMinimumWidth(600)

    @Slot()
    def _show_cases(self) -> None:
        unticked = {self.list.item(n).text() for n in range(self.list.count())
                    if self.list.item(n).checkState() != Qt.CheckState.Checked}  # fmt: skip
        self.list.blockSignals(True)
        self.list.clear()
        for case in self._relearning.cases:
            item = QListWidgetItem(case.text)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            off = case.text in unticked
            item.setCheckState(Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        fields, running = joined(self.chosen), self._relearning.is_running
        why = too_little(fields)
        counts = reviewed_counts(fields).most_common()
        self.counts.setText(", ".join(f"{cell_class.title} {count}" for cell_class, count in counts))
        self.note.setText("" if running else self._refusal or why)
        self.start.setEnabled(not why and not running)
        self.start.setVisible(not running)
        self.stop.setVisible(running)
        self.progress.setVisible(running)
        self.outcome.setVisible(self._made is not None and not running)
        self.use.setVisible(self._made is not None and not running)
        for widget in (self.list, self.add, self.name):
            widget.setEnabled(not running)
        self._choose_main()

    def _choose_main(self) -> None:
        """The button that `Return` presses: what was learnt is used if it is better, else the dialog is left."""
        main = self.start
        if self._made is not None:
            main = self.use if self._made.is_better else self.leave
        for button in (self.leave, self.start, self.use):
            button.setProperty("primary", button is main)
            button.setDefault(button is main)
            button.style().polish(button)

    @Slot()
    def _on_add(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Cases to learn from"), self._folder, tr(CASES))
        self._relearning.add([Path(each) for each in chosen])

    @Slot()
    def _on_start(self) -> None:
        self._made, self._refusal = None, ""
        self.progress.setValue(0)
        self._relearning.start(self.chosen, name=self.name.text())
        self._refresh()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self._refusal = sentence  # stays when the run has ended, until something else is tried
        self._refresh()

    @Slot()
    def _on_ticked(self) -> None:
        self._refusal = ""
        self._refresh()

    @Slot(object)
    def _on_learnt(self, made: Relearnt) -> None:
        self._made = made
        self.outcome.setText(result_text(made))
        self.outcome.setProperty("warning", made.is_worse)
        self.outcome.style().polish(self.outcome)
        self._refresh()

    @Slot()
    def _on_use(self) -> None:
        if self._made is not None:
            self.use_wanted.emit(str(self._made.folder))
            self.close()

    def reject(self) -> None:
        """Close, however that was asked for (a dialog's `closeEvent` comes here, too): what is learnt stops."""
        self._relearning.cancel()
        super().reject()
