"""The table's rows while a case takes another one's place."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.ui.cells import row_feed
from rbc_desktop.ui.cells.cell_model import CellTableModel
from rbc_desktop.ui.cells.row_feed import RowFeed
from rbc_desktop.workflows.cases.opening import OpenedCase
from rbc_desktop.workflows.review.stored_columns import all_columns, columns_of, row_of

CELLS = 40


@pytest.fixture
def feed(qtbot, editor, images, add_cells):
    for field in editor.add_fields(images):
        add_cells(field.id, CELLS)
    made = RowFeed(editor, CellTableModel(lambda number: row_of(editor.case, number)))
    qtbot.waitUntil(lambda: made.is_settled)
    return made


@pytest.fixture
def opened(feed, editor):
    """The case as its file has it, opened anew, with the columns that opening makes."""
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    yield OpenedCase(store, case, columns=all_columns(case))
    store.close()


def assert_shown(feed, editor):
    """The table has the rows of the case as it is now."""
    table = feed._model.columns.table
    expected = feed._model.columns.rows_of(row_of(editor.case, number) for number in editor.case.cells)
    for name in expected.dtype.names:
        np.testing.assert_array_equal(table[name], expected[name], err_msg=name)


def test_rows_made_while_a_case_was_opened_are_taken_at_once(qtbot, feed, editor, opened, monkeypatch):
    monkeypatch.setattr(row_feed, "columns_of", lambda *_, **__: pytest.fail("a row was made anew"))
    feed.expect(opened)
    editor.replace_case(opened.case, opened.store)
    assert not feed.is_settled
    assert not len(feed._model.columns)
    qtbot.waitUntil(lambda: feed.is_settled)
    assert len(feed._model.columns) == 2 * CELLS
    assert_shown(feed, editor)


def test_the_table_paints_its_rows_before_anybody_else_hears_of_them(qtbot, feed, editor):
    seen = []
    feed._model.modelReset.connect(lambda: QTimer.singleShot(0, feed, lambda: seen.append("painted")))
    feed.updated.connect(lambda: seen.append("told"))
    editor.remove_cells([3])
    qtbot.waitUntil(lambda: feed.is_settled)
    assert seen == ["painted", "told"]


def test_what_changes_before_they_are_taken_is_not_lost(qtbot, feed, editor, opened):
    feed.expect(opened)
    editor.replace_case(opened.case, opened.store)
    editor.set_class([3], CellClass.SPHEROCYTE)
    editor.remove_cells([5, 6])
    qtbot.waitUntil(lambda: feed.is_settled)
    assert len(feed._model.columns) == 2 * CELLS - 2
    assert_shown(feed, editor)


def test_rows_of_another_case_are_not_taken(qtbot, feed, editor, opened):
    feed.expect(OpenedCase(opened.store, editor.case, columns=opened.columns))
    editor.replace_case(opened.case, opened.store)
    qtbot.waitUntil(lambda: feed.is_settled)
    assert_shown(feed, editor)


def test_own_classes_look_as_the_laboratory_has_them(qtbot, feed, editor, opened):
    old = CellClass("sickle cell", "Si", "#880000", is_own=True)
    editor.replace_case(opened.case, opened.store)
    editor.set_class([3], old)
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    now = CellClass("sickle cell", "Sc", "#008800", is_own=True)
    editor.looks.show([now])
    again = OpenedCase(store, case, columns=all_columns(case))
    feed.expect(again)
    editor.replace_case(case, store)
    qtbot.waitUntil(lambda: feed.is_settled)
    columns = feed._model.columns
    place = columns.table["cell_class"][list(editor.case.cells).index(3)]
    assert columns.classes[place].code == "Sc"
    made_anew = np.sort(columns_of(case, case.cells.ids, columns=columns), order="cell")
    assert made_anew["cell_class"].tolist() == columns.table["cell_class"].tolist()
    store.close()
