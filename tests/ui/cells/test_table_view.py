"""Columns, copied rows and the picture under the cursor."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rbc_desktop import turns
from rbc_desktop.ui.cells.cell_model import COLUMNS, Column
from rbc_desktop.ui.cells.table_view import ENLARGED_PX
from rbc_desktop.workflows.review.cell_columns import CellColumns
from tests.ui.cells.test_panel import UP, ids, panel, settle  # noqa: F401


def shown(view):
    return {column for column in Column if not view.isColumnHidden(column)}


def test_the_field_is_named_while_cells_of_all_fields_are_listed(qtbot, panel, editor, add_cells):  # noqa: F811
    add_cells(2, 3, seed=3)
    settle(qtbot, panel)
    assert Column.FIELD not in shown(panel.view)
    panel.scope_box.setCurrentIndex(1)
    assert Column.FIELD in shown(panel.view)
    panel.view.sortByColumn(Column.FIELD, UP)
    model = panel.model
    assert {model.data(model.index(r, Column.FIELD)) for r in range(model.rowCount())} == {"smear 1.png", "smear 2.png"}
    assert panel.view.horizontalHeader().visualIndex(Column.FIELD) == Column.CLASS + 1
    panel.scope_box.setCurrentIndex(0)
    assert Column.FIELD not in shown(panel.view)


def test_columns_are_chosen_in_the_menu_of_the_headings(qtbot, panel):  # noqa: F811
    view = panel.view
    assert Column.WHY not in shown(view)
    menu = view.column_menu()
    by_title = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(view.columns_changed):
        by_title["Why"].setChecked(True)
    by_title["Pallor"].setChecked(False)
    assert Column.WHY in shown(view)
    assert Column.PALLOR not in shown(view)
    assert view.hidden_columns == ("PALLOR",)
    assert {"#", "Class"}.isdisjoint(by_title), "what tells a row apart stays"
    view.set_hidden_columns(("AREA", "no such column"))
    assert view.hidden_columns == ("AREA",)
    menu.deleteLater()


def test_cells_with_the_same_reason_for_review_come_together(panel):  # noqa: F811
    panel.view.sortByColumn(Column.REVIEW, UP)
    rows = panel.model.shown
    flags = [row.needs_review for row in rows]
    assert flags == sorted(flags, reverse=True)
    reasons = [(row.doubts[:1] or (row.review_reason,))[0] for row in rows if row.needs_review]
    assert len(set(reasons)) > 1
    starts = [r for r, before in zip(reasons, [None, *reasons], strict=False) if r != before]
    assert len(starts) == len(set(starts))
    panel.view.sortByColumn(Column.WHY, UP)
    known = [bool(row.review_reason) for row in panel.model.shown]
    assert known == sorted(known, reverse=True)


def test_selected_rows_are_copied_as_a_spreadsheet_takes_them(qtbot, panel, selection):  # noqa: F811
    panel.view.setFocus()
    selection.set((3, 5))
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not panel.view.is_copying)  # on a busy machine two rows may take two slices
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][0] == "#"
    assert COLUMNS[Column.AREA].title_px in lines[0]
    assert [line[0] for line in lines[1:]] == ["3", "5"]
    assert len({len(line) for line in lines}) == 1
    assert lines[1][lines[0].index("Class")] == panel.model.rows[3].class_text
    selection.clear()
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("#"), "nothing selected copies nothing"


def test_many_rows_are_copied_in_slices_as_they_were_selected(qtbot, panel, selection, monkeypatch):  # noqa: F811
    monkeypatch.setattr(turns, "SLICE_SECONDS", 0.0)
    copied = ids(panel)[:6]
    selection.set(copied)
    QGuiApplication.clipboard().setText("before")
    panel.view.copy_selected()
    assert QGuiApplication.clipboard().text() == "before", "only a slice of it is done"
    selection.clear()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "before")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [int(line.split("\t")[0]) for line in lines[1:]] == copied


def test_the_picture_under_the_cursor_is_enlarged(qtbot, panel):  # noqa: F811
    view = panel.view
    at = view.visualRect(panel.model.index(1, Column.THUMBNAIL)).center()
    qtbot.mouseMove(view.viewport(), at)
    assert view.enlarged.isVisible()
    assert view.enlarged.pixmap().width() == ENLARGED_PX * view.devicePixelRatioF()
    qtbot.mouseMove(view.viewport(), view.visualRect(panel.model.index(1, Column.CLASS)).center())
    assert not view.enlarged.isVisible()
    qtbot.mouseMove(view.viewport(), at)
    panel.hide()
    assert not view.enlarged.isVisible()
    assert ids(panel)


def test_long_numbers_get_the_room_that_they_need(panel):  # noqa: F811
    before, view = panel.view.columnWidth(Column.ID), panel.view
    table = panel.model.columns.table.copy()
    table["cell"] += 199_000
    large = CellColumns()
    large.update(put=table)
    panel.model.take(large)
    needed = view.fontMetrics().horizontalAdvance("199,010")
    assert before < needed + 22 <= view.columnWidth(Column.ID)
    assert view.frozen.columnWidth(Column.ID) == view.columnWidth(Column.ID)
    view.setColumnWidth(Column.ID, 300)  # by hand
    panel.model.clear()
    assert view.columnWidth(Column.ID) == 300


def test_headers_know_nothing_of_the_selection(panel, selection):  # noqa: F811
    """They would ask of every row whether its columns are selected whole: seconds for 200,000 cells."""
    selection.set(panel.model.shown_ids)
    assert len(panel.view.selectionModel().selectedRows()) == len(selection) > 1
    for view in (panel.view, panel.view.frozen):
        assert view.selectionModel().hasSelection()
        assert not view.horizontalHeader().selectionModel().hasSelection()


def test_the_row_in_hand_stays_in_sight_when_the_table_gets_lower(qtbot, panel, selection):  # noqa: F811
    def is_in_sight(cell):
        rows = panel.view.visualRect(panel.model.index(panel.model.position_of(cell), Column.ID))
        return panel.view.viewport().rect().contains(rows)

    selection.set((10,))
    QApplication.processEvents()  # it is scrolled to after the canvas has painted
    assert is_in_sight(10)
    panel.resize(560, 330)
    qtbot.waitUntil(lambda: is_in_sight(10))
    panel.view.verticalScrollBar().setValue(0)
    assert not is_in_sight(10)
    panel.resize(560, 320)
    assert panel.view.verticalScrollBar().value() == 0, "who scrolled away is not called back"


def test_the_row_of_a_new_cell_comes_into_sight_when_it_is_there(qtbot, panel, editor, selection, add_cells):  # noqa: F811
    add_cells(1, 60)
    settle(qtbot, panel)
    selection.set((3,))
    qtbot.waitUntil(lambda: not panel._sought)
    (new,) = add_cells(1, 1, seed=5)
    selection.set((new.id,))
    assert panel.model.position_of(new.id) is None, "its row is not made yet"
    settle(qtbot, panel)
    row = panel.model.position_of(new.id)
    qtbot.waitUntil(lambda: 0 < panel.view.rowViewportPosition(row) < panel.view.viewport().height())


def test_many_selected_rows_are_painted_in_a_turn_of_their_own(qtbot, panel, selection):  # noqa: F811
    rows = panel.view.viewport()
    selection.set(panel.model.shown_ids[:2])
    assert rows.updatesEnabled()
    before = rows.grab().toImage()
    for chosen in (panel.model.shown_ids, ()):  # those that were selected are painted, too
        selection.set(chosen)
        assert not rows.updatesEnabled()
        qtbot.waitUntil(rows.updatesEnabled)
    selection.set(panel.model.shown_ids[:2])
    assert rows.grab().toImage() == before
