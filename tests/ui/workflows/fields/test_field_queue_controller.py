"""The queue over real files and the real engine, whose segmenter takes what is dark for a cell."""

import threading

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QObject

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.sign_off import LOCKED
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.engine.engine import Engine
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.errors import InferenceError
from rbc_desktop.ports import ModelFactories
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.cases.reading_controller import FieldImages
from rbc_desktop.workflows.fields.field_queue import Tally
from rbc_desktop.workflows.fields.field_queue_controller import FieldQueueController
from rbc_desktop.workflows.notices import Notices
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field, grid_places, size_classifier

WAIT_MS = 60_000
PLACES = grid_places()


class Bench:
    """A case of four drawn fields on the disk, which no window shows."""

    def __init__(self, qtbot, folder, segmenter):
        self.qtbot, self.root = qtbot, QObject()
        self.store = CaseFile.create(folder / "case.rbc")
        self.editor = CaseEditor(Case(), self.store, self.root)
        self.engine = Engine(lambda: (segmenter, ()), size_classifier, parent=self.root)
        self.tasks = TaskRunner(parent=self.root)
        self.images = FieldImages(self.tasks, read_image, parent=self.root)
        self.said, self.runs = [], []
        notices = Notices()
        notices.show_with(lambda text, level: self.said.append((text, level)), hide=lambda: self.said.append(("", "")))
        self.queue = FieldQueueController(
            self.editor, engine=self.engine, images=self.images, notices=notices, parent=self.root
        )
        self.queue.run_finished.connect(lambda added, cancelled: self.runs.append((added, cancelled)))
        paths = [folder / f"{name}.png" for name in "abcd"]
        for number, path in enumerate(paths):
            cv2.imwrite(str(path), np.roll(drawn_field(PLACES).pixels[..., ::-1], number, axis=0))
        self.fields = [f.id for f in self.editor.add_fields([read_image(path).facts for path in paths])]

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def count(self, field_id):
        return len(self.editor.case.cells_of(field_id))


class FailingAt(InkSegmenter):
    """Has no memory for one batch."""

    at = 3

    def segment(self, embedding, prompts, **options):
        if len(self.batches) + 1 == self.at:
            self.batches.append(0)
            raise InferenceError("No memory.")
        return super().segment(embedding, prompts, **options)


@pytest.fixture
def make(qtbot, tmp_path):
    made = []

    def build(segmenter=None):
        bench = Bench(qtbot, tmp_path, segmenter or InkSegmenter())
        bench.engine.start()
        made.append(bench)
        return bench

    yield build
    for bench in made:
        assert bench.engine.shutdown(timeout_ms=WAIT_MS)
        assert bench.tasks.shutdown()
        bench.store.close()
        bench.root.deleteLater()


@pytest.fixture
def bench(make):
    return make()


def test_every_field_is_searched_as_one_step_of_undo(bench):
    bench.editor.set_current_field(bench.fields[2])
    bench.queue.segment_all()
    assert bench.queue.queue.waiting == (3, 1, 2, 4)
    bench.until(lambda: bench.runs)
    assert bench.runs == [(4 * len(PLACES), False)]
    assert {bench.count(i) for i in bench.fields} == {len(PLACES)}
    assert all(f.searched for f in bench.editor.case.fields.values())
    assert bench.said[-1] == (f"{4 * len(PLACES)} new cells in 4 fields found.", "info")
    bench.queue.segment_all()
    assert bench.said[-1][0].startswith("Every field is segmented already")
    bench.editor.undo()
    assert not bench.editor.case.cells
    bench.queue.segment_all()
    bench.until(lambda: len(bench.runs) == 2)
    assert bench.runs[-1] == (4 * len(PLACES), False), "what was taken back is not done"


def test_a_helper_prepares_the_field_that_comes_next(make, monkeypatch):
    class Helped(InkSegmenter):
        helpers = 2

    prepared, look = [], Pipeline._look_ahead

    def noted(pipeline, image, calibration):
        prepared.append((image.path.name, threading.current_thread().name.startswith("ahead")))
        look(pipeline, image, calibration)

    monkeypatch.setattr(Pipeline, "_look_ahead", noted)
    bench = make(Helped())
    bench.queue.segment_all()
    bench.until(lambda: bench.runs)
    assert prepared
    assert set(prepared) <= {("b.png", True), ("c.png", True), ("d.png", True)}
    assert {bench.count(i) for i in bench.fields} == {len(PLACES)}


def test_what_was_found_is_in_the_file_at_once(bench):
    bench.queue.segment_all()
    bench.until(lambda: bench.count(1) > 0)
    bench.queue.cancel()
    known = set(bench.editor.case.cells)
    bench.store.close()
    store, case = CaseFile.open(bench.store.path)
    store.close()
    assert set(case.cells) == known
    assert case.fields[4].searched == ""


def test_other_fields_may_be_opened_meanwhile(bench):
    bench.queue.segment_all()
    image = read_image(bench.editor.case.fields[4].path)
    bench.until(lambda: bench.editor.case.cells)
    bench.engine.open_field(image)
    bench.engine.close_field()
    bench.until(lambda: bench.runs)
    assert bench.runs == [(4 * len(PLACES), False)]


def test_a_missing_image_and_a_failure_of_the_model_cost_only_their_field(make):
    bench = make(FailingAt())
    bench.editor.case.fields[2].path.unlink()
    bench.queue.segment_all()
    bench.until(lambda: bench.runs)
    failures = bench.queue.queue.failures
    assert len(failures) == 2
    assert "is no longer where it was" in failures[2]
    assert "No memory." in failures.values()
    text, level = bench.said[-1]
    assert level == "warning"
    assert "1 more field failed; the triangle on it says why." in text
    bench.queue.segment_all()
    assert bench.said[-1] == ("", ""), "what is tried again is no longer said to have failed"
    assert set(bench.queue.queue.waiting) == set(failures), "only what failed is tried again"
    bench.until(lambda: len(bench.runs) == 2)
    assert list(bench.queue.queue.failures) == [2]


def test_the_order_of_the_list_is_that_of_the_queue(bench):
    bench.queue.segment_all()
    bench.queue.reorder([4, 3, 2, 1])
    assert bench.queue.queue.waiting == (4, 3, 2, 1)
    bench.queue.leave_out(3)
    order = []
    bench.editor.cells_added.connect(lambda ids: order.append(bench.editor.case.cells[ids[0]].field_id))
    bench.until(lambda: bench.runs)
    assert list(dict.fromkeys(order)) == [4, 2, 1]


def test_a_field_that_is_removed_leaves_the_queue_also_when_it_is_under_way(bench):
    bench.queue.segment_all()
    bench.until(lambda: bench.count(1) > 0)
    bench.editor.remove_field(1)
    bench.editor.remove_field(3)
    bench.until(lambda: bench.runs)
    assert [bench.count(i) for i in (2, 4)] == [len(PLACES)] * 2
    assert set(bench.editor.case.fields) == {2, 4}


def test_another_scale_or_other_models_begin_the_field_again_and_double_nothing(bench):
    bench.queue.segment([1])
    bench.until(lambda: bench.count(1) > 0)
    bench.editor.set_calibration([1], Calibration(7.5 / 41, "typed"))
    assert bench.queue.queue.waiting == (1,)
    bench.until(lambda: bench.runs)
    assert bench.count(1) == len(PLACES)
    bench.queue.segment([2])
    bench.until(lambda: bench.count(2) > 0)
    bench.engine.replace_models(ModelFactories(lambda: (InkSegmenter(), ()), size_classifier))
    bench.until(lambda: len(bench.runs) == 2)
    assert bench.count(2) == len(PLACES)


def test_undoing_the_run_ends_it(bench):
    bench.queue.segment_all()
    bench.until(lambda: bench.count(1) > 0)
    bench.editor.undo()
    assert not bench.queue.queue.is_active
    assert bench.runs == [(0, True)]
    bench.queue.segment([2])
    bench.until(lambda: len(bench.runs) == 2)
    assert [bench.count(i) for i in bench.fields] == [0, len(PLACES), 0, 0]


def test_another_case_ends_it_and_only_that_is_said(bench, tmp_path):
    bench.queue.segment_all()
    bench.until(lambda: bench.count(1) > 0)
    said = len(bench.said)
    store = CaseFile.create(tmp_path / "other.rbc")
    bench.editor.replace_case(Case(), store).close()
    bench.store = store
    assert not bench.queue.queue.is_active
    bench.until(lambda: not bench.engine.is_busy)
    assert not bench.editor.case.cells
    text = "Finding cells ended as the case was left, with 0 of 4 fields done. Open it again, then go on with Shift+F5."
    assert bench.said[said:] == [(text, "info")]


def test_a_case_file_that_takes_nothing_more_ends_it(bench):
    bench.queue.segment_all()
    bench.until(lambda: bench.count(1) > 0)
    bench.store.path.rename(bench.store.path.with_name("moved.rbc"))
    bench.until(lambda: bench.runs)
    assert bench.runs[-1][1]
    assert bench.said[-1][1] == "error"
    assert not bench.queue.queue.is_active


def test_a_final_case_is_not_searched_at_all(bench):
    SampleEditor(bench.editor).sign("final", operator="Ada", meaning="approved by")
    bench.queue.segment_all()
    bench.queue.segment_shown()
    assert not bench.queue.queue.is_active
    assert bench.said[-1] == (LOCKED, "error")


def test_it_stops_when_there_are_enough_cells_but_not_for_the_field_that_was_asked_for(bench):
    bench.queue.tally = lambda: Tally(len(bench.editor.case.cells))
    bench.queue.set_target(len(PLACES) + 1, stops=True)
    bench.queue.segment_all()
    bench.until(lambda: bench.runs)
    assert bench.runs == [(2 * len(PLACES), False)]
    assert "2 fields are left as they are" in bench.said[-1][0]
    bench.editor.set_current_field(4)
    bench.queue.segment_shown()
    bench.until(lambda: len(bench.runs) == 2)
    assert bench.count(4) == len(PLACES)
    bench.queue.set_target(len(PLACES) + 1, stops=False)
    bench.queue.segment_all()
    bench.until(lambda: len(bench.runs) == 3)
    assert bench.count(3) == len(PLACES)


def test_it_waits_for_cells_that_may_turn_out_to_be_none(bench):
    answers = [Tally(100, unseen=90)]
    bench.queue.tally = lambda: answers[-1]
    bench.queue.set_target(50, stops=True)
    bench.queue.segment_all()
    bench.until(lambda: bench.queue.queue.waiting and not bench.queue._soon.isActive())
    assert bench.queue.queue.running is None
    answers.append(Tally(10))
    bench.queue.look()
    bench.until(lambda: bench.queue.queue.running is not None)
    answers.append(Tally(100))
    bench.until(lambda: bench.runs)
    assert len([i for i in bench.fields if bench.count(i)]) == 1
