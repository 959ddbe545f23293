import random

import numpy as np

from rbc_desktop.workflows.review.shown_rows import ShownRows, runs


def test_positions_are_found_both_ways():
    numbers = list(range(0, 3000, 3))
    for order in (numbers, random.Random(1).sample(numbers, len(numbers))):
        rows = ShownRows(np.array(order, np.int64))
        assert len(rows) == len(order)
        assert [rows.position_of(i) for i in range(12)] == [
            order.index(i) if i in numbers else None for i in range(12)
        ]  # fmt: skip
        asked = random.Random(2).sample(range(-5, 3010), 300)
        assert rows.positions_of(asked).tolist() == sorted(order.index(i) for i in asked if i in numbers)


def test_nothing_is_shown_nowhere():
    empty = ShownRows(np.zeros(0, np.int64))
    assert empty.position_of(1) is None
    assert empty.positions_of([1, 2]).tolist() == []
    assert ShownRows(np.array([4])).positions_of([]).tolist() == []


def test_runs_are_consecutive_positions():
    assert runs(np.array([], np.intp)) == []
    assert runs(np.array([3])) == [(3, 3)]
    assert runs(np.array([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
