"""Picture, number and class stay while the table is scrolled sideways, and work as they do in the table."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.cells.frozen_columns import FROZEN
from tests.ui.cells.test_panel import column, ids, panel, settle  # noqa: F401

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def scrolled(qtbot, panel):  # noqa: F811
    """The panel in a width at which most columns are out of sight, scrolled to the last one."""
    panel.resize(400, 700)
    bar = panel.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum())
    return panel


def at(view, row, which):
    """The middle of a cell of the columns that stay."""
    return view.frozen.visualRect(view.model().index(row, which)).center()


def selected(panel):  # noqa: F811
    return sorted(index.row() for index in panel.view.selectionModel().selectedRows())


def click(qtbot, view, row, which, modifier=NONE):
    qtbot.mouseClick(view.frozen.viewport(), LEFT, modifier, at(view, row, which))


def test_they_lie_where_they_were_before_scrolling(qtbot, panel):  # noqa: F811
    view = panel.view
    panel.resize(400, 700)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 100)
    assert not view.frozen.isVisible()
    before = {c: view.viewport().mapTo(panel, view.visualRect(view.model().index(2, c)).topLeft()) for c in FROZEN}
    view.horizontalScrollBar().setValue(40)
    frozen = view.frozen
    assert frozen.isVisible()
    after = {c: frozen.viewport().mapTo(panel, frozen.visualRect(view.model().index(2, c)).topLeft()) for c in FROZEN}
    assert after == before
    assert [c for c in Column if not frozen.isColumnHidden(c)] == list(FROZEN)
    view.horizontalScrollBar().setValue(0)
    assert not frozen.isVisible()


def test_rows_stay_side_by_side_however_the_table_is_scrolled(qtbot, scrolled, editor, add_cells):
    add_cells(1, 60, seed=5)
    settle(qtbot, scrolled)
    view = scrolled.view
    qtbot.waitUntil(lambda: min(v.verticalScrollBar().maximum() for v in (view, view.frozen)) > 333)
    view.verticalScrollBar().setValue(333)
    assert view.frozen.verticalScrollBar().value() == 333
    wheel = QWheelEvent(
        QPointF(20, 20), QPointF(view.frozen.viewport().mapToGlobal(QPoint(20, 20))), QPoint(0, -40), QPoint(0, -120),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.frozen.viewport(), wheel)
    assert view.verticalScrollBar().value() > 333
    assert view.frozen.verticalScrollBar().value() == view.verticalScrollBar().value()


def test_clicks_select_with_shift_and_ctrl_across_both_parts(qtbot, scrolled):
    view = scrolled.view
    click(qtbot, view, 1, Column.ID)
    assert selected(scrolled) == [1]
    click(qtbot, view, 4, Column.THUMBNAIL, SHIFT)
    assert selected(scrolled) == [1, 2, 3, 4]
    click(qtbot, view, 6, Column.CLASS, CTRL)
    assert selected(scrolled) == [1, 2, 3, 4, 6]
    place = view.visualRect(view.model().index(7, Column.PALLOR)).center()
    qtbot.mouseClick(view.viewport(), LEFT, NONE, place)
    click(qtbot, view, 9, Column.ID, SHIFT)
    assert selected(scrolled) == [7, 8, 9], "the range begins where the last click was, in whichever part"
    assert view.horizontalScrollBar().value() == view.horizontalScrollBar().maximum(), "nothing jumps sideways"


def test_a_double_click_on_the_class_edits_it_there(qtbot, scrolled):
    view = scrolled.view
    click(qtbot, view, 2, Column.CLASS)
    qtbot.mouseDClick(view.frozen.viewport(), LEFT, NONE, at(view, 2, Column.CLASS))
    box = view.frozen.viewport().findChild(QComboBox)
    assert box is not None
    assert box.isVisible()
    box.hidePopup()
    with qtbot.waitSignal(scrolled.class_edited):
        box.setCurrentIndex(box.findText(CellClass.TARGET_CELL.value))
        box.activated.emit(box.currentIndex())
    assert view.horizontalScrollBar().value() == view.horizontalScrollBar().maximum()


def test_a_double_click_elsewhere_opens_the_cell(qtbot, scrolled):
    view = scrolled.view
    click(qtbot, view, 3, Column.ID)
    with qtbot.waitSignal(view.activated_cell) as opened:
        qtbot.mouseDClick(view.frozen.viewport(), LEFT, NONE, at(view, 3, Column.ID))
    assert opened.args == [scrolled.model.id_at(3)]


def test_a_click_on_a_heading_sorts_and_both_show_how(qtbot, scrolled):
    view = scrolled.view
    header = view.frozen.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.ID) + 20, header.height() // 2)
    before = ids(scrolled)
    qtbot.mouseClick(header.viewport(), LEFT, NONE, place)
    assert ids(scrolled) == before[::-1]
    for each in (header, view.horizontalHeader()):
        assert each.sortIndicatorSection() == Column.ID
        assert each.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_the_picture_under_the_cursor_is_enlarged_beside_it(qtbot, scrolled):
    view = scrolled.view
    qtbot.mouseMove(view.frozen.viewport(), at(view, 1, Column.CLASS))  # a cursor that is there already doesn't move
    qtbot.mouseMove(view.frozen.viewport(), at(view, 1, Column.THUMBNAIL))
    assert view.enlarged.isVisible()
    right = view.enlarged.x() + view.enlarged.width()
    assert right <= view.frozen.viewport().mapToGlobal(QPoint(0, 0)).x()
    qtbot.mouseMove(view.frozen.viewport(), at(view, 1, Column.CLASS))
    assert not view.enlarged.isVisible()


def test_another_row_in_hand_scrolls_nothing_sideways(scrolled):
    view = scrolled.view
    value = view.horizontalScrollBar().value()
    view.scrollTo(scrolled.model.index(9, Column.ID))
    assert view.horizontalScrollBar().value() == value


def test_a_column_that_one_steps_to_comes_out_from_under_them(scrolled):
    view = scrolled.view
    view.setCurrentIndex(scrolled.model.index(1, Column.PROBABILITY))
    view.scrollTo(scrolled.model.index(1, Column.PROBABILITY))
    place = view.columnViewportPosition(Column.PROBABILITY)
    assert not view.frozen.isVisible() or place >= view.frozen.width()


def test_in_a_narrow_table_nothing_stays(qtbot, panel):  # noqa: F811
    view = panel.view
    panel.resize(panel.minimumSizeHint().width(), 700)
    view.setFixedWidth(view.frozen.width_px + 30)
    view.horizontalScrollBar().setValue(50)
    assert not view.frozen.isVisible()


def test_a_wider_column_is_as_wide_in_both(scrolled):
    view = scrolled.view
    width = view.columnWidth(Column.ID) + 15
    view.setColumnWidth(Column.ID, width)
    assert view.frozen.columnWidth(Column.ID) == width
    view.frozen.horizontalHeader().resizeSection(Column.ID, width - 10)
    assert view.columnWidth(Column.ID) == width - 10


def test_both_show_the_same_rows_after_a_filter(qtbot, scrolled):
    scrolled.review_button.setChecked(True)
    settle(qtbot, scrolled)
    assert scrolled.view.frozen.model().rowCount() == len(column(scrolled.model, Column.ID))
