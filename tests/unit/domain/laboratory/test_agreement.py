"""Agreement and kappa against published numbers, and their interval against a simulation."""

import random

import pytest

from rbc_desktop.domain.laboratory.agreement import agreement_of, agreement_text


def pairs_of(table):
    return [(a, b) for a, row in enumerate(table) for b, n in enumerate(row) for _ in range(n)]


def test_kappa_of_the_grants_that_two_readers_judged():
    """20, 5, 10, 15: the textbook case, κ = 0.4."""
    found = agreement_of(pairs_of([[20, 5], [10, 15]]))
    assert (found.count, found.agreed) == (50, 35)
    assert found.kappa == pytest.approx(0.4)
    assert found.kappa_low < 0.4 < found.kappa_high


def test_the_standard_error_of_fleiss_cohen_and_everitt():
    """Their table of 1969 (as proportions of 200 cases): κ = 0.429, standard error 0.054 to three digits."""
    found = agreement_of(pairs_of([[106, 10, 4], [22, 28, 10], [2, 12, 6]]))
    assert found.kappa == pytest.approx(0.429, abs=5e-4)
    assert (found.kappa_high - found.kappa) / 1.959964 == pytest.approx(0.054, abs=1e-3)


def test_the_interval_holds_the_true_kappa_about_as_often_as_it_says():
    """Two readers who err independently on three classes; 400 readings of 200 cells."""
    rng = random.Random(20)
    shares, error = (0.7, 0.2, 0.1), 0.1

    def read(true):
        return rng.choice([c for c in range(3) if c != true]) if rng.random() < error else true

    def sample(count):
        trues = rng.choices(range(3), weights=shares, k=count)
        return [(read(t), read(t)) for t in trues]

    truth = agreement_of(sample(200_000)).kappa
    held = sum((f := agreement_of(sample(200))).kappa_low <= truth <= f.kappa_high for _ in range(400))
    assert 0.92 <= held / 400 <= 0.98


def test_readings_that_agree_throughout_and_not_at_all():
    found = agreement_of(pairs_of([[10, 0], [0, 10]]))
    assert (found.share, found.kappa, found.kappa_low, found.kappa_high) == (1, 1, 1, 1)
    assert agreement_of(pairs_of([[0, 10], [10, 0]])).kappa == -1


def test_one_class_only_has_no_kappa_and_no_pairs_nothing():
    found = agreement_of([("normal", "normal")] * 5)
    assert found.kappa is None
    assert "isn't defined" in agreement_text(found)
    assert agreement_of([]) is None
    one = agreement_of([("normal", "normal")] * 5 + [("normal", "teardrop")])
    assert (one.kappa, one.kappa_low) == (pytest.approx(0), None)
    assert "says nothing here" in agreement_text(one)


def test_the_sentence_has_both_numbers_with_their_intervals():
    text = agreement_text(agreement_of(pairs_of([[20, 5], [10, 15]])))
    assert text.startswith("35 of 50 cells agree (70.0 %, 95 % interval 56.2 to 80.9 %); Cohen's kappa 0.40 (0.1")
