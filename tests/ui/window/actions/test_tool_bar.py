"""What the tool bar remembers and folds."""

import pytest

from rbc_desktop.ui.canvas.tools.gestures import ToolName
from rbc_desktop.ui.window.actions.tool_bar import FOLDED


def test_the_size_of_the_brush_is_remembered(window):
    settings, router = window.services.settings, window.canvas.input
    assert router.brush.px == settings.value.brush_px
    router.resize_brush(2)
    assert settings.value.brush_px == pytest.approx(14 * 1.25**2)
    assert settings.value.brush_um == 2.0, "only the unit on show has changed"


def test_the_folded_button_shows_the_tool_in_hand(qtbot, window):
    window.resize(760, 640)
    fold = window.view.tool_bar._fold
    qtbot.waitUntil(lambda: fold.isVisible())
    button = window.view.tool_bar.widgetForAction(fold)
    assert not button.isChecked()
    window.canvas.set_tool(ToolName.ERASER)
    assert button.isChecked()
    assert [action.objectName() for action in button.menu().actions()] == list(FOLDED)
    window.canvas.set_tool(ToolName.PAN)
    assert not button.isChecked()
