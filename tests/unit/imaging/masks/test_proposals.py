"""From logits to clean masks, candidates in order, duplicates found."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptPoint
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.imaging.masks.proposals import (
    LogitPatch,
    MaskIndex,
    Outline,
    clean,
    is_cut,
    is_duplicate,
    is_ink,
    outline,
    own_hue,
    rank,
    stability_of,
    staining,
)
from rbc_desktop.imaging.masks.tiles import Tile

TILE = Tile(100, 50, 256, 512, Box(100, 50, 356, 306))


def disc(x, y, radius, *, width=200, height=200):
    ys, xs = np.mgrid[:height, :width] + 0.5
    return (xs - x) ** 2 + (ys - y) ** 2 < radius**2


def cell(x, y, radius):
    return CellMask.from_array(disc(x, y, radius))


def cone(x, y, radius, *, side=48, stride=4.0, x0=0.0, y0=0.0, slope=0.5):
    """Logits of a disc in model pixels: distance inside its border times the slope."""
    ys, xs = (np.mgrid[:side, :side] + 0.5) * stride
    distance = radius - np.hypot(xs + x0 - x, ys + y0 - y)
    return LogitPatch((distance * slope).astype(np.float32), x0, y0, stride)


def test_an_outline_lies_where_its_logits_are():
    found = outline(cone(180, 150, 40, x0=64, y0=80), score=0.9, tile=TILE, width=640, height=480)
    assert found.mask.area == pytest.approx(np.pi * 20**2, rel=0.02)
    centre = found.mask.centroid
    assert (centre.x, centre.y) == pytest.approx((100 + 90, 50 + 75), abs=0.1)


def test_an_outline_is_clipped_to_the_field():
    tile = Tile(-50, -50, 256, 512, Box(0, 0, 100, 100))
    found = outline(cone(100, 100, 40, x0=20, y0=20), score=0.9, tile=tile, width=640, height=480)
    assert (found.mask.x0, found.mask.y0) == (0, 0)
    assert found.mask.area == pytest.approx(np.pi * 20**2 / 4, rel=0.05)


def test_nothing_above_zero_is_no_outline():
    patch = LogitPatch(np.full((48, 48), -3, np.float32), 0, 0, 4)
    assert outline(patch, score=0.9, tile=TILE, width=640, height=480) is None


def test_outside_the_field_is_no_outline():
    tile = Tile(1000, 1000, 256, 512, Box(0, 0, 1, 1))
    assert outline(cone(100, 100, 40), score=0.9, tile=tile, width=640, height=480) is None


def test_clean_keeps_the_component_under_the_point_and_fills_its_holes():
    mask = disc(60, 60, 40) | disc(150, 150, 20)
    mask &= ~disc(150, 150, 8)
    assert clean(mask).sum() == disc(60, 60, 40).sum()
    picked = clean(mask, seeds=[Point(150, 135)])
    np.testing.assert_array_equal(picked, disc(150, 150, 20))


def test_clean_fills_holes_but_not_bays():
    ring = disc(100, 100, 50) & ~disc(100, 100, 20)
    bay = ring & ~((np.mgrid[:200, :200][0] >= 98) & (np.mgrid[:200, :200][0] < 102) & (np.arange(200) > 100))
    assert clean(ring).sum() == disc(100, 100, 50).sum()
    assert clean(bay).sum() == bay.sum()


def test_clean_does_not_fill_from_the_edge():
    mask = np.ones((20, 20), bool)
    mask[5:8, 0:4] = False
    np.testing.assert_array_equal(clean(mask), mask)


def test_stability_is_high_for_a_steep_and_low_for_a_shallow_border():
    steep = stability_of(cone(96, 96, 60, slope=2.0).logits)
    shallow = stability_of(cone(96, 96, 60, slope=0.05).logits)
    assert steep > 0.95
    assert shallow < 0.5


def test_candidates_that_satisfy_the_points_come_before_a_better_score():
    whole, part = cell(100, 100, 40), cell(80, 100, 15)
    outlines = [Outline(whole, 0.7, 0.9), Outline(part, 0.95, 0.8)]
    points = (PromptPoint(80, 100), PromptPoint(125, 100))
    candidates, stability = rank(outlines, points, width=200, height=200)
    assert candidates[0].mask is whole
    assert stability == 0.9
    candidates, _ = rank(outlines, (PromptPoint(80, 100), PromptPoint(125, 100, positive=False)), width=200, height=200)
    assert candidates[0].mask is part
    candidates, _ = rank(outlines, points[:1], width=200, height=200)
    assert candidates[0].mask is part


def test_near_identical_candidates_are_offered_once():
    outlines = [
        Outline(cell(100, 100, 40), 0.9, 1),
        Outline(cell(100, 100, 40.2), 0.8, 1),
        Outline(cell(60, 60, 9), 0.1, 1),
    ]
    candidates, _ = rank(outlines, (), width=200, height=200)
    assert [c.score for c in candidates] == [0.9, 0.1]


def test_candidates_at_the_edge_are_marked():
    candidates, _ = rank([Outline(cell(5, 100, 20), 0.9, 1)], (), width=200, height=200)
    assert candidates[0].touches_border


def test_a_mask_is_cut_by_an_inner_edge_of_its_tile_only():
    field = {"width": 640, "height": 480}
    assert is_cut(CellMask.from_array(np.ones((9, 9)), x0=100, y0=100), TILE, **field)
    assert not is_cut(CellMask.from_array(np.ones((9, 9)), x0=150, y0=100), TILE, **field)
    at_corner = Tile(0, 0, 256, 512, Box(0, 0, 256, 256))
    assert not is_cut(CellMask.from_array(np.ones((9, 9)), x0=0, y0=0), at_corner, **field)


def test_duplicates_by_overlap_and_by_containment_but_not_neighbours():
    assert is_duplicate(cell(100, 100, 30), cell(105, 100, 30))
    assert is_duplicate(cell(100, 100, 30), cell(100, 100, 12))
    assert not is_duplicate(cell(70, 100, 30), cell(110, 100, 30))
    assert not is_duplicate(cell(50, 50, 20), cell(150, 150, 20))


def test_the_index_finds_duplicates_among_many():
    masks = [cell(20 + 16 * (i % 10), 20 + 16 * (i // 10), 8) for i in range(100)]
    index = MaskIndex(masks[:50])
    for mask in masks[50:]:
        assert not index.has_duplicate_of(mask)
        index.add(mask)
    assert all(index.has_duplicate_of(mask) for mask in masks)
    assert not index.has_duplicate_of(cell(190, 190, 5))


def test_staining_is_one_for_a_typical_cell_also_with_a_pale_centre_and_zero_for_background():
    density = np.zeros((200, 200), np.float32)
    density[disc(60, 60, 20)] = 0.4
    density[disc(60, 60, 10)] = 0.05
    assert staining(cell(60, 60, 20), density=density, cell_density=0.4) == pytest.approx(1)
    assert staining(cell(150, 150, 20), density=density, cell_density=0.4) == 0


def test_ink_lets_no_light_through_but_a_nucleus_does():
    ring = cell(60, 60, 12)
    density = np.zeros((200, 200), np.float32)
    density[disc(60, 60, 12)] = 1.5  # a nucleus
    assert not is_ink(ring, density=density)
    density[disc(60, 60, 12) & ~disc(60, 60, 8)] = 3.0  # an "o"
    assert is_ink(ring, density=density)


def test_the_hue_of_a_pale_cell_is_what_it_adds_to_its_surroundings():
    density = np.full((200, 200, 3), (0.05, -0.02, 0.01), np.float32)  # the light was estimated wrong
    density[disc(60, 60, 12)] += np.float32((0.03, 0.06, 0.04))
    density[disc(90, 60, 16)] += np.float32((0.5, 0.1, 0.5))  # a neighbour
    hue = own_hue(cell(60, 60, 12), density=density)
    assert hue == pytest.approx(np.float32((3, 6, 4)) / np.sqrt(61), abs=0.01)
    assert own_hue(cell(150, 150, 12), density=density) == pytest.approx(0, abs=1e-3)
