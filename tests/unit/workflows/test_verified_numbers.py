"""Exported numbers are those of the case, or the first that isn't is named."""

import csv

import pytest

from rbc_desktop.domain.case import Case
from rbc_desktop.errors import CaseFileError
from rbc_desktop.reports.csv_report import write_cells
from rbc_desktop.reports.rows import rows_of
from rbc_desktop.workflows.verified_numbers import number_findings
from tests.fakes.report_cases import add_field, drawn_field
from training.renderer import Kind


@pytest.fixture(scope="module")
def case():
    """A case with one drawn field."""
    case = Case()
    add_field(case, drawn_field([Kind.NORMAL] * 8 + [Kind.TEARDROP] * 2, seed=1), name="=smear, 1.png")
    return case


@pytest.fixture
def exported(case, tmp_path):
    path = tmp_path / "case_cells.csv"
    write_cells(path, rows_of(case), app_version="0.1")
    return path


def found(case, path):
    ((ok, detail),) = [(f.ok, f.detail) for f in number_findings(case, path)]
    return ok, detail


def test_what_was_exported_is_what_the_case_says_whichever_version_wrote_it(case, exported):
    assert found(case, exported) == (True, "case_cells.csv says what the case says: 10 cells")


def test_the_first_value_that_differs_is_named(case, exported):
    with exported.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    area = int(lines[3]["area_px"])
    lines[3]["area_px"] = str(area + 1)
    with exported.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    ok, detail = found(case, exported)
    assert not ok
    assert detail == f"Cell 4: the file says area_px “{area + 1}”, the case “{area}”."


def test_cells_too_few_and_too_many_are_named(case, exported):
    lines = exported.read_text(encoding="utf-8-sig").splitlines()
    exported.write_text("\n".join(lines[:-1]), encoding="utf-8-sig")
    assert found(case, exported) == (False, "Cell 10 is not in the file.")
    exported.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8-sig")
    assert found(case, exported) == (False, "Cell 10 is in the file and not in the case.")


@pytest.mark.parametrize("content", [b"", b"a,b\r\n1,2\r\n", b"\xff\xfe\x00", b"%PDF-1.4"])
def test_what_is_no_such_file_gets_a_sentence(case, tmp_path, content):
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(CaseFileError, match="CSV of cells"):
        found(case, path)
    with pytest.raises(CaseFileError, match="CSV of cells"):
        found(case, tmp_path / "missing.csv")
