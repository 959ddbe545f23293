"""The sliders."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment
from rbc_desktop.ui.viewing.adjust_dialog import SLIDERS
from tests.fakes.casework import write_image


@pytest.fixture
def opened(qtbot, window, tmp_path):
    """The window with a field, and the dialog open."""
    paths = [tmp_path / f"smear {number}.png" for number in (1, 2)]
    for number, path in enumerate(paths):
        write_image(path, number)
    window.services.files.open_paths(paths)
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.action_set["adjust"].isEnabled())
    window.action_set["adjust"].trigger()
    return window


def test_a_slider_shows_at_once_what_it_does_and_the_picture_says_so(opened):
    dialog, mark, item = opened.viewing.dialog, opened.viewing.mark, opened.canvas.layers.field
    assert dialog.isVisible()
    assert not mark.isVisible()
    dialog.sliders["brightness"].setValue(25)
    dialog.numbers["tint"].setValue(-10)
    assert item.adjustment == PictureAdjustment(brightness=25, tint=-10)
    assert dialog.numbers["brightness"].value() == 25
    assert dialog.sliders["tint"].value() == -10
    assert mark.isVisible()
    assert "brightness +25, tint -10" in mark.toolTip()


def test_the_mark_stays_while_everything_else_is_hidden(qtbot, opened):
    opened.viewing.dialog.sliders["contrast"].setValue(40)
    opened.viewing.dialog.close()
    opened.action_set["panels"].setChecked(False)
    assert opened.viewing.mark.isVisible()
    canvas = opened.canvas
    middle = opened.viewing.mark.geometry().center()
    assert abs(middle.x() - canvas.width() // 2) <= 1
    assert canvas.childAt(middle) is opened.viewing.mark
    qtbot.mouseClick(opened.viewing.mark, Qt.MouseButton.LeftButton)
    assert opened.viewing.dialog.isVisible()


def test_reset_and_its_key(opened):
    dialog = opened.viewing.dialog
    assert not dialog.reset.isEnabled()
    dialog.sliders["warmth"].setValue(60)
    dialog.reset.click()
    assert dialog.adjustment == NEUTRAL
    dialog.sliders["warmth"].setValue(60)
    opened.action_set["adjust-reset"].trigger()
    assert opened.canvas.layers.field.adjustment == NEUTRAL
    assert all(dialog.sliders[name].value() == 0 for name in SLIDERS)
    assert not opened.viewing.mark.isVisible()


def test_sliders_follow_the_field_in_view(qtbot, opened):
    dialog, editor = opened.viewing.dialog, opened.services.editor
    dialog.for_one.setChecked(True)
    dialog.sliders["brightness"].setValue(30)
    opened.presenter.step(1)
    qtbot.waitUntil(lambda: opened.canvas.field_id == editor.current_field.id)
    assert dialog.sliders["brightness"].value() == 0
    assert opened.canvas.layers.field.adjustment == NEUTRAL
    opened.presenter.step(1)
    assert dialog.sliders["brightness"].value() == 30
