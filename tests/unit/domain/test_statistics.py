"""Intervals and spread, against published and hand-made values."""

import pytest

from rbc_desktop.domain.statistics import coefficient_of_variation, median, wilson_interval


def test_wilson_interval_of_published_examples():
    low, high = wilson_interval(10, 1000)
    assert (round(low, 4), round(high, 4)) == (0.0054, 0.0183)
    low, high = wilson_interval(1, 100)
    assert (round(low, 3), round(high, 3)) == (0.002, 0.054)
    assert wilson_interval(0, 10)[0] == 0
    with pytest.raises(ValueError, match="not a proportion"):
        wilson_interval(1, 0)


def test_spread():
    assert coefficient_of_variation([9, 10, 11]) == pytest.approx(10)
    assert coefficient_of_variation([1]) is None
    assert median([3, 1, 2]) == 2
    assert median([]) is None
