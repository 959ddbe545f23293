"""Codes of the report's lines."""

import pytest

from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.reports.codes import LOINC, PANEL, iso_date, local_code


def check_digit(number: str) -> int:
    """LOINC's, by Luhn: every second digit from the right is doubled (LOINC users' guide, appendix C)."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in number[::-2])
    return -(doubled + sum(int(digit) for digit in number[-2::-2])) % 10


@pytest.mark.parametrize("code", [PANEL[0], *(code for code, _ in LOINC.values())])
def test_a_code_was_typed_without_a_slip(code):
    number, _, check = code.partition("-")
    assert int(check) == check_digit(number)


def test_each_class_has_a_code_of_its_own():
    codes = [code for code, _ in LOINC.values()]
    assert len(set(codes)) == len(codes)
    without = {c for c in BUILT_IN if c.value not in LOINC}
    assert without == {CellClass.NORMAL, CellClass.NOT_RED_CELL}, "the one isn't graded, the other has none"


@pytest.mark.parametrize(
    ("name", "code"), [("not a red cell", "not-a-red-cell"), ("Lücke", "l-cke-a3cb53"), ("§", "line-3ea6d6")]
)
def test_local_codes_are_plain_and_differ(name, code):
    assert local_code(name)[: len(code) - 6] == code[:-6]
    assert local_code(name).isascii()
    assert local_code(name) != local_code(f"{name}é")


@pytest.mark.parametrize(
    ("text", "date"),
    [("2026", "2026"), (" 2026-03 ", "2026-03"), ("2026-03-05", "2026-03-05"), ("2026-02-30", ""), ("5.3.2026", "")],
)
def test_dates_that_other_systems_take(text, date):
    assert iso_date(text) == date
