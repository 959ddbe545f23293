"""A control film in numbers, and the command over a folder of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rbc_desktop.cli import main
from rbc_desktop.domain.case import Case, Identity
from rbc_desktop.domain.changes import PutAnalyses, PutCells, PutFields, PutIdentity, PutReviews
from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.storage.case_file import CaseFile
from rbc_desktop.workflows.controlling import film_of, overrides_of
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
