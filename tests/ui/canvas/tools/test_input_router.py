"""Tools and keys of the canvas, with real mouse and key events."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from rbc_desktop.domain.cells.prompts import PromptPoint
from rbc_desktop.domain.geometry import Box
from rbc_desktop.ui.canvas.overlay.items import ProposalView
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.tools.gestures import DRAG_PX, ToolName
from rbc_desktop.ui.canvas.view import FieldCanvas
from tests.ui.canvas.drawn_discs import disc, near, pixels
from tests.ui.canvas.hand import ALT, CTRL, LEFT, NONE, RIGHT, SHIFT, Heard


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


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "accept_requested"),
        (Qt.Key.Key_Enter, "accept_requested"),
        (Qt.Key.Key_Escape, "drop_requested"),
        (Qt.Key.Key_Backspace, "remove_point_requested"),
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
