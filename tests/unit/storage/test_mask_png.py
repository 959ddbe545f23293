"""Masks as PNG."""

import random

import pytest

from rbc_desktop.storage.mask_png import decode_mask, encode_mask
from tests.attack.mutations import MASKS, hostile_mask
from tests.fakes.casework import make_mask


def test_masks_are_exact():
    rng = random.Random(1)
    for _ in range(50):
        crop = make_mask(rng).crop
        assert (decode_mask(encode_mask(crop), most_width=90, most_height=90) == crop).all()


@pytest.mark.parametrize("data", [*MASKS, b"", "text", None], ids=range(len(MASKS) + 3))
def test_only_small_grey_pictures_are_masks(data):
    with pytest.raises(ValueError, match="mask"):
        decode_mask(data, most_width=39, most_height=39)


def test_a_mask_with_a_flipped_byte_is_refused():
    import numpy as np

    data = bytearray(encode_mask(np.ones((12, 17), bool)))
    assert decode_mask(bytes(data), most_width=17, most_height=12).shape == (12, 17)
    for position in range(len(data)):
        flipped = data.copy()
        flipped[position] ^= 1
        with pytest.raises(ValueError, match="mask"):
            decode_mask(bytes(flipped), most_width=17, most_height=12)
    assert hostile_mask(3, 3)
