"""Values that are made from columns behave as a dict in the order of its keys does."""

import copy
import gc
import random

import numpy as np
import pytest

from rbc_desktop.domain.cells import column_values
from rbc_desktop.domain.cells.column_values import ColumnValues


class Thing:
    """A value with a name."""

    def __init__(self, name):
        self.name = name


class Things:
    """Columns whose rows make things, and how many they made."""

    def __init__(self, ids):
        self.ids = np.array(ids, np.int64)
        self.made = 0

    def value(self, row):
        self.made += 1
        return Thing(f"stored {self.ids[row]}")


def names(values):
    return {number: thing.name for number, thing in values.items()}


def test_whatever_is_done_to_it_is_done_to_a_dict():
    dice = random.Random(1)
    values = ColumnValues(Things(range(1, 60, 2)))
    expected = {number: f"stored {number}" for number in range(1, 60, 2)}
    for step in range(600):
        number = dice.randrange(70)
        if dice.random() < 0.5:
            values[number] = Thing(f"put {step}")
            expected[number] = f"put {step}"
        elif number in expected:
            gone = values.pop(number) if dice.random() < 0.5 else values[number]
            assert gone.name == expected[number]
            values.pop(number, None)
            del expected[number]
        else:
            with pytest.raises(KeyError):
                del values[number]
        assert len(values) == len(expected)
        assert (number in values) == (number in expected)
        assert names(values) == expected
        assert list(values) == sorted(expected) == values.ids.tolist()
    base = {n for n, is_live in zip(range(1, 60, 2), values.live.tolist(), strict=True) if is_live}
    assert base | set(values.put) == set(expected)
    assert not base & set(values.put)


def test_it_makes_only_what_is_asked_for_and_each_once():
    things = Things(range(1000))
    values = ColumnValues(things)
    assert len(values) == 1000
    assert 7 in values
    assert things.made == 0
    assert values[7] is values.get(7)
    assert things.made == 1
    assert values.get(1000) is values.get(None) is None
    assert values.get(-1, "nothing") == "nothing"
    assert 1000 not in values
    assert None not in values


def test_a_value_that_somebody_holds_stays_the_same_one(monkeypatch):
    monkeypatch.setattr(column_values, "REMEMBERED", 10)
    things = Things(range(100))
    values = ColumnValues(things)
    held = values[3]
    for number in range(100):
        assert values[number].name == f"stored {number}"
    assert values[3] is held
    made = things.made
    del held
    gc.collect()
    for number in range(100):
        values[number]
    assert things.made > made, "the others were let go"


def test_a_copy_goes_its_own_way():
    values = ColumnValues(Things([1, 2, 3]))
    values[9], kept = Thing("put"), values[3]
    other = copy.copy(values)
    del values[1]
    values[2] = Thing("changed")
    other[10] = Thing("later")
    assert names(other) == {1: "stored 1", 2: "stored 2", 3: "stored 3", 9: "put", 10: "later"}
    assert names(values) == {2: "changed", 3: "stored 3", 9: "put"}
    assert other[3] is values[3] is kept


def test_a_dict_becomes_one_and_one_stays_the_same():
    values = ColumnValues.of({2: Thing("b"), 1: Thing("a")})
    assert list(values) == [1, 2]
    assert ColumnValues.of(values) is values
    assert repr(ColumnValues.of({1: 5})) == "ColumnValues({1: 5})"
    assert not ColumnValues()


@pytest.mark.parametrize("few", [0, 100])
def test_those_among_many_numbers_come_in_their_order(monkeypatch, few):
    monkeypatch.setattr(column_values, "FEW", few)
    values = ColumnValues(Things(range(1, 60, 2)))
    values[4] = Thing("put")
    del values[7]
    assert list(values.among([9, 4, 7, 8, 1, 1000, 9])) == [9, 4, 1, 9]
    assert list(values.among(iter([3, 5]))) == [3, 5]
    assert list(values.among([])) == []
    assert list(ColumnValues().among([3])) == []


def test_rows_go_and_come_back_together_with_the_values_that_were_made_of_them():
    values = ColumnValues(Things(range(1, 60, 2)))
    kept, replaced = values[11], values[13]
    rows = values.rows_of(np.array([11, 12, 13, 99, 15]))
    assert rows.tolist() == [5, 6, 7], "in the order of the numbers; unknown ones are left out"
    values.hide(rows)
    assert len(values) == 27
    assert not {11, 13, 15} & set(values)
    assert values.get(11) is None
    values[13] = Thing("put")
    values.hide(rows)
    assert values[13].name == "put", "it is no row any more"
    values.show(rows)
    assert len(values) == 30
    assert names(values)[13] == "stored 13"
    assert values[11] is kept
    assert values[13] is not replaced
    assert list(values) == list(range(1, 60, 2))


def test_many_are_put_as_each_alone_and_give_way_to_their_rows():
    values = ColumnValues(Things(range(1, 60, 2)))
    values[4] = Thing("four")
    kept = values[11]
    values.put_all({4: Thing("other"), 11: Thing("eleven"), 12: Thing("twelve")})
    assert len(values) == 32
    assert list(values) == sorted({*range(1, 60, 2), 4, 12})
    assert [values[number].name for number in (4, 11, 12, 13)] == ["other", "eleven", "twelve", "stored 13"]
    values.show(values.columns.ids.searchsorted(np.array([11])))
    assert values[11] is kept


def test_only_some_are_kept():
    values = ColumnValues(Things(range(1, 20, 2)))
    values[4], values[6] = Thing("four"), Thing("six")
    whole = copy.copy(values)
    values.keep([3, 4, 19, 99])
    assert names(values) == {3: "stored 3", 4: "four", 19: "stored 19"}
    assert len(whole) == 12


def renewed(columns, row, old):
    """What other columns make of an older value: it keeps its name."""
    return Thing(f"{old.name}, renewed by row {row} of {len(columns.ids)}")


def test_other_columns_renew_what_was_made_of_the_rows_that_differ_once_it_is_asked_for():
    values = ColumnValues(Things(range(1, 60, 2)))
    old, same = values[11], values[13]
    other = Things(range(1, 60, 2))
    values.revise(other, [11, 15], renewed)
    assert values.columns is other
    assert values[11].name == "stored 11, renewed by row 5 of 30"
    assert values[11] is values[11] is not old
    assert values[13] is same
    assert values[15].name == "stored 15"
    assert other.made == 1


def test_what_waits_to_be_renewed_is_copied_and_may_be_away_meanwhile():
    values = ColumnValues(Things(range(1, 60, 2)))
    assert [values[number].name for number in (11, 13)] == ["stored 11", "stored 13"]
    values.revise(Things(range(1, 60, 2)), [11, 13], renewed)
    assert copy.copy(values)[11].name == "stored 11, renewed by row 5 of 30"
    values.hide(np.array([5, 6]))
    values.show(np.array([5, 6]))
    assert values[11].name == "stored 11, renewed by row 5 of 30"
    values[13] = Thing("put")
    del values[13]
    values.show(np.array([6]))
    assert values[13].name == "stored 13"


def test_a_row_that_says_another_value_since_comes_back_as_that_one():
    values = ColumnValues(Things(range(1, 60, 2)))
    assert values[11].name == "stored 11"
    values.put_all({11: Thing("put")})
    kept = values[11]
    folded = Things(range(1, 60, 2))
    folded.value = lambda row: Thing(f"folded {folded.ids[row]}")
    values.fold(folded, [11])
    assert values[11] is kept
    del values[11]
    values.show(np.array([5]))
    assert values[11].name == "folded 11"
