"""A final case refuses every edit with one sentence, whoever asks for it, and says where to go on."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.sign_off import LOCKED
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.ui.calibration.calibration_dialog import CalibrationChoice
from rbc_desktop.ui.window.status.message_bar import MessageBar
from tests.fakes.casework import describe, write_image
from tests.fakes.good_field import GOOD


@pytest.fixture
def final(qtbot, image_window, add_cells_to):
    """The window with a final case of one field and six cells."""
    editor = image_window.services.editor
    add_cells_to(editor, 1, 6, seed=3, predicted_share=1, quality=GOOD)
    editor.set_class(range(1, 7), CellClass.NORMAL)
    SampleEditor(editor).sign("final", operator="K. Osei", meaning="approved by")
    image_window.services.selection.set((1, 2))
    qtbot.waitUntil(lambda: image_window.panel.feed.is_settled and image_window.action_set["delete"].isEnabled())
    return image_window


VERBS = {
    "delete": lambda w: w.action_set["delete"].trigger(),
    "class key": lambda w: w.action_set["class:target cell"].trigger(),
    "grow": lambda w: w.action_set["grow"].trigger(),
    "merge": lambda w: w.action_set["merge"].trigger(),
    "scale": lambda w: w.calibrating._apply(CalibrationChoice(Calibration(0.2, "typed"))),
    "remove the field": lambda w: w.presenter._remove(1),
    "drop a tile on a class": lambda w: w.reviewing.set_class_of((3,), CellClass.TARGET_CELL),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_final_case_refuses_with_one_sentence(qtbot, final, verb):
    before = describe(final.services.editor.case)
    final.message_bar.dismiss()
    VERBS[verb](final)
    qtbot.waitUntil(lambda: final.message_bar.text == LOCKED, timeout=20_000)
    assert describe(final.services.editor.case) == before


def test_images_are_not_added_to_a_final_case(qtbot, final, tmp_path):
    path = tmp_path / "other.png"
    write_image(path, 2)
    final.services.files.open_paths([path])
    qtbot.waitUntil(lambda: final.message_bar.text == LOCKED, timeout=20_000)
    assert len(final.services.editor.case.fields) == 1


def test_what_the_engine_finds_of_itself_leaves_a_final_case_as_it_is_without_a_word(final):
    editor = final.services.editor
    final.message_bar.dismiss()
    before = describe(editor.case)
    editor.note_field(editor.case.fields[1].with_remark("missed", "Some may be missed."))
    assert describe(editor.case) == before
    assert final.message_bar.text == ""


def test_the_bar_leads_to_where_an_amendment_begins(qtbot, final):
    assert not final.sample.bar.isHidden()
    assert final.action_set["amend"].isEnabled()
    final.sample.bar.amend.click()
    sample = final.sample.window
    assert sample.tabs.currentWidget() is sample.signing
    qtbot.waitUntil(lambda: sample._grading.is_current, timeout=20_000)
    sample.signing.name.setText("K. Osei")
    sample.signing.reason.setPlainText("Cell 3 was wrong")
    sample.signing.buttons["amended"].click()
    assert final.sample.bar.isHidden()
    qtbot.waitUntil(lambda: not final.action_set["amend"].isEnabled())
    assert final.services.editor.set_class([1], CellClass.TARGET_CELL) == 1


def test_the_window_goes_with_the_main_window(qtbot, final):
    final.sample.open()
    qtbot.waitUntil(final.sample.window.isVisible)
    final.close()
    assert not final.sample.window.isVisible()


@pytest.mark.parametrize("name", ["sample", "control-films"])
def test_what_is_said_while_another_window_is_in_front_is_said_there_too(qtbot, image_window, name):
    """Ctrl+Z holds in these windows; where it stops, its sentence stood in the main window alone."""
    window, editor = image_window, image_window.services.editor
    window.action_set[name].trigger()
    place = window.sample if name == "sample" else window.laboratory
    qtbot.waitUntil(lambda: place.window is not None and place.window.isActiveWindow())
    window.action_set["undo"].trigger()
    there = next(bar for bar in place.window.findChildren(MessageBar) if bar.isVisible())
    assert there.text == window.message_bar.text
    assert there.text.startswith("Undo stops at")
    qtbot.mouseClick(there._button, Qt.MouseButton.LeftButton)
    assert not editor.case.fields
    assert (there.text, window.message_bar.text) == ("", "")


def test_what_is_said_while_the_main_window_is_in_front_is_said_there_alone(qtbot, image_window):
    image_window.action_set["sample"].trigger()
    qtbot.waitUntil(lambda: image_window.sample.window is not None and image_window.sample.window.isActiveWindow())
    image_window.activateWindow()
    qtbot.waitUntil(image_window.isActiveWindow)
    image_window.action_set["undo"].trigger()
    assert image_window.message_bar.text
    assert not any(bar.isVisible() for bar in image_window.sample.window.findChildren(MessageBar))
