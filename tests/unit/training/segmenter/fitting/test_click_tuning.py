"""Fine-tuning on clicks, for real and at the smallest size."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from rbc_desktop.models.segmenter.official_sam2 import build_official, load_official
from rbc_desktop.models.segmenter.segmenter import load_bundled
from tests.fakes.study_fields import prepared_set
from training.data.sets.crops import Crop, Crops
from training.loop import BEST, Plan
from training.segmenter.fitting.click_tuning import (
    ClickPlan,
    answer_batch,
    click_batch,
    click_loss,
    click_target,
    finetune,
    validation_looks,
)
from training.segmenter.fitting.promptable import (
    OfficialPromptable,
    exported,
    open_promptable,
)

CPU = torch.device("cpu")


def test_a_click_asks_for_its_region_or_for_the_whole_field():
    mask = np.zeros((20, 20), bool)
    mask[2:6, 2:6] = mask[10:18, 10:18] = True
    point = np.array([12.5, 11.5], np.float32)
    assert click_target(mask, point, "field").sum() == 16 + 64
    assert click_target(mask, point, "cell").sum() == 64
    assert not click_target(mask, point, "cell")[:8].any()


def test_crops_without_points_make_no_batch():
    bare = Crop(np.zeros((32, 32, 3), np.uint8), np.zeros((32, 32), bool), np.zeros((0, 2), np.float32))
    assert click_batch([bare], plan=ClickPlan(), rng=np.random.default_rng(1)) is None


@pytest.fixture(scope="module")
def compact():
    return open_promptable("bundled", device=CPU)


@pytest.fixture(scope="module")
def official():
    """SAM 2.1 tiny from its public configuration, random weights, at an eighth of its input's side."""
    torch.manual_seed(1)
    return OfficialPromptable(build_official("tiny", image_size=128))


@pytest.mark.parametrize("meaning", ["field", "cell"])
@pytest.mark.parametrize("kind", ["compact", "official"])
def test_both_kinds_of_sam2_train_through_the_same_code(tmp_path, request, kind, meaning):
    model = request.getfixturevalue(kind)
    study = prepared_set(tmp_path)
    rng = np.random.default_rng(1)
    crops = Crops(study, study.part("train"), side=model.crop, zoom_of=model.zoom)
    plan = ClickPlan(meaning=meaning, clicks=2)
    batch = click_batch([crops.draw(rng), crops.draw(rng)], plan=plan, rng=rng)
    answer, target = answer_batch(model, batch)
    assert answer.logits.shape[:2] == answer.iou.shape == (4, 3)
    assert target.shape == (4, *answer.logits.shape[-2:])
    assert ((target > 0.5).sum((1, 2)) > 0).all()
    loss = click_loss(answer, target)
    model.module.zero_grad()
    loss.backward()
    used = [n for n, p in model.module.named_parameters() if p.grad is not None and p.grad.abs().sum() > 0]
    for part in ("sam_mask_decoder.", "sam_prompt_encoder.", "image_encoder.neck.", "image_encoder.trunk."):
        assert any(name.startswith(part) for name in used), part
    assert torch.isfinite(loss)


def test_only_what_was_chosen_trains_and_the_rest_stays_as_it_is(tmp_path):
    model = OfficialPromptable(build_official("tiny", image_size=64))
    before = {name: value.clone() for name, value in model.module.state_dict().items()}
    study = prepared_set(tmp_path)
    plan = Plan(steps=2, validate_every=2, save_every=2, mixed=False)
    outcome = finetune(
        model, study, tmp_path / "run", plan=plan,
        clicks=ClickPlan(crops=2, clicks=2, validation=1), trained=("decoder", "prompt-encoder"),
    )  # fmt: skip
    changed = {name for name, value in model.module.state_dict().items() if not torch.equal(value, before[name])}
    assert outcome.step == 2
    assert any(name.startswith("sam_mask_decoder.") for name in changed)
    assert not any(name.startswith("image_encoder.") for name in changed)
    loaded, size = load_official(Path(exported(tmp_path / "run" / "weights")))
    assert size == "tiny"
    weight = "sam_mask_decoder.iou_token.weight"
    assert torch.equal(loaded.state_dict()[weight], model.module.state_dict()[weight])


def test_fine_tuned_compact_weights_load_in_the_application(tmp_path):
    model = open_promptable("bundled", device=CPU)
    study = prepared_set(tmp_path)
    finetune(
        model, study, tmp_path / "run", plan=Plan(steps=2, validate_every=1, save_every=1),
        clicks=ClickPlan(meaning="cell", crops=1, clicks=3, validation=1), trained=("decoder",),
    )  # fmt: skip
    manifest = json.loads((tmp_path / "run" / "weights" / "manifest.json").read_text())["segmenter"]
    assert "drawn fields" in manifest["trained_on"]
    assert "scores" not in manifest
    assert exported(tmp_path / "run" / "weights") == str(tmp_path / "run" / "weights")
    assert exported(tmp_path / "run") is None
    segmenter, _ = load_bundled(tmp_path / "run" / "weights", device=CPU)
    assert "finetuned" in segmenter.model_id
    assert (tmp_path / "run" / BEST).exists()


@pytest.mark.parametrize(
    ("images", "crops", "looks"), [(1, 24, 24), (5, 24, 20), (24, 24, 24), (24, 1, 24), (0, 24, 0)]
)
def test_few_images_are_looked_at_in_as_many_places_as_many(images, crops, looks):
    found = validation_looks(images, crops=crops)
    assert len(found) == looks
    assert set(found) == set(range(images))
