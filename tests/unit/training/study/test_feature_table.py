"""AneRBC's table of features, and our own computation of it."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import draw_field, draw_set
from training.study.feature_table import (
    FEATURES,
    FEATURES_FILE,
    LABELS_FILE,
    METHODS,
    Table,
    differences,
    fold_of_groups,
    mean_accuracy,
    read_table,
    score_table,
    table_features,
)
from training.study.results import load_results


def test_features_by_hand():
    rgb = np.zeros((60, 80, 3), np.uint8)
    rgb[...] = (100, 50, 7)
    mask = np.zeros((60, 80), bool)
    mask[10:30, 10:30] = mask[40:45, 40:45] = True  # 19 x 19 between its outermost pixels' centres, and a speck
    values = table_features(rgb, mask)
    assert values.rbc_count == 1
    assert values.mean_red == pytest.approx(100 * 425 / 4800)
    assert values.std_red == pytest.approx(100 * np.sqrt(425 / 4800 * (1 - 425 / 4800)))
    assert values.red_green_ratio == pytest.approx(2)
    assert values.contrast == pytest.approx(255**2 * 2 * 25 / (60 * 79))


def a_table(*, blocks=6, seed=1, gap=1.0):
    """Rows of both labels, ten to a block; one column tells them apart by `gap`."""
    rng = np.random.default_rng(seed)
    labels = np.repeat([0, 1], blocks * 10)
    values = rng.normal(size=(len(labels), len(FEATURES)))
    values[:, 2] += gap * labels
    groups = np.array([f"{label} {n % (blocks * 10) // 10}" for n, label in enumerate(labels)])
    return Table(tuple(map(str, range(len(labels)))), values, labels, groups)


def test_folds_keep_blocks_together_and_share_both_labels():
    table = a_table(blocks=10)
    fold = fold_of_groups(table, table.groups.tolist())
    for group in set(table.groups.tolist()):
        assert len(set(fold[table.groups == group].tolist())) == 1
    for number in range(5):
        assert np.bincount(table.labels[fold == number]).tolist() == [20, 20]


@pytest.mark.parametrize("key", sorted(METHODS))
def test_what_can_be_learnt_is_learnt_and_nothing_else(key):
    _, fit = METHODS[key]
    told, untold = a_table(gap=6), a_table(gap=0)
    assert mean_accuracy(told, fit, told.groups.tolist()) > 0.95
    assert 0.3 < mean_accuracy(untold, fit, untold.groups.tolist()) < 0.7


def test_the_table_is_read_and_compared_with_the_images(tmp_path):
    root = draw_set(tmp_path, images=2)
    names = [("001_h.png", 0, 1, False), ("006_h.png", 0, 6, False), ("001_A.PNG", 1, 1001, True)]
    rows = []
    for _, _, seed, anaemic in names:
        rgb, mask = draw_field(seed, anaemic=anaemic)
        rows.append({name: getattr(table_features(rgb, mask), name) for name in FEATURES})
    rows[1]["mean_red"] *= 1.1
    for file, lines in ((LABELS_FILE, [{"filename": n, "label": k} for n, k, _, _ in names]), (FEATURES_FILE, rows)):
        with (root / file).open("w", newline="") as out:
            writer = csv.DictWriter(out, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)
    table = read_table(root)
    assert table.groups.tolist() == ["0 0", "0 0", "1 0"]
    found = differences(root, table)
    assert found["mean_red"] == pytest.approx(0.1 / 1.1, rel=0.05)
    assert found["std_red"] < 0.02  # the anaemic half's masks went through JPEG
    (root / FEATURES_FILE).write_text("rbc_count\n1\n")
    with pytest.raises(UsageError, match=LABELS_FILE):
        read_table(root)


def test_scores_join_the_results_and_are_not_computed_twice(tmp_path):
    score_table(a_table(gap=6), tmp_path)
    first = load_results(tmp_path)
    score_table(a_table(gap=0), tmp_path)
    assert load_results(tmp_path) == first
    assert [row["key"] for row in first] == ["table-tree", "table-lightgbm"]


def test_the_real_table_is_ours_on_the_ten_fields(real_data):
    folder = real_data / "anerbc"
    if not folder.is_dir():
        pytest.skip("the ten fields of AneRBC (../shared/data/anerbc) are not on this machine")
    table = read_table(folder)
    assert len(table.labels) == 1000
    found = differences(folder, table)
    assert set(found) == set(FEATURES)
    assert max(found.values()) < 5e-4, found
    assert found["rbc_count"] == 0
