"""Strokes and outlines as exact pixels."""

import itertools

import numpy as np
import pytest

from rbc_desktop.domain.geometry import Point
from rbc_desktop.imaging.masks.strokes import polygon, stroke, thinned
from tests.fakes.pixel_pictures import picture_of, rectangle

FIELD = {"width": 40, "height": 30}


def test_one_dab_is_a_disc_of_the_brush():
    dab = stroke([Point(10.5, 10.5)], diameter=5, **FIELD)
    assert (dab.x0, dab.y0) == (8, 8)
    assert picture_of(dab) == [".###.", "#####", "#####", "#####", ".###."]


def test_a_stroke_covers_the_centres_within_its_radius_of_its_way():
    way = [Point(5, 8), Point(20, 12.5), Point(11, 20)]
    ys, xs = np.mgrid[:30, :40] + 0.5
    expected = np.zeros((30, 40), bool)
    for a, b in itertools.pairwise(way):
        for share in np.linspace(0, 1, 2001):
            expected |= (xs - a.x - share * (b.x - a.x)) ** 2 + (ys - a.y - share * (b.y - a.y)) ** 2 <= 9
    assert np.array_equal(stroke(way, diameter=6, **FIELD).to_array(**FIELD), expected)


def test_the_thinnest_stroke_still_marks_every_pixel_it_passes():
    line = stroke([Point(2.5, 3.5), Point(12.5, 3.5)], diameter=0, **FIELD)
    assert picture_of(line) == ["#" * 11]
    slant = stroke([Point(2, 2), Point(20, 11)], diameter=0, **FIELD)
    steps = np.argwhere(slant.crop)
    assert set(np.unique(steps[:, 1])) == set(range(slant.crop.shape[1]))


@pytest.mark.parametrize(
    ("point", "box"), [(Point(0, 0), (0, 0, 3, 3)), (Point(40, 30), (37, 27, 40, 30)), (Point(-2, 15), (0, 13, 1, 17))]
)
def test_what_lies_outside_the_field_is_left_out(point, box):
    mask = stroke([point], diameter=6, **FIELD)
    assert (mask.box.x0, mask.box.y0, mask.box.x1, mask.box.y1) == box


def test_a_stroke_beside_the_field_covers_nothing():
    assert stroke([Point(-20, 5), Point(-9, 5)], diameter=4, **FIELD) is None
    assert stroke([Point(5, 90)], diameter=4, **FIELD) is None


def test_an_outline_holds_the_pixels_whose_centres_it_encloses():
    mask = polygon([Point(3, 3), Point(9, 3), Point(9, 7), Point(3, 7)], **FIELD)
    assert mask.same_as(rectangle(3, 3, 6, 4))
    almost = polygon([Point(3.6, 3), Point(9.4, 3), Point(9.4, 7), Point(3.6, 7)], **FIELD)
    assert almost.same_as(rectangle(4, 3, 5, 4))


def test_the_direction_of_an_outline_does_not_matter():
    corners = [Point(4.2, 2.1), Point(17.3, 6.6), Point(9.9, 21.4)]
    assert polygon(corners, **FIELD).same_as(polygon(corners[::-1], **FIELD))


def test_a_loop_of_an_outline_is_inside():
    twice_round = [Point(3, 3), Point(15, 3), Point(15, 15), Point(3, 15)] * 2
    assert polygon(twice_round, **FIELD).area == 144


def test_an_outline_over_the_edge_ends_there():
    mask = polygon([Point(-10, -10), Point(6, -10), Point(6, 5), Point(-10, 5)], **FIELD)
    assert mask.same_as(rectangle(0, 0, 6, 5))
    right = polygon([Point(36, 26), Point(60, 26), Point(60, 60), Point(36, 60)], **FIELD)
    assert right.same_as(rectangle(36, 26, 4, 4))


@pytest.mark.parametrize(
    "points",
    [
        [],
        [Point(1, 1), Point(5, 5)],
        [Point(1, 1), Point(9, 1), Point(4, 1)],
        [Point(50, 5), Point(60, 5), Point(55, 9)],
    ],
)
def test_an_outline_around_nothing_is_none(points):
    assert polygon(points, **FIELD) is None


def test_thinning_leaves_the_way_where_it_is():
    circle = [Point(20 + 9 * np.cos(a), 15 + 9 * np.sin(a)) for a in np.linspace(0, 6.2, 400)]
    few = thinned(circle, closed=True)
    assert 8 < len(few) < 40
    assert polygon(few, **FIELD).iou(polygon(circle, **FIELD)) > 0.95
    assert thinned(circle[:2]) == tuple(circle[:2])


@pytest.mark.parametrize("end", [Point(5, 5), Point(5, 5.3), Point(9, 9)], ids=["where it began", "beside it", "open"])
def test_thinning_keeps_the_last_side(end):
    way = [Point(5, 5), Point(30, 5), Point(30, 25), Point(5, 25), end]
    few = thinned(way)
    assert (few[0], few[-1]) == (way[0], end)
    assert stroke(few, diameter=3, **FIELD).same_as(stroke(way, diameter=3, **FIELD))
