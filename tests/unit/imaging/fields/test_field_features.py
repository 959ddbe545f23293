"""Features of whole fields."""

from __future__ import annotations

import numpy as np
import pytest

from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.cells.measure import measure_many
from rbc_desktop.imaging.fields.field_features import (
    FIELD_FEATURES,
    LEAST_CELLS,
    RANGED,
    field_features,
    field_names_hash,
)
from tests.fakes.report_cases import drawn_field
from training.renderer import Kind


def features_of(rgb, masks):
    context = field_context(rgb)
    found = field_features(context, masks, measure_many(rgb, masks, context=context))
    return dict(zip(FIELD_FEATURES, found.tolist(), strict=True))


@pytest.fixture(scope="module")
def ordinary():
    return drawn_field([Kind.NORMAL] * 60, seed=3)


def test_values_say_what_their_names_say(ordinary):
    masks = [cell.mask for cell in ordinary.cells]
    values = features_of(ordinary.rgb, masks)
    assert values["diameter_px"] == pytest.approx(np.median([m.diameter for m in masks]), rel=0.01)
    covered = np.zeros(ordinary.rgb.shape[:2], bool)
    for mask in masks:
        covered |= mask.to_array(width=covered.shape[1], height=covered.shape[0])
    assert values["covered"] == pytest.approx(covered.mean(), rel=1e-5)
    assert values["area_10"] <= 1 <= values["area_90"]
    assert 0 < values["pallor_mean"] < 1


def test_uneven_pale_cells_differ_from_ordinary_ones(ordinary):
    odd = drawn_field([Kind.HYPOCHROMIA, Kind.MICROCYTE, Kind.TEARDROP] * 20, seed=3)
    one, other = (features_of(f.rgb, [c.mask for c in f.cells]) for f in (ordinary, odd))
    assert other["area_spread"] > 1.3 * one["area_spread"]
    assert other["circularity_10"] < one["circularity_10"]
    assert other["pallor_90"] > one["pallor_90"]


def test_a_dimmer_lamp_changes_nothing(ordinary):
    masks = [cell.mask for cell in ordinary.cells]
    plain = features_of(ordinary.rgb, masks)
    dim = features_of(np.round(ordinary.rgb * 0.8).astype(np.uint8), masks)
    for name in FIELD_FEATURES:
        assert dim[name] == pytest.approx(plain[name], rel=0.08, abs=0.03), name


def test_too_few_cells_say_nothing(ordinary):
    context = field_context(ordinary.rgb)
    masks = [cell.mask for cell in ordinary.cells][: LEAST_CELLS - 1]
    assert field_features(context, masks, measure_many(ordinary.rgb, masks, context=context)) is None


def test_names_are_distinct_and_hashed():
    assert len(set(FIELD_FEATURES)) == len(FIELD_FEATURES)
    assert set(RANGED) < set(FIELD_FEATURES)
    assert len(field_names_hash()) == 64
