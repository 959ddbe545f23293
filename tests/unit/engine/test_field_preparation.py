"""A field prepared ahead by a helper is what its owner would have prepared."""

import threading
from datetime import UTC, datetime
from functools import partial

from rbc_desktop.engine.pipeline import AHEAD_PIXELS, Pipeline
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places


def test_what_a_helper_prepared_ahead_is_what_is_found_anyway():
    class Helped(InkSegmenter):
        helpers = 2

    def found(pipeline, image):
        with pipeline.helpers:
            field = pipeline.prepare(image)
            steps = list(pipeline.segment_all(field))
            proposals = enumerate((p for step in steps for p in step.found), start=1)
            cells = [p.as_cell(number, field_id=1, origin="segment all") for number, p in proposals]
            analyses = pipeline.analyse(field, cells)
        masks = [[(p.mask.box, p.score, p.stability) for p in s.found] for s in steps if s.found]
        return field.diameter_px, masks, [str(a) for a in analyses], pipeline.quality(field)

    now = datetime(2026, 1, 1, tzinfo=UTC)
    known, other = Helped(), Helped()
    plain, ahead = (Pipeline(each, SizeClassifier(), now=lambda: now) for each in (known, other))
    image = drawn_field(grid_places(), name="next")
    expected = found(plain, image)
    with ahead.helpers:
        before = threading.active_count()
        ahead.prepare_ahead(image)
        assert threading.active_count() == before + 1
        embedded_by_then = ahead.prepare(image) and other.embedded
        assert embedded_by_then > 0
        ahead.prepare(image)
        assert other.embedded == embedded_by_then
        assert found(ahead, image) == expected
    assert other.embedded == known.embedded


def test_nothing_is_prepared_ahead_by_the_owner_itself_nor_of_a_large_field():
    segmenter = InkSegmenter()
    pipeline = Pipeline(segmenter, SizeClassifier())
    pipeline.prepare_ahead(drawn_field(grid_places()))
    assert segmenter.embedded == 0
    segmenter.helpers = 2
    pipeline.prepare_ahead(drawn_field(grid_places()))
    with pipeline.helpers:
        pipeline.prepare_ahead(drawn_field([], width=2800, height=AHEAD_PIXELS // 2800 + 1))
    assert segmenter.embedded == 0


def test_a_field_that_no_helper_came_to_is_prepared_by_the_owner():
    segmenter, release = InkSegmenter(), threading.Event()
    pipeline = Pipeline(segmenter, SizeClassifier())
    segmenter.helpers = 2
    image = drawn_field(grid_places())
    with pipeline.helpers:
        for _ in range(2):
            pipeline.helpers.begin(partial(release.wait, 20))
        pipeline.prepare_ahead(image)
        threading.Timer(0.01, release.set).start()
    assert segmenter.embedded == 0
    assert pipeline.prepare(image).diameter_px > 0
    assert segmenter.embedded > 0
