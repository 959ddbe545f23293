"""The evaluation's own arithmetic, on masks whose answer is known."""

from __future__ import annotations

import numpy as np

from rbc_desktop.domain.mask import CellMask
from training.evaluate import Scores, _any_click, _centre_click, _count_matches
from training.guesses import layers_of


def square(x: int, y: int, side: int = 20) -> CellMask:
    mask = CellMask.from_array(np.ones((side, side), bool), x0=x, y0=y)
    assert mask is not None
    return mask


def test_matches_are_one_to_one() -> None:
    scores = Scores([], [], [])
    truth = [square(0, 0), square(40, 0), square(80, 0)]
    found = [square(1, 0), square(0, 1), square(41, 1), square(200, 200)]
    _count_matches(found, truth, [True, True, True], scores)
    assert (scores.found, scores.missed, scores.spurious) == (2, 1, 2)
    assert scores.table()["segment_all_f1_05"] == round(4 / 7, 4)


def test_slivers_at_the_edge_are_not_held_against_the_model() -> None:
    scores = Scores([], [], [])
    truth = [square(0, 0), square(40, 0)]
    _count_matches([square(0, 0), square(40, 0)], truth, [True, False], scores)
    assert (scores.found, scores.missed, scores.spurious) == (1, 0, 0)


def test_clicks_avoid_the_neighbour() -> None:
    truth = [square(0, 0), square(8, 0)]
    x, _ = _centre_click(truth, 0)
    assert x < 8
    rng = np.random.default_rng(0)
    for _ in range(20):
        x, _ = _any_click(truth, 1, rng)
        assert 20 <= x < 28


def test_overlapping_outlines_go_to_different_layers() -> None:
    mask = np.ones((10, 10), bool)
    layers = layers_of([(0, 0, mask), (5, 0, mask), (30, 30, mask)], (50, 50))
    assert layers.shape == (2, 50, 50)
    assert (layers > 0).sum() == 300
