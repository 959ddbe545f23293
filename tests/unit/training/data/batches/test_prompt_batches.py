"""Prompts for cells whose masks are known."""

from __future__ import annotations

import numpy as np

from tests.fakes.drawn_scenes import disc, scene_of
from training.data.batches.prompt_batches import make_batch


def test_positive_points_lie_in_the_cell_and_negatives_outside() -> None:
    cells = [disc(80, 60, 24), disc(118, 70, 24), disc(200, 200, 20)]
    rng = np.random.default_rng(0)
    for _ in range(30):
        batch = make_batch([scene_of(*cells)], rng=rng, prompts=3)
        for points, labels, mask in zip(batch.points, batch.labels, batch.masks, strict=True):
            for (x, y), label in zip(points, labels, strict=True):
                if label == 1:
                    assert mask[int(y) // 2, int(x) // 2] > 0
                if label == 0:
                    assert mask[int(y) // 2, int(x) // 2] < 1


def test_touching_cells_are_crowded() -> None:
    cells = [disc(80, 60, 24), disc(118, 70, 24), disc(200, 200, 20)]
    batch = make_batch([scene_of(*cells)], rng=np.random.default_rng(0), prompts=3, simple=True)
    for mask, crowded in zip(batch.masks, batch.crowded, strict=True):
        assert crowded == (np.nonzero(mask)[0].mean() < 40)
