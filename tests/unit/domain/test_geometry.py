"""Boxes, and the diameter of a disc of the same area."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Box, Point, equivalent_diameter
from tests.fakes.drawn_masks import disc


def test_box_operations():
    a, b = Box(0, 0, 4, 4), Box(2, 2, 6, 6)
    assert a.intersection(b) == Box(2, 2, 4, 4)
    assert a.iou(b) == pytest.approx(4 / 28)
    assert a.intersection(Box(4, 0, 5, 1)) is None
    assert not a.contains(Point(4, 1))
    with pytest.raises(ValueError, match="swapped"):
        Box(1, 0, 0, 1)


def test_the_equivalent_diameter_is_that_of_a_disc():
    assert equivalent_diameter(np.pi * 25) == pytest.approx(10)
    mask = CellMask.from_array(disc(radius=8, size=24))
    assert mask.diameter == pytest.approx(16, rel=0.02)
