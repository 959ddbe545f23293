"""Two pictures of one place are told from pictures of two places, whatever focus, light and compression did."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.fields.same_place import look_of, sharpness_of, shows_same_place
from training.renderer import CellSpec, Kind, render_field, scatter

WIDTH, HEIGHT, DIAMETER = 640, 480, 38.0


def field(seed, *, count=70):
    rng = np.random.default_rng(seed)
    kinds = [Kind.NORMAL] * count
    cells = scatter(kinds, taken=[], gap=0.1, width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=rng)
    return render_field(cells, width=WIDTH, height=HEIGHT, seed=seed).rgb


@pytest.fixture(scope="module")
def here():
    return field(1)


def framed(pixels):
    """As seen through an eyepiece: a bright disc in a black frame, the same in every picture."""
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    inside = (rows - HEIGHT / 2) ** 2 + (columns - WIDTH / 2) ** 2 < (HEIGHT / 2 - 10) ** 2
    return np.where(inside[..., None], pixels, 6).astype(np.uint8)


def as_jpeg(pixels):
    return cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_COLOR)


AGAIN = {
    "the same": lambda p: p,
    "out of focus": lambda p: cv2.GaussianBlur(p, (0, 0), 6),
    "darker": lambda p: (p * 0.7).astype(np.uint8),
    "compressed": as_jpeg,
    "half the size": lambda p: cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA),
    "moved by a few pixels": lambda p: np.roll(p, 4, axis=1),
}


@pytest.mark.parametrize("change", AGAIN.values(), ids=AGAIN)
def test_one_place_taken_again_is_the_same_place(here, change):
    assert shows_same_place(look_of(here), look_of(np.ascontiguousarray(change(here))))


@pytest.mark.parametrize("seed", range(2, 8))
def test_another_place_of_the_film_is_another_one(here, seed):
    assert not shows_same_place(look_of(here), look_of(field(seed)))


def test_what_all_fields_of_a_microscope_share_decides_nothing(here):
    assert shows_same_place(look_of(framed(here)), look_of(framed(AGAIN["out of focus"](here))))
    assert not shows_same_place(look_of(framed(here)), look_of(framed(field(2))))


def test_a_place_with_more_cells_is_another_one():
    rng = np.random.default_rng(5)
    cells = scatter([Kind.NORMAL] * 60, taken=[], gap=0.1, width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=rng)
    some, all_of_them = (render_field(c, width=WIDTH, height=HEIGHT, seed=1).rgb for c in (cells[:30], cells))
    assert not shows_same_place(look_of(some), look_of(all_of_them))


def test_pictures_with_nothing_to_see_are_not_told_to_be_one():
    even = np.full((HEIGHT, WIDTH, 3), 230, np.uint8)
    one = render_field([CellSpec(Kind.NORMAL, 320, 240, DIAMETER)], width=WIDTH, height=HEIGHT, seed=1).rgb
    assert not shows_same_place(look_of(even), look_of(even))
    assert not shows_same_place(look_of(one), look_of(one))


def test_a_stretched_copy_is_the_same_place_and_a_cut_one_is_not(here):
    assert shows_same_place(look_of(here), look_of(cv2.resize(here, (500, 500), interpolation=cv2.INTER_AREA)))
    assert not shows_same_place(look_of(here), look_of(np.ascontiguousarray(here[:, :500])))


def test_sharper_is_what_is_in_focus(here):
    blurred = [cv2.GaussianBlur(here, (0, 0), sigma) for sigma in (1, 2, 4)]
    levels = [sharpness_of(pixels) for pixels in (here, *blurred)]
    assert levels == sorted(levels, reverse=True)
