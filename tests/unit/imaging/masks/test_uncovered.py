"""What is stained and covered by no mask, and the seeds in it."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.masks.proposals import contrast, degrees_apart, stain_hue
from rbc_desktop.imaging.masks.uncovered import new_share, uncovered_area, uncovered_seeds

DIAMETER = 40


def disc(x, y, radius=DIAMETER / 2, shape=(200, 300)):
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    return (columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 <= radius**2


def mask_of(array):
    return CellMask.from_array(array, x0=0, y0=0)


def seeds_of(stained, masks, *, density=None):
    stained = stained.astype(np.uint8)
    rest = uncovered_area(stained, masks, diameter_px=DIAMETER)
    density = 0.5 * stained.astype(np.float32) if density is None else density
    return uncovered_seeds(rest, density=density, cell_density=0.5, diameter_px=DIAMETER)


def test_a_covered_field_has_no_seed():
    cells = [disc(60, 60), disc(150, 120)]
    assert seeds_of(cells[0] | cells[1], [mask_of(c) for c in cells]) == []


def test_a_mask_a_little_too_small_leaves_no_seed():
    assert seeds_of(disc(60, 60), [mask_of(disc(60, 60, 18.5))]) == []


@pytest.mark.parametrize("apart", [24, 30, 41])
def test_the_other_cell_of_a_pair_gets_one_seed_on_its_own_part(apart):
    first, second = disc(100, 100), disc(100 + apart, 100)
    (seed,) = seeds_of(first | second, [mask_of(first)])
    column, row = int(seed.x), int(seed.y)
    assert second[row, column]
    assert not first[row, column]


def test_two_touching_cells_get_a_seed_each_and_a_speck_gets_none():
    stained = disc(100, 100) | disc(138, 100) | disc(30, 30, 7)
    seeds = seeds_of(stained, [])
    assert sorted(round(seed.x, -1) for seed in seeds) == [100, 140]


def test_a_nucleus_is_not_looked_at():
    nucleus = disc(200, 60)
    density = np.where(nucleus, 1.2, 0.5 * disc(60, 60)).astype(np.float32)
    (seed,) = seeds_of(disc(60, 60) | nucleus, [], density=density)
    assert abs(seed.x - 60) < 4


def test_the_new_share_of_a_mask():
    rest = uncovered_area(disc(100, 100).astype(np.uint8), [], diameter_px=DIAMETER)
    assert new_share(mask_of(disc(100, 100)), rest) == 1
    assert new_share(mask_of(disc(140, 100)), rest) < 0.01


@pytest.mark.parametrize("level", [-0.05, 0.0, 0.2])
def test_contrast_forgives_a_wrong_background(level):
    density = (0.3 * disc(100, 100) + level).astype(np.float32)
    assert contrast(mask_of(disc(100, 100)), density=density) == pytest.approx(0.3, abs=0.01)
    assert contrast(mask_of(disc(200, 100)), density=density) == pytest.approx(0, abs=0.01)


def test_contrast_forgives_neighbours_and_the_edge_of_the_field():
    cells = [disc(x, y) for x in (12, 56, 100) for y in (12, 56)]
    density = 0.4 * np.clip(sum(c.astype(np.float32) for c in cells), 0, 1)
    density = cv2.GaussianBlur(density, (0, 0), 1.0)
    assert all(contrast(mask_of(cell), density=density) > 0.3 for cell in cells)


def test_a_mask_of_the_whole_field_has_the_fields_density():
    assert contrast(mask_of(np.ones((20, 20), bool)), density=np.full((20, 20), 0.2, np.float32)) == pytest.approx(0.2)


def test_the_hue_of_a_stain_knows_no_level():
    density = disc(100, 100)[..., None] * np.array([0.2, 0.5, 0.3], np.float32)
    pale, dense = (stain_hue(mask_of(disc(100, 100)), density=gain * density) for gain in (0.5, 3.0))
    assert degrees_apart(pale, dense) < 0.1
    other = stain_hue(mask_of(disc(100, 100)), density=density * np.float32([3, 0.2, 1]))
    assert degrees_apart(pale, other) > 20
    assert degrees_apart(stain_hue(mask_of(disc(200, 100)), density=density), pale) == 90
