"""Hints at missed cells: they come after Segment all, go as cells cover them, and stand in the case."""

import dataclasses

import cv2
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.case_copies import copy_of
from tests.fakes.ink_segmenter import INK, InkSegmenter, drawn_field, grid_places
from tests.ui.canvas.canvas_bench import WAIT_MS, Bench

SMALL = [p for p in grid_places() if p not in ((320, 250), (390, 250))]
LARGE = (355, 250)
LARGE_AREA = 3000  # model pixels; the others have 1,800


class BlindSegmenter(InkSegmenter):
    """Doubts what is large, unless it is told not to."""

    blind = True

    def _answer(self, embedding, prompt):
        answer = super()._answer(embedding, prompt)
        if self.blind and 16 * (answer.logits[0] > 0).sum() > LARGE_AREA:
            return dataclasses.replace(answer, scores=answer.scores * 0.4)
        return answer


class Missing(Bench):
    """A field of which Segment all leaves one large cell out."""

    def open_large(self, name="a"):
        plain = drawn_field(SMALL, name=name)
        rgb = plain.pixels.copy()
        cv2.circle(rgb, LARGE, 28, INK, -1, lineType=cv2.LINE_AA)
        image = dataclasses.replace(plain, pixels=rgb, path=self.store.path.parent / f"{name}.png")
        field = self.add(image)
        self.show(field, image)
        self.field, self.image = field, image

    def search(self):
        self.queue.segment_shown()
        self.until(lambda: self.hints_of_case)

    @property
    def missed(self):
        return self.session.missed

    @property
    def hints_of_case(self):
        return [r.text for f in self.editor.case.fields.values() for r in f.remarks if r.kind == "missed"]


@pytest.fixture
def bench(qtbot, tmp_path):
    made = Missing(qtbot, tmp_path, segmenter=BlindSegmenter())
    made.engine.start()
    made.open_large()
    yield made
    made.session.close_field()
    assert made.engine.shutdown(timeout_ms=WAIT_MS)
    made.store.close()


def test_what_stays_uncovered_is_said_ringed_and_stored(bench):
    bench.search()
    [place] = bench.missed.places
    assert place.mask.contains(place.mask.centroid)
    assert abs(place.mask.centroid.x - LARGE[0]) < 2
    assert bench.canvas.layers.hints.places == (place,)
    assert bench.hints_of_case == ["About 2 cells may have been missed in a.png."]
    store, case = CaseFile.open(_copy(bench))
    store.close()
    assert [r.kind for r in case.fields[bench.field.id].remarks] == ["missed"]


def test_the_hint_goes_with_the_cell_and_comes_back_when_that_is_undone(bench):
    bench.search()
    bench.segmenter.blind = False
    bench.accept(LARGE)
    bench.until(lambda: not bench.missed.places)
    assert bench.hints_of_case == []
    assert bench.canvas.layers.hints.places == ()
    bench.editor.undo()
    bench.until(lambda: bench.missed.places)
    assert len(bench.hints_of_case) == 1


def test_undoing_segment_all_leaves_no_hint(bench):
    bench.search()
    bench.editor.undo()
    bench.until(lambda: not bench.missed.places)
    assert bench.hints_of_case == []
    bench.editor.redo()
    bench.until(lambda: bench.missed.places)


def test_nothing_was_missed_is_one_step_that_can_be_undone(bench):
    bench.search()
    bench.missed.dismiss()
    bench.until(lambda: not bench.missed.places)
    assert bench.hints_of_case == []
    assert bench.editor.undo_text == "Nothing was missed in a.png"
    bench.editor.undo()
    bench.until(lambda: bench.missed.places)
    assert bench.hints_of_case == ["About 2 cells may have been missed in a.png."]


def test_a_field_that_is_shown_again_has_its_hints_and_another_has_none(bench):
    bench.search()
    other, _ = bench.open(name="b")
    bench.until(lambda: not bench.missed.places)
    bench.show(bench.field, bench.image)
    bench.until(lambda: bench.missed.places)
    assert other.id not in {f.id for f in bench.editor.case.fields.values() if f.remarks}


def test_a_case_that_is_opened_finds_them_again(bench):
    bench.search()
    store, case = CaseFile.open(_copy(bench))
    bench.editor.replace_case(Case(), store).close()
    bench.until(lambda: not bench.missed.places)
    bench.store = store
    bench.editor.replace_case(case, store)
    bench.show(case.fields[bench.field.id], bench.image)
    bench.until(lambda: bench.missed.places)


def test_next_goes_round(bench):
    bench.search()
    assert [bench.missed.next_place() for _ in range(2)] == list(bench.missed.places) * 2


def _copy(bench):
    return copy_of(bench.store, bench.store.path.with_name("copy.rbc"))
