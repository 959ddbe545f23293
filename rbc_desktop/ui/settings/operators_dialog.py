"""Report › Operators: who works here, who is at it now, and who signs with a pass phrase."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.laboratory.operator import LONGEST_NAME, Operator, key_digits, refused_phrase
from ...language import mark, tr
from ...workflows.laboratory.operators_controller import OperatorsController
from ..look.empty_text import EmptyText
from ..look.keyed_window import KeyedDialog
from ..look.plain_label import plain_label
from ..look.room import open_as_large_as
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from ..look.tool_line import tool_line

SIZE = 560, 460
NOTE = mark(
    "The chosen name stands in the audit trail. Who has a pass phrase signs with it: the key's digits stand beside the"
    " signature. This is designed to support a laboratory's procedures; it is no access control."
)


class OperatorsDialog(KeyedDialog):
    """Follows the list; each change is kept at once.

    Args:
        controller: keeps it.
        parent: the main window.
    """

    manual_chapter = "sample.md"

    def __init__(self, controller: OperatorsController, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setWindowTitle(tr("Operators"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(tr("Name of another operator"))
        self.name.setAccessibleName(tr("Name of another operator"))
        self.add = QPushButton(tr("Add"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Operators"))
        self.list.setSpacing(SPACE_XS)
        EmptyText(self.list, tr("Nobody is on the list yet. Type a name above and press Add."))
        self.use = QPushButton(tr("Work as this operator"))
        self.phrase = QPushButton(tr("Pass phrase…"))
        self.remove = QPushButton(tr("Remove"))
        self.said = plain_label(kind="warning")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._build()
        self.add.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.name.textChanged.connect(self._refresh_buttons)
        self.use.clicked.connect(self._use)
        self.list.itemDoubleClicked.connect(self._use)
        self.phrase.clicked.connect(self._ask_phrase)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._refresh_buttons)
        self.buttons.rejected.connect(self.reject)
        controller.changed.connect(self.refresh)
        controller.refused.connect(self.said.setText)
        controller.phrase_set.connect(self._on_phrase_set)
        self.refresh()

    def _build(self) -> None:
        first = tool_line(self.name, self.add)
        below = tool_line(self.use, self.phrase, self.remove)
        below.addStretch(1)
        note = plain_label(tr(NOTE), kind="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(first)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        column.addWidget(self.said)
        column.addWidget(note)
        column.addWidget(self.buttons)
        open_as_large_as(self, *SIZE)

    @property
    def chosen(self) -> Operator | None:
        """The operator of the row in hand."""
        item = self.list.currentItem()
        return None if item is None else self._controller.known(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def refresh(self) -> None:
        """Show the list; the row in hand stays."""
        kept = None if self.chosen is None else self.chosen.name
        self.list.blockSignals(True)
        self.list.clear()
        for operator in self._controller.operators:
            item = QListWidgetItem(_row_text(operator, current=operator.name == self._controller.current))
            item.setData(Qt.ItemDataRole.UserRole, operator.name)
            self.list.addItem(item)
            if operator.name == (kept or self._controller.current):
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._refresh_buttons()

    @Slot()
    def _refresh_buttons(self) -> None:
        chosen, busy = self.chosen, self._controller.is_busy
        self.add.setEnabled(bool(self.name.text().strip()))
        self.use.setEnabled(chosen is not None and chosen.name != self._controller.current)
        for button in (self.phrase, self.remove):
            button.setEnabled(chosen is not None and not busy)

    @Slot()
    def _add(self) -> None:
        self.said.setText("")
        if self._controller.add(self.name.text()):
            self.list.setCurrentRow(self.list.count() - 1)
            self.name.clear()

    @Slot()
    def _use(self) -> None:
        if self.chosen is not None:
            self.said.setText("")
            self._controller.choose(self.chosen.name)

    @Slot()
    def _remove(self) -> None:
        if self.chosen is not None:
            self.said.setText("")
            self._controller.remove(self.chosen.name)

    @Slot()
    def _ask_phrase(self) -> None:
        if (operator := self.chosen) is not None:
            self.said.setText("")
            dialog = PhraseDialog(operator, self)
            dialog.given.connect(partial(self._set_phrase, operator.name))
            dialog.open()

    def _set_phrase(self, name: str, given: tuple[str, str]) -> None:
        present, phrase = given
        self._controller.set_phrase(name, phrase, present=present)

    @Slot(str)
    def _on_phrase_set(self, name: str) -> None:
        operator = self._controller.known(name)
        signs = operator is not None and operator.has_pass_phrase
        with_one = tr("{name} signs with a pass phrase now.", name=name)
        self.said.setText(with_one if signs else tr("{name} signs with no pass phrase now.", name=name))


class PhraseDialog(KeyedDialog):
    """Asks for a new pass phrase, twice, and for the present one where there is one.

    Args:
        operator: whose.
        parent: the dialog that it belongs to.
    """

    given = Signal(object)
    """The present and the new pass phrase; the new one is "" to sign without."""

    def __init__(self, operator: Operator, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Pass phrase of {name}", name=operator.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._has_one = operator.has_pass_phrase
        self.present, self.phrase, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        labels = {tr("Present"): self.present, tr("New"): self.phrase, tr("Again"): self.again}
        for label, field in labels.items():
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(label)
            field.textChanged.connect(self._refresh)
            form.addRow(label, field)
        form.setRowVisible(self.present, self._has_one)
        lost = tr(
            "It is stored nowhere and can't be recovered: whoever forgets it is removed from the list and added again,"
            " with another key."
        )
        without = tr("Leave both new fields empty to sign without one.")
        note = plain_label(f"{lost} {without}" if self._has_one else lost, kind="muted")
        self.said = plain_label(kind="warning")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(form)
        for widget in (self.said, note, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(420)
        self._refresh()

    @property
    def problem(self) -> str:
        """Why it can't be saved yet, "" when it can."""
        if self._has_one and not self.present.text():
            return tr("Type the present pass phrase.")
        if self._has_one and not self.phrase.text() and not self.again.text():
            return ""
        return refused_phrase(self.phrase.text(), self.again.text())

    @Slot()
    def _refresh(self) -> None:
        self.said.setText(self.problem)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(not self.problem)

    @Slot()
    def accept(self) -> None:
        """Hand it on."""
        if not self.problem:
            self.given.emit((self.present.text(), self.phrase.text()))
            super().accept()


def _row_text(operator: Operator, *, current: bool) -> str:
    parts = [operator.name]
    if current:
        parts.append(tr("works now"))
    if operator.has_pass_phrase:
        parts.append(tr("signs with key {digits}", digits=key_digits(operator.key)))
    return "   ·   ".join(parts)
