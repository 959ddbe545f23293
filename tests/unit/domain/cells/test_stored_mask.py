"""A packed mask is the mask that it was packed from, and is unpacked only when its pixels are asked for."""

import pickle
import random

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.stored_mask import StoredMask
from rbc_desktop.storage.case.values.mask_png import encode_mask, unpack_mask
from tests.fakes.casework import make_mask


@pytest.fixture
def unpacked():
    """Sizes that were unpacked."""
    return []


@pytest.fixture
def pair(unpacked):
    mask = make_mask(random.Random(random.random()))
    width, height = mask.size

    def unpack(data, width, height):
        unpacked.append((width, height))
        return unpack_mask(data, width, height)

    data = encode_mask(mask.crop)
    return mask, StoredMask(mask.x0, mask.y0, width=width, height=height, area=mask.area, data=data, unpack=unpack)


def test_box_and_size_are_known_without_the_pixels(pair, unpacked):
    mask, stored = pair
    assert (stored.box, stored.size, stored.area, stored.diameter) == (mask.box, mask.size, mask.area, mask.diameter)
    assert stored.touches_border(width=200, height=150) == mask.touches_border(width=200, height=150)
    assert unpacked == []


def test_its_pixels_are_the_same(pair):
    mask, stored = pair
    assert stored.same_as(mask)
    assert mask.same_as(stored)
    assert stored.centroid == mask.centroid
    assert stored.intersection_area(mask) == mask.area
    assert np.array_equal(stored.to_array(width=200, height=150), mask.to_array(width=200, height=150))
    with pytest.raises(ValueError, match="read-only"):
        stored.crop[0, 0] = True


def test_a_moved_one_stays_packed(pair, unpacked):
    mask, stored = pair
    moved = stored.moved(-3, 5)
    assert unpacked == []
    assert isinstance(moved, StoredMask)
    assert moved.same_as(mask.moved(-3, 5))
    assert (moved.x0, moved.y0) == (mask.x0 - 3, mask.y0 + 5)


def test_it_goes_through_a_pickle_and_cannot_be_changed(pair):
    mask, stored = pair
    sent = pickle.loads(pickle.dumps(stored))
    assert type(sent) is CellMask
    assert sent.same_as(mask)
    with pytest.raises(AttributeError):
        stored.x0 = 5
