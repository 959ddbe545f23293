"""Pages of dialogs on low screens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from rbc_desktop.ui.look.scrolling_page import ScrollingPage


def dialog_with(qtbot, count):
    page = QWidget()
    column = QVBoxLayout(page)
    edits = [QLineEdit() for _ in range(count)]
    for edit in edits:
        column.addWidget(edit)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    scrolls = ScrollingPage(page, name="Page")
    QVBoxLayout(dialog).addWidget(scrolls)
    return dialog, scrolls, edits


def test_it_opens_as_large_as_its_page_and_can_be_made_low(qtbot, theme):
    dialog, scrolls, _ = dialog_with(qtbot, 10)
    dialog.show()
    assert scrolls.height() >= scrolls.widget().sizeHint().height()
    assert not scrolls.verticalScrollBar().isVisible()
    dialog.resize(dialog.width(), 10)
    assert dialog.height() < 200
    qtbot.waitUntil(scrolls.verticalScrollBar().isVisible)


def test_nothing_moves_sideways_when_the_bar_comes(qtbot, theme):
    dialog, scrolls, edits = dialog_with(qtbot, 20)
    dialog.show()
    dialog.resize(dialog.minimumSizeHint())
    assert edits[0].width() >= edits[0].minimumSizeHint().width()
    assert scrolls.widget().width() + scrolls.verticalScrollBar().width() <= scrolls.width()


def test_what_gets_the_focus_comes_into_view(qtbot, theme):
    dialog, scrolls, edits = dialog_with(qtbot, 20)
    dialog.show()
    dialog.resize(dialog.width(), 150)
    qtbot.waitUntil(dialog.isActiveWindow)
    edits[0].setFocus()
    for _ in edits[:-1]:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert edits[-1].hasFocus()
    assert scrolls.viewport().rect().contains(edits[-1].mapTo(scrolls.viewport(), edits[-1].rect().center()))
