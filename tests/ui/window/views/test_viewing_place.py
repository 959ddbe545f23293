"""Measures and scale bar in the window."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from rbc_desktop.ui.viewing.adjusted_mark import AdjustedMark
from tests.fakes.casework import write_image
from tests.ui.canvas.hand import Hand


@pytest.fixture
def work(qtbot, window, tmp_path):
    write_image(tmp_path / "smear.png", 1)
    window.services.files.open_paths([tmp_path / "smear.png"])
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.action_set["clear-measures"].isEnabled())
    window.canvas.setFocus()
    return window


def test_a_length_and_an_angle_by_their_keys(qtbot, work):
    hand, item = Hand(work.canvas), work.canvas.layers.measures
    qtbot.keyClick(work.canvas, Qt.Key.Key_Q)
    assert work.canvas.tool is ToolName.LENGTH
    assert work.action_set["tool-length"].isChecked()
    hand.drag((20, 20), (80, 100))
    assert item.texts[0].endswith(" px")
    work.services.editor.set_calibration((1,), Calibration(0.1, "file"))
    assert item.texts[0].startswith("10.0")
    assert item.texts[0].endswith(" µm")
    qtbot.keyClick(work.canvas, Qt.Key.Key_Q, Qt.KeyboardModifier.ShiftModifier)
    for place in ((50, 20), (50, 80), (110, 80)):
        hand.click(*place)
    assert item.texts[1].startswith("90")
    assert not work.services.editor.case.cells
    work.action_set["clear-measures"].trigger()
    assert item.shown == ()


def test_the_corner_of_the_scale_bar_is_remembered(work):
    work.services.editor.set_calibration((1,), Calibration(0.1, "file"))
    assert work.action_set["scale-bar:bottom left"].isChecked()
    work.action_set["scale-bar:top right"].trigger()
    assert work.canvas.scale_bar.corner == "top right"
    assert work.services.settings.value.scale_bar == "top right"
    assert work.slides.pane.canvas.scale_bar.corner == "top right"
    work.action_set["scale-bar:off"].trigger()
    assert work.canvas.scale_bar.isHidden()
    assert [spec.id for spec in work.action_set.specs if spec.group == "scale-bar" and
            work.action_set[spec.id].isChecked()] == ["scale-bar:off"]  # fmt: skip


def test_a_whole_slide_is_shown_as_all_fields_are_and_says_so(work):
    slide, sliders = work.slides.pane.canvas, work.viewing.dialog
    sliders.sliders["brightness"].setValue(20)
    assert slide.layers.slide.adjustment.brightness == 20
    assert not slide.findChild(AdjustedMark).isHidden()
    sliders.for_one.setChecked(True)
    sliders.sliders["brightness"].setValue(50)
    assert slide.layers.slide.adjustment.brightness == 20
    sliders.for_all.setChecked(True)
    work.action_set["adjust-reset"].trigger()
    assert slide.findChild(AdjustedMark).isHidden()
