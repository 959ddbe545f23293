"""Looks in a case file."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.look import LOOK_LENGTH, LOOK_VERSION
from rbc_desktop.storage.case.values.look_blob import decode_look, encode_look


def test_a_look_comes_back_as_it_was():
    look = np.random.default_rng(1).normal(size=LOOK_LENGTH).astype(np.float16)
    look[3], look[4] = np.nan, 60_000
    again = decode_look(encode_look(look))
    assert again.tobytes() == look.tobytes()
    assert encode_look(None) is None
    assert decode_look(None) is None


def test_another_version_is_made_again_and_nonsense_refused():
    good = encode_look(np.zeros(LOOK_LENGTH, np.float16))
    assert decode_look(bytes([LOOK_VERSION + 1]) + b"whatever it is") is None
    for bad in (good[:-1], good + b"\0", b"", "text", 5):
        with pytest.raises(ValueError, match="look"):
            decode_look(bad)
