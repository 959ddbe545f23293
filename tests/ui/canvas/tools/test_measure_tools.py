"""What the measuring tools make of mouse and keys."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.fields.free_measure import FreeMeasure
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from rbc_desktop.workflows.viewing.measuring import MeasureDropped, PointsPlaced
from tests.ui.canvas.hand import ALT, RIGHT, SHIFT, Heard


@pytest.fixture
def told(canvas):
    return Heard(canvas.measure_drawn)


@pytest.fixture
def shown(canvas):
    """A length and an angle that are there already."""
    length = FreeMeasure((Point(100, 100), Point(200, 100)))
    angle = FreeMeasure((Point(300, 200), Point(300, 300), Point(400, 300)))
    canvas.layers.measures.show_measures((length, angle), ("100 px", "90°"))
    return canvas.layers.measures


def near(points, expected):
    return len(points) == len(expected) and all(
        abs(p.x - x) < 1 and abs(p.y - y) < 1 for p, (x, y) in zip(points, expected, strict=True)
    )


def test_a_length_by_a_drag_and_by_two_clicks(canvas, hand, told):
    canvas.set_tool(ToolName.LENGTH)
    hand.drag((50, 60), (150, 160))
    hand.click(200, 60)
    assert near(canvas.layers.measures.draft, [(200, 60)])
    hand.move(240, 100)
    assert near(canvas.layers.measures.draft, [(200, 60), (240, 100)])
    hand.click(260, 120)
    assert canvas.layers.measures.draft == ()
    assert [near(g.points, p) for g, p in zip(told, [[(50, 60), (150, 160)], [(200, 60), (260, 120)]], strict=True)]
    assert all(isinstance(g, PointsPlaced) and g.scale == canvas.camera.scale for g in told)


def test_shift_keeps_a_length_level_or_upright(canvas, hand, told):
    canvas.set_tool(ToolName.LENGTH)
    hand.drag((50, 60), (150, 70), modifiers=SHIFT)
    hand.click(200, 60)
    hand.click(205, 160, modifiers=SHIFT)
    assert near(told[0].points, [(50, 60), (150, 60)])
    assert near(told[1].points, [(200, 60), (200, 160)])


def test_an_angle_by_three_clicks_or_a_drag_and_a_click(canvas, hand, told):
    canvas.set_tool(ToolName.ANGLE)
    for place in ((50, 60), (50, 160), (150, 160)):
        hand.click(*place)
    hand.drag((300, 60), (300, 160))
    hand.click(400, 160)
    assert near(told[0].points, [(50, 60), (50, 160), (150, 160)])
    assert near(told[1].points, [(300, 60), (300, 160), (400, 160)])


def test_backspace_goes_back_and_escape_drops_what_is_begun(qtbot, canvas, hand, told, shown):
    canvas.set_tool(ToolName.ANGLE)
    hand.click(50, 60)
    hand.click(50, 160)
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert near(shown.draft, [(50, 60)])
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert shown.draft == ()
    assert told == []
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert told == [MeasureDropped(-1)]


@pytest.mark.parametrize("place", [(150, 101), (200, 100)], ids=["on the line", "at its end"])
@pytest.mark.parametrize("held", [{"button": RIGHT}, {"modifiers": ALT}], ids=["right", "alt"])
def test_a_right_click_removes_the_measure_under_it(canvas, hand, told, shown, place, held):
    canvas.set_tool(ToolName.LENGTH)
    hand.click(*place, **held)
    hand.click(150, 250, **held)
    assert told == [MeasureDropped(0)]


def test_the_open_side_of_an_angle_is_no_line_of_it(shown):
    assert shown.at(Point(350, 301)) == 1
    assert shown.at(Point(350, 250)) is None


def test_without_a_mouse_the_crosshair_places_the_points(qtbot, canvas, told):
    canvas.set_tool(ToolName.LENGTH)
    start = canvas.camera.centre
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    first = canvas.camera.centre
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.layers.measures.draft == (first, canvas.camera.centre), "the line follows the crosshair"
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    [placed] = told
    assert placed.points == (first, canvas.camera.centre)
    assert first != start


def test_another_tool_leaves_nothing_begun_and_says_what_it_does(canvas, hand):
    hints = []
    canvas.tool_changed.connect(lambda _: hints.append(canvas.tool_hint))
    canvas.set_tool(ToolName.LENGTH)
    hand.click(50, 60)
    assert "other end" in hints[-1]
    canvas.set_tool(ToolName.PAN)
    assert canvas.layers.measures.draft == ()
    assert "move the image" in hints[-1]
