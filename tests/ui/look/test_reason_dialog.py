"""The question why: a usual reason is kept in English whatever the window speaks, a typed one as it was typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rbc_desktop.commands.terminal.catalogues import german
from rbc_desktop.language import speak
from rbc_desktop.ui.look.reason_dialog import ReasonDialog
from rbc_desktop.workflows.review.reviewing import DELETION_REASONS


@pytest.fixture
def dialog(qtbot):
    before = speak(german())
    parent = QWidget()
    qtbot.addWidget(parent)
    yield ReasonDialog("Warum?", usual=DELETION_REASONS, button="Löschen", parent=parent)
    speak(before)


def test_a_usual_reason_reads_german_and_is_kept_in_english(dialog, qtbot):
    dialog.reason.setCurrentIndex(2)
    assert dialog.reason.currentText() == "zwei Zellen in einem Umriss"
    with qtbot.waitSignal(dialog.given) as given:
        dialog.accept()
    assert given.args == ["two cells in one outline"]


def test_a_typed_reason_is_kept_as_it_is(dialog, qtbot):
    dialog.reason.setEditText("  verwechselt ")
    with qtbot.waitSignal(dialog.given) as given:
        dialog.accept()
    assert given.args == ["verwechselt"]


def test_return_gives_the_reason_wherever_the_button_stands(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReasonDialog("Why?", usual=(), button="Delete", parent=parent)
    dialog.open()
    given = []
    dialog.given.connect(given.append)
    assert max(dialog.buttons.buttons(), key=lambda button: button.x()) is dialog.ok, "as in every dialog"
    qtbot.keyClicks(dialog.reason.lineEdit(), "debris")
    qtbot.keyClick(dialog.reason.lineEdit(), Qt.Key.Key_Return)
    assert given == ["debris"]
