"""The state of the report, and the names that stand for it."""

from __future__ import annotations

from functools import partial
from typing import get_args

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.sample.sign_off import CaseState, Meaning, state_of
from ...language import tr
from ...workflows.sample.grading_controller import GradingController
from ...workflows.sample.signing import next_text, signature, state_text, unseen_text
from ..look.plain_label import plain_label
from ..look.theme import SPACE_M, SPACE_S
from .left_field import LeftLine, LeftText
from .signature_list import SignatureList

MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
NAME_PX = 320
LONGEST_NAME = 200


class SigningPage(QWidget):
    """Draft, reviewed, final, amended: what it is, what comes next, and who signed.

    Args:
        controller: signs.
    """

    def __init__(self, controller: GradingController) -> None:
        super().__init__()
        self._controller = controller
        self.state, self.next, self.unseen = (plain_label(kind=kind, to_copy=True) for kind in ("heading", "", "muted"))
        self.name = LeftLine()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setFixedWidth(NAME_PX)
        self.meaning = QComboBox()
        self.meaning.addItems([tr(each) for each in MEANINGS])
        self.meaning.setFixedWidth(NAME_PX)
        self.phrase = QLineEdit()
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setFixedWidth(NAME_PX)
        self.reason = LeftText()
        self.reason.setFixedHeight(4 * self.reason.fontMetrics().lineSpacing())
        self.buttons: dict[CaseState, QPushButton] = {
            "reviewed": QPushButton(tr("Reviewed")),
            "final": QPushButton(tr("Final")),
            "amended": QPushButton(tr("Amend…")),
        }
        self.hint = plain_label(kind="warning", to_copy=True)
        self.list = SignatureList()
        self._build()
        for state, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._sign, state))
        self.name.textChanged.connect(self._refresh_hint)
        self.reason.textChanged.connect(self._refresh_hint)
        controller.replaced.connect(self.start_over)
        controller.changed.connect(self.refresh)
        controller.worked_out.connect(self.refresh)
        controller.signed.connect(self._start_next)
        controller.refused.connect(self._on_refused)
        controller.operators_changed.connect(self._on_operators)
        self.start_over()
        self.refresh()

    def _build(self) -> None:
        form = self._form = QFormLayout()
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Pass phrase"), self.phrase)
        form.addRow(tr("Meaning"), self.meaning)
        form.addRow(tr("Reason"), self.reason)
        for label, field in (
            (tr("Name"), self.name), (tr("Pass phrase"), self.phrase), (tr("Meaning"), self.meaning),
            (tr("Reason"), self.reason),
        ):  # fmt: skip
            field.setAccessibleName(label)
        self.reason.setPlaceholderText(
            tr("Why cells were left unseen, why it is signed all the same, or what an amendment changes")
        )
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        for button in self.buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        warning = tr("Signing can't be undone, and nothing that came before it either; the names stay in the case.")
        note = plain_label(warning, kind="muted", to_copy=True)
        signatures = plain_label(tr("Signatures"), kind="heading", to_copy=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_M, 0, SPACE_M)
        column.setSpacing(SPACE_S)
        for widget in (self.state, self.next, self.unseen):
            column.addWidget(widget)
        column.addSpacing(SPACE_M)
        column.addLayout(form)
        column.addLayout(line)
        column.addWidget(self.hint)
        column.addWidget(note)
        column.addSpacing(SPACE_M)
        column.addWidget(signatures)
        column.addWidget(self.list)
        column.addStretch(1)

    def ask_for_reason(self) -> None:
        """Somebody wants to amend: what is missing is the reason."""
        self.reason.setFocus()

    @Slot()
    def start_over(self) -> None:
        """Another case."""
        self._on_operators()
        self._start_next()

    @Slot()
    def _on_operators(self) -> None:
        """Who works now signs, as a rule; names of the list are offered while one types."""
        completer = QCompleter(list(self._controller.names), self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.name.setCompleter(completer)
        self.name.show_text(self._controller.signer)
        self._refresh_hint()

    @Slot()
    def _start_next(self) -> None:
        """Nothing is said yet of the next step; what it usually means is chosen."""
        self.reason.show_text("")
        self.phrase.clear()
        self.meaning.setCurrentIndex(MEANINGS.index("approved by" if self._next == "final" else "reviewed by"))

    @property
    def _next(self) -> CaseState:
        return _next_state(state_of(self._controller.sign_offs))

    @Slot()
    def refresh(self) -> None:
        """Show the state as it is now."""
        steps, sheet = self._controller.sign_offs, self._controller.sheet
        present = state_of(steps)
        self.state.setText(state_text(steps))
        self.next.setText(next_text(steps))
        known = sheet is not None and self._controller.is_current
        self.unseen.setText(unseen_text(sheet.unseen) if sheet is not None and known else tr("Counting…"))
        self.unseen.setVisible(present != "final")
        if not self.name.text():
            self.name.show_text(self._controller.signer)
        enabled = {"reviewed": known and present in ("draft", "amended"), "final": known and present != "final"}
        for state, button in self.buttons.items():
            button.setEnabled(enabled.get(state, known and present == "final"))
            button.setProperty("primary", state == self._next)
            button.style().unpolish(button)
            button.style().polish(button)
        self.list.show_signatures([signature(step) for step in reversed(steps)])
        self._refresh_hint()

    @Slot()
    def _refresh_hint(self) -> None:
        """Whether the name needs a pass phrase, and what the next step would be refused with."""
        self._form.setRowVisible(self.phrase, self._controller.asks_for_phrase(self.name.text()))
        name, reason = self.name.text(), self.reason.toPlainText()
        self.hint.setText(self._controller.refusal(self._next, operator=name, reason=reason))

    def _sign(self, state: CaseState) -> None:
        self._controller.sign(
            state, operator=self.name.text(), meaning=MEANINGS[self.meaning.currentIndex()],
            reason=self.reason.toPlainText(), phrase=self.phrase.text(),
        )  # fmt: skip

    @Slot()
    def _on_refused(self) -> None:
        """Go to what is missing, if it was this page that asked."""
        if not self.isVisible():
            return
        if self._form.isRowVisible(self.phrase):
            self.phrase.selectAll()
            self.phrase.setFocus()
        else:
            (self.reason if self.name.text().strip() else self.name).setFocus()


def _next_state(present: CaseState) -> CaseState:
    following: dict[CaseState, CaseState] = {"final": "amended", "reviewed": "final", "amended": "final"}
    return following.get(present, "reviewed")
