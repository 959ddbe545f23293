"""Graded lines on rows small enough to count by hand."""

from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.classes.assessability import NO_CALIBRATION
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.grading import NO_GRADE, Grading, Rule, Scheme
from rbc_desktop.domain.statistics import LEAST_CLUSTERS
from rbc_desktop.reports.summary.counts import class_counts
from rbc_desktop.reports.summary.grades import ELONGATED, QUALITATIVE, fields_text, grade_lines, shares_of
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.report_cases import SCALE, add_cell, certain, disc, measured

ICSH = read_scheme(bundled_schemes() / "icsh_like.json")
HKIMLS = read_scheme(bundled_schemes() / "hkimls.json")
PLAIN = read_scheme(bundled_schemes() / "percentages.json")


def rows(*fields, reviewed=True):
    """Rows of fields, each a dict of class to number; the cells touch nothing."""
    case = Case()
    for number, classes in enumerate(fields, start=1):
        case.fields[number] = field = Field(number, Path(f"/data/{number}.png"), "0" * 64, 640, 480, SCALE)
        for cell_class, count in classes.items():
            seen = cell_class if reviewed else None
            sure = certain(cell_class, probability=0.9)
            for _ in range(count):
                add_cell(case, field, disc(100, 100), prediction=sure, measurements=measured(), reviewed=seen)
    return rows_of(case)


def lines(of, grading, **more):
    return {line.name: line for line in grade_lines(of, grading, **more)}


def test_shares_intervals_and_suggestions():
    found = lines(rows({CellClass.NORMAL: 180, CellClass.TEARDROP: 20, CellClass.NOT_RED_CELL: 9}), Grading(ICSH))
    line = found["teardrop"]
    assert (line.count, line.total, line.share) == (20, 200, pytest.approx(0.1))
    assert (line.low, line.high) == (pytest.approx(0.0656, abs=1e-4), pytest.approx(0.1494, abs=1e-4))
    assert (line.suggested.grade, line.suggested.is_borderline, line.grade) == ("2+", False, "2+")
    assert found["burr cell"].suggested.grade == NO_GRADE
    assert found["normal"].suggested is None
    assert "uncategorised" not in found


@pytest.mark.parametrize("fields", [2, 4, 5, 12])
def test_lines_of_classes_and_of_grades_say_the_same_of_a_class(fields):
    differing = [{CellClass.NORMAL: 30, CellClass.TEARDROP: 9 * (n % 3), CellClass.BURR_CELL: 2} for n in range(fields)]
    of = rows(*differing)
    graded = lines(of, Grading(PLAIN))
    assert graded["teardrop"].widened == (fields >= LEAST_CLUSTERS)
    counted = [line for line in class_counts(of) if line.share is not None]
    assert len(counted) == 3
    for line in counted:
        same = graded[line.name]
        assert (line.share, line.low, line.high) == pytest.approx((same.share, same.low, same.high))


def test_a_confirmed_grade_stands_beside_the_suggestion():
    grading = Grading(ICSH).with_grade("teardrop", "3+")
    line = lines(rows({CellClass.NORMAL: 180, CellClass.TEARDROP: 20}), grading)["teardrop"]
    assert (line.grade, line.confirmed, line.suggested.grade) == ("3+", "3+", "2+")


def test_a_class_that_no_field_tells_is_withheld_with_its_reason():
    withheld = {1: {CellClass.SPHEROCYTE: "no pallor is visible", CellClass.MACROCYTE: NO_CALIBRATION}}
    found = lines(rows({CellClass.NORMAL: 100}, reviewed=False), Grading(ICSH), withheld=withheld)
    assert (found["spherocyte"].withheld, found["spherocyte"].remark) == (True, "not assessable: no pallor is visible")
    assert (found["macrocyte"].share, found["macrocyte"].suggested) == (None, None)
    assert not found["teardrop"].withheld
    assert not {CellClass.SPHEROCYTE, CellClass.MACROCYTE} & set(shares_of(tuple(found.values())))


def test_a_field_that_does_not_tell_a_class_counts_neither_above_nor_below_the_line():
    of = rows({CellClass.NORMAL: 190, CellClass.SPHEROCYTE: 10}, {CellClass.NORMAL: 100}, reviewed=False)
    found = lines(of, Grading(ICSH), withheld={2: {CellClass.SPHEROCYTE: "blurred"}})
    line = found["spherocyte"]
    assert (line.count, line.total, line.remark) == (10, 200, "told in 1 of 2 fields")
    assert (found["teardrop"].total, found["teardrop"].remark) == (300, "")


def test_a_field_that_a_person_has_seen_whole_tells_every_class_but_sizes_without_a_scale():
    withheld = {1: {CellClass.SPHEROCYTE: "blurred", CellClass.MACROCYTE: NO_CALIBRATION}}
    found = lines(rows({CellClass.NORMAL: 100}), Grading(ICSH), withheld=withheld)
    assert (found["spherocyte"].withheld, found["spherocyte"].share) == (False, 0)
    assert (found["macrocyte"].withheld, found["macrocyte"].share) == (True, None)


def test_schistocytes_need_a_thousand_cells_and_to_be_the_main_abnormality():
    few = lines(rows({CellClass.NORMAL: 97, CellClass.SCHISTOCYTE: 3}), Grading(ICSH))["schistocyte"]
    assert (few.suggested.grade, few.remark, few.suggested.more_cells) == (None, "fewer than 1,000 red cells", 900)
    among = lines(rows({CellClass.NORMAL: 90, CellClass.SCHISTOCYTE: 3, CellClass.TEARDROP: 7}), Grading(ICSH))[
        "schistocyte"
    ]
    assert (among.share, among.suggested, among.remark, among.withheld) == (None, None, QUALITATIVE, False)


def test_fields_that_differ_widen_the_interval():
    even = [{CellClass.NORMAL: 36, CellClass.TEARDROP: 4}] * 6
    uneven = [{CellClass.NORMAL: 40}] * 3 + [{CellClass.NORMAL: 32, CellClass.TEARDROP: 8}] * 3
    narrow, wide = (lines(rows(*fields), Grading(ICSH))["teardrop"] for fields in (even, uneven))
    assert narrow.share == wide.share
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)
    assert wide.suggested.is_borderline


def test_a_scheme_on_the_blood_count():
    grading = Grading(HKIMLS, blood_count=BloodCount(mcv=68, rdw=19))
    found = lines(rows({CellClass.NORMAL: 90, CellClass.MICROCYTE: 10}), grading)
    assert (found["microcyte"].grade, found["microcyte"].remark) == ("2+", "graded by the blood count: MCV 68")
    assert found["macrocyte"].grade == NO_GRADE
    assert (found["hypochromia"].grade, found["hypochromia"].remark) == (None, "needs MCH of the blood count")
    assert (found["anisocytosis"].grade, found["anisocytosis"].share) == ("2+", None)


def test_percentages_only_and_no_cells_at_all():
    found = lines(rows({CellClass.NORMAL: 10}), Grading(PLAIN))
    assert list(found) == ["normal"]
    assert found["normal"].suggested is None
    assert all(line.share is None for line in lines((), Grading(ICSH)).values())


def test_ovalocytes_and_elliptocytes_also_stand_as_one_line():
    counted = rows({CellClass.NORMAL: 90, CellClass.OVALOCYTE: 6, CellClass.ELLIPTOCYTE: 4})
    found = lines(counted, Grading(ICSH))
    assert list(found)[-1] == ELONGATED
    assert (found[ELONGATED].count, found[ELONGATED].share) == (10, pytest.approx(0.1))
    assert (found["ovalocyte"].count, found["elliptocyte"].count) == (6, 4)
    assert set(shares_of(found.values())) >= {CellClass.OVALOCYTE, CellClass.ELLIPTOCYTE}
    assert ELONGATED not in lines(rows({CellClass.NORMAL: 90, CellClass.OVALOCYTE: 6}), Grading(ICSH))


def test_a_scheme_that_grades_both_together_has_no_second_line():
    steps = next(rule for rule in ICSH.rules if rule.line == "ovalocyte").steps
    own = Scheme("own", "1", "", "", (Rule("long cells", ("ovalocyte", "elliptocyte"), steps),))
    found = lines(rows({CellClass.NORMAL: 90, CellClass.OVALOCYTE: 6, CellClass.ELLIPTOCYTE: 4}), Grading(own))
    assert found["long cells"].suggested.grade == "2+"
    assert ELONGATED not in found


def test_how_far_the_fields_differ():
    uneven = [{CellClass.NORMAL: 100 - n, CellClass.TEARDROP: n} for n in (0, 0, 1, 20, 29)]
    line = lines(rows(*uneven), Grading(ICSH))["teardrop"]
    assert (line.fields, line.widened) == ((0, pytest.approx(0.29)), True)
    assert fields_text(line) == "0.0 to 29.0 % by field, interval widened"
    even = lines(rows(*[{CellClass.NORMAL: 90, CellClass.TEARDROP: 10}] * 5), Grading(ICSH))["teardrop"]
    assert fields_text(even) == "10.0 to 10.0 % by field"
    assert line.high - line.low > even.high - even.low
    few = lines(rows(*uneven[:4]), Grading(ICSH))["teardrop"]
    assert (few.fields, fields_text(few)) == (None, "")
    assert fields_text(lines(rows(*uneven), Grading(ICSH))["burr cell"]) == ""
