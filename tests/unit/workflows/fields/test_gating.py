"""What a field's measures propose, and what leaving it out does to every number of the report."""

from dataclasses import replace

import pytest

from rbc_desktop.reports.summary.counts import class_counts
from rbc_desktop.reports.summary.rows import FIELD_LEFT_OUT
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.workflows.fields.gating import REASONS, proposed_reasons, reason_sentence
from rbc_desktop.workflows.review.cell_columns import CellColumns, RowFilter, counted_lines
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, small_case


def test_a_good_field_is_not_proposed_and_an_unknown_one_neither():
    assert proposed_reasons(GOOD) == proposed_reasons(None) == []


def test_a_blurred_and_thick_field_is_proposed_for_both():
    found = proposed_reasons(replace(GOOD, edge_share=0.4, overlap_share=0.95))
    assert found == ["it is blurred", "the film is too thick there"]
    assert set(found) <= set(REASONS.values())


def test_few_pixels_are_no_reason():
    assert proposed_reasons(replace(GOOD, cell_px=18)) == []


def test_a_field_left_out_counts_nowhere_but_stays_listed():
    case, _ = small_case()
    cells = len(case.cells)
    before = build(case, context=CONTEXT)
    field = case.fields[1]
    case.fields[1] = field.with_remark("left out", reason_sentence(field, "it is blurred"))
    after = build(case, context=CONTEXT)
    assert before.red_cells > 10
    assert (after.red_cells, after.left_out, after.needs_review) == (0, cells, 0)
    assert [(line.name, line.count) for line in after.counts] == [(FIELD_LEFT_OUT, cells)]
    assert after.sizes.cells == 0
    assert after.notices[0] == f"{field.name} is left out of the count: it is blurred."
    assert {row.group for row in after.rows} == {FIELD_LEFT_OUT}
    columns = CellColumns()
    columns.update(put=after.rows)
    table = columns.table
    assert counted_lines(table) == class_counts(after.rows)
    assert RowFilter(group=FIELD_LEFT_OUT).mask(table).all()
    assert not RowFilter(group="cut by the edge").mask(table).any()


@pytest.mark.parametrize("reason", REASONS.values())
def test_every_reason_makes_a_sentence(reason):
    case, _ = small_case()
    assert reason_sentence(case.fields[1], reason) == f"smear µ 1.png is left out of the count: {reason}."
