"""Fields of a case, and the case as another thread has it."""

from dataclasses import fields
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Field, distinct_names, printable, snapshot
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.domain.sample.second_reading import SecondReading
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.reports.summary.summary import build
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, small_case


def test_fields_of_the_same_file_name_are_told_apart():
    paths = ["a/HE/1.jpg", "a/HS/1.jpg", "a/HS/2.jpg", "b/stack.tif", "b/stack.tif"]
    named = [Field(i, Path(p), "0" * 64, 8, 8, page=int(i == 5)) for i, p in enumerate(paths, start=1)]
    assert list(distinct_names(named).values()) == [
        "HE/1.jpg",
        "HS/1.jpg",
        "2.jpg",
        "stack.tif (page 1)",
        "stack.tif (page 2)",
    ]
    assert distinct_names([]) == {}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("血涂片 é 😀 אב.png", "血涂片 é 😀 אב.png"),
        ("a\nb\tc\x07.png", r"a\nb\tc\x07.png"),
        ("a\u202egnp.exe", r"a\u202egnp.exe"),
        ("a\u2028b", r"a\u2028b"),
        ("\udcff.png", r"\xff.png"),
        ("\ud800.png", r"\ud800.png"),
        ("👩\u200d🔬.png", "👩\u200d🔬.png"),
    ],
)
def test_a_name_is_one_line_that_reads_as_it_is(name, said):
    assert printable(name) == said
    assert Field(1, Path(name), "0" * 64, 8, 8).name == said


def test_a_snapshot_has_everything_and_shares_no_dict():
    case, _ = small_case()
    case.qualities = {1: GOOD}
    case.own_classes = {"knizocyte": CellClass("knizocyte", "Kn", "#123456", is_own=True)}
    case.is_blind = True
    case.readings = (SecondReading(1, "Bo", "2026-11-26T10:00:00+01:00"),)
    case.slides = {1: SlideEntry(1, Path("/a.svs"), "a" * 64, 9, 9)}
    case.grading = Grading(blood_count=BloodCount(hb=88))
    case.sign_offs = (SignOff("reviewed", "Ada", "reviewed by", "2026-11-26T10:00:00+01:00"),)
    taken = snapshot(case)
    for field in fields(Case):
        if field.init:
            mine, theirs = getattr(case, field.name), getattr(taken, field.name)
            assert mine == theirs, field.name
            assert mine, f"{field.name} is empty, so that this shows nothing"
            assert not isinstance(mine, dict) or mine is not theirs
    assert build(taken, context=CONTEXT) == build(case, context=CONTEXT)
    case.cells.clear()
    assert taken.cells


def test_the_classes_of_many_cells_are_those_of_each():
    case, _ = small_case()
    first = next(iter(case.cells.values()))
    case.cells[first.id] = first.reviewed_as(CellClass.TARGET_CELL)
    case.qualities = {1: GOOD}
    together = list(case.shown_classes_of(case.cells.values()))
    assert together == [(cell, case.shown_class_of(cell)) for cell in case.cells.values()]
    assert len({shown for _, shown in together}) > 2
