"""What is measured of a field, on drawn fields whose truth is known."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.fields.field_quality import LEAST_PALLOR, WIDEST_EDGE, Trait, quality_facts, unmet
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.quality import field_quality, hue_distance, middles_of, overlap
from training.renderer import Kind, render_field, scatter

LIGHT, STAIN = np.array([232, 228, 220.0]), np.array([0.12, 0.33, 0.2])


def drawn(kinds, *, seed=1, width=640, height=480):
    specs = scatter(kinds, width=width, height=height, diameter=39, rng=np.random.default_rng(seed))
    return render_field(specs, width=width, height=height, seed=seed).rgb


def quality_of(rgb):
    return field_quality(rgb, context=field_context(rgb))


def stamped(shape, *, step=48, size=480, pale=0.0):
    """A field full of one shape (h, w) 0..1, in a grid; pale: by how much its middle is paler."""
    density = np.zeros((size, size))
    side = shape.shape[0]
    ys, xs = np.mgrid[:side, :side] - (side - 1) / 2
    cell = shape * (1 - pale * np.exp(-(xs**2 + ys**2) / (side / 5) ** 2))
    for y in range(10, size - side - 10, step):
        for x in range(10, size - side - 10, step):
            density[y : y + side, x : x + side] = cell
    noise = np.random.default_rng(1).normal(0, 1, (size, size, 3))
    return np.clip(LIGHT * np.exp(-density[..., None] * STAIN) + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def pale():
    return drawn([Kind.NORMAL] * 45)


def test_an_ordinary_field_is_as_it_should_be(pale):
    quality = quality_of(pale)
    assert unmet(quality) == (), [fact.sentence for fact in unmet(quality)]
    assert quality.cell_px == pytest.approx(39, rel=0.08)
    assert quality.pallor_share > 0.8
    assert quality.cells >= 20


def test_cells_without_pallor_show_none():
    assert quality_of(drawn([Kind.SPHEROCYTE] * 45)).pallor_share < LEAST_PALLOR


def test_a_few_normal_cells_among_spherocytes_are_enough_to_see_pallor():
    assert quality_of(drawn([Kind.SPHEROCYTE] * 32 + [Kind.NORMAL] * 13)).pallor_share >= LEAST_PALLOR


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_another_number_of_pixels_changes_the_pixels_only(pale, factor):
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    other = quality_of(np.asarray(cv2.resize(pale, None, fx=factor, fy=factor, interpolation=method)))
    quality = quality_of(pale)
    assert other.cell_px == pytest.approx(factor * quality.cell_px, rel=0.08)
    assert other.pallor_share == pytest.approx(quality.pallor_share, abs=0.15)
    assert other.overlap_share == pytest.approx(quality.overlap_share, abs=0.1)


def test_blur_widens_the_edge_and_passes_the_limit(pale):
    widths = [quality_of(cv2.GaussianBlur(pale, (0, 0), s) if s else pale).edge_share for s in (0, 1.5, 3.0)]
    assert widths == sorted(widths)
    assert widths[0] < WIDEST_EDGE < widths[2]


def test_overlap_is_what_lies_in_parts_of_several_cells():
    stained = np.zeros((300, 300), np.uint8)
    for x, y in ((60, 60), (200, 60), (226, 60), (0, 150)):  # the last one is cut by the edge
        cv2.circle(stained, (x, y), 20, 1, -1)
    pair = stained[:, 150:].sum()
    assert overlap(stained, diameter=40.0) == pytest.approx(pair / stained.sum())
    stained[:, 150:] = 0
    assert overlap(stained, diameter=40.0) == 0
    assert np.isnan(overlap(np.zeros_like(stained), diameter=40.0))


def test_square_cells_without_pallor_are_the_thin_end():
    square, disc = np.zeros((39, 39)), np.zeros((39, 39), np.uint8)
    square[1:38, 1:38] = 1
    cv2.circle(disc, (19, 19), 18, 1, -1)
    facts = {f.trait: f for f in quality_facts(quality_of(stamped(cv2.GaussianBlur(square, (0, 0), 1.0))))}
    assert not facts[Trait.THIN_END].is_met
    round_cells = quality_of(stamped(cv2.GaussianBlur(disc.astype(float), (0, 0), 1.0)))
    assert round_cells.square_share == 0


def test_middles_are_found_where_cells_touch():
    disc = np.zeros((40, 40), np.uint8)
    cv2.circle(disc, (20, 20), 19, 1, -1)
    shape = cv2.GaussianBlur(disc.astype(float), (0, 0), 1.0)
    ratios = {}
    for pale in (0.0, 0.7):
        context = field_context(stamped(shape, step=38, pale=pale))
        stained = np.asarray(context.mean_density > 0.05, np.uint8)
        ratios[pale] = middles_of(stained, context.mean_density, diameter=38.0)
    assert min(len(r) for r in ratios.values()) > 50
    assert np.median(ratios[0.7]) < 0.7 < 0.9 < np.median(ratios[0.0])


def test_the_hue_of_nuclei_is_far_from_the_training_and_gain_changes_nothing():
    ordinary = np.array([0.183, 0.505, 0.312], np.float32)
    assert hue_distance(3 * ordinary) == pytest.approx(0, abs=0.1)
    assert hue_distance(np.array([0.59, 1.28, 0.17], np.float32)) > 20


def test_light_and_exposure(pale):
    assert quality_of(np.clip(pale.astype(int) + 90, 0, 255).astype(np.uint8)).clipped_share > 0.3
    slope = np.linspace(0.4, 1, pale.shape[1])[None, :, None]
    assert quality_of((pale * slope).astype(np.uint8)).evenness < 0.6
    assert quality_of(pale).evenness > 0.9


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_empty_field_says_that_nothing_is_known(level):
    quality = quality_of(np.full((120, 160, 3), level, np.uint8))
    known = {fact.trait for fact in quality_facts(quality) if fact.is_known}
    assert not known & {Trait.PALLOR, Trait.SHARPNESS, Trait.PIXELS, Trait.THICKNESS}
