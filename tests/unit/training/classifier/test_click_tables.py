"""Tables of clicked cells, with a clicker that returns what is drawn."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.features import FEATURE_NAMES
from training.classifier import click_tables, dataset
from training.classifier.masks import point_masks
from training.data.sets import labelled_fields as sources
from training.renderer import Kind, render_field, scatter


class Ink:
    """Answers a click with what is stained there; from the second one on with nothing."""

    def __init__(self):
        self.seen = []

    def masks_at(self, rgb, points):
        self.seen.append(rgb.shape)
        return [*point_masks(field_context(rgb), points)[:-1], None]


@pytest.fixture
def ink(monkeypatch, tmp_path):
    """One labelled field of twelve cells, every click answered but the last."""
    specs = scatter([Kind.NORMAL] * 12, width=320, height=240, diameter=39, rng=np.random.default_rng(2))
    drawn = render_field(specs, width=320, height=240, seed=2)
    path = tmp_path / "7.png"
    cv2.imwrite(str(path), drawn.rgb[..., ::-1])
    points = np.array([(c.mask.centroid.x, c.mask.centroid.y) for c in drawn.cells])
    field = sources.LabelledField(7, Path(path), points, np.arange(12, dtype=np.int64) % 13)
    clicker = Ink()
    monkeypatch.setattr(dataset, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(sources, "labelled_fields", lambda: [field])
    monkeypatch.setattr(click_tables, "clicker", lambda: clicker)
    return clicker


@pytest.mark.parametrize("kind", ["plain", "half", "small", "strange"])
def test_every_answered_click_is_a_row(ink, kind):
    table = click_tables.chula_clicks(kind)
    assert table.features.shape[1] == len(FEATURE_NAMES)
    assert 8 <= len(table.target) <= 11, "the last click has no answer"
    assert set(table.target) <= set(range(12))
    assert set(table.field) == {7}
    calibrated = table.features[:, FEATURE_NAMES.index("physical_diameter")]
    assert np.isfinite(calibrated).all()


def test_a_table_is_made_once(ink):
    first, second = click_tables.chula_clicks("plain"), click_tables.chula_clicks("plain")
    assert len(ink.seen) == 1
    assert np.array_equal(first.features, second.features, equal_nan=True)


def test_half_a_field_has_half_the_pixels_and_the_same_sizes(ink):
    plain, half = click_tables.chula_clicks("plain"), click_tables.chula_clicks("half")
    assert ink.seen == [(240, 320, 3), (120, 160, 3)]
    column = FEATURE_NAMES.index("physical_diameter")
    shared = np.intersect1d(plain.cell, half.cell)
    sizes = [t.features[np.isin(t.cell, shared), column] for t in (plain, half)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.1)
