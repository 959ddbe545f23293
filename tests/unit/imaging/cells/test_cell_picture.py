"""Squares cut from a field."""

import numpy as np

from rbc_desktop.imaging.cells.cell_picture import Square, cut


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


def test_beyond_the_edge_the_edge_repeats():
    picture = cut(ramp(), Square(-5, 55, 10), side=10)
    assert picture[0, 0].tolist() == [0, 55, 0]
    assert picture[9, 9].tolist() == [4, 59, 0]


def test_any_side_can_be_asked_for():
    for side in (7, 30, 200):
        assert cut(ramp(), Square(3, 3, 30), side=side).shape == (side, side, 3)
