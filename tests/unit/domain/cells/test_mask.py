"""Masks of cells: cropped, pasted back, compared."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Box, Point
from tests.fakes.drawn_masks import disc


def test_mask_is_cropped_and_pasted_back():
    full = disc()
    mask = CellMask.from_array(full)
    assert mask is not None
    assert mask.box == Box(5, 5, 15, 15)
    assert np.array_equal(mask.to_array(width=24, height=24), full)
    assert mask.centroid.x == pytest.approx(10)
    assert mask.contains(Point(10, 10))
    assert not mask.contains(Point(5.1, 5.1))


def test_empty_array_is_no_mask():
    assert CellMask.from_array(np.zeros((4, 4), bool)) is None


def test_mask_iou_equals_that_of_full_arrays():
    a, b = disc(centre=(9, 10)), disc(centre=(13, 11), radius=6)
    ma, mb = CellMask.from_array(a), CellMask.from_array(b)
    assert ma is not None
    assert mb is not None
    assert ma.iou(mb) == pytest.approx((a & b).sum() / (a | b).sum())
    assert ma.iou(ma) == 1


def test_mask_outside_the_field_is_clipped():
    mask = CellMask(-3, -3, np.ones((6, 6), bool))
    assert mask.to_array(width=5, height=5).sum() == 9
    assert mask.touches_border(width=5, height=5)
