"""Real processes: their results in order, and what happens when one dies."""

import multiprocessing
import os
import signal

import pytest

from rbc_desktop.commands.worker_pool import WorkerPool, threads_per_worker
from rbc_desktop.errors import RbcError
from tests.fakes.odd_workers import Echo, Refusing


def collected(pool, tasks, *, facts=()):
    said = [[] for _ in tasks]
    ends = []
    for number, event in pool.run(tasks, facts=facts, lost=lambda task, code: (f"lost {task}", code)):
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
    for number, event in pool.run(["a"] * 30, facts=facts, lost=print):
        if event is None:
            facts[number] = None
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
