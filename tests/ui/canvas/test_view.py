"""The view over a field: zoom, position, what is shown where, with real mouse, wheel and key events."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent

from rbc_desktop.domain.cells.prompts import PromptPoint
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.overlay.items import ProposalView
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from tests.ui.canvas.drawn_discs import disc, near, pixels
from tests.ui.canvas.hand import CTRL, LEFT, MIDDLE, NONE, SHIFT, Heard


def test_a_field_is_fitted_at_first(canvas):
    box = canvas.visible_box
    assert (box.x0, box.y0, box.x1, box.y1) == (0, 0, 640, 480)
    assert canvas.zoom == pytest.approx(504 / 480 * canvas.devicePixelRatioF())


@pytest.mark.parametrize("notches", [1, 3, -2])
def test_the_wheel_zooms_to_the_cursor(canvas, hand, notches):
    before, where = canvas.zoom, hand.at(100, 100)
    hand.wheel(100, 100, notches)
    assert canvas.zoom == pytest.approx(before * 1.25**notches)
    if notches > 0:
        assert near(canvas.to_field(where), 100, 100, 1.5 / canvas.zoom + 0.5)


def test_two_fingers_pan_and_with_ctrl_they_zoom(canvas, hand):
    canvas.set_zoom(4)
    before, zoom = canvas.visible_box, canvas.zoom
    hand.wheel(320, 240, 0.2, fingers=QPoint(0, 40), phase=Qt.ScrollPhase.ScrollUpdate)
    assert canvas.zoom == zoom
    assert canvas.visible_box.y0 == pytest.approx(before.y0 - 10 * canvas.devicePixelRatioF(), abs=1)
    hand.wheel(320, 240, 1, fingers=QPoint(0, 40), phase=Qt.ScrollPhase.ScrollUpdate, modifiers=CTRL)
    assert canvas.zoom == pytest.approx(zoom * 1.25)


def test_one_to_one_is_one_pixel_of_the_screen(canvas):
    canvas.actual_size()
    assert canvas.zoom == pytest.approx(1.0)
    assert canvas.transform().m11() == pytest.approx(1 / canvas.devicePixelRatioF())


def test_zoom_has_limits(canvas):
    for _ in range(60):
        canvas.zoom_in()
    assert canvas.zoom == pytest.approx(40)
    for _ in range(120):
        canvas.zoom_out()
    assert canvas.zoom == pytest.approx(0.02)


@pytest.mark.parametrize("how", ["middle", "space", "tool"])
def test_dragging_pans(canvas, hand, qtbot, how):
    canvas.set_zoom(3)
    before = canvas.view_state.centre
    clicked = Heard(canvas.point_clicked)
    if how == "tool":
        canvas.set_tool(ToolName.PAN)
    if how == "space":
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
    start, end = hand.at(320, 240), hand.at(340, 250)
    button = MIDDLE if how == "middle" else LEFT
    hand._send(QMouseEvent.Type.MouseButtonPress, start, button, button, NONE)
    hand._send(QMouseEvent.Type.MouseMove, end, Qt.MouseButton.NoButton, button, NONE)
    hand._send(QMouseEvent.Type.MouseButtonRelease, end, button, Qt.MouseButton.NoButton, NONE)
    if how == "space":
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)
        assert canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    assert near(canvas.view_state.centre, before.x - 20, before.y - 10)
    assert clicked == []


def test_without_a_mouse_the_image_moves_under_a_crosshair(canvas, hand, qtbot):
    canvas.set_zoom(3)
    heard, moved = Heard(canvas.point_clicked), Heard(canvas.hover_moved)
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    assert heard == []  # no crosshair, no point
    before = canvas.view_state.centre
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, SHIFT)
    aim, scale = canvas.view_state.centre, canvas.view_state.scale
    assert near(aim, before.x + 60 / scale, before.y + 6 / scale)
    assert near(moved[-1], aim.x, aim.y)
    canvas.set_cells([CellView(4, disc(round(aim.x), round(aim.y)))])
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    qtbot.keyClick(canvas, Qt.Key.Key_Comma)
    assert [(c.positive, c.cell_id) for c in heard] == [(True, 4), (False, 4)]
    assert near(heard[0].point, aim.x, aim.y)
    assert canvas.input.crosshair.isVisible()
    assert near(canvas.to_field(canvas.input.crosshair.geometry().center()), aim.x, aim.y, 2)
    hand.move(100, 100)
    assert not canvas.input.crosshair.isVisible()


def test_the_image_can_not_be_lost(canvas):
    canvas.pan_by(100_000, -100_000)
    assert near(canvas.view_state.centre, 0, 480)


def test_a_fitted_image_stays_fitted_and_any_other_stays_where_it_is(canvas):
    canvas.resize(400, 300)
    assert canvas.view_state.scale == pytest.approx(284 / 480)
    canvas.set_zoom(3, at=canvas.to_view(Point(100, 100)))
    before = canvas.view_state
    canvas.resize(600, 420)
    assert canvas.zoom == pytest.approx(3)
    assert near(canvas.view_state.centre, before.centre.x, before.centre.y)


def test_each_field_is_shown_as_it_was_left(canvas):
    canvas.set_zoom(5, at=canvas.to_view(Point(100, 100)))
    left = canvas.view_state
    canvas.show_field(2, pixels(300, 200))
    assert canvas.view_state.fitted
    canvas.show_field(1, pixels())
    assert canvas.zoom == pytest.approx(5)
    assert near(canvas.view_state.centre, left.centre.x, left.centre.y)


def test_cells_and_proposals_leave_the_view_alone(canvas):
    canvas.set_zoom(5, at=canvas.to_view(Point(100, 100)))
    before = canvas.view_state
    canvas.set_cells([CellView(1, disc(300, 300))])
    canvas.set_selection([1])
    canvas.set_proposal(ProposalView((PromptPoint(20, 20),), mask=disc(20, 20)))
    canvas.set_cells([])
    assert canvas.view_state == before


def test_a_cell_is_brought_into_view_and_nothing_moves_when_it_is_there(canvas):
    canvas.set_cells([CellView(1, disc(600, 440)), CellView(2, disc(110, 110))])
    canvas.set_zoom(6, at=canvas.to_view(Point(100, 100)))
    still = canvas.view_state
    canvas.reveal([2])
    assert canvas.view_state == still
    canvas.reveal([1])
    seen = canvas.visible_box
    assert seen.x0 <= 580
    assert seen.y0 <= 420
    assert (seen.x1, seen.y1) >= (620, 460)
    assert canvas.zoom == pytest.approx(6)


def test_a_cell_of_a_field_that_is_still_loading_is_brought_into_view_later(canvas):
    canvas.set_zoom(6, at=canvas.to_view(Point(100, 100)))
    canvas.clear_field()
    canvas.reveal([1])
    canvas.show_field(1, pixels())
    canvas.set_cells([CellView(1, disc(600, 440))])
    assert canvas.visible_box.contains(Point(600, 440))
    canvas.pan_by(2000, 2000)
    before = canvas.view_state
    canvas.set_cells([CellView(1, disc(600, 440)), CellView(2, disc(100, 100))])
    assert canvas.view_state == before


def test_the_window_is_told_what_is_in_view(canvas, qtbot):
    with qtbot.waitSignal(canvas.visible_changed) as told:
        canvas.set_zoom(8)
    assert told.args[0] == canvas.visible_box
    with qtbot.waitSignal(canvas.visible_changed) as told:
        canvas.clear_field()
    assert told.args[0] is None


def test_dropped_files_are_left_to_the_window(canvas):
    assert not canvas.acceptDrops()
    assert not canvas.viewport().acceptDrops()
