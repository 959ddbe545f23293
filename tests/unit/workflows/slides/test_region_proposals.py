"""Proposed regions while somebody looks at them."""

import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Point
from rbc_desktop.domain.slides.film_map import ProposedRegion
from rbc_desktop.workflows.slides.region_proposals import MOVED, Proposals

SLIDE = Region(0, 0, 1000, 800)


def proposals():
    places = ((0, 0), (200, 100), (250, 150))
    return Proposals(
        tuple(ProposedRegion(Region(x, y, x + 100, y + 100), 50, 0.5, ("About 50 cells.", "Sharp.")) for x, y in places)
    )


def test_the_topmost_region_under_a_place_is_found():
    assert proposals().at(Point(260, 160)) == 2
    assert proposals().at(Point(210, 110)) == 1
    assert proposals().at(Point(600, 600)) is None


@pytest.mark.parametrize(("x", "y", "place"), [(300, 40, (300, 40)), (-50, 40, (0, 40)), (990, 790, (900, 700))])
def test_a_moved_region_stays_on_the_slide_and_says_that_it_was_moved(x, y, place):
    moved = proposals().moved(1, x=x, y=y, within=SLIDE)
    region = moved.regions[1].region
    assert (region.x0, region.y0) == place
    assert (region.width, region.height) == (100, 100)
    assert moved.regions[1].reasons == ("About 50 cells.", MOVED)
    assert moved.current == 1
    assert moved.regions[0] == proposals().regions[0]


def test_a_region_that_is_moved_nowhere_keeps_its_reasons():
    assert proposals().moved(1, x=200, y=100, within=SLIDE) == proposals()


def test_after_a_deleted_one_the_next_is_in_hand():
    assert proposals().without(0).current == 0
    assert proposals().without(2).current == 1
    assert proposals().without(0).without(0).without(0) == Proposals()
    assert proposals().with_current(7).current is None
