"""Composites from drawn patches: densities add and the masks are exact."""

from __future__ import annotations

import numpy as np

from tests.fakes.drawn_scenes import drawn_bank
from training.data.scenes.composites import compose


def test_cells_absorb_where_their_masks_are() -> None:
    rng = np.random.default_rng(3)
    darker = 0
    for _ in range(20):
        scene = compose(drawn_bank(), rng=rng)
        covered = np.zeros((256, 256), bool)
        for cell in scene.instances:
            height, width = cell.mask.shape
            covered[cell.y : cell.y + height, cell.x : cell.x + width] |= cell.mask > 0
        if covered.any() and not covered.all():
            grey = scene.rgb.mean(2)
            darker += grey[covered].mean() < grey[~covered].mean()
    assert darker >= 19


def test_instances_lie_inside_the_scene() -> None:
    rng = np.random.default_rng(4)
    for _ in range(10):
        for cell in compose(drawn_bank(), rng=rng).instances:
            x0, y0, x1, y1 = cell.box
            assert 0 <= x0 < x1 <= 256
            assert 0 <= y0 < y1 <= 256
            assert cell.mask.sum() >= 40


def test_same_seed_same_scene() -> None:
    first = compose(drawn_bank(), rng=np.random.default_rng(5))
    second = compose(drawn_bank(), rng=np.random.default_rng(5))
    assert np.array_equal(first.rgb, second.rgb)
