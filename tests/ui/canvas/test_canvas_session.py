"""Canvas, case, case file and engine together. The segmenter takes what is dark for a cell; the rest is real."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.domain.case import Case
from rbc_desktop.domain.geometry import Point
from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.selection import Selection
from rbc_desktop.engine.engine import Engine
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case_file import CaseFile
from rbc_desktop.ui.canvas.gestures import ToolName
from rbc_desktop.ui.canvas.session import CanvasSession
from rbc_desktop.ui.canvas.view import FieldCanvas
from rbc_desktop.workflows.analysing import median_diameter_px
from rbc_desktop.workflows.notices import Notices
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field, grid_places, size_classifier
from tests.ui.canvas.hand import ALT, CTRL, LEFT, NONE, RIGHT, SHIFT, Hand, Heard

WAIT_MS = 30_000
A, B, C = (110, 110), (250, 110), (390, 110)
PLACES = (A, B, C, (110, 250), (250, 250), (390, 250))


class Bench:
    """A canvas with everything behind it."""

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.store = CaseFile.create(folder / "case.rbc")
        self.editor = CaseEditor(Case(), self.store)
        self.selection = Selection(self.editor)
        self.engine = Engine(lambda: (InkSegmenter(), ()), size_classifier)
        self.canvas = FieldCanvas()
        qtbot.addWidget(self.canvas)
        self.canvas.resize(760, 560)
        self.messages: list[tuple[str, str]] = []
        notices = Notices()
        notices.show_with(lambda text, level: self.messages.append((text, level)))
        self.session = CanvasSession(
            self.canvas, editor=self.editor, selection=self.selection, engine=self.engine, notices=notices,
            parent=self.canvas,
        )  # fmt: skip
        self.hand = Hand(self.canvas)
        self.hints = Heard(self.session.hint_changed)
        self.asked = Heard(self.engine.proposal_ready)
        self.canvas.show()
        qtbot.waitExposed(self.canvas)
        self.canvas.setFocus()

    def open(self, places=PLACES, name="a"):
        image = dataclasses.replace(drawn_field(places, name=name), path=self.store.path.parent / f"{name}.png")
        [field] = self.editor.add_fields([image])
        self.show(field, image)
        return field, image

    def show(self, field, image):
        self.editor.set_current_field(field.id)
        self.session.show_field(self.editor.case.fields[field.id], image)

    @property
    def state(self):
        return self.session.prompts.state

    @property
    def cells(self):
        return list(self.editor.case.cells.values())

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def propose(self, place, button=LEFT, modifiers=NONE):
        self.hand.click(*place, button, modifiers)
        self.until(lambda: not self.state.is_waiting)

    def accept(self, place):
        self.propose(place)
        self.key(Qt.Key.Key_Return)

    def key(self, key):
        self.qtbot.keyClick(self.canvas, key)


@pytest.fixture
def bench(qtbot, tmp_path):
    made = Bench(qtbot, tmp_path)
    made.engine.start()
    yield made
    assert made.engine.shutdown(timeout_ms=WAIT_MS)
    made.store.close()


@pytest.fixture
def opened(bench):
    bench.field, bench.image = bench.open()
    return bench


def middle(cell):
    """The place of the disc: all lie on multiples of ten."""
    centre = cell.mask.centroid
    return 10 * round(centre.x / 10), 10 * round(centre.y / 10)


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
    opened.store.save_copy(opened.store.path.with_name("copy.rbc"))
    copy, case = CaseFile.open(opened.store.path.with_name("copy.rbc"))
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
    opened.key(Qt.Key.Key_Delete)
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


def test_new_cells_are_classified_and_take_the_colour_of_their_class(opened):
    opened.accept(A)
    [cell] = opened.cells
    opened.until(lambda: opened.editor.case.prediction_of(cell) is not None)
    opened.until(lambda: opened.canvas.layers.cells.view(cell.id).code == "No")


def test_segment_all_finds_the_rest_as_one_undo_step_and_classifies_it(bench):
    places = grid_places()
    bench.open(places)
    bench.accept(places[0])
    finished = Heard(bench.session.run_finished)
    bench.session.segment_all()
    bench.session.segment_all()  # a second press does nothing
    bench.until(lambda: finished == [(len(places) - 1, False)])
    assert sorted(middle(c) for c in bench.cells) == sorted(places)
    bench.until(lambda: len(bench.editor.case.analyses) == len(places))
    relative = [a.measurements.relative_diameter for a in bench.editor.case.analyses.values()]
    assert sorted(relative)[len(relative) // 2] == pytest.approx(1, abs=0.02)
    bench.editor.undo()
    assert len(bench.cells) == 1


def test_cancelled_segment_all_keeps_what_it_found(bench):
    bench.open(grid_places())
    finished = Heard(bench.session.run_finished)
    bench.session.segment_all()
    bench.until(lambda: bench.cells)
    bench.engine.cancel()
    bench.until(lambda: finished)
    if finished[0][1]:
        assert len(bench.cells) == finished[0][0]
    bench.until(lambda: len(bench.editor.case.analyses) == len(bench.cells))


def test_an_open_proposal_and_unanswered_clicks_come_back_with_their_field(opened):
    opened.propose(A)
    other, picture = opened.open(places=((200, 200),), name="b")
    assert not opened.session.has_proposal
    opened.hand.click(200, 200)
    opened.hand.click(400, 400)  # leaves the first one to be kept; the model sees nothing here
    opened.show(opened.field, opened.image)
    assert opened.session.has_proposal
    assert middle(opened.state) == A
    opened.show(other, picture)
    opened.until(lambda: [c.field_id for c in opened.cells] == [other.id])
    opened.until(lambda: not opened.session.has_proposal)


def test_calibrating_loses_neither_proposal_nor_clicks(opened):
    opened.propose(A)
    opened.hand.click(*B)
    opened.hand.click(*C)
    opened.editor.set_calibration([opened.field.id], Calibration(7.5 / 40, "typed"))
    opened.until(lambda: len(opened.cells) == 2)
    opened.until(lambda: not opened.state.is_waiting)
    opened.key(Qt.Key.Key_Return)
    assert [middle(c) for c in opened.cells] == [A, B, C]
    opened.until(lambda: not opened.canvas.scale_bar.isHidden())


def test_reviews_of_a_reopened_case_are_shown_and_what_is_missing_is_measured(opened):
    opened.accept(A)
    opened.until(lambda: opened.editor.case.analyses)
    opened.editor.case.analyses.clear()  # as in a case whose last analysis the crash took
    opened.session.close_field()
    assert len(opened.canvas.layers.cells.index.ids) == 0
    opened.show(opened.field, opened.image)
    opened.until(lambda: opened.editor.case.analyses)


def test_another_case_starts_clean(opened, tmp_path):
    opened.propose(A)
    store = CaseFile.create(tmp_path / "other.rbc")
    opened.editor.replace_case(Case(), store).close()
    opened.store = store
    assert not opened.session.has_proposal
    assert opened.canvas.field_id is None
    opened.open(name="c")
    assert not opened.session.has_proposal
    opened.accept(B)
    assert [middle(c) for c in opened.cells] == [B]


def test_a_full_disk_leaves_the_proposal_open(opened, monkeypatch):
    opened.propose(A)

    def refuse(_change):
        raise CaseFileError("The disk is full.")

    monkeypatch.setattr(opened.store, "apply", refuse)
    opened.key(Qt.Key.Key_Return)
    opened.propose(B)
    assert middle(opened.state) == A
    assert opened.messages[-1] == ("The disk is full.", "error")
    monkeypatch.undo()
    opened.key(Qt.Key.Key_Return)
    assert [middle(c) for c in opened.cells] == [A]


def test_the_preview_shows_what_a_click_would_outline(opened):
    opened.until(lambda: opened.session.hover._ready)
    opened.hand.move(*A)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    assert opened.canvas.hover_preview.contains(Point(*A))
    opened.hand.move(A[0] + 5, A[1])
    assert opened.canvas.hover_preview is not None  # still the same cell
    opened.hand.move(180, 180)
    assert opened.canvas.hover_preview is None
    opened.hand.move(*B)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    opened.hand.click(*B)
    assert opened.canvas.hover_preview is None
    opened.until(lambda: not opened.state.is_waiting)
    before = len(opened.asked)
    opened.hand.move(B[0] + 3, B[1])  # a click here would refine
    opened.hand.move(*C)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    assert len(opened.asked) == before + 1


def test_previews_work_in_a_field_that_is_shown_again_and_after_segment_all(opened):
    opened.until(lambda: opened.session.hover._ready)
    other, picture = opened.open(places=((200, 200),), name="b")
    finished = Heard(opened.session.run_finished)
    opened.session.segment_all()
    opened.until(lambda: finished)
    opened.editor.undo()
    opened.hand.move(200, 200)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    opened.show(opened.field, opened.image)
    opened.hand.move(*A)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    opened.show(other, picture)
    opened.hand.move(200, 200)
    opened.until(lambda: opened.canvas.hover_preview is not None)


def test_no_preview_on_accepted_cells_and_with_other_tools(opened):
    opened.accept(A)
    opened.until(lambda: opened.session.hover._ready and opened.canvas.cell_at(Point(*A)) is not None)
    before = len(opened.asked)
    opened.hand.move(*A)
    opened.canvas.set_tool(ToolName.SELECT)
    opened.hand.move(*B)
    opened.canvas.set_tool(ToolName.POINT)
    opened.hand.move(*C)
    opened.until(lambda: opened.canvas.hover_preview is not None)
    assert len(opened.asked) == before + 1


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


def test_the_median_diameter_leaves_out_what_the_edge_cuts(opened):
    for place in PLACES:
        opened.accept(place)
    cells = opened.cells
    cells[0] = dataclasses.replace(cells[0], touches_border=True)
    assert median_diameter_px(cells) == pytest.approx(40, abs=2)
    assert median_diameter_px(cells[:5]) is None


def test_a_new_scale_has_every_cell_measured_and_classified_again(opened):
    opened.session.segment_all()
    case = opened.editor.case
    opened.until(lambda: case.cells and all(case.prediction_of(c) for c in case.cells.values()))
    before = dict(case.analyses)
    opened.editor.set_calibration([opened.field.id], Calibration(7.5 / 40, "typed"))
    opened.until(lambda: all(case.analyses[i] is not before[i] for i in case.cells))
    opened.editor.undo()
    with_scale = dict(case.analyses)
    opened.until(lambda: all(case.analyses[i] is not with_scale[i] for i in case.cells))
