"""From AneRBC's layout on disk to images, masks, points and a split by group."""

from __future__ import annotations

from collections import Counter

import cv2
import numpy as np
import pytest

from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import HEIGHT, WIDTH, draw_field, draw_set, prepared_set
from training.data.preparation import Preparation, eroded, prepare, random_points, scaled, split_by_group
from training.data.prepared_set import ANAEMIC, HEALTHY, load_set, write_png
from training.data.public_sets import find_anerbc, find_chula, find_txl, read_groups
from training.study.metrics import mask_scores


def test_messy_names_are_found_with_their_labels(tmp_path):
    found = find_anerbc(draw_set(tmp_path, images=3))
    assert Counter(s.label for s in found.sources) == {HEALTHY: 3, ANAEMIC: 3}
    assert len({s.name for s in found.sources}) == 6
    assert not found.skipped
    assert found.exact


def test_masks_become_binary_although_jpeg_blurred_them(tmp_path):
    study = prepared_set(tmp_path)
    for item in study.items:
        values = np.unique(study.mask(item))
        assert values.tolist() == [False, True]
        assert 0.1 < study.mask(item).mean() < 0.5


def test_images_without_a_mask_are_left_out_and_named(tmp_path):
    root = draw_set(tmp_path, images=3)
    (root / "Healthy_individuals" / "Binary_segmented" / "006_h.png").unlink()
    found = find_anerbc(root)
    assert [p.name for p in found.skipped] == ["006_h.png"]
    assert len(found.sources) == 5


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(UsageError, match="Healthy_individuals"):
        find_anerbc(tmp_path)
    with pytest.raises(UsageError, match="Chula"):
        find_chula(tmp_path)
    with pytest.raises(UsageError, match="TXL"):
        find_txl(tmp_path)


def test_chula_masks_are_guessed_and_blocks_of_ten_are_groups(tmp_path):
    rgb, truth = draw_field(4, anaemic=False)
    (tmp_path / "images").mkdir()
    for number in (8, 9, 10):
        cv2.imwrite(str(tmp_path / "images" / f"{number}.jpg"), rgb[..., ::-1])
    found = find_chula(tmp_path)
    assert [(s.name, s.group, s.label) for s in found.sources] == [
        ("chula_8", "block 0", None), ("chula_9", "block 0", None), ("chula_10", "block 1", None),
    ]  # fmt: skip
    assert not found.exact
    assert mask_scores(found.sources[0].mask_of(rgb), truth).iou > 0.85


def test_txl_masks_lie_in_the_boxes_of_red_cells(tmp_path):
    rgb, truth = draw_field(4, anaemic=False)
    for part in ("train", "val"):
        for folder in ("images", "labels"):
            (tmp_path / part / folder).mkdir(parents=True)
        cv2.imwrite(str(tmp_path / part / "images" / f"{part}1.jpg"), rgb[..., ::-1])
        # One red cell (1) and one that is boxed as a white cell (0); the others carry no box.
        boxes = ((1, 22, 24), (0, 60, 22))
        lines = [f"{kind} {x / WIDTH} {y / HEIGHT} {30 / WIDTH} {30 / HEIGHT}" for kind, x, y in boxes]
        (tmp_path / part / "labels" / f"{part}1.txt").write_text("\n".join(lines))
    found = find_txl(tmp_path)
    assert [s.name for s in found.sources] == ["txl_train1", "txl_val1"]
    mask = found.sources[0].mask_of(rgb)
    assert mask[24, 22]
    assert not mask[:, 45:].any()
    assert mask_scores(mask[:40, :40], truth[:40, :40]).iou > 0.8


def test_ten_consecutive_fields_are_one_group(tmp_path):
    found = find_anerbc(draw_set(tmp_path, images=4, step=5))  # 1, 6, 11, 16
    groups = [s.group for s in found.sources if s.label == HEALTHY]
    assert groups == ["healthy 0", "healthy 0", "healthy 1", "healthy 1"]


def test_cut_outs_of_one_field_stay_together(tmp_path):
    found = find_anerbc(draw_set(tmp_path, images=4, first=1, step=40), per_field=12)  # 1, 41, 81, 121 of 12 a field
    groups = [s.group for s in found.sources if s.label == HEALTHY]
    assert groups == ["healthy 0", "healthy 0", "healthy 0", "healthy 1"]


def test_names_with_two_numbers_say_their_field(tmp_path):
    rgb = np.full((20, 20, 3), 200, np.uint8)
    for name in ("009_12", "010_01", "011_01"):
        for folder in ("Original_images", "Binary_segmented"):
            write_png(tmp_path / "AneRBC-II" / "Healthy_individuals" / folder / f"{name}.png", rgb)
    assert [s.group for s in find_anerbc(tmp_path).sources] == ["healthy 0", "healthy 0", "healthy 1"]


def test_known_groups_win(tmp_path):
    root = draw_set(tmp_path, images=2)
    (root / "groups.csv").write_text("image,group\n001_h.png,patient 7\n001_A.png,patient 9\n", encoding="utf-8")
    groups = {s.name: s.group for s in find_anerbc(root).sources}
    assert groups["healthy_001_h"] == "patient 7"
    assert groups["anaemic_001_a"] == "patient 9"
    assert groups["healthy_006_h"] == "healthy 0"


def test_groups_without_their_columns_are_refused(tmp_path):
    (tmp_path / "groups.csv").write_text("file;patient\na;1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="image and group"):
        read_groups(tmp_path / "groups.csv")


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


def test_points_without_a_mask():
    rng = np.random.default_rng(1)
    assert random_points(np.zeros((9, 9), bool), count=5, erosion=2, rng=rng) == []
    speck = np.zeros((9, 9), bool)
    speck[4, 4] = True
    assert random_points(speck, count=2, erosion=2, rng=rng) == [(4.5, 4.5)] * 2


def test_prepared_set_is_read_back_as_written(tmp_path):
    study = prepared_set(tmp_path, points=20)
    again = load_set(study.folder)
    assert again == study
    assert {item.part for item in study.items} == {"train", "validation", "test"}
    for item in study.items:
        mask = study.mask(item)
        assert mask.shape == (item.height, item.width) == study.rgb(item).shape[:2]
        assert len(item.points) == 20
        assert all(mask[int(y), int(x)] for x, y in item.points)
    part_of_group: dict[str, str] = {}
    for item in study.items:
        assert part_of_group.setdefault(item.group, item.part) == item.part


def test_preparing_twice_gives_the_same_points(tmp_path):
    found = find_anerbc(draw_set(tmp_path / "data"))
    first, second = (
        prepare(found, tmp_path / name, description="drawn", plan=Preparation(seed=4)) for name in ("a", "b")
    )
    assert first.items == second.items


def test_a_folder_that_was_not_prepared_is_refused(tmp_path):
    with pytest.raises(UsageError, match="preparation"):
        load_set(tmp_path)
