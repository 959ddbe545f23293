"""Thresholds, and the scores of methods."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.study_fields import draw_field
from training.study.method_scores import example_names, otsu_flattened
from training.study.metrics import mask_scores


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_otsu_finds_drawn_cells_under_uneven_light(seed):
    rgb, mask = draw_field(seed, anaemic=False)
    slope = np.linspace(1.0, 0.55, rgb.shape[1])[None, :, None]
    dim = (rgb * slope).astype(np.uint8)
    assert mask_scores(otsu_flattened(dim), mask).iou > 0.85


def test_examples_of_every_method_are_kept(results):
    study, folder = results
    kept = {p.name for p in (folder / "examples" / "otsu").iterdir()}
    assert kept == {f"{name}.png" for name in example_names(study.part("test"))}
