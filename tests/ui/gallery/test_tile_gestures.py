"""What presses and drags on the tiles mean."""

from PySide6.QtCore import QPoint

from tests.ui.gallery.test_gallery_pane import LEFT, gallery, reviewed, settle, view_of  # noqa: F401


def test_a_frame_that_begins_on_a_tick_confirms_nothing(qtbot, gallery):  # noqa: F811
    view = view_of(gallery)
    row = view.layout_.row_at(view.layout_.header + 5)
    start, before = view.row_button(row).center(), reviewed(gallery)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    for step in (20, 60, 120):
        qtbot.mouseMove(view.viewport(), start - QPoint(step, 0))
    assert view.gestures.band is not None
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start)
    settle(qtbot, gallery)
    assert reviewed(gallery) == before
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    assert reviewed(gallery) == before, "nothing is confirmed before the button is let go"
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start)
    settle(qtbot, gallery)
    assert set(view.ids_in(row)) <= set(reviewed(gallery))
