"""Masks as PNG."""

import random
import struct
import zlib

import numpy as np
import pytest

from rbc_desktop.storage.case.values.mask_png import decode_mask, encode_mask, measure_mask, measure_masks
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
    data = bytearray(encode_mask(np.ones((12, 17), bool)))
    assert decode_mask(bytes(data), most_width=17, most_height=12).shape == (12, 17)
    for position in range(len(data)):
        flipped = data.copy()
        flipped[position] ^= 1
        with pytest.raises(ValueError, match="mask"):
            decode_mask(bytes(flipped), most_width=17, most_height=12)
    assert hostile_mask(3, 3)


def test_masks_are_measured_without_their_pixels():
    rng = random.Random(2)
    crops = [make_mask(rng).crop for _ in range(50)]
    crops += [np.ones((height, width), bool) for width in (1, 7, 8, 9, 17) for height in (1, 3)]
    found = measure_masks([encode_mask(crop) for crop in crops])
    assert found.tolist() == [[crop.shape[1], crop.shape[0], int(crop.sum())] for crop in crops]


def made(width, height, rows, *, depth=1):
    """A PNG of these bytes, right in everything else."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@pytest.mark.parametrize(
    ("data", "area"),
    [
        (made(9, 2, b"\0\xff\x80\0\x01\0"), 10),
        (made(9, 2, b"\1\xff\x81\2\x00\x00"), 18),  # filtered rows
        (made(9, 2, b"\0\xff\xff\0\xff\xff"), 18),  # ones beyond the edge
        (made(2, 1, b"\0\xff\0", depth=8), 1),
    ],
)
def test_other_pictures_are_decoded_to_be_measured(data, area):
    [quick] = measure_masks([data]).tolist()
    assert quick[2] in (0, area)
    found = measure_mask(data, most_width=9, most_height=2)
    assert found[2] == area == int(decode_mask(data, most_width=9, most_height=2).sum())


@pytest.mark.parametrize("data", [*MASKS, made(9, 2, b"\0\0\0\0\0\0"), made(9, 2, b"\0\xff"), b"", None], ids=repr)
def test_what_is_no_mask_has_no_size(data):
    try:
        assert measure_masks([data]).tolist() == [[0, 0, 0]]
    except ValueError:
        return
    with pytest.raises(ValueError, match="mask"):
        measure_mask(data, most_width=39, most_height=39)


def test_a_picture_that_unpacks_to_more_than_it_says_is_refused_at_once():
    with pytest.raises(ValueError, match="more rows"):
        measure_masks([made(9, 2, b"\0" * 1_000_000)])
