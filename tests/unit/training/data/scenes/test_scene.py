"""Dense targets of cells whose masks are known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.drawn_scenes import disc, scene_of
from training.data.scenes.scene import Scene, dense_targets


def test_coarse_mask_keeps_the_area() -> None:
    cell = disc(101.3, 77.7, 23.0)
    assert cell.coarse(256).sum() * 16 == pytest.approx(cell.mask.sum())
    assert cell.coarse(256, 2).shape == (128, 128)
    assert cell.coarse(256, 2).sum() * 4 == pytest.approx(cell.mask.sum())


def test_every_pixel_of_a_cell_points_to_its_centre() -> None:
    targets = dense_targets(scene_of(disc(80, 60, 24), disc(180, 200, 20)))
    rows, columns = np.nonzero(targets[6] > 0)
    ends = np.stack([columns * 4 + 2 + targets[3][rows, columns], rows * 4 + 2 + targets[4][rows, columns]], 1)
    first = rows < 30
    assert np.allclose(ends[first], [80, 60], atol=1.0)
    assert np.allclose(ends[~first], [180, 200], atol=1.0)


def test_centre_heatmap_peaks_at_the_cells() -> None:
    targets = dense_targets(scene_of(disc(82, 62, 24), disc(182, 202, 20)))
    for x, y in ((82, 62), (182, 202)):
        assert targets[2][y // 4, x // 4] > 0.9
    assert targets[2][40, 10] < 0.01


def test_unknown_pixels_carry_no_weight() -> None:
    scene = scene_of(disc(80, 60, 24))
    known = scene.known.copy()
    known[40:] = 0
    targets = dense_targets(Scene(scene.rgb, scene.instances, known, scene.covered))
    assert targets[5][40:].max() == 0
    assert targets[7][40:].max() == 0
    assert targets[5][:40].min() == 1
