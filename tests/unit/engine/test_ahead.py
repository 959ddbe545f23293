"""Helpers give the owner what it would have computed itself, in order."""

import threading
from functools import partial

import pytest

from rbc_desktop.engine.ahead import Ahead

BOTH = pytest.mark.parametrize("helpers", [1, 2, 4])


def nothing():
    pass


@BOTH
def test_results_come_in_order(helpers):
    with Ahead(lambda: helpers, enter=nothing) as ahead:
        assert list(ahead.map(lambda n: n * n, range(50), spare=3)) == [n * n for n in range(50)]
        assert list(ahead.map(str, [], spare=3)) == []


def test_two_are_in_work_at_once():
    meeting = threading.Barrier(2, timeout=20)
    with Ahead(lambda: 2, enter=nothing) as ahead:
        assert len(list(ahead.map(lambda _: meeting.wait(), range(6), spare=1))) == 6


def test_only_so_many_are_begun_before_they_are_wanted():
    begun = []

    def items():
        for n in range(20):
            begun.append(n)
            yield n

    with Ahead(lambda: 2, enter=nothing) as ahead:
        results = ahead.map(lambda n: n, items(), spare=2)
        assert begun == []
        assert next(results) == 0
        assert begun == [0, 1, 2]
        assert next(results) == 1
        assert begun == [0, 1, 2, 3]


def test_with_one_helper_the_caller_works_itself_when_it_is_asked():
    done = []
    with Ahead(lambda: 1, enter=lambda: done.append("entered")) as ahead:
        results = ahead.map(lambda n: done.append((n, threading.get_ident())), range(3), spare=2)
        next(results)
        assert done == [(0, threading.get_ident())]


@BOTH
def test_an_error_comes_where_its_result_would_have_come(helpers):
    def tenth(n):
        return 10 / (n - 3)

    with Ahead(lambda: helpers, enter=nothing) as ahead:
        results = ahead.map(tenth, range(9), spare=3)
        assert [next(results) for _ in range(3)] == [tenth(0), tenth(1), tenth(2)]
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_what_has_not_begun_when_the_owner_leaves_never_begins():
    release, begun = threading.Event(), []

    def work(n):
        begun.append(n)
        assert release.wait(20)

    with Ahead(lambda: 2, enter=nothing) as ahead:
        waiting = [ahead.begin(partial(work, n)) for n in range(6)]
        while len(begun) < 2:
            threading.Event().wait(0.001)
        threading.Timer(0.01, release.set).start()
    assert sorted(begun) == [0, 1]
    assert [future.cancelled() for future in waiting] == [False, False, True, True, True, True]


def test_a_dropped_task_leaves_no_thread():
    entered = []

    def task():
        with Ahead(lambda: 2, enter=lambda: entered.append(threading.current_thread())) as ahead:
            yield from ahead.map(lambda n: n, range(100), spare=3)

    running = task()
    assert next(running) == 0
    running.close()
    assert entered
    assert not any(thread.is_alive() for thread in entered)


def test_tasks_within_a_task_share_its_threads_and_end_with_it():
    entered = []
    ahead = Ahead(lambda: 2, enter=lambda: entered.append(threading.current_thread()))
    with ahead:
        for _ in range(5):
            with ahead as inner:
                assert list(inner.map(str, range(8), spare=2)) == list("01234567")
        assert 0 < len(entered) <= 2
        assert all(thread.is_alive() for thread in entered)
    assert not any(thread.is_alive() for thread in entered)
    with ahead:
        assert list(ahead.map(str, range(3), spare=2)) == ["0", "1", "2"]
    assert not any(thread.is_alive() for thread in entered)


def test_nothing_is_begun_outside_a_task_or_without_helpers():
    ahead = Ahead(lambda: 2, enter=nothing)
    assert ahead.begin(nothing) is None
    with Ahead(lambda: 1, enter=nothing) as alone:
        assert alone.begin(nothing) is None


def test_what_was_begun_for_a_dropped_task_is_waited_for_and_the_threads_stay():
    release, ended = threading.Event(), []

    def work(n):
        if n:
            assert release.wait(20)
            ended.append(n)
        return n

    with Ahead(lambda: 2, enter=nothing) as ahead:
        results = ahead.map(work, range(100), spare=3)
        assert next(results) == 0
        threading.Timer(0.01, release.set).start()
        results.close()
        assert set(ended) <= {1, 2, 3}
        seen = list(ended)
        assert ahead.begin(nothing).result(20) is None
        assert ended == seen
