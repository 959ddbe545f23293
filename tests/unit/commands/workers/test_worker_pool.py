"""Real processes: their results in order, and what happens when one dies."""

import multiprocessing
import os
import signal

import pytest

from rbc_desktop.commands.workers.worker_pool import WorkerPool, threads_per_worker
from rbc_desktop.errors import RbcError
from tests.fakes.odd_workers import Echo, Refusing


def collected(pool, tasks, *, facts=()):
    said = [[] for _ in tasks]
    ends = []
    for (number, part), event in pool.run(tasks, facts=facts, lost=lambda task, code: (f"lost {task}", code)):
        assert part == 0
        if event is None:
            ends.append(number)
        else:
            assert len(ends) == number, "events come in the order of the tasks"
            said[number].append(event[0] if event[0].split()[0] != "lost" else event)
    assert ends == list(range(len(tasks)))
    return said


@pytest.fixture
def pool():
    with WorkerPool(2, setup=Echo(), threads=1) as made:
        assert made.hello() == {"threads": "1"}
        yield made
    assert multiprocessing.active_children() == []


def test_results_come_in_the_order_of_the_tasks(pool):
    tasks = [f"task {number} " + "long " * (50 if number in (0, 4) else 1) for number in range(9)]
    assert collected(pool, tasks) == [task.split() for task in tasks]
    assert collected(pool, ["again"]) == [["again"]]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_process_that_dies_costs_only_its_task(pool):
    tasks = ["a", "b die c", "d", "exit", "e", "die", "f"]
    said = collected(pool, tasks)
    assert said == [
        ["a"], ["b", ("lost b die c", -signal.SIGKILL)], ["d"], [("lost exit", 3)], ["e"], [("lost die", -9)], ["f"],
    ]  # fmt: skip


def test_facts_reach_each_process_once_and_a_new_run_begins_without_them(pool):
    facts = {}
    seen = []
    for key, event in pool.run(["a"] * 30, facts=facts, lost=print):
        if event is None:
            facts[key] = None
        else:
            seen.append(event[1])
    assert seen == sorted(seen)
    assert seen[-1] >= 20, "two processes are only a few tasks ahead of what was handed on"
    assert [event[1] for _, event in pool.run(["f"], facts=["one"], lost=print) if event] == [1]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_run_that_was_left_leaves_nothing_to_the_next(pool):
    for _, event in pool.run(["a", "hang", "b", "c"], facts=(), lost=print):
        if event is not None:
            break
    assert collected(pool, ["x", "y", "z"]) == [["x"], ["y"], ["z"]]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_task_over_which_a_process_died_once_is_whole_after_all(pool, tmp_path):
    mark = tmp_path / "died"
    assert collected(pool, ["a", f"b c once:{mark} d", "e"]) == [["a"], ["b", "c", "d"], ["e"]]
    assert mark.is_dir()


def halves(event):
    """A word with a stroke falls into its parts."""
    return event[0].split("/")[1:]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_parts_of_a_task_are_shared_out_and_come_in_its_place(pool):
    tasks = ["a", "b/b1/die/b3", "c", "d/d1/d2"]
    run = pool.run(tasks, facts=(), lost=lambda task, code: (f"lost {task}", code), parts=halves)
    said = [(key, event if event is None else event[0]) for key, event in run]
    assert [key for key, event in said if event is None] == sorted({key for key, _ in said})
    words = ["a", "b/b1/die/b3", "b1", "lost die", "b3", "c", "d/d1/d2", "d1", "d2"]
    assert [event for _, event in said if event] == words


def test_more_processes_are_started_when_there_is_work_for_them():
    with WorkerPool(3, setup=Echo(), threads=1, at_first=1) as pool:
        assert len(multiprocessing.active_children()) == 1
        assert collected(pool, ["a"]) == [["a"]]
        assert len(multiprocessing.active_children()) == 1
        tasks = ["/".join(["a", *["word"] * 40])]
        events = [event for _, event in pool.run(tasks, facts=(), lost=print, parts=halves) if event]
        assert len(events) == 41
        assert len(multiprocessing.active_children()) == 3


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_is_for_the_parent(pool):
    for child in multiprocessing.active_children():
        os.kill(child.pid, signal.SIGINT)
    assert collected(pool, ["a", "b", "c"]) == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize(("silent", "sentence"), [(False, "The weights are damaged"), (True, "No worker process")])
def test_processes_that_cannot_work_are_an_error(silent, sentence):
    with WorkerPool(2, setup=Refusing(silent), threads=1) as pool, pytest.raises(RbcError, match=sentence):
        pool.hello()


def test_all_processes_together_use_each_core_once():
    assert [threads_per_worker(n, cores=8, environment=None) for n in (1, 2, 3, 8, 20)] == [8, 4, 2, 1, 1]
    assert threads_per_worker(2, cores=8, environment="1") == 1
    assert threads_per_worker(2, cores=8, environment="64") == 4
    assert threads_per_worker(2, cores=8, environment="many") == 4
