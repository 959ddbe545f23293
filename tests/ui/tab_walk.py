"""Going through a window with Tab as somebody does who has no mouse, and what a screen reader is told on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QProgressBar,
    QScrollBar,
    QTabBar,
    QTabWidget,
    QTextBrowser,
    QWidget,
)

from rbc_desktop.ui.look.mnemonics import plain

MOST_STEPS = 300
MOST_LINKS = 200
"""Links on a page, which Tab goes through before it leaves it."""


class TabWalk:
    """One way around a window.

    Attributes:
        visited: widgets that had the focus, in order.
        trapped: the widget that Tab didn't leave, or None.
    """

    def __init__(self, top: QWidget) -> None:
        self.top = top
        self.visited: list[QWidget] = []
        self.trapped: QWidget | None = None
        first = next(iter(tab_stops(top)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self._go()

    def _go(self) -> None:
        for _ in range(MOST_STEPS):
            here = QApplication.focusWidget()
            if here is None or here in self.visited:
                break
            self.visited.append(here)
            for _ in range(MOST_LINKS if isinstance(here, QTextBrowser) else 1):
                QTest.keyClick(here, Qt.Key.Key_Tab)
                if QApplication.focusWidget() is not here:
                    break
            if QApplication.focusWidget() is here and len(list(tab_stops(self.top))) > 1:
                self.trapped = here
                break

    @property
    def missed(self) -> list[QWidget]:
        """What can take the focus but never got it."""
        return [stop for stop in tab_stops(self.top) if not any(_is_one(stop, seen) for seen in self.visited)]

    @property
    def silent(self) -> list[QWidget]:
        """What had the focus, and of which a screen reader has no name or role to say."""
        return [widget for widget in self.visited if not (name_of(widget) and has_role(widget))]


def tab_stops(top: QWidget) -> Iterator[QWidget]:
    """Everything in a window that Tab should lead to now."""
    for widget in top.findChildren(QWidget):
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        is_part = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        if takes_tab and not is_part and widget.isVisible() and widget.isEnabled() and widget.window() is top:
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader says first."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name).strip()


WORKED = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QProgressBar)


def nameless(top: QWidget) -> list[QWidget]:
    """What a person works with, or reads a value from, with the mouse or without, and of which there is no name."""
    found = []
    for widget in top.findChildren(QWidget):
        inside = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QHeaderView | QTabBar | QMainWindow)
        is_part = inside or isinstance(widget, QHeaderView | QScrollBar) or widget.objectName().startswith("qt_")
        is_there = widget.isVisible() or isinstance(widget, QProgressBar)
        if isinstance(widget, WORKED) and is_there and not is_part and not name_of(widget):
            found.append(widget)
    return found


def has_role(widget: QWidget) -> bool:
    """Whether a screen reader knows what kind of thing it is."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface is not None and interface.role() != QAccessible.Role.NoRole


def letter_of(text: str) -> str:
    """What is pressed with Alt, or alone in a menu; empty for none."""
    return "" if "<" in text else QKeySequence.mnemonic(text).toString()


def colliding(top: QWidget) -> list[str]:
    """Keys that two widgets of a window hear."""
    texts = []
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(top) and isinstance(widget, QAbstractButton | QLabel):
            texts.append(widget.text())
        elif widget.isVisibleTo(top) and isinstance(widget, QGroupBox):
            texts.append(widget.title())
        elif widget.isVisibleTo(top) and isinstance(widget, QTabWidget):
            texts += [widget.tabText(place) for place in range(widget.count())]
    return [key for key, times in Counter(map(letter_of, texts)).items() if key and times > 1]


def faults_of_menus(menu: QMenu | QMenuBar, path: str = "") -> list[str]:
    """Entries of a menu and of those in it, as they open, that have no letter with one to spare, or that of another."""
    if isinstance(menu, QMenu):
        menu.aboutToShow.emit()
    shown = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    taken = Counter(letter_of(action.text()) for action in shown)
    found = [f"{path} › {key}: {times}" for key, times in taken.items() if key and times > 1]
    bare = [plain(action.text()).split("\t")[0] for action in shown if not letter_of(action.text())]
    spare = [text for text in bare if any(letter_of(f"&{letter}") not in taken for letter in text if letter.isalnum())]
    found += [f"{path} › {text}" for text in spare]
    for action in shown:
        below = action.menu()
        if isinstance(below, QMenu):
            found += faults_of_menus(below, f"{path} › {action.text()}")
    return found


def described(widgets: list[QWidget]) -> str:
    """For the message of a test."""
    return "; ".join(f"{type(w).__name__} {w.toolTip()[:30]!r} in {type(w.parentWidget()).__name__}" for w in widgets)


def _is_one(stop: QWidget, seen: QWidget) -> bool:
    """Whether reaching `seen` reaches `stop`: it is it, or arrow keys lead from the one radio button to the other."""
    if stop is seen or seen.focusProxy() is stop or stop.focusProxy() is seen or stop.isAncestorOf(seen):
        return True
    if not (isinstance(stop, QAbstractButton) and isinstance(seen, QAbstractButton)):
        return False
    same_group = stop.group() is not None and stop.group() is seen.group() and stop.group().exclusive()
    same_parent = stop.autoExclusive() and seen.autoExclusive() and stop.parentWidget() is seen.parentWidget()
    return same_group or same_parent
