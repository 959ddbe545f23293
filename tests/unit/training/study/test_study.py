"""The whole study on a small folder."""

from __future__ import annotations

import json

import torch

from tests.fakes.study_fields import draw_set
from training.study.__main__ import main as study_main

CPU = torch.device("cpu")


def test_the_whole_study_runs_on_a_folder_of_that_layout_and_skips_what_is_done(tmp_path, monkeypatch, capsys):
    data = draw_set(tmp_path / "data", images=6)
    small = {"steps": 2, "side": 32, "crops": 2, "clicks": 1, "validate_every": 1, "save_every": 1}
    monkeypatch.setattr(
        "sys.argv", ["study", "--data", str(data), "--out", str(tmp_path / "out"), "--size", json.dumps(small)]
    )
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
