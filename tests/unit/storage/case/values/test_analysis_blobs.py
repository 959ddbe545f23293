"""Measurements and probabilities as bytes: exact, and nothing that isn't sound is read."""

import dataclasses
import math
import random

import numpy as np
import pytest

from rbc_desktop.domain.cells.cell import Measurements
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.storage.case.values.analysis_blobs import (
    MEASURED,
    MEASURED_BYTES,
    MEASURED_VERSION,
    decode_measurements,
    decode_shares,
    encode_measurements,
    encode_shares,
)


def measured(**known):
    dice = random.Random(1)
    return Measurements(**{name: dice.uniform(-1e6, 1e6) for name in MEASURED} | known)


def test_measurements_come_back_to_the_last_bit():
    many = [measured(), measured(waist=math.nan), measured(area_px=5e-324, solidity=1e12)]
    values, good = decode_measurements(b"".join(encode_measurements(each) for each in many))
    assert good.all()
    np.testing.assert_array_equal(values, [dataclasses.astuple(each) for each in many])


def test_what_is_infinite_counts_as_unknown():
    values, good = decode_measurements(encode_measurements(measured(waist=math.inf)))
    assert good.all()
    assert math.isnan(values[0, MEASURED.index("waist")])


@pytest.mark.parametrize(
    "wrong",
    [
        bytes(MEASURED_BYTES),
        bytes([MEASURED_VERSION + 1]) + b"\0" * 112,
        bytes([MEASURED_VERSION]) + np.full(14, 2e12).tobytes(),
        bytes([MEASURED_VERSION]) + np.full(14, -np.inf).tobytes(),
    ],
)  # fmt: skip
def test_other_bytes_are_no_measurements_and_spoil_no_others(wrong):
    sound = encode_measurements(measured())
    values, good = decode_measurements(sound + wrong + sound)
    assert good.tolist() == [True, False, True]
    np.testing.assert_array_equal(values[0], values[2])


def test_probabilities_come_back_to_the_last_bit():
    weights = np.random.default_rng(1).dirichlet(np.ones(len(BUILT_IN)), 20)
    stored = [encode_shares(dict(zip(BUILT_IN, row.tolist(), strict=True))) for row in weights]
    shares, good = decode_shares([numbers for numbers, _ in stored], len(BUILT_IN))
    assert good.all()
    np.testing.assert_array_equal(shares, weights)
    assert {names for _, names in stored} == {encode_shares(dict.fromkeys(BUILT_IN, 0.0))[1]}


@pytest.mark.parametrize("wrong", [[0.5, 0.4], [1.5, -0.5], [np.nan, 1.0], [1.0], [np.inf, 0.0]])
def test_what_does_not_sum_to_one_is_no_prediction(wrong):
    sound = np.array([0.25, 0.75]).tobytes()
    shares, good = decode_shares([np.array(wrong).tobytes(), sound, None, "x"], 2)
    assert good.tolist() == [False, True, False, False]
    assert shares[1].tolist() == [0.25, 0.75]
    assert decode_shares([b""], 0)[1].tolist() == [False]
