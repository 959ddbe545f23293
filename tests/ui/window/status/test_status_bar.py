"""What gives way when the status line is short of room."""

import pytest

from rbc_desktop.ui.window.status.status_bar import USUAL_HINT, StatusBar, device_text


@pytest.mark.parametrize("selected", ["", "1,253 selected"])
@pytest.mark.parametrize("width", [960, 1150, 1300, 1390, 1600])
def test_a_usual_hint_is_whole_wherever_shorter_sentences_make_room(qtbot, width, selected):
    """At 200 % scaling the reminder of a missing scale took all of it: an open proposal had no “Enter keeps”."""
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(width, 30)
    bar.show_device(device_text("cpu", 0.45))
    bar.show_calibration(None, has_field=True)
    bar.show_cells(1253, 8)
    bar.show_selected(selected)
    bar.show_hint(USUAL_HINT)
    bar.show()
    qtbot.waitExposed(bar)
    hint = bar.fontMetrics().horizontalAdvance(USUAL_HINT)
    is_short = not bar.device.isVisible() and bar.scale.text() == "Not calibrated"
    assert bar.hint.width() >= hint or is_short
    assert bar.research_use.isVisible()
