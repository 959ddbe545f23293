"""The numbers of the report, on cases small enough to count by hand."""

from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.summary.rows import row_for
from rbc_desktop.reports.summary.sizes import size_summary
from rbc_desktop.reports.summary.summary import NOT_ASSESSED, build
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import (
    CONTEXT,
    add_cell,
    add_field,
    certain,
    disc,
    drawn_field,
    measured,
    small_case,
)
from training.renderer import Kind


def test_shares_leave_out_what_is_no_red_cell_and_what_has_no_class(hand_made):
    summary = build(hand_made, context=CONTEXT)
    counted = {c.cell_class: c for c in summary.counts}
    assert (summary.red_cells, summary.not_red_cells, summary.unclassified) == (10, 1, 1)
    assert counted[CellClass.NORMAL].share == pytest.approx(0.7)
    assert sum(c.share for c in summary.counts if c.share is not None) == pytest.approx(1)
    assert counted[CellClass.NOT_RED_CELL].share is None
    assert counted[None].share is None


def test_intervals_are_wilsons(hand_made):
    target = next(c for c in build(hand_made, context=CONTEXT).counts if c.cell_class is CellClass.TARGET_CELL)
    # 2 of 10: 5.67–50.98 % (Brown, Cai & DasGupta 2001, formula 4).
    assert (target.low, target.high) == (pytest.approx(0.0567, abs=1e-4), pytest.approx(0.5098, abs=1e-4))


def test_reviewed_class_wins_and_is_counted_as_reviewed(hand_made):
    hand_made.cells[1] = replace(hand_made.cells[1], reviewed_class=CellClass.STOMATOCYTE)
    summary = build(hand_made, context=CONTEXT)
    row = summary.rows[0]
    assert row.cell_class is CellClass.STOMATOCYTE
    assert row.reviewed
    assert not row.needs_review
    assert row.predicted_class is CellClass.NORMAL
    # 0.6 spread over 13 classes, given that 3.8 µm is no macrocyte.
    assert row.class_probability == pytest.approx((0.6 / 13) / (1 - 0.6 / 13))
    assert summary.reviewed == 1


def test_unsure_and_silent_predictions_need_review(hand_made):
    summary = build(hand_made, context=CONTEXT)
    assert [r.cell for r in summary.rows if r.needs_review] == [1, 12]
    assert summary.needs_review == 2


def test_an_analysis_of_an_older_mask_counts_as_none(hand_made):
    cell = replace(hand_made.cells[2], mask_revision=2)
    row = row_for(cell, hand_made.analyses[2], hand_made.fields[1], quality=None)
    assert row.cell_class is None
    assert row.diameter_px is None
    assert row.area_px == cell.mask.area


def test_micrometres_follow_the_calibration(hand_made):
    row = build(hand_made, context=CONTEXT).rows[0]
    assert row.diameter_um == pytest.approx(20 * 0.19)
    assert row.area_um2 == pytest.approx(row.area_px * 0.19**2)


def test_without_calibration_nothing_claims_a_size(hand_made):
    hand_made.fields[1] = replace(hand_made.fields[1], calibration=None)
    summary = build(hand_made, context=CONTEXT)
    macrocyte = summary.rows[9]
    assert macrocyte.cell_class is not CellClass.MACROCYTE
    assert (macrocyte.group, macrocyte.needs_review) == ("not assessable", False)
    assert "not calibrated" in macrocyte.not_assessable
    assert all(r.diameter_um is None and r.area_um2 is None for r in summary.rows)
    assert summary.sizes.unit == "px"
    assert any("Not calibrated" in n for n in summary.notices)
    assert summary.not_assessed[0].startswith("microcytes and macrocytes")


def test_sizes_that_are_told_in_some_fields_are_not_said_to_be_unassessed(hand_made):
    hand_made.fields[2] = replace(hand_made.fields[1], id=2, calibration=None)
    summary = build(hand_made, context=CONTEXT)
    assert any("1 of 2 fields are not calibrated" in n for n in summary.notices)
    assert summary.not_assessed == NOT_ASSESSED


def test_a_person_may_claim_a_size_without_calibration(hand_made):
    hand_made.fields[1] = replace(hand_made.fields[1], calibration=None)
    hand_made.cells[1] = replace(hand_made.cells[1], reviewed_class=CellClass.MACROCYTE)
    assert build(hand_made, context=CONTEXT).rows[0].cell_class is CellClass.MACROCYTE


def test_what_the_classifier_cannot_see_is_listed(hand_made):
    assert build(hand_made, context=CONTEXT).not_assessed == NOT_ASSESSED


def test_what_is_counted_in_an_own_class_is_not_said_to_be_unassessed(hand_made):
    for number, name in {1: "Sickle cell", 2: "bite", 3: "clump"}.items():
        own = own_class(name, code=name[:2].title(), colour="#7F3C8D")
        hand_made.cells[number] = replace(hand_made.cells[number], reviewed_class=own)
    left = build(hand_made, context=CONTEXT).not_assessed
    assert set(NOT_ASSESSED) - set(left) == {"sickle cells", "bite cells"}


def test_cells_cut_by_the_edge_count_only_where_a_person_says_so(hand_made):
    """Left out: no class, no share, no size, no review. A person's class alone doesn't put them in."""
    before = build(hand_made, context=CONTEXT)
    cell = add_cell(
        hand_made, hand_made.fields[1], disc(5, 200), prediction=certain(CellClass.NORMAL, probability=0.3),
        measurements=measured(25),
    )  # fmt: skip

    def told(**changes):
        hand_made.cells[cell.id] = replace(cell, **changes)
        summary = build(hand_made, context=CONTEXT)
        totals = summary.red_cells + summary.not_red_cells + summary.unclassified + summary.left_out
        assert totals == len(summary.rows) == len(before.rows) + 1
        assert sum(line.count for line in summary.counts) == len(summary.rows)
        return summary, summary.rows[-1]

    summary, row = told()
    assert (row.class_text, row.cell_class, row.needs_review, row.counted) == ("cut by the edge", None, False, False)
    assert row.predicted_class is CellClass.NORMAL
    assert (summary.red_cells, summary.sizes) == (before.red_cells, before.sizes)
    assert summary.needs_review == before.needs_review
    assert summary.counts[:-1] == before.counts
    assert (summary.counts[-1].name, summary.counts[-1].count, summary.counts[-1].share) == ("cut by the edge", 1, None)
    assert "(1 cell left out)." in summary.counting_rule
    summary, row = told(reviewed_class=CellClass.NORMAL)
    assert (row.class_text, row.counted) == ("normal (not counted)", False)
    assert summary.counts[:-1] == before.counts
    summary, row = told(edge_counted=True)
    assert (row.class_text, row.needs_review, row.counted) == ("normal", True, True)
    assert (summary.red_cells, summary.sizes.cells) == (before.red_cells + 1, before.sizes.cells + 1)
    assert "except 1 cell that a person counts" in summary.counting_rule


def test_an_empty_case_is_a_report_too():
    summary = build(Case(), context=CONTEXT)
    assert (summary.rows, summary.counts, summary.red_cells) == ((), (), 0)
    assert size_summary(()).median is None


def test_fields_say_where_their_scale_comes_from():
    case, _ = small_case()
    add_field(case, drawn_field([Kind.NORMAL], width=100, height=100, seed=4), name="b.png", calibration=None)
    first, second = build(case, context=CONTEXT).fields
    assert first.calibration == "0.19 µm/px, line drawn (10 µm over 52.6 px)"
    assert second.calibration == "not calibrated"
    assert (first.cells, second.cells) == (len(case.cells_of(1)), len(case.cells_of(2)))
    assert any("1 of 2 fields" in n for n in build(case, context=CONTEXT).notices)


def test_classes_of_several_classifiers_are_said_to_be_so(hand_made):
    assert not any("Several classifiers" in notice for notice in build(hand_made, context=CONTEXT).notices)
    analysis = hand_made.analyses[2]
    hand_made.analyses[2] = replace(analysis, prediction=replace(analysis.prediction, model="other 2 (ef)"))
    [notice] = [n for n in build(hand_made, context=CONTEXT).notices if "Several classifiers" in n]
    assert "other 2 (ef)" in notice
    hand_made.cells[2] = replace(hand_made.cells[2], reviewed_class=CellClass.NORMAL)
    assert not any("Several classifiers" in notice for notice in build(hand_made, context=CONTEXT).notices)


@pytest.fixture
def blind(hand_made):
    """The same cells on a field that is too small for pallor, beside a field on which everything can be told."""
    hand_made.qualities[1] = replace(GOOD, cell_px=20.0)
    hand_made.fields[2] = replace(hand_made.fields[1], id=2, path=hand_made.fields[1].path.with_name("b.png"))
    hand_made.qualities[2] = replace(GOOD, hue_degrees=30.0)
    return hand_made


def test_cells_that_cannot_be_told_leave_numerator_and_denominator(blind):
    summary = build(blind, context=CONTEXT)
    assert (summary.red_cells, summary.not_red_cells, summary.unclassified, summary.not_assessable) == (8, 1, 1, 2)
    lines = {line.name: line for line in summary.counts}
    assert CellClass.TARGET_CELL.value not in lines
    assert (lines["not assessable"].count, lines["not assessable"].share) == (2, None)
    assert sum(line.share or 0 for line in summary.counts) == pytest.approx(1)
    hidden = [row for row in summary.rows if row.not_assessable]
    assert {(row.group, row.cell_class, row.predicted_class) for row in hidden} == {("not assessable", None, None)}
    assert all(row.review_reason == f"not assessable: {row.not_assessable}" for row in hidden)
    assert summary.sizes.cells == build_without_quality(blind).sizes.cells, "their sizes are known"


def build_without_quality(case):
    return build(replace(case, qualities={}), context=CONTEXT)


def test_the_report_says_what_is_withheld_where_and_why(blind):
    notices = " ".join(build(blind, context=CONTEXT).notices)
    assert "2 cells not assessable, because their field doesn't let their class be told" in notices
    assert "Not assessable in a.png: spherocyte, target cell, stomatocyte, hypochromia, because cells are 20" in notices
    assert "the shares of these classes are lower limits" in notices
    assert "The stain in b.png is far from what the classifier has seen" in notices
    assert "assessable" not in " ".join(build_without_quality(blind).notices)


def test_a_person_may_tell_what_the_classifier_may_not(blind):
    target = next(row.cell for row in build(blind, context=CONTEXT).rows if row.not_assessable)
    blind.cells[target] = replace(blind.cells[target], reviewed_class=CellClass.TARGET_CELL)
    summary = build(blind, context=CONTEXT)
    row = next(row for row in summary.rows if row.cell == target)
    assert (row.cell_class, row.not_assessable, row.predicted_class) == (CellClass.TARGET_CELL, "", None)
    assert (summary.not_assessable, summary.red_cells) == (1, 9)
