"""Quantiles, the ranks of the band, and what is said of a case beside it."""

import random

import pytest

from rbc_desktop.domain.laboratory.reference_band import (
    ENOUGH_SAMPLES,
    LEAST_SAMPLES,
    LEVELS,
    PALLOR,
    SHAPE,
    SIZE,
    Reference,
    ReferenceSample,
    outside,
    profile_of,
    reference_of,
    said_of,
)


def samples(count, *, seed=1, sized=True):
    """Normal samples whose quantiles are those of a normal distribution, shifted a little from film to film."""
    dice = random.Random(seed)
    made = []
    for number in range(count):
        shift = dice.gauss(0, 0.1)
        profile = tuple(7 + shift + 2 * (level - 0.5) for level in LEVELS)
        profiles = {SHAPE: profile, **({SIZE: profile} if sized else {})}
        made.append(ReferenceSample(f"{number}", "2026-03-01", "Ada", 200, profiles))
    return made


def test_quantiles_lie_between_values_by_their_distance():
    assert profile_of([1.0, 2.0, 3.0, 4.0, 5.0])[3] == 3.0
    assert profile_of(range(101)) == pytest.approx([5, 10, 25, 50, 75, 90, 95])
    assert profile_of([float("nan")]) == ()


def test_the_band_runs_between_the_ranks_of_the_guideline():
    """With 39 samples the limits are the lowest and the highest value, with 119 the third from either end."""
    for count, rank in ((39, 0), (119, 2)):
        found = samples(count)
        reference = reference_of(found)
        middles = sorted(s.profiles[SIZE][3] for s in found)
        assert reference.bands[SIZE][3] == pytest.approx((middles[rank], middles[-1 - rank]))
        assert reference.samples == {SIZE: count, SHAPE: count, PALLOR: 0}


def test_about_95_of_100_new_normal_values_lie_within():
    reference = reference_of(samples(240))
    new = samples(2000, seed=9)
    inside = sum(3 not in outside(s.profiles[SIZE], reference.bands[SIZE]) for s in new)
    assert 0.92 < inside / 2000 < 0.98


def test_with_too_few_samples_there_is_no_band_and_a_sentence_says_so():
    reference = reference_of(samples(LEAST_SAMPLES - 1))
    assert reference.bands == {}
    assert said_of(SIZE, (7.0,) * 7, reference) == "diameter: no band yet, 38 of the 39 normal samples that it takes."
    assert "no band yet, 0 of the 39" in said_of(PALLOR, (0.3,) * 7, Reference())
    assert "isn't compared" in said_of(SIZE, None, reference)
    assert "too few measured red cells" in said_of(SHAPE, None, reference)


def test_samples_without_a_calibration_count_for_shape_alone():
    reference = reference_of([*samples(LEAST_SAMPLES, sized=False), *samples(3)])
    assert reference.samples[SIZE] == 3
    assert SIZE not in reference.bands
    assert SHAPE in reference.bands


def test_where_a_case_leaves_the_band_is_named_and_a_narrow_basis_too():
    reference = reference_of(samples(LEAST_SAMPLES))
    usual = tuple(7 + 2 * (level - 0.5) for level in LEVELS)
    assert said_of(SIZE, usual, reference).startswith("diameter: within the band of 39 normal samples, a narrow basis")
    wide = (*usual[:5], usual[5] + 3, usual[6] + 3)
    assert said_of(SIZE, wide, reference).endswith("at the quantiles 90 %, 95 %.")
    full = reference_of(samples(ENOUGH_SAMPLES))
    assert said_of(SIZE, usual, full) == "diameter: within the band of 120 normal samples."
