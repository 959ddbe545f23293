"""What stands in place of rows."""

from PySide6.QtWidgets import QListWidget, QTableWidgetItem

from rbc_desktop.ui.look.empty_text import EmptyText
from rbc_desktop.ui.look.row_table import row_table


def test_the_sentence_is_there_only_while_there_are_no_rows(qtbot):
    table = row_table(["Case"], name="Cases")
    qtbot.addWidget(table)
    said = EmptyText(table, "No case yet.")
    table.resize(300, 200)
    table.show()
    assert said.label.isVisible()
    assert said.label.width() == table.viewport().width()
    table.setRowCount(1)
    table.setItem(0, 0, QTableWidgetItem("one"))
    qtbot.waitUntil(lambda: not said.label.isVisible())
    table.setRowCount(0)
    qtbot.waitUntil(said.label.isVisible)


def test_another_sentence_or_none(qtbot):
    view = QListWidget()
    qtbot.addWidget(view)
    said = EmptyText(view)
    view.show()
    assert not said.label.isVisible()
    said.say("Nothing matches.")
    assert (said.label.isVisible(), said.label.text()) == (True, "Nothing matches.")
    view.addItem("one")
    qtbot.waitUntil(lambda: not said.label.isVisible())
    view.clear()
    qtbot.waitUntil(said.label.isVisible)
