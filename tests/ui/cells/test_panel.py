"""The cell table over a real case: order, filters, units, selection, editing."""

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QComboBox

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells.outline_error import AREA_TEXT, DIAMETER_TEXT
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, RED_CELL_CLASSES, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.ui.cells.cell_model import CellTableModel, Column
from rbc_desktop.ui.cells.panel import CellPanel
from rbc_desktop.ui.cells.row_texts import number_text
from rbc_desktop.ui.cells.table_view import NO_CELLS, NOTHING_MATCHES
from rbc_desktop.workflows.notices import Notices
from rbc_desktop.workflows.review.cell_columns import RowFilter
from rbc_desktop.workflows.review.reviewing_controller import ReviewingController
from tests.fakes.casework import make_analysis
from tests.fakes.good_field import GOOD
from tests.fakes.report_cases import certain

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def panel(qtbot, editor, selection, theme, images, add_cells):
    """Two fields, the first with ten cells."""
    fields = editor.add_fields(images)
    add_cells(fields[0].id, 10)
    held = {field.id: image.pixels for field, image in zip(fields, images, strict=True)}
    widget = CellPanel(editor, selection, theme=theme, pixels_of=held.get)
    qtbot.addWidget(widget)
    widget.resize(560, 700)
    widget.show()
    qtbot.waitUntil(lambda: widget.feed.is_settled)
    return widget


def column(model, which):
    return [model.data(model.index(row, which)) for row in range(model.rowCount())]


def ids(panel):
    return [row.cell for row in panel.model.shown]


def header(model, which):
    return model.headerData(which, Qt.Orientation.Horizontal)


def reviewing_over(panel, editor, selection):
    model = panel.model
    return ReviewingController(
        editor, selection, cells=lambda: model.to_review, shown=lambda: model.shown_ids, notices=Notices(),
        parent=panel,
    )  # fmt: skip


def settle(qtbot, panel):
    qtbot.waitUntil(lambda: panel.feed.is_settled)


def test_the_cell_in_hand_stays_in_sight_when_another_filter_brings_other_rows(
    qtbot, panel, editor, selection, add_cells
):
    add_cells(1, 190)
    add_cells(2, 30)
    editor.set_current_field(2)
    settle(qtbot, panel)
    selection.set((202,))
    qtbot.waitUntil(lambda: not panel._sought)
    panel.show_all_fields()
    row = panel.model.index(panel.model.position_of(202), Column.ID)
    qtbot.waitUntil(lambda: panel.view.viewport().rect().contains(panel.view.visualRect(row)))


def test_rows_follow_the_case(qtbot, panel, editor, add_cells):
    assert ids(panel) == list(range(1, 11))
    editor.remove_cells((2, 4))
    settle(qtbot, panel)
    assert ids(panel) == [1, 3, 5, 6, 7, 8, 9, 10]
    editor.undo()
    settle(qtbot, panel)
    assert ids(panel) == list(range(1, 11))
    add_cells(1, 3, seed=9)
    settle(qtbot, panel)
    assert ids(panel)[-3:] == [11, 12, 13]


def test_columns_sort_by_value_and_the_unknown_comes_last(qtbot, panel, editor, add_cells):
    add_cells(1, 4, seed=5, analysed=False)
    settle(qtbot, panel)
    for order in (UP, DOWN):
        panel.view.sortByColumn(Column.CIRCULARITY, order)
        values = [row.circularity for row in panel.model.shown]
        known = [v for v in values if v is not None]
        assert values[len(known) :] == [None] * 4
        assert known == sorted(known, reverse=order is DOWN)
    panel.view.sortByColumn(Column.AREA, UP)
    areas = [row.area_px for row in panel.model.shown]
    assert areas == sorted(areas), "as numbers, not as text"


def test_sorting_by_review_brings_the_cells_to_look_at_first(panel):
    panel.view.sortByColumn(Column.REVIEW, UP)
    flags = [row.needs_review for row in panel.model.shown]
    assert flags == sorted(flags, reverse=True)


def test_only_calibrated_fields_have_micrometres(qtbot, panel, editor):
    model = panel.model
    assert header(model, Column.AREA) == "Area px"
    assert header(model, Column.DIAMETER) == "Ø px"
    assert {"Area px", "Ø px"} <= {action.text() for action in panel.view.column_menu().actions()}
    before = model.shown[0]
    editor.set_calibration((1,), Calibration(0.5, "typed"))
    settle(qtbot, panel)
    assert header(model, Column.AREA) == "Area µm²"
    assert header(model, Column.DIAMETER) == "Ø µm"
    assert model.data(model.index(0, Column.AREA)) == f"{before.area_px * 0.25:.1f}"
    for which, text in ((Column.AREA, AREA_TEXT), (Column.DIAMETER, DIAMETER_TEXT)):
        assert text in model.headerData(which, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    panel.scope_box.setCurrentIndex(1)
    assert header(model, Column.AREA) == "Area µm²", "the other field holds no cell"


def test_fields_of_different_scale_are_shown_in_pixels_together(qtbot, panel, editor, add_cells):
    editor.set_calibration((1,), Calibration(0.5, "typed"))
    add_cells(2, 2, seed=3)
    panel.scope_box.setCurrentIndex(1)
    settle(qtbot, panel)
    assert panel.model.rowCount() == 12
    assert header(panel.model, Column.AREA) == "Area px"


def test_numbers_are_right_aligned_and_unknown_ones_are_a_dash(panel):
    index = panel.model.index(0, Column.AREA)
    assert panel.model.data(index, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert number_text(None, 2) == "–"
    assert number_text(0.125, 2) == "0.12"


def test_filters_by_class_and_by_need_of_review(qtbot, panel, editor):
    editor.set_class((1, 2), CellClass.TARGET_CELL)
    settle(qtbot, panel)
    head, total = panel.title.text(), panel.model.rowCount()
    panel.show_class(CellClass.TARGET_CELL)
    assert set(ids(panel)) >= {1, 2}
    assert {row.cell_class for row in panel.model.shown} == {CellClass.TARGET_CELL}
    assert panel.title.text() == f"<b>Cells</b> {panel.model.rowCount()} of {total}" != head
    panel.show_class(None)
    assert panel.title.text() == head
    panel.show_review_only(True)
    assert all(row.needs_review for row in panel.model.shown)
    assert not set(ids(panel)) & {1, 2}


def test_a_field_without_cells_is_not_called_a_filter_without_matches(panel, editor):
    editor.set_current_field(2)
    assert panel.view.empty_text == NO_CELLS
    panel.show_review_only(True)
    assert panel.view.empty_text == NOTHING_MATCHES
    panel.show_review_only(False)
    panel.show_class(CellClass.TEARDROP)
    assert panel.view.empty_text == NOTHING_MATCHES


def test_the_counts_are_those_of_the_shown_field_with_their_interval(qtbot, panel, editor):
    editor.set_class(range(1, 10), CellClass.NORMAL)
    editor.set_class((10,), CellClass.NOT_RED_CELL)
    settle(qtbot, panel)
    normal, *absent, other = panel.counts.lines
    assert [(line.cell_class, line.count) for line in absent] == [(c, 0) for c in RED_CELL_CLASSES[1:]]
    assert (normal.cell_class, normal.count, normal.share) == (CellClass.NORMAL, 9, 1.0)
    assert normal.low == pytest.approx(0.7008, abs=1e-4)
    assert (other.cell_class, other.count, other.share) == (CellClass.NOT_RED_CELL, 1, None)


def test_a_click_on_a_count_shows_that_class_and_a_second_all_again(qtbot, panel, editor):
    editor.set_class(range(1, 11), CellClass.NORMAL)
    editor.set_class((4,), CellClass.TEARDROP)
    settle(qtbot, panel)
    panel.counts.class_chosen.emit(CellClass.TEARDROP)
    assert ids(panel) == [4]
    panel.counts.class_chosen.emit(CellClass.TEARDROP)
    assert len(ids(panel)) == 10


def test_the_selection_goes_both_ways(qtbot, panel, selection):
    selection.set((3, 7))
    selected = {panel.model.id_at(index.row()) for index in panel.view.selectionModel().selectedRows()}
    assert selected == {3, 7}
    panel.view.selectRow(4)
    assert selection.ids == (5,)
    index = panel.model.index(5, 0)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    panel.view.selectionModel().select(index, flags)
    assert set(selection.ids) == {5, 6}


def test_the_selection_stays_with_its_cells_when_rows_move(panel, selection):
    selection.set((3,))
    panel.view.sortByColumn(Column.AREA, DOWN)
    rows = panel.view.selectionModel().selectedRows()
    assert [panel.model.id_at(index.row()) for index in rows] == [3]
    assert selection.ids == (3,)


def test_choosing_one_row_asks_to_show_its_cell_and_choosing_it_on_the_image_does_not(qtbot, panel, selection):
    with qtbot.waitSignal(panel.cell_opened) as opened:
        panel.view.selectRow(4)
    assert opened.args == [5]
    with qtbot.assertNotEmitted(panel.cell_opened):
        selection.set((2,))
        panel.view.selectAll()


def test_what_the_field_hides_is_counted_apart_and_can_be_shown_alone(qtbot, panel, editor):
    rng = random.Random(3)
    cells = list(editor.case.cells.values())[:4]
    editor.set_class([c.id for c in cells], None)
    sure = [replace(make_analysis(c, rng), prediction=certain(CellClass.SPHEROCYTE, probability=0.9)) for c in cells]
    editor.set_analyses(sure)
    settle(qtbot, panel)
    assert panel.quality.isHidden()
    editor.set_analyses([], qualities={cells[0].field_id: replace(GOOD, pallor_share=0.0)})
    settle(qtbot, panel)
    hidden = [row for row in panel.model.rows.values() if row.not_assessable]
    assert {c.id for c in cells} <= {row.cell for row in hidden}
    assert "not assessable" in {line.name for line in panel.counts.lines}
    panel.counts.group_chosen.emit("not assessable")
    assert set(ids(panel)) == {row.cell for row in hidden}
    assert set(column(panel.model, Column.CLASS)) == {"not assessable"}
    assert "Not assessable: may be" in panel.model.data(panel.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert panel.chosen_class is None
    assert panel.quality.isVisible()
    assert panel.quality.text().startswith("Not told here: spherocyte, target cell, stomatocyte, hypochromia; only 0 %")
    assert "pixels per cell: 39 px" in panel.quality.toolTip()
    editor.set_class([cells[0].id], CellClass.TARGET_CELL)
    settle(qtbot, panel)
    assert cells[0].id in ids(panel), "the row stays until the filter is applied again"
    panel.show_group(None)
    panel.show_group("not assessable")
    assert cells[0].id not in ids(panel), "a person's class stands"


def test_a_filter_unselects_what_it_hides_and_nothing_else(qtbot, panel, editor, selection):
    editor.set_class((2, 3), CellClass.STOMATOCYTE)
    editor.set_class((4,), CellClass.NORMAL)
    settle(qtbot, panel)
    selection.set((3, 4))
    panel.show_class(CellClass.STOMATOCYTE)
    panel.show_class(None)
    assert selection.ids == (3,)
    assert [panel.model.id_at(i.row()) for i in panel.view.selectionModel().selectedRows()] == [3]
    selection.set((4,))
    panel.show_review_only(True)
    assert selection.ids == ()


@pytest.mark.parametrize("all_fields", [False, True])
@pytest.mark.parametrize("review_only", [False, True])
@pytest.mark.parametrize("cell_class", [None, CellClass.STOMATOCYTE])
def test_select_all_takes_the_rows_on_show(
    qtbot, panel, editor, selection, add_cells, all_fields, review_only, cell_class
):
    add_cells(2, 6, seed=3)
    editor.set_class((2, 3, 12), CellClass.STOMATOCYTE)
    settle(qtbot, panel)
    panel.scope_box.setCurrentIndex(int(all_fields))
    panel.show_review_only(review_only)
    panel.show_class(cell_class)
    reviewing = reviewing_over(panel, editor, selection)
    reviewing.select_all()
    assert list(selection.ids) == ids(panel)
    expected = [
        row.cell
        for row in panel.model.rows.values()
        if (all_fields or row.field_id == 1)
        and (row.needs_review or not review_only)
        and cell_class in (None, row.cell_class)
    ]
    assert sorted(selection.ids) == sorted(expected)


def test_the_class_list_sets_the_class_of_every_selected_cell_as_one_undoable_step(qtbot, panel, editor, selection):
    reviewing = reviewing_over(panel, editor, selection)
    panel.class_edited.connect(reviewing.on_class_edited)
    selection.set((2, 3))
    index = panel.model.index(1, Column.CLASS)
    panel.view.edit(index)
    box = panel.view.findChild(QComboBox)
    assert box is not None
    assert box.count() == len(BUILT_IN)
    chosen = box.findText(CellClass.BURR_CELL.value)
    box.setCurrentIndex(chosen)
    box.activated.emit(chosen)
    assert [editor.case.cells[i].reviewed_class for i in (2, 3)] == [CellClass.BURR_CELL] * 2
    editor.undo()
    assert [editor.case.cells[i].reviewed_class for i in (2, 3)] == [None, None]


def test_only_the_class_can_be_edited(panel):
    for which in Column:
        flags = panel.model.flags(panel.model.index(0, which))
        assert bool(flags & Qt.ItemFlag.ItemIsEditable) is (which == Column.CLASS)
    assert not panel.model.setData(panel.model.index(0, Column.AREA), 5)
    assert not panel.model.setData(panel.model.index(0, Column.CLASS), "normal")


def test_letters_and_digits_are_left_to_the_windows_shortcuts(qtbot, panel):
    panel.view.setFocus()
    qtbot.keyClicks(panel.view, "5")
    assert not panel.view.selectionModel().hasSelection()


def test_a_case_that_replaces_another_leaves_nothing_behind(qtbot, panel, editor, tmp_path):
    row = panel.model.shown[0]
    picture = panel.thumbnails.get(row, side=30, ratio=1.0)
    editor.replace_case(editor.case, editor.store)  # as when a second reading begins or ends: the images stay
    assert panel.thumbnails.get(row, side=30, ratio=1.0) is picture
    old = editor.replace_case(Case(), other := CaseFile.create(tmp_path / "other.rbc"))
    settle(qtbot, panel)
    assert panel.model.rowCount() == 0
    assert panel.counts.lines == ()
    assert panel.thumbnails.get(row, side=30, ratio=1.0) is not picture
    editor.replace_case(Case(), old)
    other.close()


def test_thumbnails_are_cut_from_the_field(panel):
    row = panel.model.shown[0]
    picture = panel.thumbnails.get(row, side=30, ratio=2.0)
    assert picture is not None
    assert picture.width() == 60
    assert panel.thumbnails.get(row, side=30, ratio=2.0) is picture
    other = CellTableModel()
    assert other.rowCount(QModelIndex()) == 0


def test_a_relabelled_row_stays_where_it_is_until_the_filter_is_applied_again(qtbot, panel, editor, selection):
    panel.view.sortByColumn(Column.PROBABILITY, UP)
    panel.show_review_only(True)
    before = ids(panel)
    selection.set((before[2],))
    editor.set_class((before[2],), CellClass.TARGET_CELL)
    settle(qtbot, panel)
    assert ids(panel) == before
    assert panel.model.rows[before[2]].reviewed
    assert selection.ids == (before[2],)
    editor.undo()
    editor.redo()
    settle(qtbot, panel)
    assert ids(panel) == before, "undo doesn't move it either"
    panel.show_review_only(False)
    panel.show_review_only(True)
    assert ids(panel) == [i for i in before if i != before[2]]


def test_a_row_moves_when_its_measurements_change(qtbot, panel, editor):
    panel.view.sortByColumn(Column.CIRCULARITY, UP)
    last = ids(panel)[-1]
    old = editor.case.analyses[last]
    editor.set_analyses([replace(old, measurements=replace(old.measurements, circularity=0.001))])
    settle(qtbot, panel)
    assert ids(panel)[0] == last


def test_the_filter_says_what_there_is_to_review_in_every_field(qtbot, panel, editor, add_cells):
    add_cells(2, 6, seed=3)
    settle(qtbot, panel)
    assert set(panel.model.to_review["cell"]) == set(range(1, 17))
    editor.set_class((2, 12), CellClass.STOMATOCYTE)
    settle(qtbot, panel)
    panel.show_class(CellClass.STOMATOCYTE)
    assert {2, 12} <= set(panel.model.to_review["cell"])
    assert {panel.model.rows[i].cell_class for i in panel.model.to_review["cell"]} == {CellClass.STOMATOCYTE}
    panel.show_class(None)
    panel.show_review_only(True)
    flagged = {i for i, row in panel.model.rows.items() if row.flagged}
    assert set(panel.model.to_review["cell"]) == flagged, "reviewed ones among them, for the progress"


def test_a_thousand_rows_are_sorted_and_filtered(qtbot, panel, editor, add_cells):
    cells = add_cells(1, 1000, seed=4)
    editor.confirm([cell.id for cell in cells[:100]])
    settle(qtbot, panel)
    assert panel.model.rowCount() == 1010
    panel.view.sortByColumn(Column.AREA, DOWN)
    areas = [row.area_px for row in panel.model.shown]
    assert areas in (sorted(areas), sorted(areas, reverse=True))
    panel.model.set_filter(RowFilter(review_only=True, field_id=1))
    assert 0 < panel.model.rowCount() < 1010
    assert all(row.needs_review for row in panel.model.shown)
