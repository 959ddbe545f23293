"""Background tasks as the window uses them: connected after `submit`, however quick the function is."""

import threading
import time

import shiboken6
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from rbc_desktop.background import Following, TaskRunner
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


def test_a_task_that_comes_after_another_starts_when_that_one_is_over(qtbot):
    runner, listener, steps = TaskRunner(), Listener(), []
    gate = threading.Event()

    def first():
        gate.wait(10)
        steps.append("first")
        raise ExportError("The disk is full.")

    slow = runner.submit(first)
    listen(slow, listener)
    for name in ("second", "third"):
        listen(runner.submit(steps.append, name, after=slow), listener)
    listen(runner.submit(same, 7), listener)
    qtbot.waitUntil(lambda: listener.results == [7])
    assert steps == [], "one that comes after nothing doesn't wait"
    gate.set()
    qtbot.waitUntil(lambda: listener.ended == 4)
    assert steps[0] == "first"
    assert sorted(steps[1:]) == ["second", "third"]
    listen(runner.submit(same, 8, after=slow), listener)  # over long ago
    qtbot.waitUntil(lambda: 8 in listener.results)
    assert runner.shutdown()


def test_what_has_not_started_when_a_runner_shuts_down_never_does(qtbot):
    runner, steps = TaskRunner(), []
    runner.submit(steps.append, "late")
    assert runner.shutdown()
    QApplication.processEvents()
    assert runner.shutdown()
    assert steps == []


def test_a_runner_may_go_while_a_task_still_runs(qtbot, capfd):
    runner, begun, steps = TaskRunner(), threading.Event(), []

    def slow():
        begun.set()
        end = time.monotonic() + 10
        while shiboken6.isValid(runner) and time.monotonic() < end:
            begun.wait()  # set long ago: lets the other thread in
        steps.append("done" if not shiboken6.isValid(runner) else "still there")

    runner.submit(slow)
    QApplication.processEvents()
    assert begun.wait(10)
    shiboken6.delete(runner)
    assert steps == ["done"], "Qt waits for the thread"
    assert "has been deleted" not in capfd.readouterr().err


class Looked:
    """Something that is worked out as it is when its task begins."""

    def __init__(self, parent):
        self.runner, self.value, self.seen, self.errors, self.begun = TaskRunner(parent=parent), 0, [], [], 0
        self.gate = threading.Event()
        self.gate.set()
        self.following = Following(self._begin, after_ms=1, parent=parent)
        self.following.worked_out.connect(self.seen.append)
        self.following.failed.connect(lambda error: self.errors.append(error.message))

    def _begin(self):
        self.begun += 1
        value, gate = self.value, self.gate

        def found():
            gate.wait(20)
            return fail() if value < 0 else value

        return self.runner.submit(found)

    def becomes(self, value):
        self.value = value
        self.following.changed()


def test_what_is_followed_is_worked_out_after_each_change_and_only_then(qtbot):
    with_parent = QObject()
    looked = Looked(with_parent)
    looked.becomes(1)
    QApplication.processEvents()
    assert looked.begun == 0, "nobody looks"
    looked.following.follow(True)
    qtbot.waitUntil(lambda: looked.seen == [1])
    assert looked.following.is_current
    looked.becomes(2)
    assert not looked.following.is_current
    qtbot.waitUntil(lambda: looked.seen == [1, 2])
    looked.following.follow(False)
    looked.following.follow(True)
    assert looked.begun == 2, "it was up to date"
    assert looked.runner.shutdown()


def test_changes_during_a_task_are_worked_out_in_one_more(qtbot):
    with_parent = QObject()
    looked = Looked(with_parent)
    looked.gate.clear()
    looked.following.follow(True)
    for value in (1, 2, 3):
        looked.becomes(value)
    looked.gate.set()
    qtbot.waitUntil(lambda: looked.seen == [0, 3])
    assert looked.begun == 2
    assert looked.runner.shutdown()


def test_what_was_begun_of_another_thing_is_dropped(qtbot):
    with_parent = QObject()
    looked = Looked(with_parent)
    looked.gate.clear()
    looked.following.follow(True)
    looked.value = 7
    looked.following.start_over()
    looked.gate.set()
    qtbot.waitUntil(lambda: looked.seen == [7])
    assert looked.runner.shutdown()


def test_what_failed_is_tried_again_when_somebody_looks_anew(qtbot):
    with_parent = QObject()
    looked = Looked(with_parent)
    looked.becomes(-1)
    looked.following.follow(True)
    qtbot.waitUntil(lambda: looked.errors == ["The disk is full."])
    qtbot.waitUntil(lambda: looked.following._task is None)
    looked.value = 5
    looked.following.follow(False)
    looked.following.follow(True)
    qtbot.waitUntil(lambda: looked.seen == [5])
    assert looked.runner.shutdown()
