"""Work on the GUI thread that comes a turn of the event loop at a time."""

import shiboken6
from PySide6.QtCore import QObject, QTimer

from rbc_desktop import turns
from rbc_desktop.turns import InSlices, OwnTurn, in_next_turn


def test_what_is_short_is_done_in_the_call_and_what_is_long_in_slices(qtbot, monkeypatch):
    owner, done = QObject(), []

    def work(name, steps):
        for number in range(steps):
            done.append((name, number))
            yield

    monkeypatch.setattr(turns, "SLICE_SECONDS", 60.0)  # however busy the machine is
    slices = InSlices(owner)
    slices.run(work("short", 3))
    assert done == [("short", 0), ("short", 1), ("short", 2)]
    assert not slices.is_working
    monkeypatch.setattr(turns, "SLICE_SECONDS", 0.0)
    slices.run(work("long", 5))
    assert slices.is_working
    assert done[3:] == [("long", 0)]
    qtbot.waitUntil(lambda: not slices.is_working)
    assert done[3:] == [("long", number) for number in range(5)]


def test_each_slice_leaves_the_next_turn_to_what_it_has_painted(qtbot, monkeypatch):
    owner, seen = QObject(), []

    def work(steps, *, lasts):
        for _ in range(steps):
            seen.append("slice")
            yield lasts

    clock = QTimer(owner)
    clock.timeout.connect(lambda: seen.append("turn"))
    clock.start(0)
    slices = InSlices(owner)
    for seconds, lasts in ((0.0, False), (60.0, True)):
        seen.clear()
        monkeypatch.setattr(turns, "SLICE_SECONDS", seconds)
        slices.run(work(5, lasts=lasts))
        qtbot.waitUntil(lambda: not slices.is_working)
        between = "".join(each[0] for each in seen).split("s")[1:-1]
        assert [len(turns) for turns in between] == [2, 2, 2, 2]
    clock.stop()


def test_works_that_wait_have_a_turn_each_with_what_was_painted_between(qtbot):
    owner, seen = QObject(), []

    def work(name):
        seen.append(name)
        QTimer.singleShot(0, owner, lambda: seen.append("painted"))  # posted, as painting is

    again = OwnTurn(owner, lambda: work("again"))
    again.ask()
    in_next_turn(owner, lambda: work("plain"))
    again.ask()  # it waits already
    OwnTurn(owner, lambda: work("first"), is_first=True).ask()
    dropped = OwnTurn(owner, lambda: work("dropped"))
    dropped.ask()
    dropped.drop()
    assert again.is_waiting
    assert not dropped.is_waiting
    in_next_turn(owner, lambda: work("last"))
    assert not seen
    qtbot.waitUntil(lambda: "last" in seen)
    assert seen[:7] == ["first", "painted", "again", "painted", "plain", "painted", "last"]
    assert not again.is_waiting


def test_work_may_ask_for_another_turn_and_those_that_wait_come_before(qtbot):
    owner, seen = QObject(), []

    def some():
        seen.append("slice")
        if len(seen) < 4:
            slices.ask()

    slices = OwnTurn(owner, some)
    slices.ask()
    in_next_turn(owner, lambda: seen.append("other"))
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert seen == ["slice", "other", "slice", "slice"]


def test_what_a_closed_window_waited_for_holds_nobody_up(qtbot):
    gone, owner, seen = QObject(), QObject(), []
    in_next_turn(gone, lambda: seen.append("gone"))
    in_next_turn(owner, lambda: seen.append("here"))
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["here"]


def test_other_work_takes_the_place_of_what_is_under_way(qtbot, monkeypatch):
    owner, done = QObject(), []

    def work(name):
        while True:
            done.append(name)
            yield

    monkeypatch.setattr(turns, "SLICE_SECONDS", 0.0)
    slices = InSlices(owner)
    slices.run(work("first"))
    slices.run(work("second"))
    qtbot.waitUntil(lambda: len(done) > 4)
    slices.stop()
    assert done[0] == "first"
    assert set(done[1:]) == {"second"}
    assert not slices.is_working
