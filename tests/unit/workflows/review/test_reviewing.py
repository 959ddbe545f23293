"""The order of a review, what comes next, and how far it is."""

import dataclasses

import numpy as np
import pytest

from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.workflows.review.cell_columns import LAYOUT
from rbc_desktop.workflows.review.reviewing import (
    ORDER_NAMES,
    deletion_question,
    next_to_review,
    progress_of,
    progress_text,
    review_order,
    standing_of,
)
from tests.unit.workflows.review.test_cell_columns import rows  # noqa: F401

FIELDS = (3, 1, 2)
"""Ids of fields in the order of the case."""


def table(*cells):
    """Rows from (id, field, predicted, sureness, flags); flags: f flagged, r reviewed, u not counted."""
    made = np.zeros(len(cells), LAYOUT)
    for row, (cell, field, predicted, sureness, flags) in zip(made, cells, strict=True):
        row["cell"], row["field"], row["predicted"], row["sureness"] = cell, field, predicted, sureness
        row["flagged"], row["reviewed"], row["counted"] = "f" in flags, "r" in flags, "u" not in flags
        row["waiting"] = row["flagged"] and not row["reviewed"]
    return made


CELLS = table(
    (1, 1, 4, 0.30, "f"), (2, 1, 0, 0.20, "f"), (3, 3, 4, 0.10, "f"), (4, 3, 0, 0.40, "f"), (5, 2, 2, 0.05, "f"),
    (6, 1, 0, 0.95, ""), (7, 2, 0, np.nan, "f"), (8, 3, 1, 0.01, "u"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("order", "expected"),
    [("least sure", [5, 3, 2, 1, 4, 7]), ("field", [3, 4, 2, 1, 5, 7]), ("class", [2, 4, 7, 5, 3, 1])],
)
def test_the_least_sure_come_first_over_all_by_field_or_by_class(order, expected):
    assert review_order(CELLS, order=order, fields=FIELDS).tolist() == expected
    shuffled = CELLS[np.random.default_rng(1).permutation(len(CELLS))]
    assert review_order(shuffled, order=order, fields=FIELDS).tolist() == expected


@pytest.mark.parametrize("order", ORDER_NAMES)
def test_reviewing_changes_no_order_while_something_waits(order):
    before = review_order(CELLS, order=order, fields=FIELDS)
    cells = CELLS.copy()
    for cell_id in before[:-1]:
        at = cells["cell"] == cell_id
        cells["reviewed"][at], cells["waiting"][at] = True, False
        assert review_order(cells, order=order, fields=FIELDS).tolist() == before.tolist()


@pytest.mark.parametrize("order", ORDER_NAMES)
def test_every_cell_is_reached_once_when_each_is_decided(order):
    cells, reached, current = CELLS.copy(), [], None
    while np.any(cells["waiting"]):
        current = next_to_review(cells, order=order, fields=FIELDS, current=current, field_id=None)
        reached.append(current)
        at = cells["cell"] == current
        cells["reviewed"][at], cells["waiting"][at] = True, False
    assert reached == review_order(CELLS, order=order, fields=FIELDS).tolist()


def test_it_begins_in_the_field_in_view_and_comes_round():
    def after(current, field_id=None, order="field"):
        return next_to_review(CELLS, order=order, fields=FIELDS, current=current, field_id=field_id)

    assert after(None, field_id=1) == 2
    assert after(None, field_id=2) == 5
    assert after(6, field_id=1) == 2, "a cell without a place in the order"
    assert after(None, field_id=9) == 3
    assert after(7) == 3
    assert after(None, field_id=1, order="least sure") == 5


def test_afterwards_come_the_unconfirmed_and_last_those_that_nobody_counts():
    cells = CELLS.copy()
    cells["reviewed"], cells["waiting"] = cells["flagged"], False
    assert next_to_review(cells, order="field", fields=FIELDS, current=7, field_id=2) == 6
    cells["reviewed"] |= cells["cell"] == 6
    assert next_to_review(cells, order="field", fields=FIELDS, current=6, field_id=1) == 8
    cells["reviewed"] = True
    assert next_to_review(cells, order="field", fields=FIELDS, current=8, field_id=3) is None
    assert next_to_review(CELLS[:0], order="class", fields=(), current=None, field_id=None) is None


def test_progress_counts_those_that_needed_review_then_all_that_count():
    cells = CELLS.copy()
    assert progress_text(progress_of(cells)) == "0 / 6"
    cells["reviewed"][:2] = True
    assert progress_text(progress_of(cells)) == "2 / 6"
    cells["reviewed"] = cells["flagged"]
    assert progress_of(cells).is_over
    assert progress_text(progress_of(cells)) == "6 / 7 confirmed"
    assert progress_text(progress_of(cells[:0])) == "No cells"


def test_every_row_says_where_it_stands(rows):  # noqa: F811
    for row in rows:
        said = standing_of(row)
        assert said[0] == said[0].upper()
        if row.needs_review:
            assert said.lower() == row.review_reason.lower()
        elif not row.counted:
            assert said.startswith("Cut by the edge")
        elif row.not_assessable:
            assert said == f"Not assessable: {row.not_assessable}"
    assert any(row.not_assessable for row in rows)
    counted = next(row for row in rows if row.needs_review and row.predicted_class is not None)
    seen = dataclasses.replace(counted, reviewed=True, needs_review=False)
    assert standing_of(dataclasses.replace(seen, cell_class=seen.predicted_class)) == "Confirmed by a person"
    other = next(c for c in BUILT_IN if c is not seen.predicted_class)
    assert standing_of(dataclasses.replace(seen, cell_class=other)) == "Set by a person"


def test_the_question_before_deleting_says_how_many_a_person_has_classified():
    assert deletion_question(1, seen=1) == "A person has classified this cell. Why is it deleted?"
    assert deletion_question(5, seen=5).startswith("These 5 cells were classified")
    assert deletion_question(1200, seen=1000).startswith("1,000 of these 1,200 cells")
