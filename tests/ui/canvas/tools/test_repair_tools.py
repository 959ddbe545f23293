"""What each repairing tool makes of the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.overlay.corners import corner_at, corners_of, side_at
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.tools.gestures import HintChanged, ToolName
from rbc_desktop.workflows.outlines.repairing import Half, Outline, Reshape
from tests.ui.canvas.drawn_discs import disc
from tests.ui.canvas.hand import ALT, CTRL, LEFT, NONE, RIGHT, Heard

SQUARE = [(150, 120), (200, 120), (200, 170), (150, 170)]


@pytest.fixture
def drawn(canvas):
    """What the canvas tells of repairs."""
    canvas.set_cells([CellView(7, disc(300, 200, 40)), CellView(8, disc(300, 200, 20))])
    return Heard(canvas.repair_drawn)


@pytest.fixture
def take(canvas):
    return canvas.set_tool


def path(hand, points, **held):
    hand.press(*points[0], **held)
    for x, y in points[1:]:
        hand.move(x, y, held.get("button", LEFT), held.get("modifiers", NONE))
    hand.release(*points[-1], **held)


def near(points, expected):
    return len(points) == len(expected) and all(
        abs(p.x - x) < 1 and abs(p.y - y) < 1 for p, (x, y) in zip(points, expected, strict=True)
    )


def test_the_knife_tells_its_whole_way(drawn, take, hand):
    take(ToolName.KNIFE)
    path(hand, [(250, 200), (290, 205), (320, 190), (350, 200)])
    [stroke] = drawn
    assert (stroke.kind, stroke.diameter) == ("knife", 0.0)
    assert near(stroke.points, [(250, 200), (290, 205), (320, 190), (350, 200)])
    hand.click(300, 200)
    assert len(drawn) == 1, "a click is no cut"


@pytest.mark.parametrize(
    ("tool", "held", "kind"),
    [
        (ToolName.BRUSH, {}, "brush"), (ToolName.BRUSH, {"button": RIGHT}, "eraser"),
        (ToolName.BRUSH, {"modifiers": ALT}, "eraser"), (ToolName.ERASER, {}, "eraser"),
    ],
)  # fmt: skip
def test_brush_and_eraser_tell_way_and_size(drawn, take, canvas, hand, tool, held, kind):
    take(tool)
    path(hand, [(250, 200), (260, 210)], **held)
    hand.click(100, 100, **held)
    assert [(s.kind, s.diameter) for s in drawn] == [(kind, canvas.input.brush.diameter_px)] * 2
    assert near(drawn[1].points, [(100, 100)])


def test_a_stroke_is_seen_while_it_is_drawn_and_esc_drops_it(drawn, take, canvas, hand, qtbot):
    take(ToolName.BRUSH)
    shown = canvas.layers.repair
    hand.press(250, 200)
    hand.move(270, 220, LEFT)
    assert near(shown.shown.line, [(250, 200), (270, 220)])
    assert shown.shown.diameter == canvas.input.brush.diameter_px
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not shown.shown.line
    hand.release(270, 220)
    assert drawn == []


def test_the_cursor_shows_how_large_the_brush_is_and_the_wheel_changes_it(drawn, take, canvas, hand):
    take(ToolName.ERASER)
    hand.move(120, 90)
    before = canvas.layers.repair.shown
    assert near([before.circle], [(120, 90)])
    hand.wheel(120, 90, 2, modifiers=ALT)
    after = canvas.layers.repair.shown
    assert after.diameter == pytest.approx(before.diameter * 1.25**2)
    zoom = canvas.zoom
    canvas.input.resize_brush(-2)
    assert canvas.layers.repair.shown.diameter == pytest.approx(before.diameter)
    assert canvas.zoom == zoom
    assert "14 px" in canvas.tool_hint
    take(ToolName.PAN)
    assert canvas.layers.repair.shown.circle is None


def test_a_split_tells_the_half_and_the_cell_under_it(drawn, take, hand):
    take(ToolName.SPLIT)
    hand.click(300, 200)
    hand.click(20, 20)
    assert [half.cell_id for half in drawn] == [8, None]
    assert isinstance(drawn[0], Half)


# Polygon


def test_a_drag_around_draws_an_outline(drawn, take, hand):
    take(ToolName.POLYGON)
    path(hand, SQUARE)
    [outline] = drawn
    assert isinstance(outline, Outline)
    assert near(outline.points, SQUARE)


@pytest.mark.parametrize("end", ["return", "first corner", "double click"])
def test_clicked_corners_are_closed_by_return_the_first_corner_or_a_double_click(drawn, take, canvas, hand, qtbot, end):
    take(ToolName.POLYGON)
    for place in SQUARE:
        hand.click(*place)
    assert drawn == []
    assert "Enter closes" in canvas.tool_hint
    if end == "return":
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    elif end == "first corner":
        hand.click(*SQUARE[0])
    else:
        qtbot.mouseDClick(canvas.viewport(), LEFT, pos=hand.at(*SQUARE[-1]))
    [outline] = drawn
    assert near(outline.points, SQUARE)
    assert "Enter closes" not in canvas.tool_hint


def test_corners_of_a_draft_can_be_moved_taken_back_and_dropped(drawn, take, canvas, hand, qtbot):
    take(ToolName.POLYGON)
    for place in [*SQUARE, (40, 40)]:
        hand.click(*place)
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    hand.drag(SQUARE[2], (230, 200))
    hand.click(*SQUARE[1], button=RIGHT)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert near(drawn.pop().points, [SQUARE[0], (230, 200), SQUARE[3]])
    for place in SQUARE:
        hand.click(*place)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert drawn == []
    assert not canvas.layers.repair.shown.line


def test_two_corners_are_no_outline(drawn, take, canvas, hand, qtbot):
    take(ToolName.POLYGON)
    for place in SQUARE[:2]:
        hand.click(*place)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert drawn == []
    assert canvas.input.tool.has_draft


def test_space_moves_the_image_and_leaves_the_draft(drawn, take, canvas, hand, qtbot):
    take(ToolName.POLYGON)
    for place in SQUARE[:2]:
        hand.click(*place)
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    hand.drag((100, 100), (90, 90))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.input.tool.has_draft


def test_the_selected_cell_shows_corners_that_move_one_by_one(drawn, take, canvas, hand):
    take(ToolName.POLYGON)
    canvas.set_selection((7,))
    corners = canvas.layers.repair.shown.line
    assert corners == corners_of(canvas.layers.cells.view(7).mask)
    first = corners[0]
    hand.drag((first.x, first.y), (first.x + 20, first.y - 20))
    move = drawn.pop()
    assert isinstance(move, Reshape)
    assert (move.cell_id, move.before, move.after[1:]) == (7, corners, corners[1:])
    assert near(move.after[:1], [(first.x + 20, first.y - 20)])
    canvas.set_cells([CellView(7, disc(300, 200, 41))])
    assert canvas.layers.repair.shown.line == move.after, "corners stay where the hand left them"
    hand.click(corners[2].x, corners[2].y, button=RIGHT)
    assert drawn.pop().after == (*move.after[:2], *move.after[3:])


def test_a_side_that_is_dragged_gets_a_corner(drawn, take, canvas, hand):
    take(ToolName.POLYGON)
    canvas.set_selection((7,))
    a, b = canvas.layers.repair.shown.line[:2]
    middle = ((a.x + b.x) / 2, (a.y + b.y) / 2)
    hand.drag(middle, (middle[0] + 15, middle[1] + 15))
    move = drawn.pop()
    assert len(move.after) == len(move.before) + 1
    assert near(move.after[1:2], [(middle[0] + 15, middle[1] + 15)])


def test_a_click_on_another_cell_picks_it(drawn, take, canvas, hand):
    take(ToolName.POLYGON)
    clicked = Heard(canvas.cell_clicked)
    hand.click(300, 230)
    assert clicked == [(7, False)]
    assert not canvas.input.tool.has_draft


def test_another_field_leaves_nothing_of_a_repair(drawn, take, canvas, hand):
    take(ToolName.POLYGON)
    canvas.set_selection((7,))
    hand.click(30, 30)
    canvas.show_field(2, np.full((480, 640, 3), 200, np.uint8))
    assert not canvas.layers.repair.shown.line
    assert not canvas.input.tool.has_draft


# Any tool


@pytest.mark.parametrize("tool", ToolName)
def test_ctrl_and_a_click_add_to_the_selection_with_any_tool(drawn, take, canvas, hand, tool):
    take(tool)
    clicked, asked = Heard(canvas.cell_clicked), Heard(canvas.point_clicked)
    hand.click(300, 230, modifiers=CTRL)
    hand.click(300, 200, modifiers=CTRL)
    assert clicked == [(7, True), (8, True)]
    assert asked == drawn == []
    assert canvas.tool is tool


def test_corners_and_sides_are_found_within_reach():
    points = [Point(0, 0), Point(10, 0), Point(10, 10)]
    assert corner_at(points, Point(9, 1), reach=2) == 1
    assert corner_at(points, Point(5, 5), reach=2) is None
    assert corner_at([], Point(5, 5), reach=2) is None
    assert side_at(points, Point(10.5, 4), reach=1) == 1
    assert side_at(points, Point(5, 5.5), reach=1) == 2
    assert side_at(points, Point(20, 20), reach=1) is None


def test_a_round_cell_has_about_a_dozen_corners_on_its_outline():
    mask = disc(100, 100, 24)
    corners = corners_of(mask)
    assert 8 <= len(corners) <= 16
    assert all(22 < np.hypot(p.x - 100, p.y - 100) < 26 for p in corners)
    assert len(corners_of(CellMask.from_array(np.ones((1, 1), bool)))) >= 3


def test_hints_are_told_when_they_change(take, canvas):
    take(ToolName.BRUSH)
    told = []
    canvas.input._tell = told.append
    canvas.input.resize_brush(1)
    assert told == [HintChanged(ToolName.BRUSH)]


KEYS = {"mark": Qt.Key.Key_Period, "not": Qt.Key.Key_Comma, "left": Qt.Key.Key_Left, "right": Qt.Key.Key_Right}


def press(qtbot, canvas, *names):
    """Keys one after the other, and where the crosshair is after each."""
    places = []
    for name in names:
        qtbot.keyClick(canvas, KEYS[name])
        places.append(canvas.camera.centre)
    return places


@pytest.mark.parametrize("tool", [ToolName.KNIFE, ToolName.BRUSH, ToolName.ERASER])
def test_without_a_mouse_a_stroke_goes_from_one_mark_to_the_next(qtbot, drawn, take, canvas, tool):
    take(tool)
    places = press(qtbot, canvas, "left", "mark", "right", "right", "mark")
    [stroke] = drawn
    assert stroke.kind == tool.value
    assert [stroke.points[0], stroke.points[-1]] == [places[0], places[-1]]
    assert len(stroke.points) == 3


def test_a_stroke_by_keys_is_seen_and_esc_or_the_mouse_drops_it(qtbot, drawn, take, canvas, hand):
    take(ToolName.KNIFE)
    for drop in (lambda: qtbot.keyClick(canvas, Qt.Key.Key_Escape), lambda: hand.move(300, 200)):
        press(qtbot, canvas, "left", "mark", "right")
        assert len(canvas.layers.repair.shown.line) == 2
        drop()
        assert canvas.layers.repair.shown.line == ()
    press(qtbot, canvas, "left", "mark", "right", "mark")
    assert len(drawn) == 1


def test_without_a_mouse_split_and_polygon_click_under_the_crosshair(qtbot, drawn, take, canvas):
    take(ToolName.SPLIT)
    [_, there] = press(qtbot, canvas, "right", "mark")
    assert [half.point for half in drawn] == [there]
    canvas.set_cells([])
    take(ToolName.POLYGON)
    corners = press(qtbot, canvas, "right", "mark", "right", "mark")[1::2]
    canvas.pan_by(0, 60)
    corners += press(qtbot, canvas, "mark")
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert isinstance(drawn[-1], Outline)
    assert list(drawn[-1].points) == corners


def test_without_a_mouse_box_and_select_mean_the_same(qtbot, canvas, take):
    boxes, picked = Heard(canvas.box_drawn), Heard(canvas.cell_clicked)
    middle = canvas.camera.centre
    canvas.set_cells([CellView(7, disc(round(middle.x), round(middle.y), 200))])
    take(ToolName.BOX)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    start = press(qtbot, canvas, "mark", "right")[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    [end] = press(qtbot, canvas, "mark")
    [box] = boxes
    assert (box.x0, box.y0, box.x1, box.y1) == (start.x, start.y, end.x, end.y)
    take(ToolName.SELECT)
    press(qtbot, canvas, "mark")
    assert picked


def test_the_brush_is_seen_as_soon_as_it_is_taken(canvas, hand, take):
    hand.move(300, 200)
    take(ToolName.BRUSH)
    circle = canvas.layers.repair.shown.circle
    assert circle is not None
    assert near([circle], [(300, 200)])
    take(ToolName.KNIFE)
    canvas.input.leave()
    take(ToolName.ERASER)
    assert canvas.layers.repair.shown.circle is None, "the mouse is elsewhere"
