"""Squares cut from a field."""

import numpy as np

from rbc_desktop.imaging.cells.cell_picture import BEYOND, Square, cut


def ramp():
    """Each pixel says where it is: red is x, green is y."""
    y, x = np.mgrid[0:60, 0:80].astype(np.uint8)
    return np.dstack([x, y, np.zeros_like(x)])


def test_the_box_lies_in_the_middle_with_its_margin():
    square = Square.around((10, 20, 30, 30), margin=0.25)
    assert (square.left, square.top, square.size) == (5, 10, 30)
    assert Square.centred((10, 20, 30, 30), size=12) == Square(14, 19, 12)
    assert Square.around((4, 4, 4, 4), margin=0).size >= 2


def test_pixels_are_those_of_the_field_at_their_own_size():
    picture = cut(ramp(), Square(12, 7, 10), side=10)
    assert picture[0, 0].tolist() == [12, 7, 0]
    assert picture[9, 9].tolist() == [21, 16, 0]


def test_beyond_the_edge_nothing_is_invented():
    picture = cut(ramp(), Square(-5, 55, 10), side=10)
    assert picture[0, 5].tolist() == [0, 55, 0]
    assert picture[4, 9].tolist() == [4, 59, 0]
    assert {tuple(p) for p in picture[:, :5].reshape(-1, 3).tolist()} == {BEYOND}
    assert {tuple(p) for p in picture[5:].reshape(-1, 3).tolist()} == {BEYOND}
    beside = cut(ramp(), Square(76, -3, 8), side=8)
    assert beside[3, 3].tolist() == [79, 0, 0]
    assert beside[2, 3].tolist() == beside[3, 4].tolist() == [*BEYOND]
    assert (cut(ramp(), Square(90, 70, 6), side=6) == BEYOND).all()


def test_any_side_can_be_asked_for():
    for side in (7, 30, 200):
        assert cut(ramp(), Square(3, 3, 30), side=side).shape == (side, side, 3)
