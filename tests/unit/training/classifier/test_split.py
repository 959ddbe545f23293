"""Folds keep blocks of fields whole."""

import numpy as np
import pytest

from training.classifier import scores
from training.classifier.split import FOLDS, fold_by_field, fold_of_block
from training.data.sets.fields import DATA


def test_folds_keep_blocks_whole_and_share_the_classes():
    random = np.random.default_rng(2)
    blocks = np.repeat(np.arange(40), 30)
    classes = random.integers(0, 13, len(blocks))
    folds = fold_of_block(blocks, classes)
    assert folds == fold_of_block(blocks, classes)
    assert set(folds) == set(range(40))
    of_cell = np.array([folds[b] for b in blocks])
    for number in scores.CLASSES_11:
        counts = np.bincount(of_cell[classes == number], minlength=FOLDS)
        assert counts.max() < 2 * counts.min()


@pytest.mark.skipif(not (DATA / "chula" / "labels").exists(), reason="needs ../shared/data/chula")
def test_no_block_of_ten_fields_is_torn():
    folds = fold_by_field()
    for field, fold in folds.items():
        assert all(folds[other] == fold for other in range(field // 10 * 10, field // 10 * 10 + 10) if other in folds)
    # Fields that occur twice: 560-569 again as 607-616.
    assert folds[560] == folds[607]
    assert folds[566] == folds[613]
