"""Scenes, dense targets and prompts on cells whose masks are known."""

from __future__ import annotations

import numpy as np
import pytest

from training.data.prompt_batches import make_batch
from training.data.scene import Instance, Scene, dense_targets


def disc(x: float, y: float, radius: float, side: int = 256) -> Instance:
    rows, columns = np.mgrid[:side, :side]
    mask = ((columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 < radius**2).astype(np.uint8)
    ys, xs = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    crop = mask[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    return Instance(int(xs[0]), int(ys[0]), crop)


def scene_of(*instances: Instance, side: int = 256) -> Scene:
    small = side // 4
    rgb = np.full((side, side, 3), 200, np.uint8)
    return Scene(rgb, list(instances), np.ones((small, small), np.float32), np.zeros((small, small), np.float32))


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
