"""Events of tasks at work at once: in order, divided, and bounded."""

import pytest

from rbc_desktop.workflows.batch.task_order import TaskOrder

A, B, C, D = ((number, 0) for number in range(4))


def begun(tasks, *, limit=2):
    """An order of which all that may begin has begun."""
    order = TaskOrder(tasks, limit=limit)
    while order.begin() is not None:
        pass
    return order


def test_what_comes_early_waits_for_its_turn():
    order = begun("abc", limit=9)
    order.put(B, "b")
    order.end(B)
    assert list(order.take()) == []
    order.put(A, "a")
    assert list(order.take()) == [(A, "a")]
    order.put(A, "a again")
    order.end(A)
    assert list(order.take()) == [(A, "a again"), (A, None), (B, "b"), (B, None)]
    assert not order.is_complete
    order.end(C)
    assert list(order.take()) == [(C, None)]
    assert order.is_complete


def test_only_the_head_is_taken_without_bound():
    order = begun("abcd", limit=4)
    for key in (B, C, D, D):
        order.put(key, "x")
    assert order.accepts(C)
    assert not order.accepts(D), "four would wait before it"
    assert order.accepts(A)
    order.end(A)
    order.end(B)
    assert list(order.take()) == [(A, None), (B, "x"), (B, None), (C, "x")]
    assert order.accepts(D)


def test_no_task_begins_for_whose_result_there_may_be_no_room():
    order = TaskOrder("abcd", limit=2)
    assert [order.begin(), order.begin(), order.begin()] == [A, B, None]
    order.put(B, "b")
    order.end(B)
    assert order.begin() is None, "the first one and a result are before it"
    order.end(A)
    list(order.take())
    assert [order.begin(), order.begin(), order.begin()] == [C, D, None]
    assert order.pending == 0


def test_parts_come_after_their_task_and_before_the_next():
    order = begun("abc", limit=3)
    order.put(B, "b")
    order.end(B)
    order.put(A, "in two")
    order.divide(A, ["a1", "a2"])
    order.end(A)
    assert [order.begin(), order.begin()] == [(0, 1), (0, 2)]
    assert order.task((0, 2)) == "a2"
    order.put((0, 2), "second")
    order.end((0, 2))
    order.put((0, 1), "first")
    order.end((0, 1))
    assert list(order.take()) == [
        (A, "in two"), (A, None), ((0, 1), "first"), ((0, 1), None), ((0, 2), "second"), ((0, 2), None),
        (B, "b"), (B, None),
    ]  # fmt: skip


def test_what_was_done_of_later_tasks_leaves_room_for_the_parts_of_an_earlier_one():
    order = begun("abcd", limit=3)
    for key in (B, C):
        order.put(key, "x")
        order.end(key)
    assert order.begin() is None
    order.divide(A, list(range(100)))
    order.end(A)
    assert [order.begin() for _ in range(4)] == [(0, 1), (0, 2), (0, 3), None]


def test_what_a_divided_task_says_takes_no_room():
    order = TaskOrder(range(50), limit=2)
    order.begin()
    for number in range(1, 40):
        assert order.begin() == (number, 0)
        order.put((number, 0), "survey")
        order.divide((number, 0), [])
        order.divide((number, 0), ["part"])
        order.end((number, 0))
        assert order.begin() == (number, 1)
        order.end((number, 1))


def test_a_task_that_was_given_back_is_the_next():
    order = begun("abcd", limit=3)
    order.give_back(B)
    assert order.pending == 2, "the last one has no room yet"
    assert order.begin() == B


@pytest.mark.parametrize("limit", [1, 3])
def test_whatever_the_order_of_the_work_all_is_handed_on_in_order(limit):
    order, under_way, handed_on = TaskOrder([3, 0, 2], limit=limit), [], []
    while not order.is_complete:
        while (key := order.begin()) is not None:
            under_way.append(key)
        key = under_way.pop()  # the latest is done first
        order.put(key, "done")
        if key[1] == 0:
            order.divide(key, ["part"] * order.task(key))
        order.end(key)
        handed_on += [key for key, event in order.take() if event is None]
    assert handed_on == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (2, 0), (2, 1), (2, 2)]


def test_no_tasks_are_complete():
    assert TaskOrder([], limit=1).is_complete
