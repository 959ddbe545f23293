"""A study counts what may be counted: washout, clusters, classes, grades, repeats."""

import math
import random

import pytest

from rbc_desktop.domain.laboratory.concordance import Imaging, Reread, concordance_of, repeatability_of

TEARDROP = "teardrop"


def reread(case, pairs, *, second="Bo", days=20.0, grades=None):
    return Reread(case, "Ada", second, days, tuple(pairs), grades or {})


def pairs_with(agreed, other, *, name="normal"):
    return [(name, name)] * agreed + [("normal", TEARDROP)] * other


def test_the_same_person_is_known_whatever_the_blanks_and_letters_and_is_early_before_two_weeks():
    again = reread("1", pairs_with(9, 1), second=" ada ", days=13.9)
    assert (again.kind, again.is_early) == ("intra-observer", True)
    assert not reread("1", pairs_with(9, 1), second="ADA", days=14).is_early
    other = reread("1", pairs_with(9, 1), days=0)
    assert (other.kind, other.is_early) == ("inter-observer", False)


def test_early_readings_are_left_out_and_kinds_are_kept_apart():
    rereads = [
        reread("1", pairs_with(90, 10), second="Ada"), reread("2", pairs_with(50, 50), second="Ada", days=2),
        reread("3", pairs_with(80, 20)), reread("4", pairs_with(100, 0)),
    ]  # fmt: skip
    intra, inter = (concordance_of(rereads, kind) for kind in ("intra-observer", "inter-observer"))
    assert (intra.cases, intra.cells, intra.agreed) == (1, 100, 90)
    assert (inter.cases, inter.cells, inter.agreed) == (2, 200, 180)
    assert inter.below == (("3", 0.8),)
    assert not inter.is_enough
    assert concordance_of(rereads[1:2], "intra-observer") is None


def test_agreement_class_by_class_is_the_specific_one():
    found = concordance_of([reread("1", [("normal", "normal")] * 6 + [("normal", TEARDROP)] * 2)], "inter-observer")
    assert [(c.name, c.first, c.second, c.both) for c in found.classes] == [("normal", 8, 6, 6), (TEARDROP, 0, 2, 0)]
    assert found.classes[0].share == pytest.approx(12 / 14)


def test_a_case_is_concordant_when_every_line_has_the_same_grade():
    same, other = {"a": ("1+", "1+"), "b": ("2+", "2+")}, {"a": ("1+", "1+"), "b": ("2+", "3+")}
    rereads = [reread(str(n), pairs_with(9, 1), grades=other if n == 0 else same) for n in range(60)]
    rereads.append(reread("without a scheme", pairs_with(9, 1)))
    found = concordance_of(rereads, "inter-observer")
    assert (found.graded, found.grades_agree, found.is_enough) == (60, 59, True)
    assert found.grades_low < 59 / 60 < found.grades_high


def test_the_interval_of_kappa_is_that_of_cases_as_clusters():
    """Readers who differ more from case to case than chance would let cells differ: the interval is wider for it."""
    rng = random.Random(4)

    def study():
        rereads = []
        for case in range(30):
            wrong = 0.02 if case % 2 else 0.4
            trues = rng.choices(["normal", TEARDROP], weights=(3, 1), k=60)
            pairs = [(t, t if rng.random() > wrong else ("normal" if t == TEARDROP else TEARDROP)) for t in trues]
            rereads.append(reread(str(case), pairs))
        return rereads

    rereads = study()
    found = concordance_of(rereads, "inter-observer")
    from rbc_desktop.domain.laboratory.agreement import agreement_of

    plain = agreement_of([p for r in rereads for p in r.pairs])
    assert found.kappa == pytest.approx(plain.kappa)
    assert found.kappa_high - found.kappa_low > 1.5 * (plain.kappa_high - plain.kappa_low)
    assert (found.low, found.high) != (plain.low, plain.high)


def test_one_case_has_no_interval_of_kappa():
    found = concordance_of([reread("1", [*pairs_with(9, 1), (TEARDROP, TEARDROP)])], "inter-observer")
    assert found.kappa is not None
    assert found.kappa_low is None


def imaging(case, sample, share, diameter=None):
    return Imaging(case, sample, 500, {"normal": 1 - share, TEARDROP: share}, diameter)


def test_repeats_are_pooled_within_samples():
    """Two samples, twice each: teardrops 10 and 12 %, 30 and 34 %."""
    groups = [
        imaging("a", "S1", 0.10, 7.0), imaging("b", "S1", 0.12, 7.2),
        imaging("c", "S2", 0.30), imaging("d", "S2", 0.34),
        imaging("e", "S3", 0.5), imaging("f", "", 0.5), imaging("g", "", 0.1),
    ]  # fmt: skip
    found = repeatability_of(groups)
    assert (found.samples, found.cases) == (2, 4)
    assert dict(found.shares)[TEARDROP] == pytest.approx(math.sqrt((2 + 8) / 2))
    assert found.diameter_cv == pytest.approx(100 * math.sqrt(2 * (0.1 / 7.1) ** 2))
    assert repeatability_of(groups[4:]) is None
