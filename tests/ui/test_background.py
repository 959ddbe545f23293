"""Background tasks as the window uses them: connected after `submit`, however quick the function is."""

import time

from PySide6.QtCore import QObject, Qt, Slot

from rbc_desktop.background import TaskRunner
from rbc_desktop.errors import ExportError


class Listener(QObject):
    """Counts what arrives."""

    def __init__(self):
        super().__init__()
        self.results, self.errors, self.ended = [], [], 0

    @Slot(object)
    def on_result(self, result):
        self.results.append(result)

    @Slot(object)
    def on_error(self, error):
        self.errors.append(error.message)

    @Slot(object)
    def on_end(self, _):
        self.ended += 1


def listen(task, listener):
    queued = Qt.ConnectionType.QueuedConnection
    task.finished.connect(listener.on_result, queued)
    task.failed.connect(listener.on_error, queued)
    task.ended.connect(listener.on_end, queued)


def same(number):
    return number


def fail():
    raise ExportError("The disk is full.")


def test_the_signals_of_a_quick_function_are_never_lost(qtbot):
    runner, listener = TaskRunner(), Listener()
    for number in range(300):
        task = runner.submit(same, number) if number % 2 else runner.submit(fail)
        time.sleep(0)  # give the pool every chance to be first
        listen(task, listener)
    qtbot.waitUntil(lambda: listener.ended == 300, timeout=20_000)
    assert sorted(listener.results) == list(range(1, 300, 2))
    assert listener.errors == ["The disk is full."] * 150
    assert runner.shutdown()
