"""Tabs whose pages are made when they are first looked at, or asked for: a window with many opens at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QTabWidget, QWidget

Page = TypeVar("Page", bound=QWidget)


class LaterTabs(QTabWidget):
    """Each page has an empty place until then."""

    def __init__(self) -> None:
        super().__init__()
        self._makers: dict[int, Callable[[], QWidget]] = {}
        self.currentChanged.connect(self._on_current)

    def add(self, title: str, make: Callable[[], QWidget]) -> int:
        """A further tab, whose page is made later; the first one's is made at once. Returns its position."""
        position = self.count()
        self._makers[position] = make
        return self.addTab(QWidget() if position else self._first(), title)

    def _first(self) -> QWidget:
        return self._makers.pop(0)()

    def has_page(self, position: int) -> bool:
        """Whether the page of a tab is made."""
        return position not in self._makers

    def page(self, position: int) -> QWidget:
        """The page of a tab."""
        place = self.widget(position)
        assert place is not None
        make = self._makers.pop(position, None)
        if make is None:
            return place
        page = make()
        with QSignalBlocker(self):
            current = self.currentIndex()
            self.insertTab(position, page, self.tabText(position))
            self.removeTab(position + 1)
            self.setCurrentIndex(current)
        place.deleteLater()
        return page

    @Slot(int)
    def _on_current(self, position: int) -> None:
        if position in self._makers:
            self.page(position)
