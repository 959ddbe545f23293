"""A baseline network learns drawn cells."""

from __future__ import annotations

import torch

from tests.fakes.study_fields import prepared_set
from training.loop import Plan, read_log
from training.study.baselines import train_baseline

CPU = torch.device("cpu")


def test_a_baseline_learns_drawn_cells(tmp_path):
    study = prepared_set(tmp_path)
    plan = Plan(steps=25, rate=5e-3, validate_every=5, save_every=100, patience=0, mixed=False)
    outcome = train_baseline("linknet", study, tmp_path / "run", plan=plan, side=64, crops=4, device=CPU)
    rows = read_log(tmp_path / "run")
    assert rows[-1]["loss"] < 0.7 * rows[0]["loss"]
    assert outcome.best > 0.5
