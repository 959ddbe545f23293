"""Values that contradict the film, each beside one that doesn't."""

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.blood_count import BloodCount, consistency, impossible

SMALL, LARGE, PALE = CellClass.MICROCYTE, CellClass.MACROCYTE, CellClass.HYPOCHROMIA
ROUND, FRAGMENTS = CellClass.SPHEROCYTE, CellClass.SCHISTOCYTE
PLAIN = {SMALL: 0.02, LARGE: 0.02, PALE: 0.02, ROUND: 0.02, FRAGMENTS: 0.0}


def remarks(count, shares=None, *, cv=None):
    return consistency(BloodCount(**count), {**PLAIN, **(shares or {})}, size_cv_percent=cv)


@pytest.mark.parametrize(
    ("count", "shares", "says"),
    [
        ({"mcv": 72}, {LARGE: 0.24}, "doesn't fit 24.0 % macrocytes"),
        ({"mcv": 112}, {SMALL: 0.2}, "doesn't fit 20.0 % microcytes"),
        ({"mcv": 90}, {SMALL: 0.2, LARGE: 0.15}, "two populations?"),
        ({"mcv": 68}, {SMALL: 0.0}, "but 0.0 % microcytes on the film"),
        ({"mcv": 118}, {LARGE: 0.004}, "but 0.4 % macrocytes on the film"),
        ({"mch": 31}, {PALE: 0.3}, "check stain and focus"),
        ({"mch": 21}, {PALE: 0.0}, "but 0.0 % hypochromic cells on the film"),
        ({"mchc": 300}, {ROUND: 0.2}, "isn't too thin"),
        ({"mchc": 375}, {ROUND: 0.0}, "lipaemia or agglutination"),
        ({"platelets": 40}, {FRAGMENTS: 0.03}, "review the film now"),
        ({"platelets": 300}, {FRAGMENTS: 0.03}, "check for artefacts"),
    ],
)
def test_a_value_that_contradicts_the_film_is_said(count, shares, says):
    (sentence,) = remarks(count, shares)
    assert says in sentence


def test_sizes_and_rdw():
    assert "even sizes" in remarks({"rdw": 22}, cv=6.0)[0]
    assert "uneven sizes" in remarks({"rdw": 12.5}, cv=16.0)[0]
    assert remarks({"rdw": 22}, cv=12.0) == remarks({"rdw": 13}, cv=6.5) == remarks({"rdw": 22}) == ()


@pytest.mark.parametrize(
    ("count", "shares"),
    [
        ({}, {FRAGMENTS: 0.5, ROUND: 0.5}),
        ({"mcv": 72}, {SMALL: 0.4}),
        ({"mcv": 112}, {LARGE: 0.4}),
        ({"mcv": 74}, {SMALL: 0.0}),
        ({"mcv": 108}, {LARGE: 0.0}),
        ({"mch": 22}, {PALE: 0.4}),
        ({"mch": 24}, {PALE: 0.0}),
        ({"mchc": 365}, {ROUND: 0.3}),
        ({"mchc": 340}, {ROUND: 0.3}),
        ({"platelets": 40}, {FRAGMENTS: 0.005}),
    ],
)
def test_what_fits_is_passed_over(count, shares):
    assert remarks(count, shares) == ()


def test_a_class_that_could_not_be_assessed_contradicts_nothing():
    assert consistency(BloodCount(mcv=72, mchc=375, mch=33), {}, size_cv_percent=None) == ()


def test_a_slip_of_the_unit_is_caught():
    assert impossible(BloodCount(hb=13.5, mcv=88)) == (
        "Hb 13.5 g/L isn't possible; check the number and the unit (20 to 260).",
    )
    assert impossible(BloodCount()) == ()
