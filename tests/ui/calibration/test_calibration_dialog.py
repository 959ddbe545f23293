"""The calibration dialog: typed, by line, doubtful, for one field or all."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.ui.calibration.calibration_dialog import CalibrationChoice, CalibrationDialog
from rbc_desktop.workflows.calibrating import doubt_text


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
    dialog.typed.setText("0.06")
    assert dialog.apply.text() == "Apply"
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.apply.click()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.apply.click()
    assert chosen.args == [CalibrationChoice(Calibration(0.06, "typed"), "field")]


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
    assert dialog.cancel.isDefault()
    assert (dialog.cancel.property("primary"), dialog.apply.property("primary")) == (True, False)
    dialog.typed.setText("0.19")
    assert dialog.apply.isDefault()
    assert (dialog.cancel.property("primary"), dialog.apply.property("primary")) == (False, True)


def test_the_scale_of_images_of_this_size_is_proposed_and_said_to_be(dialog):
    dialog.open_for(None, fields=1, median_px=None, name="a.png", proposed=0.125)
    assert dialog.typed.text() == "0.125"
    assert dialog.proposal.isVisible()
    dialog.typed.setText("0.126")
    assert not dialog.proposal.isVisible()
    dialog.open_for(Calibration(0.1, "file"), fields=1, median_px=None, name="a.png", proposed=0.125)
    assert dialog.typed.text() == "0.1"
    assert not dialog.proposal.isVisible()
