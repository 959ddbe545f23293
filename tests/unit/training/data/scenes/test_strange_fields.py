"""Strange scenes: any hue and shape, with masks that fit what is drawn."""

from dataclasses import fields, replace

import cv2
import numpy as np
import pytest

from training.data.batches.factory import Recipe, joined, small_batches, with_prompts
from training.data.cells import cell_shapes
from training.data.cells.bank import DENSITY_STEP, Bank, Patch
from training.data.cells.true_cells import TrueBank, cut_true_cells, with_true_outlines
from training.data.scenes import obstacles
from training.data.scenes.strange_fields import compose_strange, seen_small
from training.data.scenes.true_crops import true_crop
from training.data.scenes.wide_stains import LEVELS, random_mix, uneven_gains, wide_stain
from training.data.sets.fields import BACKGROUND, CELL, RealField


@pytest.fixture(scope="module")
def field():
    """A drawn field of four cells, and its density."""
    labels = np.zeros((200, 260), np.int16)
    for number, (x, y) in enumerate([(60, 60), (160, 60), (60, 140), (180, 140)], start=1):
        cv2.circle(labels, (x, y), 20, number, cv2.FILLED)
    soft = cv2.GaussianBlur((labels > 0).astype(np.float32), (0, 0), 1.5)
    density = soft[..., None] * np.array([0.25, 0.5, 0.35], np.float32)
    rgb = np.clip(230 * np.exp(-density), 0, 255).astype(np.uint8)
    cover = np.where(labels > 0, CELL, BACKGROUND).astype(np.uint8)
    none = np.zeros((0, 4), np.float32)
    return RealField("1", "chula", rgb, labels, cover, 41.0, none, np.zeros(0, np.int64)), density


@pytest.fixture(scope="module")
def bank(field):
    patches, outlines = cut_true_cells(*field)
    nucleus = Patch(np.full((60, 60, 3), 90, np.uint8), np.full((60, 60), 255, np.uint8), 41.0, "txl", "2")
    light = np.full((64, 64, 3), 225, np.uint8)
    return TrueBank(Bank([field[0]], [patches], [nucleus], [light]), [outlines])


def half_of(patch):
    """Density at the outline over the rim's, mean of the channels."""
    mean = patch.density.astype(float).mean(2)
    rim = (patch.mask > 100) & (patch.mask < 155)
    return mean[rim].mean() / np.percentile(mean[patch.mask > 250], 90)


def test_cut_cells_keep_their_whole_flank(field, bank):
    patches = bank.bank.cells[0]
    assert len(patches) == 4
    for patch in patches:
        assert half_of(patch) == pytest.approx(0.5, abs=0.12)
        total = patch.density.astype(float).sum() * DENSITY_STEP
        assert total == pytest.approx(field[1].sum() / 4, rel=0.03)


def test_wide_outlines_move_to_half_of_the_density(bank):
    exact = bank.bank.cells[0]
    wide = [replace(p, mask=cv2.dilate(p.mask, np.ones((3, 3), np.uint8))) for p in exact]
    (moved,) = with_true_outlines(replace(bank.bank, cells=[wide])).cells
    for patch, goal in zip(moved, exact, strict=True):
        assert (patch.mask > 127).sum() == pytest.approx((goal.mask > 127).sum(), rel=0.02)


SHAPES = [getattr(cell_shapes, name) for name in ("bitten", "crescent", "folded", "solid", "spiculated")]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_another_shape_ends_where_its_density_does(bank, shape, seed):
    patch = shape(bank.bank.cells[0][0], rng=np.random.default_rng(seed))
    assert patch.mask.shape == patch.density.shape[:2]
    assert (patch.mask > 127).sum() > 150
    outside = cv2.erode((patch.mask < 20).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert patch.density[outside].mean() < 0.1 * patch.density[patch.mask > 200].mean()


@pytest.mark.parametrize("seed", range(4))
def test_a_wide_stain_has_the_level_it_was_asked_for(field, seed):
    labels, density = field[0].cells, field[1]
    stained = wide_stain(density, labels > 0, rng=np.random.default_rng(seed))
    assert 0.6 * LEVELS[0] < np.median(stained[labels > 0].mean(1)) < 1.1 * LEVELS[1]


def test_mixes_reach_any_hue():
    hues = np.array([random_mix(np.random.default_rng(s)) @ [0.25, 0.5, 0.35] for s in range(200)])
    strongest = np.bincount(hues.argmax(1), minlength=3)
    assert (strongest > 30).all()


def test_gains_reach_three_times():
    gains = np.concatenate([uneven_gains(np.random.default_rng(s), 40) for s in range(40)])
    assert gains.max() == pytest.approx(3)
    assert np.median(gains) == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("seed", range(6))
def test_a_strange_scene_is_whole(bank, seed):
    rng = np.random.default_rng(seed)
    scene = compose_strange(bank.bank, rng=rng)
    assert scene.rgb.shape == (256, 256, 3)
    for instance in scene.instances:
        assert instance.mask.sum() >= 40
        assert instance.x + instance.mask.shape[1] <= 256
    small = seen_small(scene, rng=rng)
    assert small.rgb.shape == scene.rgb.shape
    assert small.instances is scene.instances


@pytest.mark.parametrize("seed", range(6))
def test_a_crop_draws_its_cells_where_they_are(bank, seed):
    scene = true_crop(bank, rng=np.random.default_rng(seed))
    assert scene.instances
    covered = np.zeros((256, 256), bool)
    for instance in scene.instances:
        height, width = instance.mask.shape
        covered[instance.y : instance.y + height, instance.x : instance.x + width] |= instance.mask > 0
    grey = scene.rgb.astype(float).sum(2)
    outside = ~(cv2.dilate(covered.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0)
    if outside.any():
        assert grey[covered].mean() < grey[outside].mean()


def test_a_banner_hides_cells_and_says_where():
    hidden = 0
    for seed in range(60):
        image = np.full((64, 64, 3), 200, np.float32)
        clear = obstacles.draw_text(image, rng=np.random.default_rng(seed))
        hidden += not clear.all()
        assert clear.shape == (64, 64)
    assert hidden > 0


def test_large_batches_have_one_shape(bank):
    recipe = Recipe(together=2, prompts=4)
    source = small_batches(bank, recipe, seed=3)
    parts = [next(source), next(source)]
    whole = joined(parts)
    assert len(whole.rgb) == 16
    assert whole.image_index.max() >= 8
    some = with_prompts(whole, 20, rng=np.random.default_rng(1))
    assert {len(getattr(some, f.name)) for f in fields(some) if f.name not in ("rgb", "dense")} == {20}
    assert len(with_prompts(replace(whole), 200, rng=np.random.default_rng(1)).points) == 200
