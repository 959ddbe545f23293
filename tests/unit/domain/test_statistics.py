"""Intervals and spread, against published and hand-made values."""

import numpy as np
import pytest

from rbc_desktop.domain.statistics import (
    coefficient_of_variation,
    design_effect,
    median,
    pooled_interval,
    student_quantile,
    wilson_interval,
)


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


def films(rng, *, fields, share, correlation, films=1500, cells=60):
    """Counts and totals, each (films, fields): fields of about 60 cells whose own share varies (beta-binomial)."""
    totals = np.maximum(5, rng.normal(cells, 0.3 * cells, (films, fields)).astype(int))
    own = np.full((films, fields), share)
    if correlation:
        strength = (1 - correlation) / correlation
        own = rng.beta(share * strength, (1 - share) * strength, (films, fields))
    return rng.binomial(totals, own), totals


def coverage(counts, totals, share, interval):
    held = [low <= share <= high for c, n in zip(counts, totals, strict=True) for low, high in [interval(c, n)]]
    return sum(held) / len(held)


def wilson_of_all(counts, totals):
    return wilson_interval(int(sum(counts)), int(sum(totals)))


@pytest.mark.parametrize("fields", [5, 10, 20, 40])
@pytest.mark.parametrize("share", [0.05, 0.1, 0.3])
@pytest.mark.parametrize("correlation", [0.01, 0.03])
def test_the_pooled_interval_holds_the_true_share_in_93_to_97_of_100_films(fields, share, correlation):
    counts, totals = films(np.random.default_rng(7), fields=fields, share=share, correlation=correlation)
    assert 0.93 <= coverage(counts, totals, share, pooled_interval) <= 0.97
    assert coverage(counts, totals, share, wilson_of_all) < 0.92, "the fields of this simulation are independent"


def test_independent_fields_are_not_made_much_wider():
    counts, totals = films(np.random.default_rng(8), fields=20, share=0.1, correlation=0)
    assert 0.94 <= coverage(counts, totals, 0.1, pooled_interval) <= 0.98


def test_the_pooled_interval_is_never_narrower_than_wilsons():
    rng = np.random.default_rng(9)
    for _ in range(300):
        fields = int(rng.integers(1, 12))
        totals = rng.integers(0, 80, fields).tolist()
        counts = [int(rng.integers(0, n + 1)) for n in totals]
        if sum(totals):
            (low, high), (wilson_low, wilson_high) = pooled_interval(counts, totals), wilson_of_all(counts, totals)
            assert low <= wilson_low + 1e-12
            assert high >= wilson_high - 1e-12


def test_few_fields_and_extreme_shares_have_no_design_effect():
    assert design_effect([1, 9, 0, 9], [10, 10, 10, 10]) == 1
    assert design_effect([0] * 6, [10] * 6) == 1
    assert design_effect([10] * 6, [10] * 6) == 1
    assert design_effect([0, 0, 0, 0, 10, 10], [10] * 6) > 10
    with pytest.raises(ValueError, match="no part"):
        design_effect([2], [1])
    with pytest.raises(ValueError, match="no cells"):
        pooled_interval([], [])


@pytest.mark.parametrize(("degrees", "quantile"), [(4, 2.776), (5, 2.571), (9, 2.262), (19, 2.093), (39, 2.023)])
def test_students_quantile_is_the_tables(degrees, quantile):
    assert student_quantile(degrees) == pytest.approx(quantile, abs=1e-3)
