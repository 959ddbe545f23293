"""The bundled sample is what the renderer draws."""

import json
from pathlib import Path

import cv2
import numpy as np

from rbc_desktop.domain.classes.taxonomy import CellClass, class_from_name
from training import sample
from training.renderer import Kind

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample"


def test_sample_holds_what_it_promises():
    field = sample.render_sample()
    kinds = [c.spec.kind for c in field.cells]
    promised = {
        Kind.NORMAL,
        Kind.HYPOCHROMIA,
        Kind.TARGET_CELL,
        Kind.TEARDROP,
        Kind.ELLIPTOCYTE,
        Kind.SCHISTOCYTE,
        Kind.WHITE_CELL,
        Kind.PLATELET,
    }
    assert promised <= set(kinds)
    assert 60 <= len(kinds) <= 100
    masks = [c.mask for c in field.cells]
    overlaps = sum(a.intersection_area(b) > 100 for i, a in enumerate(masks) for b in masks[:i])
    assert overlaps == 2


def test_bundled_sample_is_what_the_renderer_draws():
    bundled = cv2.imread(str(SAMPLE / "sample_smear.png"))[..., ::-1]
    field = sample.render_sample()
    # Not byte for byte: another build of a library may round differently.
    assert np.abs(bundled.astype(int) - field.rgb).mean() < 1.0
    truth = json.loads((SAMPLE / "sample_truth.json").read_text(encoding="utf-8"))
    assert [c["kind"] for c in truth["cells"]] == [c.spec.kind.value for c in field.cells]
    assert {class_from_name(c["class"]) for c in truth["cells"]} >= {CellClass.NORMAL, CellClass.NOT_RED_CELL}
