"""The status line says what can be done with what is in front."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.ui.window.status.hint_feed import HintFeed


@pytest.fixture
def work(qtbot, image_window, add_cells_to):
    add_cells_to(image_window.services.editor, 1, 3)
    qtbot.waitUntil(image_window.action_set["gallery"].isEnabled)
    return image_window


def test_the_gallery_has_its_own_hint_and_the_image_gets_its_own_back(work):
    of_image = work.line.hint.whole
    assert "Click a cell to outline it" in of_image
    work.action_set["gallery"].setChecked(True)
    assert work.line.hint.whole.startswith("Click or drag: select")
    work.session._on_prompts()
    assert work.line.hint.whole.startswith("Click or drag: select")
    work.action_set["gallery"].setChecked(False)
    assert work.line.hint.whole == of_image


def test_without_its_image_there_is_nothing_to_click(work):
    assert work.line.hint.whole
    work.host.show_notice("smear.png is no longer where it was; locate it.")
    assert work.line.hint.whole == ""
    work.host.show_canvas()
    assert "Click a cell to outline it" in work.line.hint.whole


def test_tools_rest_while_the_gallery_hides_the_image(qtbot, work):
    tool = work.action_set["tool-knife"]
    assert tool.isEnabled()
    work.action_set["gallery"].setChecked(True)
    qtbot.waitUntil(lambda: not tool.isEnabled())
    assert "The gallery is in front of the image" in tool.toolTip()
    assert work.action_set["segment-all"].toolTip().count("gallery") == 0
    work.action_set["gallery"].setChecked(False)
    qtbot.waitUntil(tool.isEnabled)
    assert "gallery" not in tool.toolTip()


def test_a_message_leaves_the_head_of_the_gallery_free(qtbot, work):
    bar = work.message_bar
    work.show_message("Something happened.", "warning")
    assert bar.y() == 0
    work.action_set["gallery"].setChecked(True)
    head = work.gallery.pane.sort_box.parentWidget()
    qtbot.waitUntil(lambda: bar.y() == head.geometry().bottom() + 1)
    work.resize(work.width() - 300, work.height())
    qtbot.waitUntil(lambda: bar.width() == work.middle.width() and bar.y() == head.geometry().bottom() + 1)
    work.action_set["gallery"].setChecked(False)
    assert bar.y() == 0


@pytest.mark.parametrize("key", ["1", "C", "Del", "W", "A", "I", "T", "J"])
@pytest.mark.parametrize("focus", ["canvas", "table", "strip"])
def test_a_key_for_selected_cells_says_that_none_is_selected(qtbot, work, focus, key):
    usual = work.line.hint.whole
    widget = {"canvas": work.canvas, "table": work.panel.view, "strip": work.strip.list}[focus]
    work.activateWindow()
    qtbot.waitUntil(work.isActiveWindow)
    widget.setFocus()
    qtbot.keySequence(widget, key)
    assert work.line.hint.whole == "Select a cell first, in the table or with V."
    work.line.show_hint("")
    work.services.selection.set((1,))
    qtbot.waitUntil(work.action_set["delete"].isEnabled)
    qtbot.keySequence(widget, key)
    assert "Select a cell first" not in work.line.hint.whole
    assert "Select a cell first" not in usual


def test_a_key_without_an_image_or_without_cells_says_so(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    said = window.line.hint
    for key in ("C", "N", "K", "F"):
        window.line.show_hint("")
        qtbot.keySequence(window, key)
        assert said.whole == "Open an image first (Ctrl+O).", key
    window.line.show_hint("")
    qtbot.keySequence(window, "P")
    assert said.whole == ""


def test_it_says_so_for_a_while_only(qtbot, work):
    usual = work.line.hint.whole
    hints = work.findChild(HintFeed)
    qtbot.keySequence(work, "C")
    assert work.line.hint.whole != usual
    assert hints._why.isActive()
    hints._why.timeout.emit()
    assert work.line.hint.whole == usual


def test_letters_typed_into_a_field_are_no_keys(qtbot, work):
    usual = work.line.hint.whole
    work.panel.class_box.setEditable(True)
    work.panel.class_box.setFocus()
    qtbot.keyClick(work.panel.class_box.lineEdit(), Qt.Key.Key_C)
    assert work.line.hint.whole == usual
