"""Both kinds of SAM 2 on whole fields, and what of them is trained."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.fakes.study_fields import DIAMETER, draw_field
from training.segmenter.fitting.promptable import (
    choose_trained,
    open_promptable,
    predict_field,
    start_training,
)

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def compact():
    return open_promptable("bundled", device=CPU)


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
