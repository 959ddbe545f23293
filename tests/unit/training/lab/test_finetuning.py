"""From an exported training set to segmenter weights that the application loads."""

import json
import sys

import cv2
import numpy as np
import pytest
import torch

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.errors import UsageError
from rbc_desktop.models.choice.choice import ModelChoice, load_segmenter
from rbc_desktop.storage.paths import resource_root
from tests.fakes.lab_sets import write_set
from training.lab import finetuning
from training.lab.finetuning import prepare_fields, separate_cells
from training.lab.sets import read_sets
from training.manifest_io import WEIGHTS_DIR

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
CPU = torch.device("cpu")


def disc(x, y, radius=24):
    ys, xs = np.mgrid[:200, :200]
    return CellMask.from_array((xs - x) ** 2 + (ys - y) ** 2 <= radius**2)


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    return [write_set(folder / f"case {n}", (10 * n + 1,)) for n in range(3)]


def test_touching_cells_become_regions_of_their_own_and_keep_their_size():
    masks = [disc(60, 100), disc(108, 100), disc(60, 52)]
    area = separate_cells(masks, (200, 200))
    count, labels = cv2.connectedComponents(area.astype(np.uint8), connectivity=4)
    assert count - 1 == 3
    for mask in masks:
        own = mask.to_array(width=200, height=200)
        [number] = set(np.unique(labels[own])) - {0}
        assert (labels == number).sum() > 0.93 * mask.area
        assert not (labels == number)[~own].any()


def test_cells_that_others_cover_are_left_out():
    big, small, alone = disc(60, 60, 30), disc(80, 60, 18), disc(150, 150)
    area = separate_cells([big, small, alone], (200, 200))
    assert not area[60, 35]
    assert area[150, 150]
    assert area[60, 80], "the one on top is seen whole"


def test_points_lie_in_reviewed_cells_and_cases_are_not_parted(sets, tmp_path):
    study = prepare_fields(read_sets(sets), tmp_path / "Haus 7")
    assert sorted(item.part for item in study.items) == ["test", "train", "validation"]
    assert not study.exact
    assert "of 3 fields of Haus 7" in study.description
    for item in study.items:
        mask = study.mask(item)
        assert len(item.points) == 100
        assert all(mask[int(y), int(x)] for x, y in item.points)


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["segmenter", *map(str, arguments)])
    finetuning.main()
    return capsys.readouterr().out


def test_one_command_makes_weights_that_the_application_loads(sets, tmp_path, monkeypatch, capsys):
    out = tmp_path / "Haus 7"
    printed = run(monkeypatch, capsys, *sets, "--out", out, "--steps", 2, "--device", "cpu")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["segmenter"]
    scores = manifest["scores"]
    assert f"before {scores['lab_click_iou_before']:.4f}, after {scores['lab_click_iou_after']:.4f}" in printed
    assert scores["lab_click_iou_before"] > 0.6, "the bundled weights know cells; so clicks and targets agree"
    loaded, _ = load_segmenter(ModelChoice(segmenter=out, device="cpu"), bundled=resource_root() / "weights")
    assert "-Haus 7 (" in loaded.model_id
    other = write_set(tmp_path / "other", (99,))
    monkeypatch.setattr(sys, "argv", ["segmenter", *map(str, sets), str(other), "--out", str(out), "--steps", "2"])
    with pytest.raises(SystemExit):
        finetuning.main()
    assert "holds a training on other cells" in capsys.readouterr().err


def test_too_few_fields_are_refused(sets, tmp_path):
    with pytest.raises(UsageError, match="at least three groups"):
        prepare_fields(read_sets(sets[:2]), tmp_path / "out")


def test_the_bundled_weights_are_never_replaced(sets, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["segmenter", str(sets[0]), "--out", str(WEIGHTS_DIR)])
    with pytest.raises(SystemExit):
        finetuning.main()
    assert "choose another folder" in capsys.readouterr().err
