"""What gives way in the status line so that the hint can be read."""

import pytest
from PySide6.QtWidgets import QFrame, QWidget

from rbc_desktop.commands.terminal.catalogues import german
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.language import ENGLISH, speak, tr
from rbc_desktop.ui.canvas.tools import measure_tools, repair_tools, tools
from rbc_desktop.ui.window.status.hint_feed import GALLERY_HINT
from rbc_desktop.ui.window.status.status_bar import USUAL_HINT, StatusBar, device_text

AT_125_PERCENT = 1093
"""Logical pixels of a screen that is 1366 wide."""

TOOLS = [kind for module in (tools, repair_tools) for kind in vars(module).values() if isinstance(kind, type)]
HINTS = sorted({hint for kind in TOOLS if isinstance(hint := getattr(kind, "hint", None), str) and hint})


@pytest.fixture(params=["en", "de"])
def bar(qtbot, theme, request):
    """The line beside a field without a scale, as it is on a small screen."""
    speak(ENGLISH if request.param == "en" else german())
    host = QWidget()  # by itself, it would be no narrower than all that stands in it
    qtbot.addWidget(host)
    made = StatusBar(host)
    made.resize(AT_125_PERCENT, 30)
    made.show_device(device_text("cpu", 0.13))
    made.show_calibration(None, has_field=True)
    made.show_zoom(1.23)
    made.show_cells(1289, 258)
    host.resize(2400, 30)
    host.show()
    yield made
    speak(ENGLISH)


@pytest.mark.parametrize("hint", [*HINTS, GALLERY_HINT, USUAL_HINT])
def test_every_hint_can_be_read_on_a_small_screen(bar, hint):
    assert len(HINTS) > 5
    bar.show_hint(tr(hint))
    assert bar.hint.text() == tr(hint)


@pytest.mark.parametrize("width", [1366, 1536])
def test_hints_of_five_parts_can_be_read_on_usual_screens(qtbot, bar, width):
    """The sentence on research use took their room: “Drag a line … upright. Ri…”."""
    bar.resize(width, 30)
    bar.show_calibration(Calibration(0.19, "typed"), has_field=True)
    bar.show_cells(123, 2)
    for hint in (f"{tr(USUAL_HINT)} · {tr('elsewhere: next cell')}", tr(measure_tools.LengthTool.begin)):
        bar.show_hint(hint)
        qtbot.waitUntil(lambda hint=hint: bar.hint.text() == hint)
    assert bar.research_use.isVisible()


def test_the_device_gives_way_last_and_comes_back(bar):
    bar.resize(700, 30)
    bar.show_operator("M. Mustermann", offered=True)
    assert not bar.device.isVisible()
    bar.resize(2400, 30)
    bar.show_calibration(Calibration(0.1234, "typed"), has_field=True)
    assert bar.device.isVisible()


def test_of_a_long_list_whole_parts_are_shown(bar):
    parts = [tr("Enter keeps"), tr("Esc drops"), tr("right click: not this"), tr("Shift+click: this too")] * 3
    bar.show_hint(" · ".join(parts))
    *shown, last = bar.hint.text().split(" · ")
    assert last == "…"
    assert len(shown) >= 4
    assert shown == parts[: len(shown)]
    assert bar.hint.toolTip() == " · ".join(parts)


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
    assert bar.findChildren(QFrame, "divider")[0].isVisible() == bar.device.isVisible(), "no line comes first"
