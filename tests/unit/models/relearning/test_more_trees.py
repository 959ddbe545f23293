"""Bundled boosters that go on learning."""

import numpy as np
import pytest

from rbc_desktop.files import resource_root
from rbc_desktop.models.relearning import more_trees, relearning
from rbc_desktop.models.relearning.boosting import raw_scores
from rbc_desktop.models.relearning.lab_table import lab_table
from tests.fakes.lab_sets import write_set
from training.lab.sets import read_pixels, read_sets
from training.renderer import Kind

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def base():
    return relearning.load_base(resource_root() / "weights")


@pytest.fixture(scope="module")
def table(sets):
    return lab_table(read_sets(sets), pixels=read_pixels, copies=1)


def test_new_trees_follow_the_laboratory_and_leave_classes_without_cells_alone(base, table, tmp_path):
    usable = relearning.usable(table)
    target, red = relearning.targets_of(base, usable)
    rows, groups = red == 1, base.values["groups"]
    grown = more_trees.continued(
        base.morphology, usable.features[rows], target[rows], groups=groups, classes=len(base.classes)
    )
    before = raw_scores(base.morphology, usable.features, groups)
    after = raw_scores(grown, usable.features, groups)
    trees = base.morphology.current_iteration()
    assert np.array_equal(before, raw_scores(grown, usable.features, groups, trees=trees))
    assert more_trees.log_loss(after[rows], target[rows]) < 0.5 * more_trees.log_loss(before[rows], target[rows])
    others = (Kind.SPHEROCYTE, Kind.ELLIPTOCYTE, Kind.BURR_CELL, Kind.MACROCYTE, Kind.SCHISTOCYTE) * 4
    unseen = lab_table(
        read_sets([write_set(tmp_path / "others", (501, 502), kinds=others)]), pixels=read_pixels, copies=0
    )
    truth, _ = relearning.targets_of(base, unseen)
    right = [
        (base.scaling.probabilities(raw_scores(b, unseen.features, groups)).argmax(axis=1) == truth).mean()
        for b in (base.morphology, grown)
    ]
    assert right[1] > right[0] - 0.1


def test_new_trees_mend_the_sum_with_what_stands_beside(base, table):
    usable = relearning.usable(table)
    target, red = relearning.targets_of(base, usable)
    rows, groups = red == 1, base.values["groups"]
    features, target = usable.features[rows], target[rows]
    beside = -raw_scores(base.morphology, features, groups)  # together they know nothing
    grown = more_trees.continued(
        base.morphology, features, target, groups=groups, classes=len(base.classes), beside=beside, rounds=20
    )
    mended = raw_scores(grown, features, groups) + beside
    assert more_trees.log_loss(mended, target) < 0.8 * more_trees.log_loss(np.zeros_like(beside), target)
