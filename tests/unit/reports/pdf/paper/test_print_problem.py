"""What can't be printed is said in one sentence, wherever it was typed."""

from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.reports.pdf.paper.print_problem import print_problem

STRANGE = "\U00012345"


def test_all_is_well_where_every_letter_has_a_font(graded, no_system_fonts):
    assert print_problem(replace(graded, identity=Identity(patient="محمد Łukasiewicz", comment="n̈\nא"))) == ""


@pytest.mark.parametrize("place", ["patient", "comment", "operator", "sample_id"])
def test_letters_without_a_font_are_named(graded, no_system_fonts, place):
    said = print_problem(replace(graded, identity=Identity(**{place: f"Ada {STRANGE} {STRANGE}\n{STRANGE}x"})))
    assert said.startswith("No font on this computer has the letters of Cuneiform, which stand as boxes in the PDF;")


def test_they_are_found_in_names_that_sign(graded, no_system_fonts):
    step = SignOff("reviewed", STRANGE, "reviewed by", "2026-11-26T10:00:00+01:00")
    assert "Cuneiform" in print_problem(replace(graded, sample=replace(graded.sample, sign_offs=(step,))))


def test_scripts_are_named_once_in_letters_that_can_be_printed(graded, no_system_fonts):
    said = print_problem(replace(graded, identity=Identity(patient="김민수", comment="สมชาย 王小明 🩸 आरती 김")))
    assert "the letters of Hangul, Thai, CJK, signs, Devanagari, which" in said
