"""What the films of a microscope say of a day, and which of them count."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rbc_desktop.domain.laboratory.control_film import (
    MEASURES,
    charts_of,
    films_of,
    instruments_of,
    value_text,
    verdict_of,
)
from rbc_desktop.language import ENGLISH, speak
from tests.fakes.control_films import FIRST, film, weeks


def said(films, day, instrument="scope  1"):
    return verdict_of(films, instrument=instrument, day=(FIRST + timedelta(days=day)).date())


def test_a_film_of_the_day_within_its_limits_is_fine():
    verdict = said(weeks(), 21)
    assert (verdict.kind, verdict.is_problem) == ("fine", False)
    assert verdict.text == "The control film of scope 1 of 2026-03-23 lies within its limits."


@pytest.mark.parametrize("films", [(), weeks(), [film(22, instrument="Scope 2"), *weeks()]])
def test_without_a_film_of_the_day_it_is_missing(films):
    verdict = said(films, 22)
    assert (verdict.kind, verdict.is_problem) == ("missing", True)
    assert verdict.text == "The control film of scope 1 of 2026-03-24 is missing."


def test_a_film_that_breaks_a_rule_has_run_off_and_the_rule_is_named():
    verdict = said([*weeks(), film(22, 7.5)], 22)
    assert (verdict.kind, verdict.is_problem) == ("run off", True)
    assert "diameter breaks 1-3s (one value is more than 3 SD off)" in verdict.text
    assert said([*weeks(), film(22, 7.5)], 21).kind == "fine", "a later film changes nothing of an earlier day"


def test_two_sd_are_watched_and_are_no_problem():
    spread = charts_of(weeks())["diameter"]
    verdict = said([*weeks(), film(22, spread.mean + 2.4 * spread.sd)], 22)
    assert (verdict.kind, verdict.is_problem) == ("watch", False)


def test_the_first_films_make_the_limits_and_are_no_problem():
    verdict = said(weeks(4), 3)
    assert (verdict.kind, verdict.is_problem) == ("baseline", False)
    assert "number 4 of the 20" in verdict.text


def test_a_case_without_a_microscope_has_no_control_film():
    assert said(weeks(), 21, instrument=" ").is_problem


def test_left_out_films_count_nowhere_and_a_new_beginning_forgets_what_was_before():
    films = [*weeks(), film(22, 7.5, left_out="a damaged film")]
    assert said(films, 22).kind == "missing"
    films = [*weeks(30), *(film(day, 8 + 0.01 * (day % 3)) for day in range(30, 52))]
    assert said(films, 51).kind == "run off"
    films[30] = replace(films[30], anew="another lamp")
    assert len(films_of(films, "Scope 1")) == 22
    assert charts_of(films_of(films, "Scope 1"))["diameter"].mean == pytest.approx(8.01, abs=2e-3)
    assert said(films, 51).kind == "fine"
    assert said(films, 22).kind == "fine", "days before the new beginning keep their limits"


def test_microscopes_are_named_once_as_the_newest_film_writes_them():
    films = [film(0, instrument="BX 53"), film(2, instrument="bx  53"), film(1, instrument="Axio")]
    assert instruments_of(films) == ("Axio", "bx  53")
    assert films[0].day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))


def test_values_stand_in_a_column_to_the_same_place_and_in_the_present_language():
    assert [value_text("diameter", v) for v in (7.0, 7.504, 11.25)] == ["7.00", "7.50", "11.25"]
    assert value_text("diameter", 0.0634, is_sd=True) == "0.063"
    assert value_text("diameter in pixels", 38.04) == "38.0"
    before = speak(replace(ENGLISH, decimal=","))
    try:
        assert value_text("optical density", 0.31) == "0,310"
    finally:
        speak(before)


def test_every_measure_has_its_places():
    assert all(value_text(measure, 1.0) for measure in MEASURES)
