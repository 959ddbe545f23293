"""Labels of whole images."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.errors import UsageError
from tests.fakes.study_fields import draw_field, prepared_set
from training.data.sets.prepared_set import ANAEMIC, HEALTHY
from training.study import image_labels
from training.study.image_labels import MASK_FEATURES, fit_tree, hog_features, mask_features


def test_hog_has_one_length_for_all_sizes():
    small, _ = draw_field(1, anaemic=False)
    large = np.repeat(np.repeat(small, 3, 0), 2, 1)
    mask = np.zeros(small.shape[:2], bool)
    assert hog_features(small, mask).shape == hog_features(large, mask).shape == (7 * 7 * 36,)


def test_mask_features_by_hand():
    mask = np.zeros((100, 100), bool)
    mask[10:30, 10:30] = mask[50:70, 10:70] = True
    values = dict(zip(MASK_FEATURES, mask_features(np.zeros((100, 100, 3), np.uint8), mask), strict=True))
    assert values["regions"] == 2
    assert values["covered"] == pytest.approx(0.16)
    assert values["axis ratio mean"] == pytest.approx((1 + 59 / 19) / 2, rel=0.02)
    assert values["solidity mean"] == pytest.approx(1)
    assert values["circularity mean"] < np.pi / 4 + 0.01


def test_mask_features_of_an_empty_mask_are_zero():
    assert not mask_features(np.zeros((9, 9, 3), np.uint8), np.zeros((9, 9), bool)).any()


def test_the_tree_finds_a_threshold():
    rng = np.random.default_rng(1)
    features, labels = rng.random((60, 3)), np.zeros(60, np.int64)
    labels[features[:, 1] > 0.6] = 1
    tree = fit_tree(features, labels, features, labels)
    chance = np.asarray(tree.predict(features))
    assert tree.num_trees() == 1
    assert ((chance > 0.5) == (labels == 1)).mean() > 0.95
    assert chance.min() == pytest.approx(0, abs=1e-6)
    assert chance.max() == pytest.approx(1)


def test_image_labels_are_measured_on_the_test_part_only(tmp_path):
    study = prepared_set(tmp_path)
    scores = image_labels.measure(image_labels.LABELLINGS["mask-tree"], [study])
    truth = Counter(item.label for item in study.part("test"))
    assert [sum(row) for row in scores.confusion] == [truth[HEALTHY], truth[ANAEMIC]]


def test_images_without_labels_have_no_label_scores(tmp_path):
    study = prepared_set(tmp_path)
    bare = replace(study, items=tuple(replace(item, label=None) for item in study.items))
    with pytest.raises(UsageError, match="no labels"):
        image_labels.measure(image_labels.LABELLINGS["hog"], [bare])
