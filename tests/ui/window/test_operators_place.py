"""Operators in the window: added, chosen, written into the audit trail, and signing with a pass phrase."""

import pytest

from rbc_desktop.storage.laboratory.operators_file import load_operators
from rbc_desktop.storage.laboratory.pass_phrase import sealing_key
from rbc_desktop.storage.paths import operators_file
from rbc_desktop.ui.settings.operators_dialog import PhraseDialog
from tests.fakes.casework import write_image

PHRASE = "three green cells"


@pytest.fixture
def work(qtbot, window, tmp_path):
    """The window with an image."""
    path = tmp_path / "smear.png"
    write_image(path, 1)
    window.services.files.open_paths([path])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    return window


@pytest.fixture
def dialog(work):
    """Report › Operators…, with Ada and Bo on the list."""
    work.action_set["operators"].trigger()
    dialog = work.operators.dialog
    for name in ("Ada", "Bo"):
        dialog.name.setText(name)
        dialog.add.click()
    yield dialog
    if work.operators.dialog is not None:
        work.operators.dialog.close()


def give_phrase(qtbot, work, dialog, phrase, *, present="", row=0):
    dialog.list.setCurrentRow(row)
    dialog.phrase.click()
    asked = next(d for d in dialog.findChildren(PhraseDialog) if d.isVisible())
    asked.present.setText(present)
    asked.phrase.setText(phrase)
    asked.again.setText(phrase)
    with qtbot.waitSignals([work.operators.controller.changed] * 2, timeout=20_000):
        asked.accept()
    qtbot.waitUntil(lambda: not work.operators.controller.is_busy, timeout=20_000)


def last_row(work):
    return work.services.editor.store.trail(most=1000)[-1]


def test_the_first_operator_works_at_once_and_stands_in_the_trail(work, dialog):
    assert work.line.operator.text() == "Ada"
    assert not work.line.operator.isHidden()
    assert [o.name for o in load_operators(operators_file())] == ["Ada", "Bo"]
    work.sample.open()
    work.sample.window._grading.set_detail("patient", "Anna")
    assert last_row(work).operator == "Ada"
    menu = work.operators.menu()
    assert [a.text() for a in menu.actions() if a.text()] == ["Ada", "Bo", "Operators…"]
    menu.actions()[1].trigger()
    work.sample.window._grading.set_detail("patient", "Berta")
    assert last_row(work).operator == "Bo"
    assert work.services.settings.value.operator == "Bo"


def test_nobody_is_offered_where_no_list_is_kept(work):
    assert work.line.operator.isHidden()
    assert work.services.editor.operator == ""


def test_a_name_stands_once_and_can_be_removed(work, dialog):
    dialog.name.setText("ada")
    dialog.add.click()
    assert dialog.said.text() == "ada is on the list already."
    dialog.list.setCurrentRow(0)
    dialog.remove.click()
    assert [o.name for o in work.operators.controller.operators] == ["Bo"]
    assert work.line.operator.text() == "Choose an operator"


def test_a_pass_phrase_is_typed_twice_kept_as_a_key_only_and_changed_with_the_old_one(qtbot, work, dialog):
    give_phrase(qtbot, work, dialog, PHRASE)
    assert dialog.said.text() == "Ada signs with a pass phrase now."
    assert PHRASE not in operators_file().read_text()
    key = work.operators.controller.known("Ada").key
    assert f"signs with key {key[:4]} {key[4:8]}" in dialog.list.item(0).text()
    give_phrase(qtbot, work, dialog, "another one", present="wrong one")
    assert "isn't the pass phrase of Ada" in dialog.said.text()
    give_phrase(qtbot, work, dialog, "", present=PHRASE)
    assert dialog.said.text() == "Ada signs with no pass phrase now."


def test_who_has_a_pass_phrase_signs_with_it_and_nobody_else_can(qtbot, work, dialog):
    give_phrase(qtbot, work, dialog, PHRASE)
    key = work.operators.controller.known("Ada").key
    dialog.close()
    work.sample.open()
    sample = work.sample.window
    sample.tabs.setCurrentWidget(sample.signing)
    qtbot.waitUntil(lambda: sample._grading.is_current, timeout=20_000)
    page = sample.signing
    assert page.name.text() == "Ada"
    assert page._form.isRowVisible(page.phrase)
    page.buttons["final"].click()
    assert sample.said.text() == "Type the pass phrase of Ada to sign."
    page.phrase.setText("three red cells")
    page.buttons["final"].click()
    qtbot.waitUntil(lambda: "isn't the pass phrase of Ada" in sample.said.text(), timeout=20_000)
    assert work.services.editor.case.sign_offs == ()
    page.name.setText("Cy")
    page.buttons["final"].click()
    assert sample.said.text().startswith("Cy isn't on the list of operators")
    page.name.setText("Bo")
    assert not page._form.isRowVisible(page.phrase)
    page.name.setText("ada")
    page.phrase.setText(PHRASE)
    page.buttons["final"].click()
    qtbot.waitUntil(lambda: bool(work.services.editor.case.sign_offs), timeout=20_000)
    (step,) = work.services.editor.case.sign_offs
    assert (step.operator, sealing_key(step)) == ("Ada", key)
    assert page.phrase.text() == ""
    assert f"with key {key[:4]}" in page.list.text()


def test_a_signature_is_dropped_when_another_case_is_open_meanwhile(qtbot, work, dialog):
    give_phrase(qtbot, work, dialog, PHRASE)
    dialog.close()
    work.sample.open()
    sample = work.sample.window
    qtbot.waitUntil(lambda: sample._grading.is_current, timeout=20_000)
    before = work.services.editor.case
    sample._grading.sign("final", operator="Ada", meaning="approved by", phrase=PHRASE)
    work.services.files.new_case()
    qtbot.waitUntil(
        lambda: work.services.editor.case is not before and not work.operators.controller.is_busy, timeout=20_000
    )
    assert work.services.editor.case.sign_offs == ()


def test_undo_keeps_its_operator(work, dialog):
    editor = work.services.editor
    work.operators.controller.choose("Bo")
    work.sample.open()
    work.sample.window._grading.set_detail("stain", "MGG")
    editor.undo()
    assert (last_row(work).operator, last_row(work).action) == ("Bo", "Undo: Edit sample details")
