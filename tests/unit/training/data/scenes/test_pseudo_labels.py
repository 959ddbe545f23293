"""Outlines for training, by the bundled weights on the bundled sample."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from training.data.scenes.pseudo_labels import layers_of, outline_boxes, outline_seeds
from training.data.sets.fields import RED, RealField, box_iou, read_rgb
from training.manifest_io import WEIGHTS_DIR, load_compact

SAMPLE = WEIGHTS_DIR.parent / "sample"
TRUTH = json.loads((SAMPLE / "sample_truth.json").read_text(encoding="utf-8"))["cells"]
RED_BOXES = np.array([c["box"] for c in TRUTH if c["class"] != "not a red cell"], np.float32)


@pytest.fixture(scope="module")
def model():
    return load_compact(WEIGHTS_DIR)


@pytest.fixture(scope="module")
def field() -> RealField:
    rgb = read_rgb(SAMPLE / "sample_smear.png")
    nothing = np.zeros(rgb.shape[:2])
    no_boxes, no_kinds = np.zeros((0, 4), np.float32), np.zeros(0, np.int64)
    diameter = float(np.median([np.sqrt(4 * c["area_px"] / np.pi) for c in TRUTH]))
    return RealField(
        "sample", "drawn", rgb, nothing.astype(np.int16), nothing.astype(np.uint8), diameter, no_boxes, no_kinds
    )


def ious(outlines) -> np.ndarray:
    """Best IoU of each outline's box with a drawn red cell's."""
    boxes = [np.array([x, y, x + m.shape[1], y + m.shape[0]], np.float32) for x, y, m in outlines]
    return np.array([box_iou(box, RED_BOXES).max() for box in boxes])


def test_seeds_give_outlines_of_drawn_cells_where_both_heads_agree(model, field):
    kept, asked = outline_seeds(model, field)
    assert len(RED_BOXES) / 2 < len(kept) <= asked
    assert np.mean(ious(kept) > 0.75) > 0.95


def test_what_is_known_already_is_not_guessed(model, field):
    known = replace(field, cells=np.ones_like(field.cells))
    kept, asked = outline_seeds(model, known)
    assert asked > 0
    assert kept == []


def test_a_box_vouches_only_for_an_outline_that_fits_it(model, field):
    inside = RED_BOXES[(RED_BOXES[:, :2] > 5).all(1)][:12]
    shifted = inside + np.float32(0.6) * (inside[:, 2:] - inside[:, :2])[:, [0, 1, 0, 1]]
    right = replace(field, boxes=inside, kinds=np.full(len(inside), RED))
    wrong = replace(field, boxes=shifted, kinds=np.full(len(inside), RED))
    kept, asked = outline_boxes(model, right)
    assert asked == len(inside)
    assert len(kept) > 0.7 * asked
    assert len(outline_boxes(model, wrong)[0]) < 0.3 * asked


def test_overlapping_outlines_go_to_different_layers():
    mask = np.ones((10, 10), bool)
    layers = layers_of([(0, 0, mask), (5, 0, mask), (30, 30, mask)], (50, 50))
    assert layers.shape == (2, 50, 50)
    assert (layers > 0).sum() == 300
