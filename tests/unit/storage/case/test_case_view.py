"""What the window showed is kept in the case file, and odd values count as nothing."""

import json
import sqlite3

import pytest

from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_view import MOST_SELECTED, CaseView, read_view

VIEW = CaseView(field=3, order=(3, 1, 2), group="target cell", review_only=True, all_fields=True, selected=(7, 5))


def test_it_comes_back_with_the_case_and_leaves_no_row_in_the_audit_trail(tmp_path):
    store = CaseFile.create(tmp_path / "case.rbc")
    assert store.view == CaseView()
    head = store.head
    store.keep_view(VIEW)
    assert store.head == head
    store.close()
    again, _ = CaseFile.open(tmp_path / "case.rbc")
    assert again.view == VIEW
    for count, kept in ((MOST_SELECTED, MOST_SELECTED), (MOST_SELECTED + 1, 0)):
        again.keep_view(CaseView(selected=tuple(range(1, count + 1))))
        assert len(again.view.selected) == kept, "all of a selection, or nothing"
    again.close()
    again.keep_view(VIEW)


@pytest.mark.parametrize(
    "stored",
    ["", "[]", "null", "{", '{"field": "x"}', '{"field": -1}', '{"selected": 5}', '{"selected": [1.5]}',
     '{"order": [true]}', '{"group": 4}', json.dumps({"group": "x" * 1000}), "[" * 5000],
)  # fmt: skip
def test_odd_values_count_as_nothing(stored):
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE view (id, "values")')
    connection.execute("INSERT INTO view VALUES (1, ?)", (stored,))
    assert read_view(connection) == CaseView()
    connection.execute("DELETE FROM view")
    assert read_view(connection) == CaseView()
    connection.close()
