"""Mistakes of the user end with one sentence."""

from __future__ import annotations

import pytest

from training.data.sets.preparation import main as prepare_main


def test_a_mistake_ends_with_one_sentence_and_status_two(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["prepare", str(tmp_path), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as end:
        prepare_main()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path} holds no AneRBC images with masks")
