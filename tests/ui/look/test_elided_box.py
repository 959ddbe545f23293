"""A choice in little room."""

from PySide6.QtWidgets import QStyleOptionComboBox

from rbc_desktop.ui.look.elided_box import ElidedBox


def painted(box):
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    return option.currentText


def test_a_text_that_goes_on_ends_in_dots(qtbot, theme):
    box = ElidedBox()
    box.addItems(["All classes"])
    qtbot.addWidget(box)
    box.show()
    box.resize(300, box.height())
    assert painted(box) == "All classes"
    box.setMinimumWidth(10)
    box.resize(90, box.height())
    text = painted(box)
    assert text.startswith("All")
    assert text.endswith("…")
    assert box.currentText() == "All classes"
    box.adjustSize()
    assert painted(box) == "All classes", "at the size that it asks for nothing is cut"
