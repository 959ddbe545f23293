"""Accepted cells on the canvas: picked, refined, selected, deleted."""

from PySide6.QtCore import Qt

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from tests.ui.canvas.canvas_bench import A, B, C, middle
from tests.ui.canvas.hand import CTRL, LEFT, RIGHT, SHIFT


def test_an_accepted_cell_is_picked_refined_and_the_refinement_undone(opened):
    opened.accept(A)
    opened.accept(B)
    first = opened.cells[0]
    opened.hand.click(*A)
    assert opened.selection.ids == (first.id,)
    assert not opened.session.has_proposal
    assert f"Cell {first.id}" in opened.session.hint
    opened.propose((A[0] + 40, A[1]), RIGHT)
    assert opened.state.proposal.prompts.mask is first.mask
    opened.key(Qt.Key.Key_Return)
    refined = opened.editor.case.cells[first.id]
    assert refined.mask_revision == 2
    assert [p.positive for p in refined.prompts.points] == [True, False]
    assert len(opened.cells) == 2
    opened.editor.undo()
    assert opened.editor.case.cells[first.id] is first
    assert opened.state.cell is first


def test_a_cell_selected_in_the_table_is_refined_by_a_right_click(opened):
    opened.accept(A)
    opened.selection.clear()
    opened.propose((A[0] + 40, A[1]), RIGHT)
    assert "Click a cell first" in opened.messages[-1][0]
    opened.selection.set([opened.cells[0].id])
    opened.propose((A[0] + 40, A[1]), RIGHT)
    assert opened.session.has_proposal
    assert opened.state.cell.id == opened.cells[0].id


def test_the_same_cell_is_never_counted_twice(opened):
    opened.accept(A)
    opened.selection.clear()
    opened.canvas.set_overlay_visible(False)  # the accepted cell can't be clicked now
    opened.accept(A)
    [cell] = opened.cells
    assert cell.mask_revision == 2
    assert "not added twice" in opened.messages[-1][0]


def test_deleting_the_selection_ends_its_refinement_and_undo_brings_it_back(opened):
    opened.accept(A)
    opened.propose((A[0] + 40, A[1]), RIGHT)
    opened.key(Qt.Key.Key_Escape)
    opened.editor.remove_cells(opened.selection.ids)
    assert opened.cells == []
    assert opened.state.cell is None
    opened.editor.undo()
    assert [middle(c) for c in opened.cells] == [A]


def test_undo_of_a_cell_under_refinement_drops_the_refinement(opened):
    opened.accept(A)
    opened.propose((A[0] + 40, A[1]), RIGHT)
    assert opened.session.has_proposal
    opened.editor.undo()
    assert not opened.session.has_proposal
    assert opened.canvas.layers.proposal.shown is None


def test_setting_a_class_does_not_disturb_a_refinement(opened):
    opened.accept(A)
    opened.propose((A[0] + 40, A[1]), RIGHT)
    opened.editor.set_class([opened.cells[0].id], CellClass.TARGET_CELL)
    assert opened.session.has_proposal
    opened.key(Qt.Key.Key_Return)
    assert opened.cells[0].reviewed_class is CellClass.TARGET_CELL
    assert opened.cells[0].mask_revision == 2


def test_the_select_tool_selects(opened):
    for place in (A, B, C):
        opened.accept(place)
    opened.until(lambda: len(opened.canvas.layers.cells.index.ids) == 3)
    opened.canvas.set_tool(ToolName.SELECT)
    one, two, three = (c.id for c in opened.cells)
    opened.hand.click(*A)
    assert opened.selection.ids == (one,)
    opened.hand.click(*C, LEFT, CTRL)
    assert opened.selection.ids == (one, three)
    opened.hand.click(*A, LEFT, SHIFT)
    assert opened.selection.ids == (three,)
    opened.hand.drag((60, 60), (300, 160))
    assert opened.selection.ids == (one, two)
    assert opened.canvas.layers.cells.selected == {one, two}
    opened.hand.click(200, 400)
    assert opened.selection.ids == ()
