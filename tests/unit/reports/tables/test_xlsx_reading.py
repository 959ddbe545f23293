"""Workbooks of two writers are read the same."""

import zipfile

import openpyxl
import pytest
import xlsxwriter

from rbc_desktop.reports.tables.xlsx_reading import place_name, read_workbook


def test_numbers_and_texts_stand_at_their_places(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        first = book.add_worksheet("one")
        first.write_string(0, 0, "Zellen <&>")
        first.write_number(2, 27, 0.1)
        for _ in range(10):
            book.add_worksheet().write_string(1, 1, "x")
    sheets = read_workbook(path)
    assert len(sheets) == 11, "the tenth comes after the second"
    assert sheets[0] == {(0, 0): "Zellen <&>", (2, 27): "0.1"}
    openpyxl.load_workbook(path).save(path)
    assert read_workbook(path)[0] == sheets[0]


@pytest.mark.parametrize(("place", "name"), [((0, 0), "A1"), ((9, 25), "Z10"), ((2, 27), "AB3"), ((0, 702), "AAA1")])
def test_places_are_called_as_in_a_spreadsheet(place, name):
    assert place_name(place) == name


@pytest.mark.parametrize(
    "sheet", ["<a", "<a/>", '<c xmlns="{space}" r="1A"/>', '<c xmlns="{space}" r="A1" t="s"><v>9</v></c>']
)
def test_what_is_no_workbook_is_refused(tmp_path, sheet):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        book.writestr("xl/worksheets/sheet1.xml", sheet.format(space=space))
    if sheet == "<a/>":
        assert read_workbook(path) == [{}]
    else:
        with pytest.raises(ValueError):  # noqa: PT011 — by any of its kinds
            read_workbook(path)
