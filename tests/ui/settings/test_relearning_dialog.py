"""What the dialog of retraining says and lets one do; that something is learnt is in tests/e2e."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.models.relearning.relearning_result import Gain, Relearnt
from rbc_desktop.storage.paths import settings_file
from rbc_desktop.ui.settings import relearning_dialog
from rbc_desktop.ui.settings.relearning_dialog import RelearningDialog, result_text
from rbc_desktop.workflows.configuring_controller import SettingsKeeper
from rbc_desktop.workflows.relearning.relearning_controller import RelearningController

LEFT = Qt.MouseButton.LeftButton


def made(before, after, own=None, left_out=()):
    gains = [Gain(0.8, value, 0.1, each) for value, each in ((before, {}), (after, own or {}))]
    return Relearnt(Path("/x/2026 Haus 7"), "m", (("normal", 30),), left_out, 3, 3, gains[0], gains[1], 20, 0, 0.6)


@pytest.fixture
def dialog(qtbot, theme, editor, images, add_cells):
    """The dialog over a case of two fields with twelve cells each, 22 of them reviewed in two classes."""
    editor.add_fields([image.facts for image in images])
    for field in (1, 2):
        add_cells(field, 12)
    editor.set_class(range(1, 12), CellClass.NORMAL)
    editor.set_class(range(12, 23), CellClass.TEARDROP)
    tasks = TaskRunner()
    relearning = RelearningController(editor, tasks=tasks, settings=SettingsKeeper(settings_file(), tasks))
    shown = RelearningDialog(relearning, name="Haus 7")
    shown.show()
    yield shown
    if isValid(shown):
        shown.close()
    assert tasks.shutdown()


def test_images_that_were_left_out_are_named():
    whole = made(0.7, 0.8)
    assert "Left out" not in result_text(whole)
    assert result_text(replace(whole, unread=("1.png",))).splitlines()[-1].endswith("outlined: 1.png.")


def test_what_is_missing_is_said_before_anything_begins(dialog):
    assert dialog.counts.text() == "normal 11, teardrop 11"
    assert dialog.note.text().startswith("The reviewed cells come from 2 fields; at least 3 are needed")
    assert not dialog.start.isEnabled()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.note.text().startswith("Too few reviewed cells")


def test_a_file_that_is_no_case_is_said(qtbot, dialog, monkeypatch, tmp_path):
    (tmp_path / "no case.rbc").write_text("no", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "no case.rbc")], ""))
    qtbot.mouseClick(dialog.add, LEFT)
    qtbot.waitUntil(lambda: "no case.rbc" in dialog.note.text())


def test_why_nothing_was_learnt_is_still_said_when_the_run_has_ended(dialog, monkeypatch):
    monkeypatch.setattr(relearning_dialog, "too_little", lambda _: "")  # two fields are enough here
    dialog._relearning.refused.emit("a.png isn't the image any more.")
    dialog._relearning.ended.emit()
    assert dialog.note.text() == "a.png isn't the image any more."
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.note.text() == ""


@pytest.mark.parametrize("how", ["button", "escape", "frame"])
def test_it_closes(qtbot, dialog, how):
    with qtbot.waitSignal(dialog.finished):
        if how == "button":
            qtbot.mouseClick(dialog.leave, LEFT)
        elif how == "escape":
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())


def test_the_gain_is_said_and_a_loss_is_called_worse(dialog):
    assert result_text(made(0.712, 0.744)).startswith(
        "On cells of held-out fields, macro-F1 of the bundled classes was 0.712 before and is 0.744 now: better."
    )
    assert "0.744 before and is 0.712 now: worse." in result_text(made(0.744, 0.712))
    assert "now: no better." in result_text(made(0.7, 0.7))
    text = result_text(made(0.7, 0.8, {"sickle": 0.65}, (("burr cell", 4),)))
    assert "Own classes, never proposed before, have an F1 of: sickle 0.650." in text
    assert "Too few cells to learn from (under 10): burr cell 4." in text


def test_what_was_learnt_is_used_only_when_somebody_says_so(qtbot, dialog):
    wanted: list[str] = []
    dialog.use_wanted.connect(wanted.append)
    assert not dialog.use.isVisible()
    assert dialog.start.isDefault()
    dialog._relearning.learnt.emit(made(0.8, 0.7))
    assert dialog.leave.isDefault(), "it is worse"
    dialog._relearning.learnt.emit(made(0.7, 0.7))
    assert dialog.leave.isDefault(), "nothing was gained"
    assert dialog.use.isVisible(), "whoever wants it all the same may have it"
    dialog._relearning.learnt.emit(made(0.7, 0.8))
    assert [button for button in (dialog.leave, dialog.start, dialog.use) if button.property("primary")] == [dialog.use]
    assert dialog.outcome.isVisible()
    assert wanted == []
    qtbot.mouseClick(dialog.use, LEFT)
    assert wanted == [str(Path("/x/2026 Haus 7"))]
