"""Tables of whole rows."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidgetItem

from rbc_desktop.ui.look.row_table import RIGHT, number_item, row_table


def test_a_click_takes_the_row_and_nothing_can_be_typed(qtbot):
    table = row_table(["Case", "State"], name="Cases")
    qtbot.addWidget(table)
    table.setRowCount(2)
    for place in range(4):
        table.setItem(place // 2, place % 2, QTableWidgetItem(f"{place}"))
    table.show()
    where = table.visualItemRect(table.item(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.keyClicks(table.viewport(), "typed")
    assert [table.item(1, column).text() for column in (0, 1)] == ["2", "3"]
    assert [table.horizontalHeaderItem(column).text() for column in (0, 1)] == ["Case", "State"]
    assert table.accessibleName() == "Cases"


def test_numbers_and_their_headings_stand_to_the_right(qtbot):
    table = row_table(["Case", "Cells"], name="Cases", numbers=(1,))
    qtbot.addWidget(table)
    assert table.horizontalHeaderItem(1).textAlignment() == RIGHT
    assert table.horizontalHeaderItem(0).textAlignment() != RIGHT
    assert number_item("7").textAlignment() == RIGHT
