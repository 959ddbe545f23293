"""Masks in one window."""

import numpy as np

from rbc_desktop.imaging.masks.windows import together, united
from tests.fakes.pixel_pictures import mask_of, rectangle

RING = mask_of("""
    ###
    #.#
    ###
""", x0=4, y0=2)  # fmt: skip
ONE = rectangle(5, 3, 4, 1)


def test_each_mask_keeps_its_place_in_the_window_of_all():
    (ring, one), x0, y0 = together([RING, ONE], margin=2)
    assert (x0, y0, ring.shape) == (2, 0, (7, 9))
    for mask, array in ((RING, ring), (ONE, one)):
        assert np.array_equal(array, mask.to_array(width=11, height=7)[:, 2:])
    (inside,), x0, y0 = together([RING], margin=9, within=(8, 40))
    assert (x0, y0, inside.shape) == (0, 0, (14, 8))


def test_united_are_the_pixels_of_any():
    union, x0, y0 = united([RING, ONE], margin=2)
    arrays, *place = together([RING, ONE], margin=2)
    assert [x0, y0] == place
    assert np.array_equal(union, arrays[0] | arrays[1])
