"""A control film in numbers, and the command over a folder of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rbc_desktop.cli import main
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.changes import PutAnalyses, PutCells, PutFields, PutIdentity, PutReviews
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.errors import LabListError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.control.controlling import (
    Overrides,
    film_of,
    judged_day,
    microscope_of,
    overrides_of,
    today,
    trends_of,
    with_film,
    with_films,
    with_note,
)
from tests.fakes.report_cases import add_field, drawn_field
from training.renderer import Kind

FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def film_case():
    """One measured field with sixty red cells, of the first day."""
    case = Case(identity=Identity(instrument="Scope 1"))
    add_field(case, drawn_field([Kind.NORMAL] * 70, seed=1, width=900, height=700), name="film.png")
    return at(case, FIRST)


def at(case, time, *, larger=1.0):
    """The film as it would have been measured at this time, its cells so many times larger."""
    analyses = {
        number: replace(
            a, made=time, measurements=replace(a.measurements, diameter_px=a.measurements.diameter_px * larger)
        )
        for number, a in case.analyses.items()
    }
    return replace(case, analyses=analyses)


def test_medians_time_and_instrument(film_case):
    film = film_of(film_case, name="a")
    assert (film.instrument, film.time) == ("Scope 1", FIRST.isoformat())
    assert film.values["diameter"] == pytest.approx(39 * 0.19, rel=0.05)
    assert set(film.values) == {"diameter", "optical density", "pallor"}
    without = replace(film_case, fields={1: replace(film_case.fields[1], calibration=None)})
    assert film_of(without, name="a").values["diameter in pixels"] == pytest.approx(39, rel=0.05)
    assert film_of(Case(), name="a") is None


def test_overruled_classes_are_counted_by_month_and_by_what_the_classifier_said(film_case):
    cells = dict(film_case.cells)
    for number, given in ((1, CellClass.NORMAL), (2, CellClass.NORMAL), (3, CellClass.TEARDROP)):
        cells[number] = replace(cells[number], reviewed_class=given)
    (found,) = overrides_of([replace(film_case, cells=cells)])
    assert (found.month, found.predicted, found.seen, found.overruled) == ("2026-01", "normal", 3, 1)


def write(case, path):
    store = CaseFile.create(path)
    store.apply(PutIdentity(case.identity))
    store.apply(PutFields(tuple(case.fields.values())))
    store.apply(PutCells(tuple(case.cells.values())))
    store.apply(PutAnalyses(tuple(case.analyses.values())))
    store.apply(PutReviews(((1, CellClass.TEARDROP),)))
    store.close()


def test_the_command_says_that_a_microscope_runs_off(film_case, tmp_path, capsys):
    for day in range(12):
        write(at(film_case, FIRST + timedelta(days=day), larger=1 + 0.002 * (day % 3)), tmp_path / f"day {day:02}.rbc")
    arguments = ["control", str(tmp_path), "--baseline", "10", "--out", str(tmp_path / "charts")]
    assert main(arguments) == 0
    assert "Scope 1: diameter in µm: " in capsys.readouterr().out
    write(at(film_case, FIRST + timedelta(days=12), larger=1.1), tmp_path / "day 12.rbc")
    assert main(arguments) == 1
    assert "run off (1-3s: one value is more than 3 SD off)" in capsys.readouterr().out
    assert (tmp_path / "charts" / "control.pdf").read_bytes().startswith(b"%PDF")


def test_places_without_cases_and_films_with_few_cells_are_said(tmp_path, capsys):
    assert main(["control", str(tmp_path), "--out", str(tmp_path / "charts")]) == 2
    CaseFile.create(tmp_path / "empty.rbc").close()
    assert main(["control", str(tmp_path), "--out", str(tmp_path / "charts")]) == 1
    assert "empty.rbc is left out: it has fewer than 50 measured red cells." in capsys.readouterr().out


def test_a_film_stands_on_the_list_once_and_needs_cells_and_a_microscope(film_case):
    films = with_film((), film_case, name="  one  film ", operator="Ada")
    assert [(k.film.name, k.film.instrument, k.operator) for k in films] == [("one film", "Scope 1", "Ada")]
    again = with_film(films, at(film_case, FIRST + timedelta(hours=1)), name="again")
    assert [k.film.name for k in again] == ["again"]
    with pytest.raises(LabListError, match="needs 50 measured red cells"):
        with_film(films, Case(), name="none")
    unnamed = replace(film_case, identity=Identity())
    with pytest.raises(LabListError, match="names no instrument"):
        with_film(films, unnamed, name="whose")
    assert with_film((), unnamed, name="x", camera="NIKON DS-Fi2")[0].film.instrument == "NIKON DS-Fi2"
    assert microscope_of(film_case, camera="NIKON DS-Fi2") == "Scope 1"


def test_a_note_is_for_one_film_and_can_be_taken_back(film_case):
    films = with_film((), film_case, name="a")
    noted = with_note(films, films[0].case, left_out="damaged")
    assert noted[0].left_out == "damaged"
    assert with_note(noted, films[0].case) == films
    assert with_note(films, "another", anew="x") == films


def test_films_of_another_computer_join_the_list_with_what_was_noted_there(film_case):
    here = with_film((), film_case, name="K 1")
    earlier = replace(film_case, fields={1: replace(film_case.fields[1], sha256="another picture")})
    there = with_film(here, at(earlier, FIRST - timedelta(days=1)), name="K 0")
    first = next(kept for kept in there if kept not in here)
    there = with_note(with_note(there, here[0].case, left_out="damaged"), first.case, anew="another lamp")
    joined = with_films(here, there)
    assert [(kept.film.name, kept.left_out, kept.anew) for kept in joined] == [
        ("K 0", "", "another lamp"), ("K 1", "damaged", ""),
    ]  # fmt: skip
    own = with_note(here, here[0].case, left_out="another lot")
    assert with_films(own, there)[1].left_out == "another lot", "a note of this computer stays"
    assert with_films(joined, there) == joined
    assert with_films((), there) == there


def test_a_final_report_rests_on_the_film_of_the_day_it_was_signed(film_case):
    signed = SignOff("final", "Ada", "approved by", "2026-01-05T12:00:00+00:00")
    assert judged_day(replace(film_case, sign_offs=(signed,))) == FIRST.astimezone().date()
    assert judged_day(film_case) == today()


def test_a_rate_that_rises_beyond_chance_is_told_from_one_that_varies():
    steady = [Overrides(f"2026-{m:02}", "normal", 60, 4 + m % 2) for m in range(1, 8)]
    risen = [*(replace(o, predicted="teardrop") for o in steady), Overrides("2026-08", "teardrop", 60, 20)]
    once = Overrides("2026-08", "macrocyte", 5, 5)
    assert [(t.predicted, t.rises) for t in trends_of([*steady, *risen, once])] == [
        ("macrocyte", False), ("normal", False), ("teardrop", True),
    ]  # fmt: skip
