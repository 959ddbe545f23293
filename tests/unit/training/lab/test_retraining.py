"""From an exported training set to a classifier that the application loads."""

import json
import sys

import numpy as np
import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import RelearnError
from rbc_desktop.models.classifier.classifier import LightGbmClassifier
from rbc_desktop.models.relearning.lab_table import lab_table
from rbc_desktop.models.relearning.relearning import load_base, usable
from tests.fakes.lab_sets import write_set
from training.lab import retraining
from training.lab.sets import read_pixels, read_sets
from training.manifest_io import WEIGHTS_DIR
from training.renderer import Kind

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


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
    assert loaded.model_id.startswith(f"rbc-lightgbm {load_base(WEIGHTS_DIR).values['version']}-Haus 7 (")
    rows = lab_table(read_sets([write_set(tmp_path / "unseen", (77,))]), pixels=read_pixels, copies=0)
    targets = rows.features[np.array([c is CellClass.TARGET_CELL for c in rows.classes])]
    answers = [loaded.classes[i] for i in loaded.classify(targets).argmax(axis=1)]
    assert answers.count(CellClass.STOMATOCYTE) > len(answers) / 2


@pytest.mark.parametrize(
    ("kinds", "cases", "reason"),
    [
        ((Kind.NORMAL,) * 12, 3, r"at least two classes need 10 each; there are normal 36"),
        ((Kind.NORMAL,) * 9 + (Kind.TARGET_CELL,) * 3, 3, r"normal 27, target cell 9"),
        ((Kind.NORMAL,) * 12 + (Kind.TARGET_CELL,) * 10, 1, r"come from 1 fields; at least 3"),
    ],
)
def test_too_little_is_refused_with_what_is_missing(tmp_path, kinds, cases, reason):
    sets = [write_set(tmp_path / f"{n}", (n + 1,), kinds=kinds) for n in range(cases)]
    with pytest.raises(RelearnError, match=reason):
        usable(lab_table(read_sets(sets), pixels=read_pixels, copies=0))


def test_the_bundled_weights_are_never_replaced(sets, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["classifier", str(sets[0]), "--out", str(WEIGHTS_DIR)])
    with pytest.raises(SystemExit):
        retraining.main()
    assert "choose another folder" in capsys.readouterr().err
