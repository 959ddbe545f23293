"""Looks in a case file."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.look import LOOK_LENGTH, LOOK_VERSION
from rbc_desktop.storage.case.values.look_blob import LOOK_BYTES, decode_looks, encode_look


def test_looks_come_back_as_they_were():
    given = np.random.default_rng(1).normal(size=(3, LOOK_LENGTH)).astype(np.float16)
    given[0, 3], given[1, 4] = np.nan, 60_000
    looks, has = decode_looks(b"".join(encode_look(look) for look in given))
    assert looks.tobytes() == given.tobytes()
    assert has.all()
    assert encode_look(None) is None


def test_what_is_none_or_of_another_version_is_made_again():
    good = encode_look(np.ones(LOOK_LENGTH, np.float16))
    looks, has = decode_looks(bytes(LOOK_BYTES) + good + bytes([LOOK_VERSION + 1]) + good[1:])
    assert has.tolist() == [False, True, False]
    assert (looks[1] == 1).all()
    assert decode_looks(b"")[0].shape == (0, LOOK_LENGTH)
    with pytest.raises(ValueError, match="reshape"):
        decode_looks(good[:-1])
