"""The check that runs after each test: it finds what a test leaves behind, and says where that was made."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from rbc_desktop.turns import in_next_turn
from tests import leftovers
from tests.leftovers import Before


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(leftovers, "GRACE_MS", 0)


def test_a_thread_of_python(impatient):
    before, go_on = Before(), threading.Event()
    thread = threading.Thread(target=go_on.wait, name="waiting")
    thread.start()
    [line] = before.leftovers()
    assert line.startswith("thread waiting, made in tests/ui/test_leftovers.py:")
    go_on.set()
    thread.join()
    assert before.leftovers() == []


def test_a_thread_and_a_pool_of_qt(qapp, impatient):
    before, go_on = Before(), threading.Event()
    thread, pool = QThread(), QThreadPool()
    thread.start()
    pool.start(go_on.wait)
    lines = before.leftovers()
    assert [line.split(",")[0] for line in lines] == ["running QThread", "running QThreadPool"]
    go_on.set()
    thread.quit()
    assert thread.wait(5_000)
    assert pool.waitForDone(5_000)
    assert before.leftovers() == []


def test_a_timer_counts_while_it_runs(qapp):
    class Owner(QObject):
        def __init__(self):
            super().__init__()
            self.timer = QTimer(self, interval=60_000)

    before, owner = Before(), Owner()
    assert before.leftovers() == []
    owner.timer.start()
    assert ["QTimer" in line for line in before.leftovers()] == [True]
    owner.timer.stop()
    assert before.leftovers() == []


def test_what_waits_for_a_turn_of_the_event_loop_has_it_first(qapp):
    before, context, done = Before(), QObject(), []
    for number in range(3):
        in_next_turn(context, partial(done.append, number))
    assert before.leftovers() == []
    assert done == [0, 1, 2]


def test_a_window_counts_until_it_is_deleted(qapp):
    before = Before()
    window = QWidget()
    window.setWindowTitle("Forgotten")
    inside = QLabel(window)
    [line] = before.leftovers()
    assert line.startswith("window QWidget 'Forgotten', made in tests/ui/test_leftovers.py:")
    window.deleteLater()
    assert before.leftovers() == []
    del inside


def test_what_was_there_before_does_not_count(qapp):
    timer, window = QTimer(QCoreApplication.instance(), interval=60_000), QWidget()
    timer.start()
    assert Before().leftovers() == []
    timer.stop()
    timer.deleteLater()
    window.deleteLater()


def test_no_key_stays_down(qtbot):
    label = QLabel("a")
    qtbot.addWidget(label)
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier, "Qt lets it go by itself now"
    leftovers.let_go_of_keys()
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
