"""Return presses what has the focus, and Escape closes what stands beside the main window."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from rbc_desktop import ui
from rbc_desktop.ui.look.keyed_window import KeyedDialog, KeyedWindow


class Asking(KeyedDialog):
    """A dialog as most are: one main button, and others that no Return in a field may press."""

    def __init__(self):
        super().__init__()
        self.field, self.cancel, self.save = QLineEdit(), QPushButton("Cancel"), QPushButton("Save")
        self.pressed = []
        line = QHBoxLayout(self)
        for widget in (self.field, self.cancel, self.save):
            line.addWidget(widget)
        self.cancel.setAutoDefault(False)
        self.save.setDefault(True)
        self.cancel.clicked.connect(lambda: self.pressed.append("cancel"))
        self.save.clicked.connect(lambda: self.pressed.append("save"))


@pytest.fixture
def dialog(qtbot):
    made = Asking()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(("at", "pressed"), [("cancel", ["cancel"]), ("save", ["save"]), ("field", ["save"])])
def test_return_presses_the_button_with_the_focus_else_the_main_one(qtbot, dialog, key, at, pressed):
    getattr(dialog, at).setFocus()
    qtbot.keyClick(getattr(dialog, at), key)
    assert dialog.pressed == pressed


def test_escape_closes_a_window_beside_the_main_one(qtbot):
    main = QWidget()
    qtbot.addWidget(main)
    window = KeyedWindow(main)
    field = QLineEdit(window)
    window.show()
    qtbot.waitExposed(window)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_every_dialog_of_the_window_is_one():
    sources = Path(next(iter(ui.__path__))).rglob("*.py")
    plain = [path.stem for path in sources if re.search(r"^class \w+\(QDialog\)", path.read_text("utf-8"), re.M)]
    assert plain == ["keyed_window"]
