"""Canvas, case, case file and engine together: from a click to a cell."""

from PySide6.QtCore import Qt

from rbc_desktop.domain.geometry import Point
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.ui.canvas import cell_feed
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from tests.fakes.case_copies import copy_of
from tests.ui.canvas.canvas_bench import PLACES, A, B, C, middle
from tests.ui.canvas.hand import ALT, LEFT, RIGHT, SHIFT


def test_click_then_enter_makes_a_cell_in_the_case_file_and_selects_it(opened):
    opened.propose(A)
    assert opened.session.has_proposal
    assert opened.canvas.layers.proposal.shown.mask.contains(Point(*A))
    assert opened.cells == []
    opened.key(Qt.Key.Key_Return)
    [cell] = opened.cells
    assert middle(cell) == A
    assert opened.selection.ids == (cell.id,)
    assert not opened.session.has_proposal
    assert opened.canvas.layers.proposal.shown is None
    opened.until(lambda: opened.canvas.layers.cells.view(cell.id) is not None)
    copy, case = CaseFile.open(copy_of(opened.store, opened.store.path.with_name("copy.rbc")))
    copy.close()
    assert [middle(c) for c in case.cells.values()] == [A]


def test_the_point_is_seen_at_once_and_hollow_until_the_model_answers(opened):
    opened.hand.click(*A)
    shown = opened.canvas.layers.proposal.shown
    assert shown.waiting
    assert shown.mask is None
    assert len(shown.points) == 1
    opened.until(lambda: not opened.canvas.layers.proposal.shown.waiting)


def test_clicking_from_cell_to_cell_keeps_each_and_each_is_one_undo_step(opened):
    for place in (A, B, C):
        opened.propose(place)
    assert [middle(c) for c in opened.cells] == [A, B]
    opened.key(Qt.Key.Key_Return)
    assert [middle(c) for c in opened.cells] == [A, B, C]
    for left in (2, 1, 0):
        opened.editor.undo()
        assert len(opened.cells) == left


def test_clicks_faster_than_the_model_are_all_kept(bench):
    bench.open()  # the model is still starting
    for place in PLACES:
        bench.hand.click(*place)
    bench.key(Qt.Key.Key_Return)
    bench.until(lambda: len(bench.cells) == len(PLACES))
    assert sorted(middle(c) for c in bench.cells) == sorted(PLACES)
    assert bench.session.prompts.unanswered == 0


def test_inside_refines_and_backspace_takes_back(opened):
    opened.propose(A)
    opened.propose((A[0] + 8, A[1]))
    opened.propose((A[0] + 40, A[1]), RIGHT)
    opened.propose((A[0] + 30, A[1]), LEFT, ALT)
    opened.propose((A[0] + 30, A[1] + 30), LEFT, SHIFT)
    assert [p.positive for p in opened.state.prompts.points] == [True, True, False, False, True]
    assert opened.cells == []
    assert len(opened.asked) == 5
    for left in (4, 3, 2, 1):
        opened.key(Qt.Key.Key_Backspace)
        assert len(opened.state.prompts.points) == left
    opened.key(Qt.Key.Key_Backspace)
    assert not opened.session.has_proposal
    assert len(opened.asked) == 5  # earlier answers are known


def test_escape_drops_and_the_late_answer_is_ignored(opened):
    opened.hand.click(*A)
    opened.key(Qt.Key.Key_Escape)
    assert not opened.session.has_proposal
    opened.until(lambda: len(opened.asked) == 1)
    assert not opened.session.has_proposal
    assert opened.cells == []


def test_where_the_model_sees_nothing_it_says_so(opened):
    opened.propose((180, 180))
    assert not opened.session.has_proposal
    assert "sees no cell" in opened.messages[-1][0]


def test_a_box_outlines_a_cell(opened):
    opened.hand.drag((B[0] - 26, B[1] - 26), (B[0] + 26, B[1] + 26))
    opened.until(lambda: not opened.state.is_waiting)
    assert opened.state.prompts.box is not None
    opened.key(Qt.Key.Key_Return)
    assert middle(opened.cells[0]) == B


def test_a_cell_is_outlined_without_a_mouse(opened):
    opened.canvas.set_zoom(2, at=opened.canvas.to_view(Point(*A)))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        opened.key(key)
    centre = opened.canvas.view_state.centre
    opened.canvas.pan_by(round((centre.x - A[0]) * 2), round((centre.y - A[1]) * 2))
    opened.key(Qt.Key.Key_Period)
    opened.until(lambda: not opened.state.is_waiting)
    opened.key(Qt.Key.Key_Return)
    assert [middle(c) for c in opened.cells] == [A]


def test_the_hint_follows(opened):
    assert opened.session.hint.startswith("Click a cell")
    opened.propose(A)
    assert "Enter keeps" in opened.hints[-1]
    opened.key(Qt.Key.Key_Escape)
    opened.canvas.set_tool(ToolName.SELECT)
    assert "select" in opened.hints[-1]


def test_a_full_disk_leaves_the_proposal_open(opened, monkeypatch):
    opened.propose(A)

    def refuse(_change, **_more):
        raise CaseFileError("The disk is full.")

    monkeypatch.setattr(opened.store, "apply", refuse)
    opened.key(Qt.Key.Key_Return)
    opened.propose(B)
    assert middle(opened.state) == A
    assert opened.messages[-1] == ("The disk is full.", "error")
    monkeypatch.undo()
    opened.key(Qt.Key.Key_Return)
    assert [middle(c) for c in opened.cells] == [A]


def test_a_place_on_a_field_waits_for_the_cells_that_may_lie_there(opened, monkeypatch):
    for place in (A, B, C):
        opened.accept(place)
    first, kept = opened.editor.current_field, opened.images.get(opened.editor.current_field.id)
    opened.open(name="b")
    monkeypatch.setattr(cell_feed, "SLICE", 1)
    monkeypatch.setattr(cell_feed, "SLICE_SECONDS", 0.0)
    opened.session.outline_at(first.id, Point(*C))
    opened.show(first, kept)
    opened.until(lambda: opened.state.cell is not None or opened.state.is_open)
    assert middle(opened.state.cell) == C
