"""Columns of every cell: in step with the rows, by id, filtered."""

import random
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.domain.classes.taxonomy import BUILT_IN, RED_CELL_CLASSES, CellClass
from rbc_desktop.reports.summary.assessment import untold_classes
from rbc_desktop.reports.summary.counts import class_counts
from rbc_desktop.reports.summary.rows import row_for
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.workflows.review.cell_columns import CellColumns, RowFilter, counted_lines, place_of, positions_in
from tests.fakes.casework import field_of, make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import CONTEXT, small_case

NO_PALLOR = replace(GOOD, pallor_share=0.0)


@pytest.fixture
def rows(tmp_path):
    rng = random.Random(3)
    field = field_of(write_image(tmp_path / "a.png", 1))
    cells = [make_proposal(rng, cut_share=0.2).as_cell(n, field_id=1, origin="prompt") for n in range(1, 61)]
    return [row_for(cell, make_analysis(cell, rng), field, quality=NO_PALLOR) for cell in cells]


def test_the_table_holds_what_the_rows_say_in_the_order_of_ids(rows):
    columns = CellColumns()
    shuffled = random.Random(1).sample(rows, len(rows))
    columns.update(put=shuffled)
    table = columns.table
    assert table["cell"].tolist() == [row.cell for row in rows]
    assert table["area_px"].tolist() == [row.area_px for row in rows]
    assert table["waiting"].tolist() == [row.needs_review for row in rows]
    assert table["cell_class"].tolist() == [place_of(row.cell_class) for row in rows]
    known = [row.sureness is not None for row in rows]
    assert (~np.isnan(table["sureness"])).tolist() == known
    assert columns.table is table, "made once"
    assert not table.flags.writeable


def test_rows_come_go_and_change_a_thousand_times(rows):
    rng, columns, there = random.Random(7), CellColumns(), {}
    for _ in range(1000):
        row = rng.choice(rows)
        if rng.random() < 0.4:
            columns.update(remove=[row.cell])
            there.pop(row.cell, None)
        else:
            changed = replace(row, area_px=rng.randint(1, 999))
            columns.update(put=[changed])
            there[row.cell] = changed
        assert len(columns) == len(there)
    assert dict(zip(columns.table["cell"].tolist(), columns.table["area_px"].tolist(), strict=True)) == {
        i: row.area_px for i, row in there.items()
    }
    other = CellColumns()
    other.become(columns)
    columns.clear()
    assert len(columns.table) == 0
    assert other.table["cell"].tolist() == sorted(there)


def test_room_grows_with_the_cells(rows):
    columns = CellColumns()
    columns.update(put=[replace(rows[0], cell=n) for n in range(1, 3001)])
    assert columns.table["cell"].tolist() == list(range(1, 3001))


def test_filters_leave_what_they_say(rows):
    columns = CellColumns()
    columns.update(put=rows)
    table = columns.table
    assert any(row.not_assessable for row in rows)
    common = max(BUILT_IN, key=lambda c: sum(row.cell_class is c for row in rows))
    for chosen, expected in (
        (RowFilter(), lambda row: True),
        (RowFilter(cell_class=common), lambda row: row.cell_class is common and row.counted),
        (RowFilter(review_only=True), lambda row: row.needs_review),
        (RowFilter(group="cut by the edge"), lambda row: not row.counted),
        (RowFilter(group="not assessable"), lambda row: row.not_assessable),
        (RowFilter(field_id=2), lambda row: False),
    ):
        assert table["cell"][chosen.mask(table)].tolist() == [row.cell for row in rows if expected(row)]


@pytest.mark.parametrize("fields", [(1,), tuple(range(2, 9)), (4, 9, 70, 3000, 3001, 3002)])
def test_counts_are_those_of_the_rows(rows, fields):
    rows = [replace(row, field_id=fields[row.cell % len(fields)]) for row in rows]
    columns = CellColumns()
    columns.update(put=rows)
    for every in (False, True):
        assert counted_lines(columns.table, every=every) == class_counts(rows, every=every)
        assert counted_lines(columns.table[:0], every=every) == class_counts([], every=every)
    assert len(class_counts(rows, every=True)) > len(RED_CELL_CLASSES)


def test_positions_follow_the_ids_and_skip_unknown_ones(rows):
    columns = CellColumns()
    columns.update(put=rows[10:20])
    assert columns.table["cell"][positions_in(columns.table, [15, 999, 1, 12])].tolist() == [15, 12]
    assert positions_in(CellColumns().table, [1]).tolist() == []


def test_a_class_that_no_field_lets_be_told_has_no_share_and_is_no_finding():
    case, _ = small_case()
    case.fields = {number: field.at_scale(None) for number, field in case.fields.items()}
    sizes = untold_classes(case, case.fields)
    assert sizes == {CellClass.MICROCYTE, CellClass.MACROCYTE}
    columns = CellColumns()
    columns.update(put=build(case, context=CONTEXT).rows)
    lines = {line.cell_class: line for line in counted_lines(columns.table, every=True, untold=sizes)}
    assert all(lines[c].untold and lines[c].share is None for c in sizes)
    assert lines[CellClass.BURR_CELL].share == 0
    assert not lines[CellClass.BURR_CELL].untold
