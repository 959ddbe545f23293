"""A place counts once: pages of a focus stack, and what is said of pictures that come again."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from rbc_desktop.errors import ImageReadError
from rbc_desktop.imaging.fields.same_place import look_of
from rbc_desktop.ports import LoadedImage
from rbc_desktop.workflows.cases.same_places import REMEMBERED, SeenPlaces, places_of
from tests.fakes.ink_segmenter import drawn_field, grid_places


def moved(rows):
    return np.ascontiguousarray(np.roll(drawn_field(grid_places()).pixels, rows, axis=0))


HERE, THERE = moved(0), moved(20)


def pages(*pictures):
    for number, pixels in enumerate(pictures):
        yield LoadedImage(Path("stack.tif"), pixels, "00", page=number, page_count=len(pictures))


def blurred(pixels, sigma):
    return cv2.GaussianBlur(pixels, (0, 0), sigma)


def test_of_a_focus_stack_the_sharpest_page_counts_and_that_is_said():
    [place] = places_of(pages(blurred(HERE, 3), blurred(HERE, 1.5), HERE, blurred(HERE, 1.5)))
    assert (place.image.page, place.pages) == (2, 4)
    assert place.text == "4 pages of stack.tif show the same place; only the sharpest of them, page 3, counts."


def test_pages_that_show_different_places_all_count():
    places = list(places_of(pages(HERE, THERE, HERE)))
    assert [(place.image.page, place.pages, place.text) for place in places] == [(0, 1, ""), (1, 1, ""), (2, 1, "")]


def test_several_stacks_in_one_file_are_told_apart():
    places = places_of(pages(blurred(HERE, 2), HERE, THERE, blurred(THERE, 2), blurred(THERE, 3)))
    assert [(place.image.page, place.pages) for place in places] == [(1, 2), (2, 3)]


def test_a_single_picture_is_handed_on_without_a_look_at_it(monkeypatch):
    monkeypatch.setattr("rbc_desktop.workflows.cases.same_places.look_of", None)
    [place] = places_of(pages(HERE))
    assert (place.image.pixels is HERE, place.text) == (True, "")


def test_a_page_that_cannot_be_read_costs_no_place_before_it():
    def damaged():
        yield from list(pages(blurred(HERE, 2), HERE, THERE))[:2]
        raise ImageReadError("page 3 is damaged")

    places = places_of(damaged())
    assert next(places).image.page == 1
    with pytest.raises(ImageReadError, match="page 3"):
        next(places)


def test_a_place_that_comes_again_is_named_with_the_first():
    seen = SeenPlaces()
    assert seen.meet("a.tif", look_of(HERE)) == ""
    assert seen.meet("b.tif", look_of(THERE)) == ""
    again = seen.meet("a.jpg", look_of(blurred(HERE, 1)))
    assert again == "a.jpg shows the same place as a.tif, so its cells count twice; leave one of both out."
    assert "c.tif (page 3) shows the same place as b.tif," in seen.meet("c.tif", look_of(THERE), page=2)


def test_what_came_long_before_is_forgotten():
    seen, here, there = SeenPlaces(), look_of(HERE), look_of(THERE)
    seen.meet("first.png", here)
    for number in range(REMEMBERED):
        seen.meet(f"{number}.png", there)
    assert seen.meet("last.png", here) == ""
