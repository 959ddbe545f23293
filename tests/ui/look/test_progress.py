"""A bar that is filled, and what else waits to be painted in its window."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from rbc_desktop.ui.look.progress import fill


class Beside(QWidget):
    """Counts how often it is painted."""

    painted = 0

    def event(self, event):
        self.painted += event.type() == QEvent.Type.Paint
        return super().event(event)


def test_what_waits_to_be_painted_in_the_window_goes_on_waiting(qtbot, theme):
    window, bar, beside = QWidget(), QProgressBar(), Beside()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(beside, 1)
    window.resize(200, 200)
    window.show()
    fill(bar, 0, 10)
    qtbot.waitUntil(lambda: beside.painted > 0)
    before = beside.painted
    beside.update()
    fill(bar, 9, 10)
    assert (bar.value(), bar.maximum()) == (9, 10)
    assert beside.painted == before
    qtbot.waitUntil(lambda: beside.painted > before)
    before = beside.painted
    beside.update()
    bar.setValue(1)
    assert beside.painted > before, "Qt no longer paints at once: `fill` is needed no more"
