"""Rows that are moved whole are the same as those that NumPy moves value by value."""

import numpy as np
import pytest

from rbc_desktop.workflows.review.cell_columns import LAYOUT
from rbc_desktop.workflows.review.whole_rows import chosen, inserted, joined, replaced


@pytest.fixture
def table():
    dice = np.random.default_rng(1)
    return np.frombuffer(dice.bytes(50 * LAYOUT.itemsize), LAYOUT)


def same(one, other):
    return one.dtype == other.dtype == LAYOUT and one.tobytes() == other.tobytes()


@pytest.mark.parametrize(
    "at", [np.array([3, 3, 49, 0]), np.arange(50) % 3 == 0, np.zeros(0, np.intp), np.zeros(50, np.bool_)]
)
def test_chosen_rows(table, at):
    assert same(chosen(table, at), table[at])
    assert same(chosen(table[::-1], at), table[::-1][at])


def test_chosen_rows_are_a_copy_that_may_be_changed(table):
    rows = chosen(table, np.array([1, 2]))
    before = table.tobytes()
    rows["cell"] = 7
    assert rows["cell"].tolist() == [7, 7]
    assert table.tobytes() == before


def test_joined_tables(table):
    assert same(joined([table[:3], table[10:], table[:0]]), np.concatenate([table[:3], table[10:], table[:0]]))


def test_replaced_rows(table):
    expected = table.copy()
    expected[[5, 7]] = table[[0, 1]]
    assert same(replaced(table, np.array([5, 7]), table[:2]), expected)


def test_inserted_rows(table):
    at, rows = np.array([0, 4, 4, 50]), table[[9, 8, 7, 6]]
    assert same(inserted(table, at, rows), np.insert(table, at, rows))
