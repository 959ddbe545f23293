"""What another thread does while the window is painted."""

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from rbc_desktop.editing.while_painting import while_painting

WAIT_S = 30


class Painted(QWidget):
    """Says when it was painted; clicks and timers are counted."""

    def __init__(self):
        super().__init__()
        self.painted, self.fired = threading.Event(), 0

    def paintEvent(self, _event):
        self.painted.set()

    def fire(self):
        self.fired += 1


def test_the_window_is_painted_and_nothing_else_happens_meanwhile(qtbot):
    window = Painted()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.painted.is_set)
    window.painted.clear()
    window.update()
    QTimer.singleShot(0, window.fire)

    def work():
        assert window.painted.wait(WAIT_S)
        return threading.current_thread()

    there = while_painting(work)
    assert there is not threading.current_thread()
    assert not there.is_alive()
    assert window.fired == 0
    qtbot.waitUntil(lambda: window.fired == 1)


def test_what_the_work_raises_comes_back(qapp):
    def work():
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        while_painting(work)
