"""The training loop: resuming, stopping, averaging and what it keeps."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from rbc_desktop.errors import UsageError
from training.loop import BEST, IOU, LOSS, STATE, Plan, cosine, is_finished, read_log, train


def test_cosine_annealing_falls_from_one_to_a_hundredth():
    values = [cosine(step / 10) for step in range(11)]
    assert values[0] == 1
    assert values[5] == pytest.approx(0.505)
    assert values[10] == pytest.approx(0.01)
    assert values == sorted(values, reverse=True)


def _line() -> tuple[nn.Module, dict]:
    """A module that learns one number, and how to train it."""
    torch.manual_seed(0)
    module = nn.Linear(1, 1)

    def loss_of(rng: np.random.Generator) -> dict[str, torch.Tensor]:
        x = torch.from_numpy(rng.random((8, 1))).float()
        return {LOSS: (module(x) - 3 * x).square().mean()}

    return module, {"loss_of": loss_of, "validate": lambda: {IOU: -(module.weight - 3).square().item()}}


def test_a_resumed_run_ends_as_an_unbroken_one(tmp_path):
    plan = Plan(steps=12, rate=0.05, validate_every=2, save_every=4, patience=0, mixed=False)
    whole, how = _line()
    train(whole, folder=tmp_path / "whole", plan=plan, **how)

    broken, how = _line()
    calls = 0

    def until_the_power_fails(rng: np.random.Generator) -> dict[str, torch.Tensor]:
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

    def validate() -> dict[str, float]:
        weights.append(module.weight.item())
        return {IOU: next(scores)}

    plan = Plan(steps=100, validate_every=1, save_every=100, patience=3, mixed=False)
    outcome = train(module, loss_of=how["loss_of"], validate=validate, folder=tmp_path, plan=plan)
    assert (outcome.step, outcome.best, outcome.best_step, outcome.stopped_early) == (5, 0.6, 2, True)
    assert module.weight.item() == weights[1]
    assert is_finished(tmp_path)


def test_the_gradients_of_two_batches_make_a_step(tmp_path):
    module, how = _line()
    batches = 0

    def loss_of(rng: np.random.Generator) -> dict[str, torch.Tensor]:
        nonlocal batches
        batches += 1
        return how["loss_of"](rng)

    plan = Plan(steps=3, validate_every=10, mixed=False)
    train(module, loss_of=loss_of, validate=lambda: {IOU: 0.0}, folder=tmp_path, plan=plan)
    assert batches == 6


def test_patience_outlasts_a_break(tmp_path):
    module, how = _line()
    plan = Plan(steps=100, validate_every=1, save_every=1, patience=3, mixed=False)
    scores = iter([0.6, 0.5, 0.5])

    def validate() -> dict[str, float]:
        for score in scores:
            return {IOU: score}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(module, loss_of=how["loss_of"], validate=validate, folder=tmp_path, plan=plan)
    outcome = train(module, loss_of=how["loss_of"], validate=lambda: {IOU: 0.5}, folder=tmp_path, plan=plan)
    assert (outcome.step, outcome.best_step, outcome.stopped_early) == (4, 1, True)


def test_the_averaged_weights_are_judged_and_kept(tmp_path):
    module, how = _line()
    average = copy.deepcopy(module)
    mean = module.weight.item()
    seen: list[tuple[float, float]] = []

    def validate() -> dict[str, float]:
        seen.append((module.weight.item(), average.weight.item()))
        return {IOU: float(len(seen))}

    plan = Plan(steps=3, rate=0.1, validate_every=1, decay=0.12, mixed=False)
    train(module, loss_of=how["loss_of"], validate=validate, folder=tmp_path, plan=plan, average=average)
    for step, (weight, averaged) in enumerate(seen, start=1):
        mean += (1 - min(0.12, (1 + step) / (20 + step))) * (weight - mean)
        assert averaged == pytest.approx(mean, abs=1e-6)
    last, averaged = seen[-1]
    assert last != averaged
    assert module.weight.item() == averaged == load_file(tmp_path / BEST)["weight"].item()


def test_better_weights_alone_are_told(tmp_path):
    module, how = _line()
    scores = iter([0.4, 0.6, 0.5, 0.7])
    told: list[tuple[int, float]] = []
    plan = Plan(steps=4, validate_every=1, mixed=False)
    train(
        module, loss_of=how["loss_of"], validate=lambda: {IOU: next(scores)}, folder=tmp_path, plan=plan,
        improved=lambda step, found: told.append((step, found[IOU])),
    )  # fmt: skip
    assert told == [(1, 0.4), (2, 0.6), (4, 0.7)]


def test_rows_between_validations_hold_losses_alone(tmp_path):
    module, how = _line()
    plan = Plan(steps=6, validate_every=6, log_every=2, mixed=False)
    train(module, folder=tmp_path, plan=plan, **how)
    rows = read_log(tmp_path)
    assert [row["step"] for row in rows] == [2, 4, 6]
    assert all(LOSS in row for row in rows)
    assert [IOU in row for row in rows] == [False, False, True]


def test_a_run_by_time_ends_with_a_validation_and_goes_on_when_it_is_given_more(tmp_path):
    module, how = _line()
    plan = Plan(steps=0, seconds=0.2, validate_seconds=60, mixed=False)
    first = train(module, folder=tmp_path, plan=plan, **how)
    assert is_finished(tmp_path)
    assert [row["step"] for row in read_log(tmp_path)] == [first.step]
    second = train(module, folder=tmp_path, plan=plan, **how)
    assert second.step > first.step
    assert read_log(tmp_path)[-1]["seconds"] >= 0.4


def test_more_steps_go_on_where_fewer_ended(tmp_path):
    module, how = _line()
    plan = Plan(steps=4, rate=0.05, validate_every=2, patience=0, mixed=False)
    train(module, folder=tmp_path, plan=plan, **how)
    assert train(module, folder=tmp_path, plan=replace(plan, steps=6), **how).step == 6
    assert [row["step"] for row in read_log(tmp_path)] == [2, 4, 6]


def test_a_checkpoint_of_an_earlier_version_is_refused(tmp_path):
    module, how = _line()
    torch.save({"model": module.state_dict(), "step": 3, "finished": False}, tmp_path / STATE)
    with pytest.raises(UsageError, match="earlier version; delete it"):
        train(module, folder=tmp_path, plan=Plan(steps=4), **how)


@pytest.mark.parametrize("vectors_decay", [True, False])
def test_biases_decay_only_where_the_plan_says_so(tmp_path, vectors_decay):
    module = nn.Linear(1, 1)
    nn.init.ones_(module.weight)
    nn.init.ones_(module.bias)
    plan = Plan(
        steps=2, rate=0.1, weight_decay=0.5, vectors_decay=vectors_decay, accumulate=1, validate_every=2, mixed=False
    )
    train(
        module, loss_of=lambda _rng: {LOSS: 0 * (module.weight + module.bias).sum()}, validate=lambda: {IOU: 1.0},
        folder=tmp_path, plan=plan,
    )  # fmt: skip
    assert module.weight.item() < 1
    assert (module.bias.item() < 1) == vectors_decay
