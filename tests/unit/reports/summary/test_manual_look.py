"""Why a person should look at the film."""

from dataclasses import replace
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, SCALE, add_cell, certain, disc, measured


def made(reviewed=(), predicted=(), *, scheme=True, probability=0.99):
    """A case of one good field with so many cells of these classes."""
    case = Case(fields={1: Field(1, Path("/data/a.png"), "f" * 64, 400, 300, SCALE)}, qualities={1: GOOD})
    for cell_class, count in reviewed:
        for _ in range(count):
            add_cell(case, case.fields[1], disc(50, 50), measurements=measured(39), reviewed=cell_class)
    for cell_class, count in predicted:
        prediction = certain(cell_class, probability=probability)
        for _ in range(count):
            add_cell(case, case.fields[1], disc(50, 50), prediction=prediction, measurements=measured(39))
    if scheme:
        case.grading = Grading(read_scheme(bundled_schemes() / "icsh_like.json"))
    return case


def reasons(case):
    return " ".join(build(case, context=CONTEXT).manual_look)


def test_a_settled_sample_needs_none():
    case = made([(CellClass.NORMAL, 1200)])
    assert build(case, context=CONTEXT).manual_look == ()


@pytest.mark.parametrize(("count", "said"), [(10, False), (30, True)])
def test_more_than_one_per_cent_of_schistocytes(count, said):
    case = made([(CellClass.NORMAL, 2000 - count), (CellClass.SCHISTOCYTE, count)])
    assert ("look at the film now" in reasons(case)) is said


def test_a_sample_without_red_cells():
    assert build(made(), context=CONTEXT).manual_look == ("No red cell was counted.",)
    assert build(Case(), context=CONTEXT).manual_look == ()


@pytest.mark.parametrize(
    ("count", "said"), [(1, "Only 1 red cell was counted"), (99, "Only 99 red cells were counted"), (100, "")]
)
def test_few_red_cells_with_or_without_a_scheme(count, said):
    found = reasons(made([(CellClass.NORMAL, count), (CellClass.NOT_RED_CELL, 9)], scheme=False))
    assert found == (f"{said}: the shares say little." if said else "")


def test_cells_that_nobody_has_seen_are_counted():
    case = made([(CellClass.NORMAL, 5)], [(CellClass.TARGET_CELL, 3)], scheme=False, probability=0.3)
    assert "3 cells that need review were not seen by a person." in reasons(case)
    one = made([(CellClass.NORMAL, 5)], [(CellClass.TARGET_CELL, 1)], scheme=False, probability=0.3)
    assert "1 cell that needs review was not seen" in reasons(one)


def test_a_borderline_grade_until_a_person_confirms_one():
    case = made([(CellClass.NORMAL, 186), (CellClass.TARGET_CELL, 14)])
    assert "spans a limit of the scheme: target cell" in reasons(case)
    case.grading = case.grading.with_grade("target cell", "2+")
    assert "target cell" not in reasons(case)


def test_too_few_cells_for_a_line():
    assert "Too few red cells were counted for a grade: schistocyte" in reasons(made([(CellClass.NORMAL, 500)]))


def test_missed_cells_in_fields_that_count():
    case = made([(CellClass.NORMAL, 1200)])
    case.fields[1] = case.fields[1].with_remark("missed", "9 cells may have been missed in a.png.")
    assert reasons(case) == "Cells may have been missed in 1 field."
    case.fields[1] = case.fields[1].with_remark("left out", "too thick")
    assert "missed" not in reasons(case)


def test_many_cells_without_a_class():
    case = made([(CellClass.NORMAL, 70)], scheme=False)
    for _ in range(30):
        add_cell(case, case.fields[1], disc(90, 90))
    assert "30 % of the cells have no class" in reasons(case)


def test_overrides_are_told_with_their_interval():
    case = made(predicted=[(CellClass.TARGET_CELL, 20)], scheme=False)
    assert build(case, context=CONTEXT).override_text == ""
    for number, cell in list(case.cells.items()):
        given = CellClass.NORMAL if number <= 3 else CellClass.TARGET_CELL
        case.cells[number] = replace(cell, reviewed_class=given)
    assert build(case, context=CONTEXT).override_text == (
        "3 of 20 reviewed cells got another class than suggested: 15.0 % (5.2 – 36.0)"
    )
