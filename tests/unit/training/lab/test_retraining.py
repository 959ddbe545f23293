"""From an exported training set to a classifier that the application loads."""

import json
import shutil
import sys

import numpy as np
import pytest

from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.errors import UsageError
from rbc_desktop.models.classifier import LightGbmClassifier
from tests.fakes.lab_sets import write_set
from training.lab import more_trees, retraining
from training.lab.cells import lab_table
from training.lab.sets import groups_of, read_sets
from training.manifest_io import WEIGHTS_DIR
from training.renderer import Kind

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SWAPPED = {CellClass.TARGET_CELL: CellClass.STOMATOCYTE}
"""This laboratory calls the drawn target cells stomatocytes: it is known better here than by the bundled booster."""


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    return [write_set(folder / f"case {n}", (10 * n + 1,), called=SWAPPED) for n in range(4)]


@pytest.fixture(scope="module")
def base():
    return retraining.load_base()


@pytest.fixture(scope="module")
def table(sets):
    return lab_table(read_sets(sets), copies=1)


def test_cells_come_back_with_scale_median_and_labels(sets):
    [field] = read_sets(sets[:1])
    assert field.normal_diameter_px == pytest.approx(39)
    assert field.median_diameter_px == pytest.approx(39, rel=0.1)
    assert field.rgb().shape == (480, 640, 3)
    assert len(field.reviewed) == len(field.cells) == 30
    assert {c.reviewed_class for c in field.cells} >= {CellClass.STOMATOCYTE, CellClass.NOT_RED_CELL}


def test_a_field_that_was_exported_twice_counts_once(sets, tmp_path):
    again = write_set(tmp_path / "again", (1,), called={CellClass.NORMAL: None})
    [field] = read_sets([sets[0], again])
    assert len(field.reviewed) < len(field.cells), "as the last export has it"


def test_few_cases_are_split_by_field_and_more_by_case(sets, tmp_path):
    two = [write_set(tmp_path / f"{n}", (100 + 2 * n, 101 + 2 * n), kinds=(Kind.NORMAL,) * 3) for n in range(3)]
    assert len(set(groups_of(read_sets(two[:2])))) == 4
    assert len(set(groups_of(read_sets(two)))) == 3


def test_reviewed_cells_alone_are_rows(sets, tmp_path):
    some = write_set(tmp_path / "some", (5,), called={CellClass.NORMAL: None})
    rows = lab_table(read_sets([some]), copies=1)
    assert CellClass.NORMAL not in set(rows.classes)
    assert rows.original.sum() == (~rows.original).sum() == 16


def test_new_trees_follow_the_laboratory_and_leave_classes_without_cells_alone(base, table, tmp_path):
    usable = retraining.usable(table)
    target, red = retraining._targets(base, usable)
    rows, groups = red == 1, base.values["groups"]
    grown = more_trees.continued(
        base.morphology, usable.features[rows], target[rows], groups=groups, classes=len(base.classes)
    )
    before = more_trees.raw_scores(base.morphology, usable.features, groups)
    after = more_trees.raw_scores(grown, usable.features, groups)
    trees = base.morphology.current_iteration()
    assert np.array_equal(before, more_trees.raw_scores(grown, usable.features, groups, trees=trees))
    assert more_trees.log_loss(after[rows], target[rows]) < 0.5 * more_trees.log_loss(before[rows], target[rows])
    others = (Kind.SPHEROCYTE, Kind.ELLIPTOCYTE, Kind.BURR_CELL, Kind.MACROCYTE, Kind.SCHISTOCYTE) * 4
    unseen = lab_table(read_sets([write_set(tmp_path / "others", (501, 502), kinds=others)]), copies=0)
    truth, _ = retraining._targets(base, unseen)
    right = [
        (base.scaling.probabilities(more_trees.raw_scores(b, unseen.features, groups)).argmax(axis=1) == truth).mean()
        for b in (base.morphology, grown)
    ]
    assert right[1] > right[0] - 0.1


def test_one_command_makes_a_classifier_that_follows_the_laboratory(sets, tmp_path, monkeypatch, capsys):
    out = tmp_path / "Haus 7"
    monkeypatch.setattr(sys, "argv", ["classifier", *map(str, sets), "--out", str(out)])
    retraining.main()
    printed = capsys.readouterr().out
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["classifier"]
    before, after = (manifest["scores"][f"lab_held_out_{when}"] for when in ("before", "after"))
    assert f"before  accuracy {before['accuracy']:.3f}" in printed
    assert f"after   accuracy {after['accuracy']:.3f}" in printed
    assert before["accuracy"] < 0.8
    assert after["accuracy"] > before["accuracy"] + 0.15
    assert manifest["lab_cells"]["stomatocyte"] == 32
    loaded = LightGbmClassifier.load(out)
    assert loaded.model_id.startswith(f"rbc-lightgbm {retraining.load_base().values['version']}-Haus 7 (")
    rows = lab_table(read_sets([write_set(tmp_path / "unseen", (77,))]), copies=0)
    targets = rows.features[np.array([c is CellClass.TARGET_CELL for c in rows.classes])]
    answers = [loaded.classes[i] for i in loaded.classify(targets).argmax(axis=1)]
    assert answers.count(CellClass.STOMATOCYTE) > len(answers) / 2


@pytest.mark.parametrize(
    ("kinds", "cases", "reason"),
    [
        ((Kind.NORMAL,) * 12, 3, r"at least two classes need 10 each, here are: normal 36"),
        ((Kind.NORMAL,) * 9 + (Kind.TARGET_CELL,) * 3, 3, r"normal 27, target cell 9"),
        ((Kind.NORMAL,) * 12 + (Kind.TARGET_CELL,) * 10, 1, r"come from 1 fields; at least 3"),
    ],
)
def test_too_little_is_refused_with_what_is_missing(tmp_path, kinds, cases, reason):
    sets = [write_set(tmp_path / f"{n}", (n + 1,), kinds=kinds) for n in range(cases)]
    with pytest.raises(UsageError, match=reason):
        retraining.usable(lab_table(read_sets(sets), copies=0))


def test_what_is_no_training_set_is_refused(sets, tmp_path):
    with pytest.raises(UsageError, match="can't be read as a training set"):
        read_sets([tmp_path])
    damaged = tmp_path / "damaged"
    shutil.copytree(sets[0], damaged)
    (damaged / "images" / "field_001.png").unlink()
    with pytest.raises(UsageError, match="export the training set again"):
        lab_table(read_sets([damaged]))
    (damaged / "cells.json").write_text('{"info": {"description": "other"}}', encoding="utf-8")
    with pytest.raises(UsageError, match="no training set of this version"):
        read_sets([damaged])


def test_the_bundled_weights_are_never_replaced(sets, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["classifier", str(sets[0]), "--out", str(WEIGHTS_DIR)])
    with pytest.raises(SystemExit):
        retraining.main()
    assert "choose another folder" in capsys.readouterr().err
