"""Exported files say what the case says, or the first value that doesn't is named."""

import csv
from dataclasses import replace

import openpyxl
import pytest

from rbc_desktop.commands.terminal.catalogues import german
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.errors import CaseFileError
from rbc_desktop.language import ENGLISH, speak
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.reports.tables.csv_report import write_cells
from rbc_desktop.reports.tables.summary_csv import write_summary
from rbc_desktop.reports.tables.xlsx_report import write_xlsx
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.verification.verified_numbers import number_findings, stated_head
from tests.fakes.report_cases import CONTEXT, add_field, drawn_field
from training.renderer import Kind

HEAD = "ab" * 32


@pytest.fixture(scope="module")
def case():
    """A graded case with one drawn field."""
    case = Case(identity=Identity(sample_id="S-7"))
    add_field(case, drawn_field([Kind.NORMAL] * 8 + [Kind.TEARDROP] * 2, seed=1), name="=smear, 1.png")
    case.grading = Grading(read_scheme(bundled_schemes() / "icsh_like.json")).with_grade("teardrop", "3+")
    return case


@pytest.fixture
def exported(case, tmp_path):
    path = tmp_path / "case_cells.csv"
    write_cells(path, rows_of(case), app_version="0.1")
    return path


@pytest.fixture
def summary(case):
    return build(case, context=replace(CONTEXT, head=HEAD))


def found(case, path, **given):
    ((ok, detail),) = [(f.ok, f.detail) for f in number_findings(case, path, **given)]
    return ok, detail


def changed(path, row, **values):
    """One row of a table says something else."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    lines[row].update(values)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return lines


def test_what_was_exported_is_what_the_case_says_whichever_version_wrote_it(case, exported):
    assert found(case, exported) == (True, "case_cells.csv says what the case says: 10 cells")
    assert stated_head(exported) == ""


def test_the_first_value_that_differs_is_named(case, exported):
    area = rows_of(case)[3].area_px
    changed(exported, 3, area_px=str(area + 1), x="0")
    changed(exported, 5, area_px="7")
    ok, detail = found(case, exported)
    assert not ok
    assert detail == f"Cell 4, x: the file says “0”, the case “{rows_of(case)[3].x:.2f}”."


def test_cells_too_few_and_too_many_are_named(case, exported):
    lines = exported.read_text(encoding="utf-8-sig").splitlines()
    exported.write_text("\n".join(lines[:-1]), encoding="utf-8-sig")
    assert found(case, exported) == (False, "Cell 10 is not in the file.")
    exported.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8-sig")
    assert found(case, exported) == (False, "Cell 10 is in the file and not in the case.")


def test_the_table_of_the_sample_is_compared(case, summary, tmp_path):
    path = tmp_path / "case_sample.csv"
    write_summary(path, summary)
    ok, detail = found(case, path)
    assert ok, detail
    assert detail.startswith("case_sample.csv says what the case says: ")
    assert stated_head(path) == HEAD
    lines = changed(path, 0)
    place = next(n for n, line in enumerate(lines) if line["class"] == "teardrop")
    changed(path, place, percent="21.00")
    assert found(case, path) == (False, "teardrop (all), percent: the file says “21.00”, the case “22.22”.")
    changed(path, place, percent="22.22", confirmed_grade="1+")
    assert found(case, path) == (False, "teardrop (all), confirmed_grade: the file says “1+”, the case “3+”.")


def test_rows_of_the_sample_too_few_are_named(case, summary, tmp_path):
    path = tmp_path / "case_sample.csv"
    write_summary(path, summary)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(lines[:-1]), encoding="utf-8-sig")
    ok, detail = found(case, path)
    assert not ok
    assert detail.endswith("is not in the file.")


def test_a_workbook_is_compared_also_after_another_program_saved_it(case, summary, tmp_path):
    path = tmp_path / "case_sample.xlsx"
    write_xlsx(path, summary)
    assert found(case, path)[0]
    assert stated_head(path) == HEAD
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert found(case, path)[0], "other XML, the same values"
    sheet = book.worksheets[0]
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "teardrop")
    sheet.cell(row, 3).value = 3
    book.save(path)
    assert found(case, path) == (False, f"Sheet 1, C{row}: the file says “3”, the case “2”.")
    sheet.cell(row, 3).value = 2
    book.worksheets[1].cell(9, 9).value = 77
    book.save(path)
    assert found(case, path) == (False, "Sheet 2, I9: the file says “77”, the case “”.")


def test_a_file_in_another_language_is_compared_in_it(case, summary, tmp_path):
    path, language = tmp_path / "case_sample.xlsx", german()
    speak(language)
    write_xlsx(path, summary)
    speak(ENGLISH)
    assert found(case, path, languages=(ENGLISH, language))[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(4, 3).value = 9
    book.save(path)
    ok, detail = found(case, path, languages=iter((ENGLISH, language)))
    assert (ok, detail.startswith("Sheet 1, C4: the file says “9”")) == (False, True), detail


@pytest.mark.parametrize("content", [b"", b"a,b\r\n1,2\r\n", b"\xff\xfe\x00", b"%PDF-1.4", b"PK\x03\x04", b"PK"])
def test_what_is_no_such_file_gets_a_sentence(case, tmp_path, content):
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    for look in (found, lambda _, path: stated_head(path)):
        with pytest.raises(CaseFileError, match=r"^other\.csv is no file of numbers that can be compared"):
            look(case, path)
    with pytest.raises(CaseFileError, match=r"^missing\.csv is no file of numbers"):
        found(case, tmp_path / "missing.csv")
