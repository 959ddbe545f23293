"""The whole study on a small folder."""

from __future__ import annotations

import json

import pytest

from tests.fakes.study_fields import draw_set
from training.data.sets.fields import read_rgb
from training.data.sets.prepared_set import write_png
from training.study.__main__ import main as study_main
from training.study.results import load_results

SMALL = json.dumps({"steps": 2, "side": 32, "crops": 2, "clicks": 1, "validate_every": 1, "save_every": 1})


def test_the_whole_study_runs_on_a_folder_of_that_layout_and_skips_what_is_done(tmp_path, monkeypatch, capsys):
    data = draw_set(tmp_path / "data", images=10)
    monkeypatch.setattr("sys.argv", ["study", "--data", str(data), "--out", str(tmp_path / "out"), "--size", SMALL])
    study_main()
    first = capsys.readouterr().out
    for row in ("Otsu", "SAM 2 compact, fine-tuned", "U-Net", "LinkNet", "Attention U-Net", "HOG + LightGBM"):
        assert f"| {row} " in first
    assert "Measured on: data, in AneRBC's layout" in first
    files = sorted((tmp_path / "out").rglob("*"))
    times = [p.stat().st_mtime_ns for p in files if p.suffix in {".pt", ".safetensors", ".jsonl", ".json"}]
    study_main()
    assert capsys.readouterr().out.splitlines()[:-1] == first.splitlines()[:-1]  # the last line says the minutes
    assert sorted((tmp_path / "out").rglob("*")) == files
    assert times == [p.stat().st_mtime_ns for p in files if p.suffix in {".pt", ".safetensors", ".jsonl", ".json"}]


def test_folds_test_every_image_once_and_are_pooled(tmp_path, monkeypatch, capsys):
    data = draw_set(tmp_path / "data", images=3, step=1)  # all of one block: groups have to be parted
    for path in (data / "Healthy_individuals" / "Binary_segmented").iterdir():
        write_png(path, 255 - read_rgb(path)[..., 0])  # this half dark on white
    out = tmp_path / "out"
    monkeypatch.setattr("sys.argv", ["study", "--data", str(data), "--out", str(out), "--size", SMALL, "--folds", "2"])
    study_main()
    said = capsys.readouterr().out
    assert "masks of Healthy_individuals: cells dark on white, as 3 of its images say" in said
    assert "6 images in 2 folds (too few groups" in said
    assert "too few labelled images to learn it from" in said
    both = [json.loads((out / f"fold{k}" / "results" / "unet.json").read_text()) for k in (1, 2)]
    (row,) = [row for row in load_results(out / "results") if row["key"] == "unet"]
    assert row["images"] == 6
    assert row["scores"]["iou"] == pytest.approx(sum(r["scores"]["iou"] * r["images"] for r in both) / 6)
    assert row["scores"]["loss"] == pytest.approx(sum(r["scores"]["loss"] * r["images"] for r in both) / 6)
    (otsu,) = [row for row in load_results(out / "results") if row["key"] == "otsu"]
    assert otsu["scores"]["iou"] > 0.7  # an inverted mask would give next to nothing
    assert otsu["scores"]["loss"] is None
