"""Prompts to proposals and Segment all, on drawn fields with a drawn segmenter."""

from dataclasses import replace
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.geometry import Box
from rbc_desktop.engine.engine import ANALYSE_BATCH
from rbc_desktop.engine.pipeline import ANALYSED_TOGETHER, Pipeline
from tests.fakes.ink_segmenter import InkMaps, InkSegmenter, SizeClassifier, drawn_field, grid_places


@pytest.fixture
def pipeline():
    return Pipeline(InkSegmenter(), SizeClassifier())


def found_by(pipeline, field, existing=()):
    return [p for step in pipeline.segment_all(field, existing=existing) for p in step.found]


def test_the_scale_comes_from_the_calibration_else_from_the_image(pipeline):
    image = drawn_field(grid_places())
    typed = pipeline.prepare(image, calibration=Calibration(0.25, "typed"))
    assert (typed.diameter_px, typed.diameter_source) == (30, "calibration")
    measured = pipeline.prepare(image)
    assert measured.diameter_source == "image"
    assert measured.diameter_px == pytest.approx(41, rel=0.1)


@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize(
    ("factor", "doubted"), [(1, False), (1.3, False), (1 / 1.3, False), (2, True), (0.5, True), (5, True), (0.2, True)]
)
def test_a_scale_that_the_image_contradicts_is_doubted(dense, factor, doubted):
    pipeline = Pipeline(InkSegmenter(dense=dense), SizeClassifier())
    image = drawn_field(grid_places())
    calibration = Calibration(factor * 7.5 / 41, "file")
    doubt = pipeline.scale_doubt(pipeline.prepare(image, calibration=calibration))
    assert (doubt is not None) == doubted
    if doubt is not None:
        assert doubt.seen_px == pytest.approx(41, rel=0.1)
        kept, left = doubt.sentence("a.tif"), doubt.sentence("a.tif", left_aside=True)
        assert kept.startswith("a.tif: at ")
        assert kept.endswith("check it, and calibrate again unless it is right.")
        assert left.endswith("instead of about 7.5 µm; it was left aside.")


def test_without_cells_or_scale_nothing_is_doubted(pipeline):
    assert pipeline.scale_doubt(pipeline.prepare(drawn_field(grid_places()))) is None
    empty = pipeline.prepare(drawn_field([]), calibration=Calibration(1.0, "file"))
    assert pipeline.scale_doubt(empty) is None


@pytest.mark.parametrize("place", [(320, 240), (24, 24), (629, 240), (2, 470), (158, 300)])
def test_a_click_gives_the_cell_under_it_also_at_the_edge(pipeline, place):
    field = pipeline.prepare(drawn_field([place, (400, 100)]), calibration=Calibration(0.19, "typed"))
    proposal = pipeline.propose(field, PromptSet.click(*place))
    truth = np.hypot(*(np.mgrid[:480, :640][::-1] + 0.5 - np.array(place).reshape(2, 1, 1))) < 20.5
    mask = proposal.mask.to_array(width=640, height=480)
    assert (mask & truth).sum() / (mask | truth).sum() > 0.93
    x, y = place
    assert proposal.touches_border == (x < 20 or y < 20 or x > 619 or y > 459)
    assert not proposal.cut


def test_a_click_on_nothing_is_no_proposal(pipeline):
    field = pipeline.prepare(drawn_field(grid_places()))
    assert pipeline.propose(field, PromptSet.click(5, 5)) is None


def test_empty_prompts_are_refused(pipeline):
    field = pipeline.prepare(drawn_field([(100, 100)]))
    with pytest.raises(ValueError, match="positive point or a box"):
        pipeline.propose(field, PromptSet(points=(PromptPoint(1, 1, positive=False),)))


def test_a_second_click_on_a_tile_does_not_embed_again(pipeline):
    field = pipeline.prepare(drawn_field(grid_places()))
    pipeline.propose(field, PromptSet.click(110, 110))
    pipeline.propose(field, PromptSet.click(112, 108))
    assert pipeline.segmenter.embedded == 1


def test_another_field_of_the_same_size_does_not_share_embeddings(pipeline):
    first = pipeline.prepare(drawn_field([(100, 100)], name="a"), calibration=Calibration(0.19, "typed"))
    second = pipeline.prepare(drawn_field([(200, 200)], name="b"), calibration=Calibration(0.19, "typed"))
    assert pipeline.propose(first, PromptSet.click(100, 100)) is not None
    assert pipeline.propose(second, PromptSet.click(100, 100)) is None
    assert pipeline.propose(first, PromptSet.click(100, 100)) is not None
    assert pipeline.segmenter.embedded == 2


def test_many_prompts_on_one_tile_are_decoded_together_in_order(pipeline):
    places = grid_places(width=300, height=300)
    field = pipeline.prepare(drawn_field(places), calibration=Calibration(0.19, "typed"))
    proposals = pipeline.propose_many(field, [PromptSet.click(x, y) for x, y in places])
    for (x, y), proposal in zip(places, proposals, strict=True):
        centre = proposal.mask.centroid
        assert (centre.x, centre.y) == pytest.approx((x + 0.5, y + 0.5), abs=0.5)
    assert pipeline.segmenter.embedded < len(places)


def test_a_box_that_spans_two_tiles_is_answered_whole(pipeline):
    image = drawn_field([(700, 500)], width=1280, height=960, radius=120)
    field = pipeline.prepare(image, calibration=Calibration(0.19, "typed"))
    proposal = pipeline.propose(field, PromptSet(box=Box(575, 375, 825, 625)))
    assert proposal.mask.area == pytest.approx(np.pi * 120**2, rel=0.03)
    assert not proposal.cut


def test_a_mask_that_leaves_its_tile_is_decoded_on_a_tile_around_it(pipeline):
    image = drawn_field([(700, 500)], width=1280, height=960, radius=150)
    field = pipeline.prepare(image, calibration=Calibration(0.19, "typed"))
    proposal = pipeline.propose(field, PromptSet.click(600, 400))
    assert proposal.mask.area == pytest.approx(np.pi * 150**2, rel=0.05)
    assert not proposal.cut


@pytest.mark.parametrize("dense", [True, False], ids=["dense head", "no dense head"])
def test_segment_all_finds_every_cell_once(dense):
    places = [*grid_places(width=1280, height=960), (0, 500), (1279, 300)]
    pipeline = Pipeline(InkSegmenter(dense=dense), None)
    field = pipeline.prepare(drawn_field(places, width=1280, height=960))
    found = found_by(pipeline, field)
    inner = places[:-2]
    hits = [sum(p.mask.contains(PromptPoint(x, y).point) for p in found) for x, y in inner]
    assert hits == [1] * len(inner)
    assert len(inner) <= len(found) <= len(places)
    assert sum(p.touches_border for p in found) == len(found) - len(inner)


def test_segment_all_leaves_out_cells_that_exist(pipeline):
    places = grid_places()
    field = pipeline.prepare(drawn_field(places))
    have = [pipeline.propose(field, PromptSet.click(*place)).mask for place in places[:10]]
    found = found_by(pipeline, field, existing=have)
    assert len(found) == len(places) - 10
    assert all(mask.iou(p.mask) < 0.5 for p in found for mask in have)


def test_segment_all_reports_steps_up_to_the_total(pipeline):
    field = pipeline.prepare(drawn_field(grid_places(width=1280, height=960), width=1280, height=960))
    steps = list(pipeline.segment_all(field))
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert steps[-1].done == steps[-1].total == 4 + 2 * len(field.grid.tiles) + 1
    assert max(pipeline.segmenter.batches) <= 16


def test_helpers_find_the_same_cells_in_the_same_steps():
    class Helped(InkSegmenter):
        helpers = 3

    field_size = {"width": 1280, "height": 960}
    runs = []
    for segmenter in (InkSegmenter(), Helped()):
        pipeline = Pipeline(segmenter, None)
        field = pipeline.prepare(drawn_field(grid_places(**field_size), **field_size))
        steps = list(pipeline.segment_all(field))
        runs.append([(s.done, [(p.mask.box, p.score, p.stability) for p in s.found]) for s in steps])
    assert segmenter.entered > 0
    assert runs[0] == runs[1]


def test_an_empty_field_has_no_cells(pipeline):
    field = pipeline.prepare(drawn_field([]))
    assert found_by(pipeline, field) == []


def cells_at(pipeline, field, places):
    masks = [pipeline.propose(field, PromptSet.click(*place)).mask for place in places]
    return [
        Cell(i + 7, 1, mask, PromptSet.click(*place), 0.9, False, mask_revision=3)
        for i, (mask, place) in enumerate(zip(masks, places, strict=True))
    ]


def test_analyses_belong_to_their_cells_and_revisions(pipeline):
    places = grid_places(width=300, height=300)
    field = pipeline.prepare(drawn_field(places))
    analyses = pipeline.analyse(field, cells_at(pipeline, field, places), median_diameter_px=41.0)
    assert [a.cell_id for a in analyses] == [i + 7 for i in range(len(places))]
    for analysis in analyses:
        assert analysis.mask_revision == 3
        assert analysis.measurements.diameter_px == pytest.approx(41, abs=1)
        assert analysis.measurements.relative_diameter == pytest.approx(1, abs=0.03)
        assert analysis.prediction.mask_revision == 3
        assert analysis.prediction.review_limit == 0.55
        assert sum(analysis.prediction.probabilities.values()) == pytest.approx(1, abs=1e-5)


def test_helpers_analyse_as_the_owner_does():
    class Helped(InkSegmenter):
        helpers = 3

    size = {"width": 1280, "height": 960}
    analysed = []
    for segmenter in (InkSegmenter(), Helped()):
        pipeline = Pipeline(segmenter, SizeClassifier(), now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        field = pipeline.prepare(drawn_field(grid_places(**size), **size))
        found = found_by(pipeline, field)
        cells = [Cell(i, 1, p.mask, p.prompts, p.score, p.touches_border) for i, p in enumerate(found, 1)]
        segmenter.entered = 0
        analysed.append(pipeline.analyse(field, cells))
    assert segmenter.entered > 0
    assert len(cells) > 2 * ANALYSED_TOGETHER
    assert [str(a) for a in analysed[0]] == [str(a) for a in analysed[1]]


def test_a_batch_is_shared_out_to_the_helpers():
    """As many as the window asks for at a time; one helper alone would leave the others idle."""

    class Helped(InkSegmenter):
        helpers = 2

    segmenter = Helped()
    pipeline = Pipeline(segmenter, SizeClassifier(), now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    field = pipeline.prepare(drawn_field(grid_places(width=1280, height=960), width=1280, height=960))
    cells = [Cell(i, 1, p.mask, p.prompts, p.score, p.touches_border) for i, p in enumerate(found_by(pipeline, field))]
    together = pipeline.analyse(field, cells)
    segmenter.entered = 0
    analyses = pipeline.analyse(field, cells[:ANALYSE_BATCH])
    assert segmenter.entered == 2
    assert [str(a) for a in analyses] == [str(a) for a in together[:ANALYSE_BATCH]]


def test_without_a_classifier_cells_are_measured_and_not_classified():
    pipeline = Pipeline(InkSegmenter(), None)
    field = pipeline.prepare(drawn_field([(100, 100)]))
    [analysis] = pipeline.analyse(field, cells_at(pipeline, field, [(100, 100)]))
    assert analysis.prediction is None
    assert analysis.measurements.area_px > 1000
    assert pipeline.analyse(field, []) == []


class UnsureSegmenter(InkSegmenter):
    """Says of everything that it is hardly a cell."""

    def segment(self, embedding, prompts, *, best_only=False):
        answers = super().segment(embedding, prompts, best_only=best_only)
        return [replace(a, scores=np.array([0.4, 0.1], np.float32)[: len(a.scores)]) for a in answers]


def test_a_hover_preview_of_hardly_a_cell_is_nothing_but_a_click_is_answered():
    pipeline = Pipeline(UnsureSegmenter(), None)
    field = pipeline.prepare(drawn_field([(100, 100)]))
    assert pipeline.propose(field, PromptSet.click(100, 100), hover=True) is None
    assert pipeline.propose(field, PromptSet.click(100, 100)) is not None


def test_the_prefetch_leaves_room_in_the_cache():
    pipeline = Pipeline(InkSegmenter(), None, cache_bytes=10 * 512 * 512)
    assert pipeline.tiles_that_fit(share=0.5) == 5
    assert pipeline.warm_up() > 0
    assert Pipeline(InkSegmenter(), None, cache_bytes=1).tiles_that_fit(share=0.5) == 1


class GhostSegmenter(InkSegmenter):
    """Sees one more cell in the bare background."""

    def embed(self, tile):
        maps = super().embed(tile)
        cv2.circle(maps.dark, (300, 60), 24, 1, -1)
        return maps


def test_a_cell_seen_in_the_bare_background_is_not_kept():
    places = [(100, 300), (200, 300), (300, 300)]
    pipeline = Pipeline(GhostSegmenter(), None)
    field = pipeline.prepare(drawn_field(places), calibration=Calibration(0.19, "typed"))
    assert len(found_by(pipeline, field)) == 3


class KeenSegmenter(InkSegmenter):
    """Sees the palest cells, too."""

    def embed(self, tile):
        super().embed(tile)
        return InkMaps((tile.sum(axis=2, dtype=int) < 650).astype(np.uint8))


@pytest.mark.parametrize(
    ("colour", "found"),
    [((214, 192, 202), 1), ((207, 198, 203), 0), ((222, 212, 218), 0)],
    ids=["pale", "grey", "hardly there"],
)
def test_beside_dark_cells_a_pale_one_is_kept_if_it_has_their_hue(colour, found):
    places = grid_places()
    image = drawn_field(places[1:])
    pixels = image.pixels.copy()
    cv2.circle(pixels, places[0], 20, colour, -1)
    pipeline = Pipeline(KeenSegmenter(), None)
    field = pipeline.prepare(replace(image, pixels=pixels), calibration=Calibration(0.19, "typed"))
    masks = [p.mask for p in found_by(pipeline, field)]
    assert sum(mask.contains(PromptPoint(*places[0]).point) for mask in masks) == found
    assert len(masks) == len(places) - 1 + found


class BlindSegmenter(InkSegmenter):
    """Its dense head sees nothing in the left half of a tile; its decoder does."""

    def dense(self, embedding):
        maps = super().dense(embedding)
        blind = {name: getattr(maps, name).copy() for name in ("foreground", "centre")}
        for values in blind.values():
            values[:, :64] = 0
        return replace(maps, **blind)


def test_a_second_look_finds_the_cells_that_the_dense_head_missed():
    places = grid_places()
    pipeline = Pipeline(BlindSegmenter(), None)
    field = pipeline.prepare(drawn_field(places), calibration=Calibration(0.19, "typed"))
    found = found_by(pipeline, field)
    assert len(found) == len(places)
    assert all(sum(p.mask.contains(PromptPoint(x, y).point) for p in found) == 1 for x, y in places)


def test_a_second_look_takes_no_specks_and_no_nuclei():
    image = drawn_field([(100, 300), (200, 300), (300, 300)])
    pixels = image.pixels.copy()
    cv2.circle(pixels, (80, 100), 5, (190, 110, 130), -1)  # a speck
    cv2.circle(pixels, (180, 100), 20, (40, 20, 60), -1)  # a nucleus
    pipeline = Pipeline(BlindSegmenter(), None)
    field = pipeline.prepare(replace(image, pixels=pixels), calibration=Calibration(0.19, "typed"))
    assert len(found_by(pipeline, field)) == 3


def test_nothing_uncovered_costs_no_second_look():
    segmenter = InkSegmenter()
    pipeline = Pipeline(segmenter, None)
    field = pipeline.prepare(drawn_field(grid_places()))
    cells = found_by(pipeline, field)
    assert sum(segmenter.batches) == len(cells)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (5, 900), (900, 5), (33, 47), (2000, 300)])
def test_fields_of_any_size_are_searched_and_answer_clicks_and_boxes_anywhere(pipeline, width, height):
    rng = np.random.default_rng(width)
    places = rng.uniform((0, 0), (width, height), (6, 2))
    field = pipeline.prepare(drawn_field(places, width=width, height=height))
    found = found_by(pipeline, field)
    clicks = [PromptSet.click(*xy) for xy in rng.uniform((-20, -20), (width + 20, height + 20), (20, 2))]
    low = rng.uniform((0, 0), (width, height), (10, 2))
    boxes = [
        PromptSet(box=Box(x, y, x + w, y + h))
        for (x, y), (w, h) in zip(low, rng.uniform(0, 2000, (10, 2)), strict=True)
    ]
    answers = [p for p in pipeline.propose_many(field, clicks + boxes) if p is not None]
    for proposal in [*found, *answers]:
        for candidate in proposal.candidates:
            box = candidate.mask.box
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.x1 <= width
            assert box.y1 <= height


def test_what_no_outline_covers_may_have_been_missed(pipeline):
    field = pipeline.prepare(drawn_field(grid_places()))
    masks = [proposal.mask for proposal in found_by(pipeline, field)]
    assert pipeline.missed(field, masks) == ()
    assert len(pipeline.missed(field, masks[3:])) == 3
    assert pipeline.missed(field, []) == ()


def test_nothing_is_found_out_of_view(pipeline):
    places = grid_places()
    image = drawn_field(places)
    rgb = image.pixels.copy()
    rgb[400:] = (255, 255, 255)
    for x in range(60, 600, 90):  # a banner with ink as round as cells
        cv2.circle(rgb, (x, 440), 20, (190, 110, 130), -1)
    field = pipeline.prepare(replace(image, pixels=rgb, sha256="b"))
    assert (field.view.box.y1, field.view.box.x0) == (400, 0)
    found = found_by(pipeline, field)
    assert found
    assert all(proposal.mask.centroid.y < 400 for proposal in found)
    for proposal in found:
        assert proposal.touches_border == (proposal.mask.box.y1 >= 398)
    click = pipeline.propose(field, PromptSet.click(320, 390))
    assert click is not None
    assert click.touches_border
    assert pipeline.missed(field, [proposal.mask for proposal in found]) == ()
