"""Images, masks and groups of the data sets' layouts."""

from __future__ import annotations

from collections import Counter

import cv2
import numpy as np
import pytest

from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import HEIGHT, WIDTH, draw_field, draw_set
from training.data.sets.prepared_set import ANAEMIC, HEALTHY, write_png
from training.data.sets.public_sets import find_anerbc, find_chula, find_txl, read_groups
from training.study.metrics import mask_scores


def test_messy_names_are_found_with_their_labels(tmp_path):
    found = find_anerbc(draw_set(tmp_path, images=3))
    assert Counter(s.label for s in found.sources) == {HEALTHY: 3, ANAEMIC: 3}
    assert len({s.name for s in found.sources}) == 6
    assert not found.skipped
    assert found.exact


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
    found = find_anerbc(draw_set(tmp_path, images=4, first=1, step=40), per_field=12)  # 1, 41, 81, 121 of 12 per field
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
