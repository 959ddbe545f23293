"""The graded sample as a table."""

from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.summary.summary import RUO_LINE, build
from rbc_desktop.reports.tables.summary_csv import COLUMNS, WHOLE, write_summary
from tests.fakes.report_cases import CONTEXT, add_cell, add_field, disc, drawn_field, measured, read_csv


@pytest.fixture
def rows(graded, tmp_path):
    write_summary(tmp_path / "s.csv", graded)
    return read_csv(tmp_path / "s.csv")


def test_one_row_per_class_says_what_the_summary_says(graded, rows):
    whole = [row for row in rows if row["scope"] == WHOLE]
    assert tuple(rows[0]) == COLUMNS
    assert [row["class"] for row in whole] == [line.name for line in graded.sample.grades]
    for row, line in zip(whole, graded.sample.grades, strict=True):
        assert row["grade"] == (line.grade or "")
        assert row["confirmed_grade"] == (line.confirmed or "")
        if line.share is not None:
            assert float(row["percent"]) == pytest.approx(100 * line.share, abs=0.01)
            assert float(row["percent_low_95"]) <= float(row["percent"]) <= float(row["percent_high_95"])
            assert (int(row["cells"]), int(row["red_cells"])) == (line.count, line.total)


def test_the_confirmed_grade_stands_beside_the_suggested_one(rows):
    (teardrop,) = [row for row in rows if (row["class"], row["scope"]) == ("teardrop", WHOLE)]
    assert (teardrop["grade"], teardrop["confirmed_grade"], teardrop["suggested_grade"]) == ("3+", "3+", "2+")
    assert teardrop["loinc"] == "7791-7"
    assert {row["status"] for row in rows} == {"draft"}
    assert {row["audit_head"] for row in rows} == {"ab" * 32}
    assert {row["notice"] for row in rows} == {RUO_LINE}


def test_fields_add_up_to_the_whole_and_have_no_grade(tmp_path):
    case = Case()
    for count in (3, 5):
        field = add_field(case, drawn_field([]), name=f"{count}.png")
        for cell_class, times in ((CellClass.NORMAL, 4), (CellClass.TARGET_CELL, count)):
            for _ in range(times):
                add_cell(case, field, disc(50, 50), measurements=measured(), reviewed=cell_class)
    write_summary(tmp_path / "s.csv", build(case, context=CONTEXT))
    rows = [row for row in read_csv(tmp_path / "s.csv") if row["class"] == "target cell"]
    assert [(r["scope"], r["cells"], r["red_cells"]) for r in rows] == [
        (WHOLE, "8", "16"), ("3.png", "3", "7"), ("5.png", "5", "9"),
    ]  # fmt: skip
    assert [bool(r["grade"]) for r in rows[1:]] == [False, False]


def test_text_cannot_become_a_formula(graded, tmp_path):
    sample = replace(graded.identity, sample_id="=1+1", operator="@me")
    write_summary(tmp_path / "s.csv", replace(graded, identity=sample))
    row = read_csv(tmp_path / "s.csv")[0]
    assert (row["sample"], row["operator"]) == ("'=1+1", "'@me")


def test_equal_summaries_give_equal_bytes(graded, tmp_path):
    for name in ("a", "b"):
        write_summary(tmp_path / name, graded)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
