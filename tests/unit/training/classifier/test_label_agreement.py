"""Cells that were labelled twice."""

from pathlib import Path

import numpy as np
import pytest

from training.classifier import label_agreement
from training.classifier.label_agreement import TwiceLabelled, matched, print_agreement, twice_labelled
from training.data.sets.labelled_fields import LabelledField


def test_points_match_that_are_each_others_nearest_and_near():
    a = np.array([[10.0, 10], [50, 50], [90, 90], [12, 13]])
    b = np.array([[51.0, 52], [11, 10], [120, 90]])
    one, other = matched(a, b)
    assert one.tolist() == [0, 1]
    assert other.tolist() == [1, 0]


def test_cells_are_numbered_as_in_the_tables(monkeypatch):
    fields = [
        LabelledField(3, Path("3"), np.array([[10.0, 10], [30, 30]]), np.array([1, 2])),
        LabelledField(7, Path("7"), np.array([[5.0, 5]]), np.array([4])),
        LabelledField(9, Path("9"), np.array([[31.0, 30], [70, 70]]), np.array([5, 6])),
    ]
    monkeypatch.setattr(label_agreement, "twins", lambda numbers: [(3, 9)])
    twice = twice_labelled(fields)
    assert twice.labels.tolist() == [[2, 5]]
    assert twice.cells.tolist() == [[1, 3]]


def test_answers_are_held_against_both_labels(capsys):
    twice = TwiceLabelled(np.array([[0, 0], [1, 1], [0, 3], [2, 2]]), np.array([[0, 10], [1, 11], [2, 12], [3, 13]]))
    answers = {0: 0, 10: 0, 1: 1, 11: 5, 2: 0, 12: 0, 3: 2}  # the last cell's second picture was not judged
    values = print_agreement(twice, answers)
    assert values["twice_labelled"] == 3
    assert values["people_agree"] == pytest.approx(2 / 3, abs=1e-4)
    assert values["right_on_single_labels"] == pytest.approx(4 / 6, abs=1e-4)
    assert values["right_where_people_agree"] == 0.75
    assert values["right_where_people_differ"] == 0.5
    assert values["either_where_people_differ"] == 1
    assert "| macrocyte | 1.00 | 1 | 50.0% |" in capsys.readouterr().out
