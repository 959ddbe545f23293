"""Masks, augmentation, split and scores behind the classifier's training."""

import numpy as np
import pytest

from rbc_desktop.domain.mask import CellMask
from rbc_desktop.imaging.field_context import field_context, stained_mask
from tests.fakes.drawn_cells import drawn_field
from training.classifier import scores
from training.classifier.augment import augmented, clipped, jittered
from training.classifier.boosters import fit_scaling
from training.classifier.masks import box_mask, point_masks
from training.classifier.split import FOLDS, fold_by_field, fold_of_block
from training.data import labelled_fields


@pytest.fixture(scope="module")
def drawn():
    field, masks = drawn_field()
    return field, masks, field_context(field)


def test_a_point_finds_its_cell(drawn):
    _, masks, context = drawn
    points = np.array([[m.centroid.x, m.centroid.y] for m in masks.values()])
    for mask, found in zip(masks.values(), point_masks(context, points), strict=True):
        assert found is not None
        assert found.iou(mask) > 0.8


def test_a_point_on_bare_background_finds_nothing(drawn):
    assert point_masks(drawn[2], np.array([[200.0, 110.0]])) == [None]


def test_touching_cells_are_parted():
    ys, xs = np.mgrid[:160, :260]
    cells = [
        np.hypot(xs - x, ys - y) < 20 for x, y in ((60, 60), (97, 60), (180, 60), (60, 120), (140, 120), (215, 120))
    ]
    field = np.full((160, 260, 3), 200, np.uint8)
    field[np.any(cells, axis=0)] = (150, 110, 120)
    left, right = point_masks(field_context(field), np.array([[60.0, 60.0], [97.0, 60.0]]))
    assert left.iou(CellMask.from_array(cells[0])) > 0.85
    assert right.iou(CellMask.from_array(cells[1])) > 0.85
    (alone,) = point_masks(field_context(field), np.array([[55.0, 60.0]]))
    assert alone.iou(CellMask.from_array(cells[0])) > 0.85


def test_a_box_finds_the_stained_cell_in_it(drawn):
    _, masks, context = drawn
    box = masks["oval"].box
    found = box_mask(stained_mask(context.density), np.array([box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2]))
    assert found.iou(masks["oval"]) > 0.75


@pytest.mark.parametrize("seed", range(4))
def test_changed_masks_stay_on_their_cells(drawn, seed):
    """After turning, mirroring and scaling, the masks still cover what is stained."""
    field, masks, _ = drawn
    changed = augmented(field, list(masks.values()), np.random.default_rng(seed))
    height, width = changed.rgb.shape[:2]
    stained = stained_mask(field_context(changed.rgb).density) > 0
    covered = np.zeros((height, width), bool)
    for mask in changed.masks:
        covered |= clipped(mask, width=width, height=height).to_array(width=width, height=height)
    assert (covered & stained).sum() / (covered | stained).sum() > 0.8
    assert changed.scale == pytest.approx(max(changed.rgb.shape) / max(field.shape), rel=0.02)


def test_jitter_moves_the_outline_a_little(drawn):
    _, masks, _ = drawn
    random = np.random.default_rng(1)
    overlaps = [jittered(masks["normal"], random).iou(masks["normal"]) for _ in range(30)]
    assert min(overlaps) > 0.7
    assert np.mean(overlaps) < 0.99


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


@pytest.mark.skipif(not (labelled_fields.DATA / "chula" / "labels").exists(), reason="needs ../shared/data/chula")
def test_no_block_of_ten_fields_is_torn():
    folds = fold_by_field()
    for field, fold in folds.items():
        assert all(folds[other] == fold for other in range(field // 10 * 10, field // 10 * 10 + 10) if other in folds)
    # Fields that occur twice: 560-569 again as 607-616.
    assert folds[560] == folds[607]
    assert folds[566] == folds[613]


def test_scores_by_hand():
    probabilities = np.zeros((4, 13))
    probabilities[[0, 1, 2, 3], [0, 0, 3, 10]] = 1
    probabilities[3, 3] = 0.5
    target = np.array([0, 3, 3, 10])
    result = scores.score(probabilities, target, classes=(0, 3))
    assert result.accuracy == pytest.approx(2 / 3)
    assert result.f1 == pytest.approx({0: 2 / 3, 3: 2 / 3})
    assert scores.score(probabilities, target).accuracy == pytest.approx(3 / 4)
    assert scores.confusion(probabilities, target)[3, 0] == 1


def test_a_class_without_cells_is_no_class():
    target = np.array([0, 0, 3])
    probabilities = np.eye(13)[[0, 12, 3]]
    result = scores.score(probabilities, target, classes=scores.CLASSES_12)
    assert set(result.f1) == {0, 3}
    assert result.macro_f1 == pytest.approx((2 / 3 + 1) / 2)


def test_review_limit_keeps_its_promise():
    random = np.random.default_rng(4)
    best = random.uniform(0.4, 1, 4000)
    right = random.random(4000) < best
    probabilities = np.column_stack([best, 1 - best])
    probabilities[best < 0.5] = probabilities[best < 0.5]
    target = np.where(right == (best >= 0.5), 0, 1)
    limit = scores.review_limit(probabilities, target, precision=0.9)
    accepted = probabilities.max(axis=1) >= limit
    assert (probabilities.argmax(axis=1) == target)[accepted].mean() >= 0.9
    assert 0.5 < limit < 0.95


def test_scaling_cools_scores_that_are_too_sure():
    random = np.random.default_rng(5)
    logits = random.normal(size=(3000, 3))
    target = np.array([random.choice(3, p=np.exp(row) / np.exp(row).sum()) for row in logits])
    scaling = fit_scaling(3 * logits, target)
    assert scaling.temperature == pytest.approx(3, rel=0.15)
    assert scores.calibration_error(scaling.probabilities(3 * logits), target) < 0.03
