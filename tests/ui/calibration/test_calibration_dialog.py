"""The calibration dialog: typed, by line, doubtful, for one field or all."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.ui.calibration.calibration_dialog import (
    PROPOSED_FOR_CAMERA,
    PROPOSED_PRESET,
    CalibrationChoice,
    CalibrationDialog,
    Known,
)
from rbc_desktop.ui.calibration.preset_rows import NONE_KEPT
from rbc_desktop.workflows.fields.calibrating import doubt_text
from rbc_desktop.workflows.fields.scale_presets import ScalePreset


@pytest.fixture
def dialog(qtbot):
    widget = CalibrationDialog()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(("scale", "doubtful"), [(0.02, True), (0.03, False), (0.30, False), (0.31, True)])
def test_a_scale_outside_the_usual_is_doubted_and_accepted(dialog, scale, doubtful):
    assert bool(doubt_text(Calibration(scale, "typed"))) is doubtful
    dialog.open_for(None, fields=1, median_px=None, name="a.png")
    dialog.typed.setText(str(scale))
    assert dialog.doubt.isVisible() is doubtful
    assert dialog.apply.isEnabled()


def test_a_scale_that_makes_cells_a_strange_size_is_doubted(dialog):
    dialog.open_for(None, fields=1, median_px=40, name="a.png")
    dialog.typed.setText("0.05")
    assert "7.5 µm" in dialog.doubt.text()


def test_a_doubtful_scale_is_asked_about_once(qtbot, dialog):
    dialog.open_for(None, fields=1, median_px=40, name="a.png")
    dialog.typed.setText("0.05")
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.apply.click()
    assert dialog.isVisible()
    assert dialog.apply.text() == "Apply anyway"
    assert dialog.cancel.isDefault(), "a second Return isn't taken for a yes"
    dialog.typed.setText("0.06")
    assert dialog.apply.text() == "Apply"
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.apply.click()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.apply.click()
    assert chosen.args == [CalibrationChoice(Calibration(0.06, "typed"), "field")]


def test_return_after_a_doubtful_number_asks_and_does_not_close(qtbot, dialog):
    dialog.open_for(None, fields=1, median_px=40, name="a.png")
    qtbot.keyClicks(dialog.typed, "0.05")
    assert dialog.doubt.isVisible()
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.apply.text() == "Apply anyway"


def test_nothing_can_be_applied_while_the_number_is_missing(dialog):
    dialog.open_for(None, fields=1, median_px=None, name="a.png")
    assert not dialog.apply.isEnabled()
    assert not dialog.remove.isEnabled()
    assert not dialog.scope.isVisible()


def test_the_dialog_says_what_was_chosen(qtbot, dialog):
    dialog.open_for(Calibration(0.1, "file"), fields=3, median_px=None, name="a.png")
    dialog.typed.setText("0,15")
    dialog.scope.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert chosen.args == [CalibrationChoice(Calibration(0.15, "typed"), "all")]
    assert not dialog.isVisible()


def test_drawing_a_line_switches_to_the_line_and_asks_the_canvas_for_it(qtbot, dialog):
    dialog.open_for(None, fields=1, median_px=None, name="a.png")
    with qtbot.waitSignal(dialog.line_wanted) as wanted:
        dialog.by_line.setChecked(True)
    assert wanted.args == [True]
    dialog.set_line(160.0)
    dialog.length_um.setText("20")
    assert dialog.calibration == Calibration(0.125, "line", "20 µm over 160.0 px")
    with qtbot.waitSignal(dialog.line_wanted) as given_back:
        dialog.close()
    assert given_back.args == [False]


def test_a_scale_can_be_taken_away(qtbot, dialog):
    dialog.open_for(Calibration(0.1, "typed"), fields=1, median_px=None, name="a.png")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert chosen.args == [CalibrationChoice(None, "field")]


def test_all_fields_of_this_size_is_the_default_for_a_case(dialog):
    dialog.open_for(None, fields=5, median_px=None, name="a.png", same_size=3)
    assert [dialog.scope.itemText(i) for i in range(dialog.scope.count())] == [
        "This field", "All 3 fields of this size", "All 5 fields",
    ]  # fmt: skip
    assert dialog.scope.currentData() == "size"
    dialog.open_for(None, fields=5, median_px=None, name="a.png", same_size=5)
    assert dialog.scope.count() == 2
    dialog.open_for(None, fields=5, median_px=None, name="a.png", same_size=1)
    assert dialog.scope.currentData() == "field"


def test_a_scale_in_doubt_makes_apply_the_second_button(dialog):
    dialog.open_for(None, fields=1, median_px=40, name="a.png")
    dialog.typed.setText("0.05")
    assert dialog.apply.isDefault(), "it asks first"
    dialog.apply.click()
    assert dialog.cancel.isDefault()
    assert (dialog.cancel.property("primary"), dialog.apply.property("primary")) == (True, False)
    dialog.typed.setText("0.19")
    assert dialog.apply.isDefault()
    assert (dialog.cancel.property("primary"), dialog.apply.property("primary")) == (False, True)


def test_the_scale_of_images_of_this_size_is_proposed_and_said_to_be(dialog):
    dialog.open_for(None, fields=1, median_px=None, name="a.png", known=Known(last=0.125))
    assert dialog.typed.text() == "0.125"
    assert dialog.proposal.isVisible()
    dialog.typed.setText("0.126")
    assert not dialog.proposal.isVisible()
    dialog.open_for(Calibration(0.1, "file"), fields=1, median_px=None, name="a.png", known=Known(last=0.125))
    assert dialog.typed.text() == "0.1"
    assert not dialog.proposal.isVisible()


OIL = ScalePreset("100× oil", "BX53", "Olympus DP27", 2448, 1920, 0.0645)
DRY = ScalePreset("40×", "BX53", "Olympus DP27", 2448, 1920, 0.161)
KNOWN = Known(presets=(DRY, OIL), last=0.2, camera="Olympus DP27", width=2448, height=1920)


def open_for(dialog, known, *, calibration=None, median_px=None):
    dialog.open_for(calibration, fields=3, median_px=median_px, name="a.png", same_size=3, known=known)


def test_a_preset_for_camera_and_size_is_proposed_and_one_key_applies_it(qtbot, dialog):
    open_for(dialog, KNOWN)
    assert dialog.by_preset.isChecked()
    assert dialog.picker.preset == DRY
    assert dialog.proposal.text() == PROPOSED_FOR_CAMERA
    assert dialog.proposal.isVisible()
    dialog.picker.box.setCurrentIndex(1)
    assert not dialog.proposal.isVisible()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.picker.box, Qt.Key.Key_Return)
    assert chosen.args == [CalibrationChoice(Calibration(0.0645, "preset", "100× oil · BX53"), "size", OIL)]


def test_a_preset_for_another_size_is_listed_and_not_proposed(dialog):
    open_for(dialog, Known(presets=(OIL,), last=0.2, camera="Olympus DP27", width=640, height=480))
    assert dialog.by_number.isChecked()
    assert dialog.typed.text() == "0.2"
    assert dialog.picker.box.count() == 1
    assert dialog.by_preset.isEnabled()


def test_without_presets_there_is_nothing_to_choose(dialog):
    open_for(dialog, Known())
    assert not dialog.by_preset.isEnabled()
    assert dialog.picker.box.currentText() == NONE_KEPT


def test_a_field_with_a_scale_keeps_it(dialog):
    open_for(dialog, KNOWN, calibration=Calibration(0.1, "file"))
    assert dialog.by_number.isChecked()
    assert dialog.typed.text() == "0.1"
    assert not dialog.proposal.isVisible()


def test_a_camera_that_is_found_a_moment_later_changes_the_proposal_unless_somebody_chose(dialog):
    other = ScalePreset("100×", "DM750", "Leica", 2448, 1920, 0.05)
    unknown = Known(presets=(other, OIL), width=2448, height=1920)
    open_for(dialog, unknown)
    assert (dialog.picker.preset, dialog.proposal.text()) == (other, PROPOSED_PRESET)
    dialog.note_camera("Olympus DP27")
    assert (dialog.picker.preset, dialog.proposal.text()) == (OIL, PROPOSED_FOR_CAMERA)
    open_for(dialog, unknown)
    dialog.by_number.setChecked(True)
    dialog.typed.setText("0.07")
    dialog.note_camera("Olympus DP27")
    assert dialog.by_number.isChecked()
    assert dialog.typed.text() == "0.07"
    assert dialog.form.camera.text() == "Olympus DP27"


def test_a_scale_is_kept_as_a_preset_under_an_objective(qtbot, dialog):
    open_for(dialog, Known(presets=(OIL,), camera="Olympus DP27", width=640, height=480))
    dialog.typed.setText("0.1")
    dialog.form.keep.setChecked(True)
    assert not dialog.apply.isEnabled(), "an objective is missing"
    assert dialog.form.microscope.text() == "BX53", "the one that was used last"
    dialog.form.objective.setText(" 60×  dry ")
    assert dialog.apply.isEnabled()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.apply.click()
    kept = ScalePreset("60× dry", "BX53", "Olympus DP27", 640, 480, 0.1)
    assert chosen.args == [CalibrationChoice(Calibration(0.1, "typed"), "size", kept)]


def test_an_implausible_preset_makes_apply_the_second_button(qtbot, dialog):
    open_for(dialog, KNOWN, median_px=200)
    assert dialog.doubt.isVisible()
    assert dialog.cancel.isDefault()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.apply.click()
    assert dialog.apply.text() == "Apply anyway"


def test_a_preset_is_forgotten(qtbot, dialog):
    open_for(dialog, KNOWN)
    with qtbot.waitSignal(dialog.forgotten) as forgotten:
        dialog.picker.forget.click()
    assert forgotten.args == [DRY]
    dialog.offer((OIL,))
    assert dialog.picker.preset == OIL
    dialog.offer(())
    assert dialog.by_number.isChecked()
