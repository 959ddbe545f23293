"""The application's style sheet replaced without a long block: window by window, then what is out of sight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QWidget
from shiboken6 import isValid

from ...turns import InSlices, OwnTurn


class SheetChange(QObject):
    """Replaces the style sheet of the application.

    `QApplication.setStyleSheet` polishes each widget once for itself and again for every widget that it lies in, hidden
    ones too: 2,200 times for 260 widgets. Here each is polished once, in the turns of the event loop that follow: what
    is in sight window by window, the one in front first and none painted before, then what is out of sight. A window is
    painted at once but for its lists, whose rows have the turns that follow.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._slices = InSlices(self)
        self._turn = OwnTurn(self, self._begin)
        self._steps: Iterator[object] = iter(())
        self._held: list[QWidget] = []
        """Windows in sight that aren't painted before they have the new look."""
        self._later: list[QWidget] = []
        """Rows of lists in a window that is being painted, which has enough to paint without them."""
        self.is_done = True
        """Whether every widget has the look of the sheet."""

    def put_on(self, sheet: str) -> None:
        """Replace the style sheet."""
        for held in (*self._held, *self._later):
            _hold(held, False)
        polished = [w for w in self._app.allWidgets() if w.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)]
        self._app.style().unpolish(self._app)  # Qt forgets which widgets it has polished, and so polishes none
        self._app.setStyleSheet(sheet)
        in_sight = defaultdict(list)
        for widget in polished:
            if widget.isVisible():
                in_sight[widget.window()].append(widget)
        self._held = sorted(in_sight, key=lambda window: not window.isActiveWindow())
        for window in self._held:
            _hold(window, True)
        self.is_done = False
        self._steps = self._polish_all(in_sight, [w for w in polished if not w.isVisible()])
        self._turn.ask()

    @Slot()
    def _begin(self) -> None:
        self._slices.run(self._steps)

    def _polish_all(self, in_sight: Mapping[QWidget, Iterable[QWidget]], hidden: Sequence[QWidget]) -> Iterator[bool]:
        while self._held:
            yield from _polish(in_sight[self._held[0]])
            self._later = list(_rows_of(in_sight[self._held[0]]))
            for rows in self._later:
                _hold(rows, True)
            _hold(self._held.pop(0), False)
            yield True  # it is painted before anything else
            while self._later:
                _hold(self._later.pop(), False)
                yield True
        yield from _polish(hidden)
        self.is_done = True


def _polish(widgets: Iterable[QWidget]) -> Iterator[bool]:
    for widget in widgets:
        if isValid(widget):
            widget.style().polish(widget)
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        yield False


def _rows_of(widgets: Iterable[QWidget]) -> Iterator[QWidget]:
    """What of lists and tables among these shows their rows."""
    for widget in widgets:
        if isValid(widget) and isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            yield widget.viewport()


def _hold(widget: QWidget, on: bool) -> None:
    if isValid(widget):
        widget.setUpdatesEnabled(not on)
