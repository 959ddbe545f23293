"""The canvas with real mouse, wheel and key events."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.domain.mask import CellMask
from rbc_desktop.domain.prompts import PromptPoint
from rbc_desktop.ui.canvas.gestures import DRAG_PX, ToolName
from rbc_desktop.ui.canvas.items import ProposalView
from rbc_desktop.ui.canvas.scale_bar import round_length
from rbc_desktop.ui.canvas.shapes import CellView
from rbc_desktop.ui.canvas.view import FieldCanvas
from tests.ui.canvas.hand import ALT, CTRL, LEFT, MIDDLE, NONE, RIGHT, SHIFT, Hand, Heard


def pixels(width=640, height=480):
    rgb = np.full((height, width, 3), (225, 215, 220), np.uint8)
    cv2.circle(rgb, (100, 100), 20, (190, 110, 130), -1)
    return rgb


def disc(x, y, radius=20):
    ys, xs = np.mgrid[0 : 2 * radius, 0 : 2 * radius]
    crop = (xs - radius + 0.5) ** 2 + (ys - radius + 0.5) ** 2 < radius**2
    return CellMask.from_array(crop, x0=x - radius, y0=y - radius)


@pytest.fixture
def canvas(qtbot):
    widget = FieldCanvas()
    qtbot.addWidget(widget)
    widget.resize(700, 520)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_field(1, pixels())
    widget.setFocus()
    return widget


@pytest.fixture
def hand(canvas):
    return Hand(canvas)


def near(point, x, y, tolerance=1.0):
    return abs(point.x - x) <= tolerance and abs(point.y - y) <= tolerance


# Looking


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


# Pixels


def grabbed(canvas, x, y):
    image = canvas.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    at = canvas.to_view(Point(x, y))
    return image.pixelColor(int(at.x() * ratio), int(at.y() * ratio)).getRgb()[:3]


def test_pixels_are_shown_in_place_and_colour_at_every_zoom(canvas):
    rgb = np.zeros((300, 400, 3), np.uint8)
    rgb[100:200, 100:200] = (200, 30, 90)
    canvas.show_field(3, rgb)
    for zoom in (0.3, 0.8, 1.0, 2.5, 9.0):
        canvas.set_zoom(zoom)
        canvas.camera.centre_on(Point(100, 150))
        assert grabbed(canvas, 104, 150) == (200, 30, 90), zoom
        assert grabbed(canvas, 95, 150) == (0, 0, 0), zoom


def test_a_large_image_shown_small_is_averaged(canvas):
    rgb = np.zeros((2400, 3200, 3), np.uint8)
    rgb[::2, ::2] = 255  # every fourth pixel; skipping pixels would give black or white
    canvas.show_field(4, rgb)
    assert canvas.view_state.scale < 0.25
    if canvas.devicePixelRatioF() >= 2:
        canvas.zoom_out()
        canvas.zoom_out()
        canvas.zoom_out()
    assert grabbed(canvas, 1600, 1200) == pytest.approx((64, 64, 64), abs=3)


def test_its_own_pixels_are_shown_when_zoomed_in(canvas):
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[20:, :] = 255
    canvas.show_field(5, rgb)
    canvas.set_zoom(20)
    assert grabbed(canvas, 20, 19.9) == (0, 0, 0)
    assert grabbed(canvas, 20, 20.1) == (255, 255, 255)


def settled(canvas, qtbot):
    qtbot.waitUntil(lambda: canvas.layers.cells.is_complete)
    canvas.viewport().repaint()
    qtbot.waitUntil(lambda: canvas.layers.cells.is_complete)


def test_an_outline_has_the_colour_of_its_class_and_hides_with_the_overlay(canvas, qtbot):
    canvas.set_cells([CellView(1, disc(300, 300), colour="#0072B2")])
    canvas.set_zoom(4, at=canvas.to_view(Point(300, 300)))
    settled(canvas, qtbot)
    # The rim lies a quarter of a pixel inside the mask's edge.
    assert grabbed(canvas, 280.3, 300) == pytest.approx((0, 0x72, 0xB2), abs=12)
    canvas.set_overlay_visible(False)
    assert grabbed(canvas, 280.3, 300) == (225, 215, 220)
    assert canvas.cell_at(Point(300, 300)) is None
    canvas.set_overlay_visible(True)
    canvas.set_overlay_opacity(0.5)
    assert grabbed(canvas, 280.3, 300) == pytest.approx((112, 164, 199), abs=12)


def test_outlines_are_drawn_again_after_every_change(canvas, qtbot):
    canvas.set_zoom(4, at=canvas.to_view(Point(300, 300)))
    for colour, rgb in (("#0072B2", (0, 0x72, 0xB2)), ("#D55E00", (0xD5, 0x5E, 0))):
        canvas.set_cells([CellView(1, disc(300, 300), colour=colour)])
        settled(canvas, qtbot)
        assert grabbed(canvas, 280.3, 300) == pytest.approx(rgb, abs=12)
    canvas.set_cells([])
    settled(canvas, qtbot)
    assert grabbed(canvas, 280.3, 300) == (225, 215, 220)


def test_many_cells_are_sharp_again_when_the_zoom_rests(canvas, qtbot):
    views = [CellView(i, disc(15 + 25 * (i % 25), 15 + 25 * (i // 25), 10), colour="#0072B2") for i in range(450)]
    canvas.set_cells(views)
    settled(canvas, qtbot)
    for _ in range(4):
        canvas.set_zoom(canvas.zoom * 1.2, at=canvas.to_view(Point(315, 240)))
        canvas.viewport().repaint()
    settled(canvas, qtbot)
    mask = views[262].mask
    seen = {grabbed(canvas, mask.x0 + shift / 8, mask.centroid.y) for shift in range(-8, 17)}
    assert any(blue - red > 100 for red, _, blue in seen)


def test_a_selected_cell_stands_out(canvas, qtbot):
    canvas.set_cells([CellView(1, disc(300, 300), colour="#0072B2")])
    canvas.set_zoom(4, at=canvas.to_view(Point(300, 300)))
    settled(canvas, qtbot)
    before = grabbed(canvas, 300, 300)
    canvas.set_selection([1, 99])
    settled(canvas, qtbot)
    assert canvas.layers.cells.selected == {1}
    assert grabbed(canvas, 300, 300) != before
    white = 280.3 - 2.3 / canvas.view_state.scale  # the casing: 1.6 to 3.2 px outside the rim
    assert min(grabbed(canvas, white, 300)) > 245


# Tools


def test_clicks_say_where_and_what(canvas, hand):
    heard = Heard(canvas.point_clicked)
    canvas.set_cells([CellView(7, disc(300, 300))])
    hand.click(100, 100)
    hand.click(120, 100, RIGHT)
    hand.click(130, 100, LEFT, ALT)
    hand.click(300, 300, LEFT, SHIFT)
    assert [(c.positive, c.extend, c.cell_id) for c in heard] == [
        (True, False, None),
        (False, False, None),
        (False, False, None),
        (True, True, 7),
    ]
    assert near(heard[0].point, 100, 100)


def test_an_unsteady_hand_still_clicks_and_a_drag_draws_a_box(canvas, hand):
    clicked, boxed = Heard(canvas.point_clicked), Heard(canvas.box_drawn)
    few = (DRAG_PX - 2) / canvas.zoom
    hand.drag((100, 100), (100 + few, 100))
    assert len(clicked) == 1
    assert near(clicked[0].point, 100, 100)
    hand.drag((150, 150), (80, 70))
    assert len(clicked) == 1
    [box] = boxed
    assert box.x0 == pytest.approx(80, abs=1)
    assert box.y1 == pytest.approx(150, abs=1)


def test_a_box_ends_at_the_edge_of_the_field(canvas, hand):
    boxed = Heard(canvas.box_drawn)
    canvas.set_tool(ToolName.BOX)
    canvas.set_zoom(0.8)
    hand.drag((600, 440), (700, 520))
    assert boxed == [Box(boxed[0].x0, boxed[0].y0, 640, 480)]


def test_clicks_beside_the_field_are_no_prompts(canvas, hand):
    heard = Heard(canvas.point_clicked)
    canvas.set_zoom(0.5)
    hand.click(-10, 100)
    hand.click(100, 500)
    assert heard == []


def test_the_second_half_of_a_double_click_is_no_second_prompt(canvas, hand):
    heard = Heard(canvas.point_clicked)
    hand.click(100, 100)
    hand._send(QMouseEvent.Type.MouseButtonDblClick, hand.at(100, 100), LEFT, LEFT, NONE)
    hand.release(100, 100)
    assert len(heard) == 1


def test_escape_and_a_second_button_give_a_box_up(canvas, hand, qtbot):
    boxed, dropped = Heard(canvas.box_drawn), Heard(canvas.drop_requested)
    hand.press(100, 100)
    hand.move(200, 200, LEFT)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    hand.release(200, 200)
    hand.press(100, 100)
    hand.move(200, 200, LEFT)
    hand.press(200, 200, RIGHT)
    hand.release(200, 200, RIGHT)
    hand.release(200, 200)
    assert boxed == []
    assert dropped == []
    assert canvas.layers.gesture.is_empty


def test_selecting_by_click_and_frame(canvas, hand):
    canvas.set_cells([CellView(1, disc(100, 100)), CellView(2, disc(200, 100)), CellView(3, disc(300, 300))])
    canvas.set_tool(ToolName.SELECT)
    clicked, framed = Heard(canvas.cell_clicked), Heard(canvas.cells_framed)
    hand.click(100, 100)
    hand.click(200, 100, LEFT, CTRL)
    hand.click(300, 300, LEFT, SHIFT)
    hand.click(400, 50)
    assert clicked == [(1, False), (2, True), (3, True), (None, False)]
    hand.drag((60, 60), (240, 140))
    hand.drag((250, 250), (350, 350), modifiers=SHIFT)
    assert framed == [((1, 2), False), ((3,), True)]


def test_the_calibration_line_stays_to_be_seen(canvas, hand):
    drawn = Heard(canvas.line_drawn)
    canvas.set_tool(ToolName.LINE)
    hand.drag((100, 100), (180, 160))
    start, end = drawn[0]
    assert np.hypot(end.x - start.x, end.y - start.y) == pytest.approx(100, abs=1.5)
    assert canvas.layers.gesture.line == (start, end)
    hand.drag((100, 100), (180, 120), modifiers=SHIFT)
    start, end = drawn[1]
    assert start.y == end.y
    canvas.set_tool(ToolName.POINT)
    assert canvas.layers.gesture.is_empty


def test_the_cursor_is_reported_to_preview_and_not_while_a_button_is_down(canvas, hand):
    moved = Heard(canvas.hover_moved)
    hand.move(100, 100)
    assert near(moved[-1], 100, 100)
    hand.press(100, 100)
    assert moved[-1] is None
    count = len(moved)
    hand.move(150, 150, LEFT)
    assert len(moved) == count
    hand.release(150, 150)
    canvas.set_tool(ToolName.SELECT)
    count = len(moved)
    hand.move(200, 200)
    assert len(moved) == count


# Keys


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "accept_requested"),
        (Qt.Key.Key_Enter, "accept_requested"),
        (Qt.Key.Key_Escape, "drop_requested"),
        (Qt.Key.Key_Backspace, "remove_point_requested"),
        (Qt.Key.Key_Delete, "delete_requested"),
    ],
)
def test_keys_of_the_canvas(canvas, qtbot, key, signal):
    with qtbot.waitSignal(getattr(canvas, signal), timeout=1000):
        qtbot.keyClick(canvas, key)


def test_tab_cycles_candidates_only_while_there_are_some(qtbot):
    window, canvas, after = QWidget(), FieldCanvas(), QLineEdit()
    layout = QHBoxLayout(window)
    layout.addWidget(canvas)
    layout.addWidget(after)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    canvas.show_field(1, pixels())
    canvas.setFocus()
    asked = Heard(canvas.next_candidate_requested)
    view = ProposalView((PromptPoint(100, 100),), mask=disc(100, 100))
    canvas.set_proposal(view, candidates=3)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert len(asked) == 1
    assert window.focusWidget() is canvas
    canvas.set_proposal(view, candidates=1)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert len(asked) == 1
    assert window.focusWidget() is after


def test_the_canvas_has_a_name_for_those_who_hear_it(canvas):
    assert canvas.accessibleName()
    assert "Arrow keys" in canvas.accessibleDescription()


# Scale bar


@pytest.mark.parametrize(
    ("um_per_px", "length"), [(0.1, 10), (0.034, 5), (0.0133, 1), (0.7, 100), (1 / 30, 5), (8, 1000)]
)
def test_the_scale_bar_has_a_round_length(um_per_px, length):
    assert round_length(um_per_px) == length
    assert 0.4 * 150 <= length / um_per_px <= 150 * 1.001


def test_no_scale_without_a_calibration(canvas):
    assert canvas.scale_bar.isHidden()
    canvas.set_calibration(Calibration(0.1, "typed"))
    assert canvas.scale_bar.text == "10 µm"
    assert canvas.scale_bar.length_px == pytest.approx(100 * canvas.zoom / canvas.devicePixelRatioF())
    canvas.set_zoom(8 * canvas.devicePixelRatioF())
    assert canvas.scale_bar.text == "1 µm"
    assert canvas.scale_bar.geometry().bottom() < canvas.height()
    canvas.set_calibration(None)
    assert canvas.scale_bar.isHidden()


@pytest.mark.parametrize("background", ["black", "white", "#C87D9B"])
def test_the_scale_bar_is_readable_on_any_background(canvas, background):
    rgb = np.empty((480, 640, 3), np.uint8)
    rgb[:] = QColor(background).getRgb()[:3]
    canvas.show_field(9, rgb)
    canvas.set_calibration(Calibration(0.1, "typed"))
    bar = canvas.scale_bar
    image = canvas.grab(bar.geometry()).toImage()
    ratio = image.devicePixelRatio()
    levels = {image.pixelColor(x, int((bar.height() - 9) * ratio)).lightness() for x in range(image.width())}
    assert max(levels) > 240  # the bar
    assert min(levels) < 110  # the plate beside it
