import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Point
from rbc_desktop.domain.slides.slide_areas import (
    LEAST_SIDE,
    blocks_of,
    click_side,
    drawn_region,
    free_part,
    region_around,
    region_at,
)

SLIDE = Region(0, 0, 10_000, 8_000)


@pytest.mark.parametrize("size", [(2_048, 2_048), (2_049, 100), (10_000, 8_001), (1, 1)])
def test_blocks_cover_a_slide_once(size):
    blocks = list(blocks_of(Region(0, 0, *size)))
    assert sum(block.width * block.height for block in blocks) == size[0] * size[1]
    assert all(0 < block.width <= 2_048 and 0 < block.height <= 2_048 for block in blocks)
    for n, block in enumerate(blocks):
        assert free_part(block, taken=blocks[:n]) == block


def test_the_field_of_a_click_fits_the_cells():
    assert click_side(None) == 1_024
    assert click_side(30.0) == 960
    assert (click_side(5.0), click_side(900.0)) == (512, 4_096)


def test_a_click_makes_a_square_around_it_that_stays_on_the_slide():
    assert region_around(Point(5_000, 4_000), side=1_000, slide=SLIDE, taken=()) == Region(4_500, 3_500, 5_500, 4_500)
    assert region_around(Point(3, 7_999), side=1_000, slide=SLIDE, taken=()) == Region(0, 7_000, 1_000, 8_000)
    assert region_around(Point(-1, 5), side=1_000, slide=SLIDE, taken=()) is None
    small = Region(0, 0, 600, 5_000)
    assert region_around(Point(100, 100), side=1_000, slide=small, taken=()) == Region(0, 0, 600, 1_000)


def test_no_cell_lies_in_two_fields():
    taken = [Region(4_500, 3_500, 5_500, 4_500), Region(6_000, 3_000, 7_000, 4_000)]
    made = region_around(Point(5_700, 4_000), side=1_000, slide=SLIDE, taken=taken)
    assert made is not None
    assert all(free_part(made, taken=[other]) == made for other in taken)
    assert made.x0 <= 5_700 < made.x1
    assert made.y0 <= 4_000 < made.y1
    assert region_around(Point(5_000, 4_000), side=1_000, slide=SLIDE, taken=taken) is None


def test_a_drawn_region_is_cut_to_the_slide_and_beside_other_fields():
    assert drawn_region(Point(900.5, 700), Point(-50, 100.2), slide=SLIDE, taken=()) == Region(0, 100, 901, 700)
    cut = drawn_region(Point(0, 0), Point(1_000, 1_000), slide=SLIDE, taken=[Region(0, 0, 400, 5_000)])
    assert cut == Region(400, 0, 1_000, 1_000)
    assert drawn_region(Point(0, 0), Point(LEAST_SIDE - 1, 900), slide=SLIDE, taken=()) is None
    assert drawn_region(Point(0, 0), Point(500, 500), slide=SLIDE, taken=[SLIDE]) is None


def test_the_region_at_a_place_is_found():
    taken = [Region(0, 0, 10, 10), Region(10, 0, 20, 10)]
    assert region_at(Point(10.0, 9.9), taken) == taken[1]
    assert region_at(Point(20, 5), taken) is None
