"""From images and masks on disk to a prepared set: sizes, points and a split by group."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import draw_set, prepared_set
from training.data.sets.preparation import Preparation, eroded, prepare, random_points, scaled, split_by_group
from training.data.sets.prepared_set import ANAEMIC, HEALTHY
from training.data.sets.public_sets import find_anerbc


def test_masks_become_binary_although_jpeg_blurred_them(tmp_path):
    study = prepared_set(tmp_path)
    for item in study.items:
        values = np.unique(study.mask(item))
        assert values.tolist() == [False, True]
        assert 0.1 < study.mask(item).mean() < 0.5


def test_split_keeps_groups_together_and_meets_the_shares():
    members = [(f"g{n // 10}", n % 2) for n in range(1000)]
    parts = split_by_group(members, seed=3)
    sizes = Counter(parts[group] for group, _ in members)
    assert sizes == {"train": 600, "validation": 100, "test": 300}
    assert set(parts) == {group for group, _ in members}


def test_split_shares_both_labels():
    members = [(f"h{n // 10}", HEALTHY) for n in range(500)] + [(f"a{n // 10}", ANAEMIC) for n in range(500)]
    parts = split_by_group(members, seed=1)
    assert Counter((parts[g], label) for g, label in members) == {
        ("train", 0): 300, ("validation", 0): 50, ("test", 0): 150,
        ("train", 1): 300, ("validation", 1): 50, ("test", 1): 150,
    }  # fmt: skip


def test_split_is_reproducible_and_follows_the_seed():
    members = [(f"g{n}", None) for n in range(40)]
    assert split_by_group(members, seed=5) == split_by_group(list(reversed(members)), seed=5)
    assert split_by_group(members, seed=5) != split_by_group(members, seed=6)


def test_three_groups_fill_three_parts_and_two_are_too_few():
    assert set(split_by_group([("a", 0), ("b", 0), ("c", 1)], seed=1).values()) == {"train", "validation", "test"}
    with pytest.raises(UsageError, match="three groups"):
        split_by_group([("a", 0), ("b", 0)], seed=1)


def test_the_longest_side_is_reduced_with_the_aspect_kept():
    rgb, mask = scaled(np.zeros((960, 1224, 3), np.uint8), np.ones((960, 1224), bool), 1024)
    assert rgb.shape == (803, 1024, 3)
    assert mask.shape == (803, 1024)
    assert mask.all()


def test_small_images_are_not_enlarged_and_masks_are_fitted_to_them():
    rgb, mask = scaled(np.zeros((96, 120, 3), np.uint8), np.ones((48, 60), bool), 1024)
    assert rgb.shape == (96, 120, 3)
    assert mask.shape == (96, 120)


def test_erosion_takes_specks_and_edges_away():
    mask = np.zeros((40, 40), bool)
    mask[10:30, 10:30] = True
    mask[2:4, 2:4] = True
    small = eroded(mask, 2)
    assert not small[:8, :8].any()
    assert small[20, 20]
    assert not small[10, 20]
    assert small.sum() == 16 * 16
    assert np.array_equal(eroded(mask, 0), mask)


def test_points_lie_inside_the_eroded_mask_one_in_each_region_first():
    mask = np.zeros((60, 60), bool)
    mask[5:20, 5:20] = mask[30:50, 30:50] = True
    points = random_points(mask, count=30, erosion=3, rng=np.random.default_rng(1))
    assert len(points) == 30
    inside = eroded(mask, 3)
    assert all(inside[int(y), int(x)] for x, y in points)
    assert {x < 25 for x, _ in points[:2]} == {True, False}


def test_more_regions_than_points_get_one_each_all_the_same():
    mask = np.zeros((60, 60), bool)
    for y in range(2, 56, 10):
        for x in range(2, 56, 10):
            mask[y : y + 6, x : x + 6] = True
    points = random_points(mask, count=5, erosion=1, rng=np.random.default_rng(1))
    assert len({(int(x) // 10, int(y) // 10) for x, y in points}) == len(points) == 36


def test_points_without_a_mask():
    rng = np.random.default_rng(1)
    assert random_points(np.zeros((9, 9), bool), count=5, erosion=2, rng=rng) == []
    speck = np.zeros((9, 9), bool)
    speck[4, 4] = True
    assert random_points(speck, count=2, erosion=2, rng=rng) == [(4.5, 4.5)] * 2


def test_preparing_twice_gives_the_same_points(tmp_path):
    found = find_anerbc(draw_set(tmp_path / "data"))
    first, second = (
        prepare(found, tmp_path / name, description="drawn", plan=Preparation(seed=4)) for name in ("a", "b")
    )
    assert first.items == second.items
