"""What presses and drags on the tiles mean."""

from PySide6.QtCore import QPoint

from tests.ui.gallery.test_gallery_pane import LEFT, centre, drag, gallery, reviewed, settle, view_of  # noqa: F401


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


def test_a_drag_from_a_tile_that_was_not_selected_draws_a_frame(qtbot, gallery):  # noqa: F811
    """It carried that tile, and let go over the classes it gave it one."""
    view, selection = view_of(gallery), gallery.services.selection
    ids, before = view.arrangement.ids.tolist(), reviewed(gallery)
    drag(qtbot, gallery, centre(gallery, ids[0]), centre(gallery, ids[2]))
    assert set(selection.ids) == set(ids[:3])
    drag(qtbot, gallery, centre(gallery, ids[4]), QPoint(centre(gallery, ids[4]).x(), view.viewport().height() + 30))
    assert ids[4] in selection.ids
    assert reviewed(gallery) == before


def test_a_frame_goes_on_scrolling_while_the_mouse_rests_below_the_tiles(qtbot, gallery):  # noqa: F811
    view, selection = view_of(gallery), gallery.services.selection
    bar = view.verticalScrollBar()
    view.set_side(200)
    settle(qtbot, gallery)
    bar.setValue(0)
    assert bar.maximum() > 0
    start = view.rect_of(0).topLeft() + QPoint(5, 5)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), start + QPoint(20, 20))
    qtbot.mouseMove(view.viewport(), QPoint(start.x() + 30, view.viewport().height() + 40))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert len(selection) >= view.layout_.count // max(1, view.layout_.columns) // 2
    qtbot.mouseMove(view.viewport(), start + QPoint(20, 20))
    bar.setValue(0)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(20, 20))
    assert view.gestures.band is None
    assert bar.value() == 0
