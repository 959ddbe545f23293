"""The general page of the settings: what it shows and hands over, in the dialog and in the real window."""

import random

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.ui.settings.general_page import GeneralChoice, GeneralPage
from rbc_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.fakes.casework import make_analysis, make_proposal

KEPT = GeneralChoice(
    usual_laboratory="Haematology, Basel", usual_operator="A. Meier", usual_stain="MGG", usual_instrument="BX53",
    fills_in_usual=True, review_limit=0.8, report_folder="/lab/reports", theme="dark", language="de",
    report_header="Haematology\n1 High Street", report_logo="/lab/logo.png",
)  # fmt: skip


@pytest.fixture
def show(qtbot, theme):
    def _show(*, stated=None, **settings):
        page = GeneralPage(Settings(**settings), stated_limit=stated)
        qtbot.addWidget(page)
        page.show()
        return page

    return _show


@pytest.mark.parametrize("choice", [GeneralChoice(), KEPT])
def test_it_opens_as_the_settings_are_and_hands_them_over_unchanged(show, choice):
    page = show(**choice.changes)
    assert page.choice == choice
    assert GeneralChoice.of(Settings(**choice.changes)) == choice


def test_what_is_typed_is_handed_over(show):
    page = show()
    page.usual["laboratory"].setText("  Haematology,   Basel ")
    page.fills_in.setChecked(True)
    page.limit.setCurrentIndex(page.limit.findText("90 %"))
    assert page.choice == GeneralChoice(
        usual_laboratory="Haematology, Basel", fills_in_usual=True, review_limit=pytest.approx(0.9)
    )


def test_the_limit_of_the_classifier_is_named_and_an_odd_one_is_offered(show):
    page = show(stated=0.64, review_limit=0.725)
    assert page.limit.itemText(0) == "As the classifier says (64 %)"
    assert page.limit.currentText() == "72.5 %"
    assert show().limit.itemText(0) == "As the classifier says"


def test_own_classes_are_asked_for_here(qtbot, theme):
    dialog = SettingsDialog(Settings(), None)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.classes_wanted):
        dialog.general.classes.click()


@pytest.fixture
def settle(qtbot, window):
    files, images = window.services.files, window.services.images
    return lambda: qtbot.waitUntil(lambda: not files.is_busy and not images.is_loading, timeout=20_000)


def save(qtbot, window, change):
    """Open the settings, change the general page, save."""
    window.action_set["settings"].trigger()
    dialog = window.dialogs.preferences.dialog
    change(dialog.general)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.dialogs.preferences.dialog is None)


def test_a_new_case_gets_the_details_of_the_laboratory_once(qtbot, window, settle, pictures):
    def change(page):
        page.usual["laboratory"].setText("Haematology, Basel")
        page.usual["operator"].setText("A. Meier")
        page.fills_in.setChecked(True)

    save(qtbot, window, change)
    window.services.files.open_paths(pictures[:1])
    settle()
    editor = window.services.editor
    assert (editor.case.identity.laboratory, editor.case.identity.operator) == ("Haematology, Basel", "A. Meier")
    assert editor.undo_text == "Edit sample details"
    editor.undo()
    window.services.files.open_paths(pictures[1:2])
    settle()
    assert editor.case.identity.laboratory == "", "the case isn't new any more"


def test_no_detail_is_filled_in_unasked(qtbot, window, settle, pictures):
    save(qtbot, window, lambda page: page.usual["laboratory"].setText("Haematology, Basel"))
    window.services.files.open_paths(pictures[:1])
    settle()
    assert window.services.editor.case.identity.laboratory == ""


def test_the_export_dialog_begins_in_the_folder_of_the_settings(qtbot, window, settle, pictures, tmp_path):
    window.services.settings.update(export_folder=str(tmp_path / "last"))
    (tmp_path / "last").mkdir()
    (tmp_path / "reports").mkdir()
    save(qtbot, window, lambda page: page.folder.setText(str(tmp_path / "reports")))
    window.services.files.open_paths(pictures[:1])
    settle()
    window.dialogs.export()
    assert window.dialogs.exporting.dialog.choice.folder == tmp_path / "reports"
    window.dialogs.exporting.dialog.reject()


def test_another_limit_changes_what_needs_review_at_once(qtbot, window, settle, pictures):
    window.services.files.open_paths(pictures[:1])
    settle()
    editor, rng = window.services.editor, random.Random(1)
    run = editor.new_run()
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(400)], run=run)
    editor.set_analyses([make_analysis(cell, rng) for cell in cells])

    def limits():
        return {a.prediction.review_limit for a in editor.case.analyses.values() if a.prediction is not None}

    assert limits() == {0.55}
    undo = editor.undo_text
    save(qtbot, window, lambda page: page.limit.setCurrentIndex(page.limit.findText("30 %")))
    qtbot.waitUntil(lambda: limits() == {0.3})
    assert editor.undo_text == undo, "predictions are derived data"
    store = editor.store
    path = store.path
    window.services.files.new_case()
    settle()
    window.services.files.open_paths([path])
    settle()
    assert limits() == {0.3}, "it is in the case file"
