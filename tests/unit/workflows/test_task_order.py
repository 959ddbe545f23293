"""Events of tasks at work at once: in order, and bounded."""

from rbc_desktop.workflows.task_order import TaskOrder


def test_what_comes_early_waits_for_its_turn():
    order = TaskOrder(3, limit=2)
    order.put(1, "b")
    order.end(1)
    assert list(order.take()) == []
    order.put(0, "a")
    assert list(order.take()) == [(0, "a")]
    order.put(0, "a again")
    order.end(0)
    assert list(order.take()) == [(0, "a again"), (0, None), (1, "b"), (1, None)]
    assert not order.is_complete
    order.end(2)
    assert list(order.take()) == [(2, None)]
    assert order.is_complete


def test_only_the_head_is_taken_without_bound():
    order = TaskOrder(4, limit=2)
    assert order.accepts(3)
    order.put(3, "x")
    order.put(2, "y")
    assert order.waiting == 2
    assert not order.accepts(1)
    assert order.accepts(0)
    order.end(0)
    assert list(order.take()) == [(0, None)]
    assert order.accepts(1), "it is the head now"
    order.end(1)
    assert list(order.take()) == [(1, None), (2, "y")]
    assert order.waiting == 1
    assert order.accepts(3)


def test_no_tasks_are_complete():
    assert TaskOrder(0, limit=1).is_complete
