"""A change of style sheet: everything looks as if Qt had put it on, nothing is painted half, and no turn is long."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from rbc_desktop import turns
from rbc_desktop.ui.look.tokens import CONTRAST, DARK


class Polishes(QObject):
    """Counts how often each widget is told of a new style."""

    def __init__(self):
        super().__init__()
        self.of = Counter()

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.StyleChange:
            self.of[id(watched)] += 1
        return False


class Painted(QObject):
    """Remembers which widgets are painted, as it comes."""

    def __init__(self):
        super().__init__()
        self.of = []

    def eventFilter(self, watched, event):
        if isinstance(watched, QWidget) and event.type() == QEvent.Type.Paint:
            self.of.append(watched)
        return False


class Order(QObject):
    """Remembers what of which window is polished and painted, as it comes."""

    def __init__(self):
        super().__init__()
        self.of = []

    @property
    def windows(self):
        """In the order in which they are painted."""
        return list(dict.fromkeys(window for what, window in self.of if what == "painted"))

    def eventFilter(self, watched, event):
        if isinstance(watched, QWidget) and event.type() in (QEvent.Type.StyleChange, QEvent.Type.Paint):
            polished = "polished" if watched.isVisible() else "hidden"
            what = "painted" if event.type() == QEvent.Type.Paint else polished
            self.of.append((what, watched.window()))
        return False


@pytest.fixture
def windows(qtbot, theme):
    """Two windows in sight, one with a page behind another."""
    theme.force("light")
    made = [Pages() for _ in range(2)]
    for window in made:
        qtbot.addWidget(window)
        window.show()
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    yield made
    theme.force("system")
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)


class Pages(QDialog):
    """A page in front, and one behind it."""

    def __init__(self):
        super().__init__()
        self.tabs = QTabWidget()
        for name in ("first", "second"):
            self.tabs.addTab(page(name), name)
        self.tabs.setCurrentIndex(1)
        QVBoxLayout(self).addWidget(self.tabs)


def page(name):
    made = QWidget()
    form = QFormLayout(made)
    muted = QLabel("muted")
    muted.setProperty("muted", True)
    main = QPushButton("Main")
    main.setProperty("primary", True)
    off = QPushButton("off")
    off.setEnabled(False)
    table = QTableWidget(4, 2)
    table.setHorizontalHeaderLabels(["Area", "Class"])
    kinds = QComboBox()
    kinds.addItems(["one", "two"])
    for widget in (muted, main, off, QCheckBox("tick"), QLineEdit("text"), QSpinBox(), table, kinds):
        form.addRow(name, widget)
    return made


def shown(qtbot, window):
    """Each page of a window as it is painted."""
    found = []
    for page in (1, 0):
        window.tabs.setCurrentIndex(page)
        QApplication.processEvents()
        found.append(window.grab().toImage())
    return found


@pytest.mark.parametrize("name", ["dark", "contrast"])
def test_every_page_looks_as_if_qt_had_put_the_sheet_on(qtbot, theme, windows, name):
    windows[1].close()
    windows[0].tabs.setCurrentIndex(0)  # the second page is hidden, and was seen
    theme.force(name)
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    windows[1].show()
    ours = [shown(qtbot, window) for window in windows]
    QApplication.instance().setStyleSheet(QApplication.instance().styleSheet())
    assert [shown(qtbot, window) for window in windows] == ours
    tokens = {"dark": DARK, "contrast": CONTRAST}[name]
    assert ours[0][0].pixelColor(3, 3).name().upper() == tokens.window


def test_each_widget_is_polished_once(qtbot, theme, windows):
    count = Polishes()
    QApplication.instance().installEventFilter(count)
    theme.force("dark")
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    QApplication.instance().removeEventFilter(count)
    assert len(count.of) > 40
    assert set(count.of.values()) == {1}


def test_a_window_is_painted_before_the_next_is_polished(qtbot, theme, windows, monkeypatch):
    monkeypatch.setattr(turns, "SLICE_SECONDS", 60.0)  # else a slow machine does no more in one
    for window in windows:
        window.tabs.setCurrentIndex(0)  # now the other page is hidden, and was seen
    QApplication.processEvents()
    order = Order()
    QApplication.instance().installEventFilter(order)
    theme.force("dark")
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    QApplication.instance().removeEventFilter(order)
    first, second = (order.of.index(("painted", window)) for window in order.windows)
    assert ("polished", order.windows[1]) not in order.of[:first]
    assert {what for what, _ in order.of[second + 1 :]} >= {"hidden"}
    assert "hidden" not in {what for what, _ in order.of[:second]}


def test_no_window_is_painted_before_it_has_the_new_look(qtbot, theme, windows):
    theme.force("dark")
    assert not any(window.updatesEnabled() for window in windows)
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    assert all(window.updatesEnabled() for window in windows)


def test_the_last_of_many_changes_counts(qtbot, theme, windows):
    for name in ("dark", "light", "contrast", "dark"):
        theme.force(name)
    windows[1].close()
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    windows[1].show()
    assert all(window.updatesEnabled() for window in windows)
    assert {window.grab().toImage().pixelColor(3, 3).name().upper() for window in windows} == {DARK.window}


def rows_of(windows):
    """What shows the rows of the tables in sight."""
    tables = [table for window in windows for table in window.findChildren(QTableWidget) if table.isVisible()]
    assert len(tables) == len(windows)
    return [table.viewport() for table in tables]


def test_the_rows_of_a_list_are_painted_when_all_else_of_its_window_is(qtbot, theme, windows):
    windows[1].close()
    (rows,) = rows_of(windows[:1])
    beside = rows.parent().parent().findChild(QComboBox)  # which Qt paints last
    painted = Painted()
    QApplication.instance().installEventFilter(painted)
    theme.force("dark")
    qtbot.waitUntil(lambda: rows in painted.of)
    QApplication.instance().removeEventFilter(painted)
    assert painted.of.index(beside) < painted.of.index(rows)


def test_a_change_between_a_window_and_its_lists_leaves_none_unpainted(qtbot, theme, windows):
    each = rows_of(windows)
    theme.force("dark")
    qtbot.waitUntil(
        lambda: any(w.updatesEnabled() and not r.updatesEnabled() for w, r in zip(windows, each, strict=True))
    )
    theme.force("contrast")
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    assert all(rows.updatesEnabled() for rows in each)


def test_a_window_may_go_before_its_turn(qtbot, theme, windows):
    gone = Pages()
    gone.show()
    theme.force("dark")
    delete(gone)
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    assert windows[1].grab().toImage().pixelColor(3, 3).name().upper() == DARK.window
