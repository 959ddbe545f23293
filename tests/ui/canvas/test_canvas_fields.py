"""What happens to a whole field on the canvas: Segment all, analyses, other fields and cases, another scale."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells.cell import median_diameter_px
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.ink_segmenter import grid_places
from tests.ui.canvas.canvas_bench import PLACES, A, B, C, middle
from tests.ui.canvas.hand import Heard


def test_new_cells_are_classified_and_take_the_colour_of_their_class(opened):
    opened.accept(A)
    [cell] = opened.cells
    opened.until(lambda: opened.editor.case.prediction_of(cell) is not None)
    opened.until(lambda: opened.canvas.layers.cells.view(cell.id).code == "No")


def test_segment_all_finds_the_rest_as_one_undo_step_and_classifies_it(bench):
    places = grid_places()
    bench.open(places)
    bench.accept(places[0])
    finished = Heard(bench.queue.run_finished)
    bench.queue.segment_shown()
    bench.queue.segment_shown()  # a second press does nothing
    bench.until(lambda: finished == [(len(places) - 1, False)])
    assert sorted(middle(c) for c in bench.cells) == sorted(places)
    bench.until(lambda: len(bench.editor.case.analyses) == len(places))
    relative = [a.measurements.relative_diameter for a in bench.editor.case.analyses.values()]
    assert sorted(relative)[len(relative) // 2] == pytest.approx(1, abs=0.02)
    bench.editor.undo()
    assert len(bench.cells) == 1


def test_cancelled_segment_all_keeps_what_it_found(bench):
    bench.open(grid_places())
    finished = Heard(bench.queue.run_finished)
    bench.queue.segment_shown()
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


def test_a_second_reading_keeps_the_picture_and_at_once_shows_nothing_of_before(opened, monkeypatch):
    opened.accept(A)
    field_id = opened.canvas.field_id
    zoom, pictures = opened.canvas.zoom, []
    monkeypatch.setattr(opened.canvas.layers.field, "set_pixels", pictures.append)
    opened.editor.replace_case(opened.editor.case, opened.store)
    assert opened.canvas.field_id == field_id
    assert not len(opened.canvas.layers.cells.index)
    opened.show(opened.field, opened.image)
    opened.until(lambda: len(opened.canvas.layers.cells.index) == 1)
    assert not pictures
    assert opened.canvas.zoom == zoom
    opened.accept(B)
    assert len(opened.cells) == 2


def test_the_median_diameter_leaves_out_what_the_edge_cuts(opened):
    for place in PLACES:
        opened.accept(place)
    cells = opened.cells
    cells[0] = dataclasses.replace(cells[0], touches_border=True)
    assert median_diameter_px(cells) == pytest.approx(40, abs=2)
    assert median_diameter_px(cells[:5]) is None


def test_a_new_scale_has_every_cell_measured_and_classified_again(opened):
    opened.queue.segment_shown()
    case = opened.editor.case
    opened.until(lambda: case.cells and all(case.prediction_of(c) for c in case.cells.values()))
    before = dict(case.analyses)
    opened.editor.set_calibration([opened.field.id], Calibration(7.5 / 40, "typed"))
    opened.until(lambda: all(case.analyses[i] is not before[i] for i in case.cells))
    opened.editor.undo()
    with_scale = dict(case.analyses)
    opened.until(lambda: all(case.analyses[i] is not with_scale[i] for i in case.cells))
