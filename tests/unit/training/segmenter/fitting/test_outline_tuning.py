"""Tuning the outline head alone: it learns, nothing else moves, and the application loads what comes out."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from rbc_desktop.models.segmenter.segmenter import load_bundled
from tests.fakes.drawn_scenes import drawn_bank
from training.data.scenes.composites import compose
from training.loop import LOSS
from training.manifest_io import WEIGHTS_DIR, load_compact
from training.segmenter.fitting.outline_samples import Learnt, at_side, samples_of
from training.segmenter.fitting.outline_tuning import PLAN, crops_of, export_head, head_losses, tune, unsteadiness


@pytest.fixture(scope="module")
def scenes() -> list[Learnt]:
    torch.manual_seed(0)
    rng, model, out = np.random.default_rng(3), load_compact(WEIGHTS_DIR), []
    while len(out) < 3:
        scene = compose(drawn_bank(), rng=rng, side=192, hard=False, diameter=36.0)
        made = samples_of(model, at_side(scene, side=256), rng=rng, prompts=5)
        if made is not None:
            out.append(made)
    return out


def test_a_constant_on_the_logits_costs_more_than_the_outlines_that_the_head_draws(scenes):
    head = load_compact(WEIGHTS_DIR).outline_head
    good = head_losses(head, scenes)
    with torch.no_grad():
        head.change.bias += 3.0
    bad = head_losses(head, scenes)
    assert bad[LOSS] > good[LOSS]
    assert 0 < good["missed"] < bad["missed"] < 1


def test_errors_count_only_along_the_outline(scenes):
    crops = crops_of(load_compact(WEIGHTS_DIR).outline_head, scenes)
    assert set(crops.band.unique().tolist()) == {0.0, 1.0}
    inside = crops.goal > 0.5
    assert (crops.band.bool() & inside).any()
    assert (crops.band.bool() & ~inside).any()
    assert crops.band.mean() < 0.5
    assert not crops.band[:, :6].any()


def test_only_the_head_moves_and_it_learns(scenes, tmp_path):
    model = load_compact(WEIGHTS_DIR)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with torch.no_grad():
        model.outline_head.change.bias += 6.0  # outlines too wide, as something to learn
    start = float(head_losses(model.outline_head, scenes)["missed"])
    plan = replace(PLAN, steps=16, validate_seconds=0.0, validate_every=8, rate=0.015, warm_up=1, decay=0.5)
    outcome = tune(model, scenes, scenes, folder=tmp_path / "run", plan=plan)
    assert 1 - outcome.best < 0.9 * start
    moved = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert moved
    assert all(name.startswith("outline_head.") for name in moved)


def test_an_export_keeps_all_other_weights_to_the_last_bit(tmp_path):
    shutil.copyfile(WEIGHTS_DIR / "manifest.json", tmp_path / "manifest.json")
    head = load_compact(WEIGHTS_DIR).outline_head
    with torch.no_grad():
        head.change.bias += 0.25
    export_head(head, start=WEIGHTS_DIR, folder=tmp_path, steps=7, version="9", steeper=2.0)
    old, new = (load_file(folder / "segmenter.safetensors") for folder in (WEIGHTS_DIR, tmp_path))
    assert old.keys() == new.keys()
    assert [name for name in old if not torch.equal(old[name], new[name])] == ["outline_head.change.bias"]
    first, then = (
        json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["segmenter"]
        for folder in (WEIGHTS_DIR, tmp_path)
    )
    assert then["steps"] == first["steps"] + 7
    assert then["mask_scale"] == round(first.get("mask_scale", 1.0) / 2, 2)
    assert then["config"] == first["config"]
    segmenter, _ = load_bundled(tmp_path, device=torch.device("cpu"))
    assert " 9 (" in segmenter.model_id


def test_steeper_logits_leave_less_between_the_thresholds_of_the_stability(scenes):
    head = load_compact(WEIGHTS_DIR).outline_head
    before = unsteadiness(head, scenes)
    assert 0 < before < 0.5
    twice = torch.tensor([2.0, 1.0, 1.0, 1.0])[:, None, None].half()
    with torch.no_grad():  # the change and, in the samples, what it changes
        head.change.weight *= 2
        head.change.bias *= 2
        doubled = [replace(scene, samples=[replace(s, maps=s.maps * twice) for s in scene.samples]) for scene in scenes]
    assert unsteadiness(head, doubled) < before
