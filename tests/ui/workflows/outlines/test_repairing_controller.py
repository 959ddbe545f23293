"""Repairs on the canvas with case file and engine behind it; the segmenter takes what is dark for a cell."""

import dataclasses
import random
import threading

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.errors import CaseFileError
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from rbc_desktop.workflows.outlines import pixel_steps, repairing_controller
from tests.fakes.casework import describe, make_proposal
from tests.ui.canvas.canvas_bench import WAIT_MS, A, B, Bench
from tests.ui.canvas.hand import CTRL


@pytest.fixture
def bench(qtbot, tmp_path):
    made = Bench(qtbot, tmp_path)
    made.engine.start()
    made.open()
    made.accept(A)
    made.until(lambda: len(made.cells) == 1)
    yield made
    assert made.engine.shutdown(timeout_ms=WAIT_MS)
    made.store.close()


@pytest.fixture
def repairing(bench):
    return bench.session.repairing


def cut(bench):
    bench.canvas.set_tool(ToolName.KNIFE)
    bench.hand.drag((A[0], A[1] - 60), (A[0], A[1] + 60))


def test_a_cut_is_one_step_in_the_file_and_both_halves_are_measured(bench):
    [before] = bench.cells
    bench.until(lambda: before.id in bench.editor.case.analyses)
    cut(bench)
    assert len(bench.cells) == 2
    assert bench.selection.ids == tuple(c.id for c in bench.cells)
    assert bench.editor.undo_text == f"Cut cell {before.id}"
    bench.until(lambda: all(bench.editor.case.analysis_of(c) is not None for c in bench.cells))
    bench.editor.undo()
    assert [c.mask for c in bench.cells] == [before.mask]
    assert bench.editor.case.analysis_of(bench.cells[0]) is not None, "the old analysis comes back"


def test_merging_takes_the_halves_together_again(bench, repairing):
    [before] = bench.cells
    cut(bench)
    repairing.merge()
    [after] = bench.cells
    assert after.mask.same_as(before.mask)
    assert after.provenance == "prompt; cut; merged with 2"
    bench.until(lambda: bench.editor.case.analysis_of(bench.cells[0]) is not None)


def test_refusals_are_said_and_change_nothing(bench, repairing):
    steps = bench.editor.undo_text
    repairing.merge()
    bench.canvas.set_tool(ToolName.KNIFE)
    bench.hand.drag((A[0] + 70, A[1] - 60), (A[0] + 70, A[1] + 60))
    assert [level for _, level in bench.messages[-2:]] == ["info", "info"]
    assert "two or more" in bench.messages[-2][0]
    assert "crosses no cell" in bench.messages[-1][0]
    assert bench.editor.undo_text == steps


def test_a_refusal_goes_with_the_next_stroke_that_succeeds(bench):
    gone = []
    bench.notices.show_with(lambda text, level: bench.messages.append((text, level)), hide=lambda: gone.append(True))
    bench.editor.undo_changed.connect(bench.notices.step_done)
    bench.canvas.set_tool(ToolName.KNIFE)
    bench.hand.drag((A[0] + 70, A[1] - 60), (A[0] + 70, A[1] + 60))
    assert "crosses no cell" in bench.messages[-1][0]
    assert not gone
    cut(bench)
    assert gone == [True]


def test_a_full_disk_is_an_error_and_changes_nothing(bench, monkeypatch):
    def refuse(_change, **_more):
        raise CaseFileError("The disk is full.")

    monkeypatch.setattr(bench.store, "apply", refuse)
    cut(bench)
    assert bench.messages[-1] == ("The disk is full.", "error")
    assert len(bench.cells) == 1


def test_changes_by_a_pixel_keep_the_selection(bench, repairing):
    [cell] = bench.cells
    bench.selection.set((cell.id,))
    areas = [cell.mask.area]
    for verb in (repairing.grow, repairing.shrink, repairing.shrink):
        verb()
        areas.append(bench.cells[0].mask.area)
        assert bench.selection.ids == (cell.id,)
    assert areas[1] > areas[0] > areas[3]
    repairing.fill()
    assert "no hole" in bench.messages[-1][0]
    repairing.smooth()
    assert bench.cells[0].provenance in ("prompt; grown; shrunk ×2", "prompt; grown; shrunk ×2; smoothed")


def test_a_stroke_keeps_an_open_proposal_and_extends_it(bench):
    bench.propose(B)
    assert bench.session.has_proposal
    bench.canvas.set_tool(ToolName.BRUSH)
    bench.hand.drag((B[0], B[1]), (B[0] + 60, B[1]))
    assert [c.provenance for c in bench.cells] == ["prompt", "prompt; brushed"]
    assert not bench.session.has_proposal


def test_the_brush_is_as_wide_in_micrometres_on_every_field(bench):
    for scale in (0.1, 0.2):
        bench.editor.set_calibration([bench.editor.current_field.id], Calibration(scale, "typed"))
        bench.until(lambda: bench.canvas.input.brush.um_per_px == scale)  # noqa: B023
        assert bench.canvas.input.brush.diameter_px == pytest.approx(2.0 / scale)


def test_two_clicks_split_a_cell_by_what_the_model_says(bench, repairing):
    [cell] = bench.cells
    bench.canvas.set_tool(ToolName.SPLIT)
    bench.hand.click(A[0] - 9, A[1])
    assert repairing.splitting.cell is cell
    assert bench.selection.ids == (cell.id,)
    assert "other half" in bench.session.hint
    assert bench.canvas.layers.proposal.shown.mask is cell.mask
    bench.hand.click(A[0] + 9, A[1])
    bench.until(lambda: len(bench.cells) == 2)
    assert repairing.splitting is None
    first, second = bench.cells
    assert first.mask.area + second.mask.area == cell.mask.area
    assert bench.editor.undo_text == f"Split cell {cell.id}"
    assert bench.canvas.layers.proposal.shown is None


@pytest.mark.parametrize("way", ["esc", "tool", "undo", "field"])
def test_a_split_can_be_given_up(bench, repairing, way):
    bench.canvas.set_tool(ToolName.SPLIT)
    bench.hand.click(A[0] - 9, A[1])
    assert bench.session.has_proposal
    if way == "esc":
        bench.key(Qt.Key.Key_Escape)
    elif way == "tool":
        bench.canvas.set_tool(ToolName.POINT)
    elif way == "undo":
        bench.editor.undo()
    else:
        bench.session.close_field()
    assert repairing.splitting is None
    assert repairing.hint == ""


def test_without_a_field_nothing_happens(bench, repairing):
    bench.session.close_field()
    for verb in (repairing.merge, repairing.grow, repairing.smooth):
        verb()
    assert len(bench.cells) == 1


def test_ctrl_click_with_the_point_tool_selects_what_merge_then_takes(bench, repairing):
    cut(bench)
    bench.canvas.set_tool(ToolName.POINT)
    bench.until(lambda: bench.canvas.layers.cells.view(2) is not None)
    bench.selection.clear()
    bench.hand.click(A[0] - 9, A[1], modifiers=CTRL)
    bench.hand.click(A[0] + 9, A[1], modifiers=CTRL)
    repairing.merge()
    assert len(bench.cells) == 1
    assert not bench.session.has_proposal


def with_a_hole(proposal):
    mask = proposal.mask
    crop, middle = mask.crop.copy(), mask.centroid
    crop[int(middle.y) - mask.y0, int(middle.x) - mask.x0] = False
    candidate = dataclasses.replace(proposal.candidates[0], mask=CellMask(mask.x0, mask.y0, crop))
    return dataclasses.replace(proposal, candidates=(candidate,))


@pytest.mark.parametrize("kind", ["grow", "shrink", "smooth", "fill"])
def test_many_cells_change_in_one_step_as_each_would_alone(bench, repairing, monkeypatch, kind):
    """Another thread decides; the step is stored, undone and done again as one."""
    deciders, decide = set(), pixel_steps.by_a_pixel

    def noted(*given):
        deciders.add(threading.current_thread())
        return decide(*given)

    monkeypatch.setattr(repairing_controller, "by_a_pixel", noted)
    rng, editor = random.Random(4), bench.editor
    editor.remove_cells(editor.case.cells)
    offered = [with_a_hole(make_proposal(rng)) for _ in range(repairing_controller.MANY + 10)]
    editor.add_cells(editor.current_field.id, offered, run=editor.new_run())
    before = describe(editor.case)["cells"]
    alone = []
    for number in list(editor.case.cells):
        bench.selection.set([number])
        getattr(repairing, kind)()
        alone.append(editor.case.cells[number].mask)
        editor.undo()
    assert deciders == {threading.current_thread()}
    assert describe(editor.case)["cells"] == before
    bench.selection.set(list(editor.case.cells))
    getattr(repairing, kind)()
    assert len(deciders) == 2
    assert len(editor.case.cells) == len(alone)
    assert all(cell.mask.same_as(mask) for cell, mask in zip(bench.cells, alone, strict=True))
    assert sum(cell.mask_revision > 1 for cell in bench.cells) > repairing_controller.MANY // 2
    after = describe(editor.case)["cells"]
    editor.undo()
    assert describe(editor.case)["cells"] == before
    editor.redo()
    assert describe(editor.case)["cells"] == after
