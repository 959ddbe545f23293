"""Composites from drawn patches: densities add and the masks are exact."""

from __future__ import annotations

import numpy as np

from training.data.appearance import from_afar
from training.data.bank import DENSITY_STEP, Bank, Patch
from training.data.composites import compose


def drawn_patch(radius: int = 20, density: float = 0.5) -> Patch:
    rows, columns = np.mgrid[: 2 * radius + 10, : 2 * radius + 10]
    inside = (columns - radius - 4.5) ** 2 + (rows - radius - 4.5) ** 2 < radius**2
    levels = np.where(inside, density / DENSITY_STEP, 0).astype(np.uint8)
    return Patch(np.repeat(levels[..., None], 3, 2), inside.astype(np.uint8) * 255, 2.0 * radius, "drawn", "0")


def drawn_bank() -> Bank:
    return Bank([], [[drawn_patch(), drawn_patch(18, 0.7)]], [], [np.full((64, 64, 3), 220, np.uint8)])


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


def test_a_scene_from_afar_stays_in_place_and_loses_its_details() -> None:
    rng = np.random.default_rng(6)
    rgb = np.full((256, 256, 3), 220, np.uint8)
    rgb[:, 100:160] = 120
    rgb[::2, 20:60] = 160
    found = from_afar(rgb, rng=rng)
    assert found.shape == rgb.shape
    assert found.dtype == np.uint8
    edge = int((found[:, 80:130].mean((0, 2)) < 170).argmax()) + 80
    assert abs(edge - 100) <= 2
    assert found[:, 30:50].astype(float).std(0).mean() < 0.5 * rgb[:, 30:50].astype(float).std(0).mean()
