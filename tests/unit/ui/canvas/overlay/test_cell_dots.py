"""Cells as dots."""

import numpy as np
import pytest

from rbc_desktop.ui.canvas.overlay.cell_dots import LEAST_RADIUS, dots


def drawn(*cells, radius=1.0, side=40):
    centres = np.array([cell[:2] for cell in cells], np.float32).reshape(-1, 2)
    colours = np.array([cell[2] for cell in cells], np.uint8).reshape(-1, 3)
    return dots(centres, colours, width=side, height=side, radius=radius)


BLUE, RED = (0, 0, 255), (255, 0, 0)


def test_a_dot_lies_in_its_place_in_its_colour_and_as_large_as_asked():
    picture = drawn((12.5, 20.5, BLUE), radius=4)
    assert picture.shape == (40, 40, 4)
    assert picture[20, 12].tolist() == [0, 0, 255, 255]
    assert picture[..., 3].sum() / 255 == pytest.approx(np.pi * 16, rel=0.1)
    ys, xs = np.nonzero(picture[..., 3])
    assert (xs.mean(), ys.mean()) == (12, 20)


def test_no_dot_is_invisible():
    assert drawn((5, 5, RED), radius=0.01)[5, 5, 3] == 255
    assert np.array_equal(drawn((5, 5, RED), radius=0.01), drawn((5, 5, RED), radius=LEAST_RADIUS))


def test_colours_mix_where_dots_lie_over_each_other():
    picture = drawn((5, 5, RED), (5, 5, RED), (5, 5, RED), (5, 5, BLUE))
    assert picture[5, 5].tolist() == [191, 0, 64, 255]


def test_a_dot_outside_leaves_what_reaches_in():
    assert drawn((-1.5, 20, RED), radius=4)[..., 3].any()
    assert not drawn((-20, 20, RED), (20, 90, RED), radius=4).any()
    assert not drawn().any()


def test_a_picture_is_premultiplied():
    picture = drawn(*((x, y, (255, 255, 255)) for x in range(0, 40, 7) for y in range(0, 40, 9)), radius=1.2)
    assert (picture[..., :3].max(axis=2) <= picture[..., 3]).all()
