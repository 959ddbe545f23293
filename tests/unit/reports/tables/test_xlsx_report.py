"""The workbook as another library reads it."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.files import is_full
from rbc_desktop.reports.summary.summary import RUO_LINE
from rbc_desktop.reports.tables.xlsx_report import write_xlsx


def opened(summary, tmp_path, name="sample.xlsx"):
    write_xlsx(tmp_path / name, summary)
    return load_workbook(tmp_path / name)


def table(sheet):
    heads, *rows = sheet.iter_rows(values_only=True)
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows if row[0]}


def test_lines_hold_numbers_and_grades(graded, tmp_path):
    book = opened(graded, tmp_path)
    lines = table(book["Classes"])
    drops = lines["teardrop"]
    assert (drops["Cells"], drops["Red cells"], drops["Share"]) == (20, 200, 0.1)
    assert (drops["LOINC"], drops["Suggested"], drops["Confirmed"]) == ("7791-7", "2+", "3+")
    assert lines["macrocyte"]["Share"] is None
    assert lines["macrocyte"]["Remark"] == "not assessable: the field is not calibrated"
    assert RUO_LINE in lines


def test_fields_have_their_counts(graded, tmp_path):
    fields = table(opened(graded, tmp_path)["Fields"])
    assert [(f["Cells"], f["normal"], f["teardrop"]) for f in fields.values()] == [(200, 166, 20)]


def test_nothing_is_a_formula_and_long_texts_survive(graded, tmp_path):
    identity = Identity(sample_id="=1+1", patient="@cmd", comment="line\n" * 3000)
    sheet = opened(replace(graded, identity=identity), tmp_path)["Sample"]
    details = {row[0].value: row[1] for row in sheet.iter_rows()}
    assert (details["Sample number"].value, details["Sample number"].data_type) == ("=1+1", "s")
    assert details["Patient"].data_type == "s"
    assert len(details["Comment"].value) > 14_000
    assert "verify against the primary source" in details["Grading scheme"].value


def test_equal_summaries_make_equal_files(graded, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(tmp_path / name, graded)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file that is always full")
def test_a_full_disk_is_told_as_one(graded):
    with pytest.raises(OSError, match="space") as caught:
        write_xlsx(Path("/dev/full"), graded)
    assert is_full(caught.value)
