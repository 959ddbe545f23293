"""Where classes are withheld: the counting, and what was measured with it."""

import json
from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from training.classifier.assessment_scores import PALLOR_CLASSES, assessable_shares, at_size, quality_of
from training.data.sets.labelled_fields import CHULA_CLASSES, LabelledField
from training.measured_values import FILE
from training.renderer import Kind, render_field, scatter


def labelled(*classes):
    numbers = np.array([CHULA_CLASSES.index(c) for c in classes])
    return LabelledField(1, Path("1.jpg"), np.zeros((len(numbers), 2)), numbers)


@pytest.fixture(scope="module")
def drawn():
    kinds = [Kind.NORMAL] * 35 + [Kind.SPHEROCYTE] * 10
    specs = scatter(kinds, width=640, height=480, diameter=39, rng=np.random.default_rng(4))
    return render_field(specs, width=640, height=480, seed=4).rgb


def test_pallor_is_seen_at_full_resolution_and_withheld_at_twenty_pixels(drawn):
    field = labelled(CellClass.SPHEROCYTE, CellClass.SPHEROCYTE, CellClass.MACROCYTE, CellClass.OVALOCYTE)
    assert set(assessable_shares([field], [quality_of(drawn)]).values()) == {1.0}
    small = at_size(drawn, 20.0)
    assert quality_of(small).cell_px == pytest.approx(20, rel=0.1)
    assert assessable_shares([field, field], [quality_of(drawn), quality_of(small)]) == {
        CellClass.SPHEROCYTE: 0.5, CellClass.MACROCYTE: 1.0, CellClass.OVALOCYTE: 1.0,
    }  # fmt: skip


def test_only_what_needs_pallor_is_a_pallor_class():
    names = {"spherocyte", "target cell", "stomatocyte", "hypochromia"}
    assert {c.value for c in PALLOR_CLASSES} == names


def test_the_bounds_hold_on_real_fields():
    values = json.loads(FILE.read_text(encoding="utf-8"))["classifier"]["values"]
    assert values["assessable_least"] >= 0.95, "withholding is no way out"
    assert values["assessable_20px_pallor_most"] <= 0.05
    assert values["anerbc_healthy_spherocyte_worst"] < 0.05
