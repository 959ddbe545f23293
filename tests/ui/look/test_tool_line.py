"""A line of tools in a dialog: Return goes to what has the focus, never to a button beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from rbc_desktop.ui.look.tool_line import tool_line


def plain_line(*widgets):
    line = QHBoxLayout()
    for widget in widgets:
        line.addWidget(widget)
    return line


@pytest.mark.parametrize(("make", "presses"), [(tool_line, 0), (plain_line, 1)], ids=["tool line", "as Qt would"])
def test_return_in_a_field_presses_no_button_of_its_line(qtbot, make, presses):
    dialog, field, button, pressed = QDialog(), QLineEdit(), QPushButton("Remove"), []
    button.clicked.connect(lambda: pressed.append(True))
    QVBoxLayout(dialog).addLayout(make(field, button))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(pressed) == presses
    assert field.x() < button.x()
