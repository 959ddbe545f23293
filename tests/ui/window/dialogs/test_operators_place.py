"""Operators in the window: added, chosen, written into the audit trail, and signing with a pass phrase."""

import pytest

from rbc_desktop.storage.laboratory.operators_file import load_operators
from rbc_desktop.storage.laboratory.pass_phrase import sealing_key
from rbc_desktop.storage.paths import operators_file
from rbc_desktop.ui.settings.operators_dialog import PhraseDialog

PHRASE = "three green cells"


@pytest.fixture
def dialog(image_window):
    """Report › Operators…, with Ada and Bo on the list."""
    image_window.action_set["operators"].trigger()
    dialog = image_window.operators.dialog
    for name in ("Ada", "Bo"):
        dialog.name.setText(name)
        dialog.add.click()
    yield dialog
    if image_window.operators.dialog is not None:
        image_window.operators.dialog.close()


def give_phrase(qtbot, image_window, dialog, phrase, *, present="", row=0):
    dialog.list.setCurrentRow(row)
    dialog.phrase.click()
    asked = next(d for d in dialog.findChildren(PhraseDialog) if d.isVisible())
    asked.present.setText(present)
    asked.phrase.setText(phrase)
    asked.again.setText(phrase)
    with qtbot.waitSignals([image_window.operators.controller.changed] * 2, timeout=20_000):
        asked.accept()
    qtbot.waitUntil(lambda: not image_window.operators.controller.is_busy, timeout=20_000)


def last_row(image_window):
    return image_window.services.editor.store.trail(most=1000)[-1]


def test_the_first_operator_works_at_once_and_stands_in_the_trail(image_window, dialog):
    assert image_window.line.operator.text() == "Ada"
    assert not image_window.line.operator.isHidden()
    assert [o.name for o in load_operators(operators_file())] == ["Ada", "Bo"]
    image_window.sample.open()
    image_window.sample.window._grading.set_detail("patient", "Anna")
    assert last_row(image_window).operator == "Ada"
    menu = image_window.operators.menu()
    assert [a.text() for a in menu.actions() if a.text()] == ["Ada", "Bo", "Operators…"]
    menu.actions()[1].trigger()
    image_window.sample.window._grading.set_detail("patient", "Berta")
    assert last_row(image_window).operator == "Bo"
    assert image_window.services.settings.value.operator == "Bo"


def test_nobody_is_offered_where_no_list_is_kept(image_window):
    assert image_window.line.operator.isHidden()
    assert image_window.services.editor.operator == ""


def test_a_name_stands_once_and_can_be_removed(image_window, dialog):
    dialog.name.setText("ada")
    dialog.add.click()
    assert dialog.said.text() == "ada is on the list already."
    dialog.list.setCurrentRow(0)
    dialog.remove.click()
    assert [o.name for o in image_window.operators.controller.operators] == ["Bo"]
    assert image_window.line.operator.text() == "Choose an operator"


def test_a_pass_phrase_is_typed_twice_kept_as_a_key_only_and_changed_with_the_old_one(qtbot, image_window, dialog):
    give_phrase(qtbot, image_window, dialog, PHRASE)
    assert dialog.said.text() == "Ada signs with a pass phrase now."
    assert PHRASE not in operators_file().read_text()
    key = image_window.operators.controller.known("Ada").key
    assert f"signs with key {key[:4]} {key[4:8]}" in dialog.list.item(0).text()
    give_phrase(qtbot, image_window, dialog, "another one", present="wrong one")
    assert "isn't the pass phrase of Ada" in dialog.said.text()
    give_phrase(qtbot, image_window, dialog, "", present=PHRASE)
    assert dialog.said.text() == "Ada signs with no pass phrase now."


def test_who_has_a_pass_phrase_signs_with_it_and_nobody_else_can(qtbot, image_window, dialog):
    give_phrase(qtbot, image_window, dialog, PHRASE)
    key = image_window.operators.controller.known("Ada").key
    dialog.close()
    image_window.sample.open()
    sample = image_window.sample.window
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
    assert image_window.services.editor.case.sign_offs == ()
    page.name.setText("Cy")
    page.buttons["final"].click()
    assert sample.said.text().startswith("Cy isn't on the list of operators")
    page.name.setText("Bo")
    assert not page._form.isRowVisible(page.phrase)
    page.name.setText("ada")
    page.phrase.setText(PHRASE)
    page.buttons["final"].click()
    qtbot.waitUntil(lambda: bool(image_window.services.editor.case.sign_offs), timeout=20_000)
    (step,) = image_window.services.editor.case.sign_offs
    assert (step.operator, sealing_key(step)) == ("Ada", key)
    assert page.phrase.text() == ""
    assert f"with key {key[:4]}" in page.list.text()


def test_a_signature_is_dropped_when_another_case_is_open_meanwhile(qtbot, image_window, dialog):
    give_phrase(qtbot, image_window, dialog, PHRASE)
    dialog.close()
    image_window.sample.open()
    sample = image_window.sample.window
    qtbot.waitUntil(lambda: sample._grading.is_current, timeout=20_000)
    before = image_window.services.editor.case
    sample._grading.sign("final", operator="Ada", meaning="approved by", phrase=PHRASE)
    image_window.services.files.new_case()
    qtbot.waitUntil(
        lambda: image_window.services.editor.case is not before and not image_window.operators.controller.is_busy,
        timeout=20_000,
    )
    assert image_window.services.editor.case.sign_offs == ()


def test_undo_keeps_its_operator(image_window, dialog):
    editor = image_window.services.editor
    image_window.operators.controller.choose("Bo")
    image_window.sample.open()
    image_window.sample.window._grading.set_detail("stain", "MGG")
    editor.undo()
    assert (last_row(image_window).operator, last_row(image_window).action) == ("Bo", "Undo: Edit sample details")
