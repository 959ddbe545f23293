"""The evaluation's own arithmetic, on masks whose answer is known."""

from __future__ import annotations

import numpy as np

from rbc_desktop.domain.mask import CellMask
from training.data.pseudo_labels import layers_of
from training.segmenter.composite_scores import _any_click, _centre_click
from training.segmenter.matching import Matches


def square(x: int, y: int, side: int = 20) -> CellMask:
    mask = CellMask.from_array(np.ones((side, side), bool), x0=x, y0=y)
    assert mask is not None
    return mask


def matched(found: list[CellMask], truth: list[CellMask], *, counted: list[bool], limit: float = 0.5) -> Matches:
    matches = Matches()
    matches.add([[mask.iou(real) for real in truth] for mask in found], counted=counted, limit=limit)
    return matches


def test_matches_are_one_to_one() -> None:
    truth = [square(0, 0), square(40, 0), square(80, 0)]
    found = [square(1, 0), square(0, 1), square(41, 1), square(200, 200)]
    matches = matched(found, truth, counted=[True] * 3)
    assert (matches.found, matches.missed, matches.spurious) == (2, 1, 2)
    assert matches.f1 == 4 / 7


def test_a_stricter_limit_counts_fewer_matches() -> None:
    truth = [square(0, 0), square(40, 0)]
    matches = matched([square(0, 0), square(45, 0)], truth, counted=[True] * 2, limit=0.75)
    assert (matches.found, matches.missed, matches.spurious) == (1, 1, 1)


def test_slivers_at_the_edge_are_not_held_against_the_model() -> None:
    matches = matched([square(0, 0), square(40, 0)], [square(0, 0), square(40, 0)], counted=[True, False])
    assert (matches.found, matches.missed, matches.spurious) == (1, 0, 0)


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
