"""Where composites are clicked."""

from __future__ import annotations

import numpy as np

from tests.fakes.drawn_scenes import square
from training.segmenter.scores.composite_scores import _any_click, _centre_click


def test_clicks_avoid_the_neighbour() -> None:
    truth = [square(0, 0), square(8, 0)]
    x, _ = _centre_click(truth, 0)
    assert x < 8
    rng = np.random.default_rng(0)
    for _ in range(20):
        x, _ = _any_click(truth, 1, rng)
        assert 20 <= x < 28
