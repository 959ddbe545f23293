"""Suggested grades at, below and beside limits."""

import pytest

from rbc_desktop.domain.sample.grading import NO_GRADE, Rule, Step, grade_of, suggestion

PERCENT = (Step("2+", "at least", 5.0), Step("3+", "above", 20.0))
RULE = Rule("target cell", ("target cell",), PERCENT)
FRAGMENTS = Rule(
    "schistocyte",
    ("schistocyte",),
    (Step("1+", "above", 0.0), Step("2+", "at least", 1.0), Step("3+", "above", 2.0)),
    least_cells=1000,
)
LOW_MCV = (Step("1+", "below", 80.0), Step("2+", "below", 70.0), Step("3+", "at most", 59.0))


@pytest.mark.parametrize(("value", "grade"), [(0, NO_GRADE), (4.99, NO_GRADE), (5, "2+"), (20, "2+"), (20.01, "3+")])
def test_limits_are_taken_as_they_are_written(value, grade):
    assert grade_of(value, PERCENT) == grade


@pytest.mark.parametrize(("value", "grade"), [(85, NO_GRADE), (79, "1+"), (69, "2+"), (59.5, "2+"), (59, "3+")])
def test_falling_limits(value, grade):
    assert grade_of(value, LOW_MCV) == grade


def test_a_clear_share_has_one_grade_and_wants_no_more_cells():
    found = suggestion(RULE, count=120, total=1000)
    assert (found.grade, found.is_borderline, found.more_cells, found.reason) == ("2+", False, 0, "")


def test_a_share_near_a_limit_is_borderline_and_says_how_many_cells_would_settle_it():
    found = suggestion(RULE, count=14, total=200)
    assert (found.grade, found.low, found.high) == ("2+", NO_GRADE, "2+")
    assert found.is_borderline
    total = 200 + found.more_cells
    assert not suggestion(RULE, count=round(0.07 * total), total=total).is_borderline
    fewer = 200 + int(0.9 * found.more_cells)
    assert suggestion(RULE, count=round(0.07 * fewer), total=fewer).is_borderline


def test_a_share_on_a_limit_stays_borderline_however_many_are_counted():
    found = suggestion(RULE, count=50, total=1000)
    assert found.is_borderline
    assert found.more_cells is None


def test_fields_that_differ_ask_for_more_cells():
    plain, clustered = (suggestion(RULE, count=14, total=200, effect=e) for e in (1.0, 3.0))
    assert clustered.more_cells > 2 * plain.more_cells


def test_below_its_least_number_a_line_has_no_grade():
    found = suggestion(FRAGMENTS, count=30, total=400)
    assert (found.grade, found.reason, found.more_cells) == (None, "fewer than 1,000 red cells", 600)
    assert not found.is_borderline
    assert suggestion(FRAGMENTS, count=75, total=1000).grade == "3+"
    assert suggestion(FRAGMENTS, count=0, total=0).reason == "no red cell is counted"
