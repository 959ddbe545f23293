"""Pairs of boxes that share enough, of many at a time."""

import itertools
import random

import numpy as np
import pytest

from rbc_desktop.domain.cells import box_pairs
from rbc_desktop.domain.cells.box_pairs import Boxes
from rbc_desktop.domain.cells.doubts import OVERLAP


def drawn(dice, count):
    """Boxes of all sizes in three fields, each full of its mask or half of it."""
    left, top = (np.array([dice.randrange(400) for _ in range(count)]) for _ in range(2))
    wide, high = (np.array([dice.choice((1, 3, 20, 40, 90)) for _ in range(count)]) for _ in range(2))
    field = np.array([dice.randrange(3) for _ in range(count)])
    area = np.maximum(1, wide * high // np.array([dice.choice((1, 2)) for _ in range(count)]))
    ids = np.array(sorted(dice.sample(range(10 * count), count)))
    return Boxes(ids, field, np.stack([left, top, left + wide, top + high]), area)


def enough(boxes, one, other):
    a, b = boxes.edges[:, one], boxes.edges[:, other]
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    least = OVERLAP * min(boxes.area[one], boxes.area[other])
    return boxes.field[one] == boxes.field[other] and width > 0 and height > 0 and width * height >= least


@pytest.mark.parametrize("count", [0, 1, 300])
def test_each_pair_that_shares_enough_is_found_once(monkeypatch, count):
    monkeypatch.setattr(box_pairs, "PAIRS_AT_ONCE", 50)
    boxes = drawn(random.Random(1), count)
    pairs = [
        tuple(sorted(pair)) for both in boxes.meeting() for pair in zip(*map(np.ndarray.tolist, both), strict=True)
    ]
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == {pair for pair in itertools.combinations(range(count), 2) if enough(boxes, *pair)}


def test_beside_some_are_they_and_others_of_their_pairs():
    boxes = Boxes.joined((drawn(random.Random(2), 100), drawn(random.Random(3), 150)))
    boxes = Boxes(np.arange(250), boxes.field, boxes.edges, boxes.area)
    some = {*range(0, 250, 25), 1000}
    pairs = [pair for pair in itertools.combinations(range(250), 2) if enough(boxes, *pair) and some & set(pair)]
    assert pairs
    assert boxes.beside(np.array(sorted(some))).tolist() == sorted({number for pair in pairs for number in pair})
    assert not len(boxes.beside(np.array([999])))
