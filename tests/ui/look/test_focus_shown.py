"""In each theme one sees where the keyboard is, on every kind of control."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rbc_desktop.storage.paths import resource_root
from rbc_desktop.ui.look.theme import ThemeController

LEAST_PIXELS = 40
"""That differ between a control with the focus and one without."""

BUTTONS = {
    "button": QPushButton, "main button": QPushButton, "flat button": QPushButton, "tool": QToolButton,
    "tool in use": QToolButton, "box": QCheckBox, "ticked box": QCheckBox, "choice": QRadioButton,
    "made choice": QRadioButton,
}  # fmt: skip
OTHERS = {
    "field": QLineEdit, "text": QPlainTextEdit, "combo box": QComboBox, "number": QSpinBox, "slider": QSlider,
    "tabs": QTabBar, "list": QListWidget, "empty list": QListWidget, "table": QTableWidget, "empty table": QTableWidget,
    "tree": QTreeWidget,
}  # fmt: skip


def made(kind):
    control = {**BUTTONS, **OTHERS}[kind]()
    if isinstance(control, QAbstractButton):
        control.setText("Press")
        control.setCheckable(kind in ("tool", "tool in use") or not isinstance(control, QPushButton | QToolButton))
        control.setChecked(kind in ("tool in use", "ticked box", "made choice"))
        control.setProperty("primary", kind == "main button")
        control.setProperty("flat", kind == "flat button")
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    elif isinstance(control, QSlider):
        control.setOrientation(Qt.Orientation.Horizontal)
    elif isinstance(control, QTabBar):
        control.addTab("One")
        control.addTab("Two")
    elif kind == "list":
        control.addItems(["one", "two"])
        control.setCurrentRow(0)
    elif kind == "table":
        control.setRowCount(2)
        control.setColumnCount(1)
        control.setItem(0, 0, QTableWidgetItem("one"))
        control.setCurrentCell(0, 0)
    elif kind == "tree":
        control.addTopLevelItem(QTreeWidgetItem(["one"]))
        control.setCurrentItem(control.topLevelItem(0))
    return control


@pytest.fixture(scope="module", params=["light", "dark", "contrast"])
def coloured(qapp, request):
    """The theme is on."""
    theme = ThemeController(qapp, resources=resource_root())
    theme.force(request.param)
    yield
    theme.force("light")
    theme.deleteLater()


@pytest.mark.parametrize("kind", [*BUTTONS, *OTHERS])
def test_the_focus_is_seen(qtbot, coloured, kind):
    host, before, control = QWidget(), QPushButton("before"), made(kind)
    column = QVBoxLayout(host)
    column.addWidget(before)
    column.addWidget(control)
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    before.setFocus()
    without = control.grab().toImage()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert control.hasFocus()
    focused = control.grab().toImage()
    places = [(x, y) for y in range(without.height()) for x in range(without.width())]
    assert sum(without.pixel(*place) != focused.pixel(*place) for place in places) >= LEAST_PIXELS
