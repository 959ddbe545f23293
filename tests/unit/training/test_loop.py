"""Networks, crops, the training loop and fine-tuning, for real and at the smallest size."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from rbc_desktop.models.official_sam2 import build_official, load_official
from rbc_desktop.models.segmenter import load_bundled
from tests.fakes.study_fields import DIAMETER, draw_field, draw_set, prepared_set
from training.data.crops import Crop, Crops, cut_crop, turned
from training.loop import BEST, STATE, Plan, bce_dice, cosine, is_finished, read_log, train
from training.segmenter.click_tuning import (
    ClickPlan,
    answer_batch,
    click_batch,
    click_loss,
    click_target,
    finetune,
)
from training.segmenter.promptable import (
    OfficialPromptable,
    choose_trained,
    exported,
    open_promptable,
    predict_field,
    start_training,
)
from training.study.__main__ import main as study_main
from training.study.baseline_networks import NETWORKS, LinkNet, build_network, predict_probability
from training.study.baselines import train_baseline
from training.study.metrics import bce_dice as bce_dice_of_probabilities

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("size", [(64, 64), (96, 160)])
def test_linknet_answers_every_pixel(size):
    network = LinkNet().eval()
    assert network(torch.zeros(2, 3, *size)).shape == (2, 1, *size)


def test_linknet_passes_gradients_to_every_weight():
    network = LinkNet((8, 8, 16, 16))
    network(torch.rand(2, 3, 64, 64)).square().mean().backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in network.parameters())


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_take_fields_of_any_size(name):
    chance = predict_probability(build_network(name).eval(), np.full((70, 101, 3), 200, np.uint8))
    assert chance.shape == (70, 101)
    assert 0 <= chance.min() <= chance.max() <= 1


def test_loss_of_logits_and_of_probabilities_agree():
    logits, truth = torch.randn(1, 12, 9, generator=torch.manual_seed(3)), torch.rand(1, 12, 9) > 0.5
    expected = bce_dice_of_probabilities(logits[0].sigmoid().numpy(), truth[0].numpy())
    assert float(bce_dice(logits, truth.float())) == pytest.approx(expected, abs=1e-4)


def test_cosine_annealing_falls_from_one_to_a_hundredth():
    values = [cosine(step, 10) for step in range(11)]
    assert values[0] == 1
    assert values[5] == pytest.approx(0.505)
    assert values[10] == pytest.approx(0.01)
    assert values == sorted(values, reverse=True)


def test_crops_carry_mask_and_points_along():
    mask = np.zeros((50, 80), bool)
    mask[20:30, 40:60] = True
    rgb = np.where(mask[..., None], 90, 220).astype(np.uint8).repeat(3, axis=2)
    points = np.array([[45.5, 25.5], [58.5, 21.5]], np.float32)
    rng = np.random.default_rng(2)
    for zoom in (0.5, 1.0, 2.3):
        for _ in range(10):
            crop = turned(cut_crop(rgb, mask, points, side=64, zoom=zoom, rng=rng), rng)
            assert crop.rgb.shape == (64, 64, 3)
            dark = crop.rgb[..., 0] < 150
            assert (dark ^ crop.mask).mean() < 0.02
            assert all(crop.mask[int(y), int(x)] for x, y in crop.points)


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


def _line() -> tuple[nn.Module, dict]:
    """A module that learns one number, and how to train it."""
    torch.manual_seed(0)
    module = nn.Linear(1, 1)

    def loss_of(rng: np.random.Generator) -> torch.Tensor:
        x = torch.from_numpy(rng.random((8, 1))).float()
        return (module(x) - 3 * x).square().mean()

    return module, {"loss_of": loss_of, "validate": lambda: -(module.weight - 3).square().item()}


def test_a_resumed_run_ends_as_an_unbroken_one(tmp_path):
    plan = Plan(steps=12, rate=0.05, validate_every=2, save_every=4, patience=0, mixed=False)
    whole, how = _line()
    train(whole, folder=tmp_path / "whole", plan=plan, **how)

    broken, how = _line()
    calls = 0

    def until_the_power_fails(rng: np.random.Generator) -> torch.Tensor:
        nonlocal calls
        calls += 1
        if calls > 2 * 7:  # two batches a step: it fails in step 8
            raise KeyboardInterrupt
        return how["loss_of"](rng)

    with pytest.raises(KeyboardInterrupt):
        train(broken, folder=tmp_path / "broken", plan=plan, **{**how, "loss_of": until_the_power_fails})
    assert torch.load(tmp_path / "broken" / STATE, weights_only=True)["step"] == 4
    assert not is_finished(tmp_path / "broken")

    again, how = _line()
    with torch.no_grad():
        again.weight.fill_(-7)  # what it starts from must not matter
    steps_before = len(read_log(tmp_path / "broken"))
    outcome = train(again, folder=tmp_path / "broken", plan=plan, **how)
    assert steps_before == 3
    assert outcome.step == 12
    assert is_finished(tmp_path / "broken")
    assert torch.equal(again.weight, whole.weight)
    without_time = [
        [{k: v for k, v in row.items() if k != "seconds"} for row in read_log(tmp_path / name)]
        for name in ("whole", "broken")
    ]
    assert without_time[0] == without_time[1]


def test_a_run_without_progress_stops_early_with_its_best_weights(tmp_path):
    module, how = _line()
    scores = iter([0.4, 0.6, 0.5, 0.5, 0.5, 0.9])
    weights: list[float] = []

    def validate() -> float:
        weights.append(module.weight.item())
        return next(scores)

    plan = Plan(steps=100, validate_every=1, save_every=100, patience=3, mixed=False)
    outcome = train(module, loss_of=how["loss_of"], validate=validate, folder=tmp_path, plan=plan)
    assert (outcome.step, outcome.best, outcome.best_step, outcome.stopped_early) == (5, 0.6, 2, True)
    assert module.weight.item() == weights[1]
    assert is_finished(tmp_path)


def test_the_gradients_of_two_batches_make_a_step(tmp_path):
    module, how = _line()
    batches = 0

    def loss_of(rng: np.random.Generator) -> torch.Tensor:
        nonlocal batches
        batches += 1
        return how["loss_of"](rng)

    plan = Plan(steps=3, validate_every=10, mixed=False)
    train(module, loss_of=loss_of, validate=lambda: 0.0, folder=tmp_path, plan=plan)
    assert batches == 6


def test_a_baseline_learns_drawn_cells(tmp_path):
    study = prepared_set(tmp_path)
    plan = Plan(steps=25, rate=5e-3, validate_every=5, save_every=100, patience=0, mixed=False)
    outcome = train_baseline("linknet", study, tmp_path / "run", plan=plan, side=64, crops=4, device=CPU)
    rows = read_log(tmp_path / "run")
    assert rows[-1]["loss"] < 0.7 * rows[0]["loss"]
    assert outcome.best > 0.5


@pytest.fixture(scope="module")
def compact():
    return open_promptable("bundled", device=CPU)


@pytest.fixture(scope="module")
def official():
    """SAM 2.1 tiny from its public configuration, random weights, at an eighth of its input's side."""
    torch.manual_seed(1)
    return OfficialPromptable(build_official("tiny", image_size=128))


def test_the_bundled_model_finds_clicked_drawn_cells(compact):
    rgb, mask = draw_field(3, anaemic=False)
    found = predict_field(compact, rgb, [(22, 24), (98, 30)]) >= 0.5
    assert found[24, 22]
    assert found[30, 98]
    assert not found[68, 84]  # a cell that nobody clicked
    assert (found & mask).sum() / found.sum() > 0.9
    assert found.sum() == pytest.approx(2 * np.pi * (DIAMETER / 2) ** 2, rel=0.25)


def test_without_points_nothing_is_found(compact):
    rgb, _ = draw_field(3, anaemic=False)
    assert predict_field(compact, rgb, []).max() == 0


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


def test_parts_are_chosen_by_name():
    model = open_promptable("bundled", device=CPU).module
    never = {n for n, p in model.named_parameters() if not p.requires_grad}
    choose_trained(model, ["neck"])
    chosen = {n for n, p in model.named_parameters() if p.requires_grad}
    assert chosen
    assert all(n.startswith("image_encoder.neck.") for n in chosen)
    start_training(model)
    assert not any(m.training for n, m in model.named_modules() if n.startswith("image_encoder.trunk."))
    everything = open_promptable("bundled", device=CPU).module
    choose_trained(everything, ["all"])
    assert {n for n, p in everything.named_parameters() if not p.requires_grad} == never


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
