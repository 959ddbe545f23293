"""The scale that the model works at, against what people marked on real fields."""

from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.engine import field_preparation
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.fields.scale import measured_diameter
from rbc_desktop.models.segmenter.segmenter import load_bundled
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.paths import resource_root

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
CHULA_NORMAL_PX = 39

real_fields = pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the project")


@pytest.fixture(scope="module")
def pipeline():
    segmenter, _ = load_bundled(resource_root() / "weights")
    return Pipeline(segmenter, None)


@pytest.mark.parametrize("factor", [0.4, 0.7, 1.6, 2.5])
def test_the_network_mends_a_wrong_granulometry(pipeline, sample_image, monkeypatch, factor):
    image = read_image(sample_image)
    right = measured_diameter(image.pixels)
    monkeypatch.setattr(field_preparation, "typical_diameter", lambda pixels, **_: factor * right)
    assert pipeline.prepare(image).diameter_px == pytest.approx(right, rel=0.15)


def every(paths, step):
    return sorted(paths)[::step]


def box_diameter(label, width, height):
    """Median of √(w·h) of the red cells that lie wholly in the image, pixels; None for fewer than four."""
    rows = np.loadtxt(label, ndmin=2).reshape(-1, 5)
    low, high = rows[:, 1:3] - rows[:, 3:5] / 2, rows[:, 1:3] + rows[:, 3:5] / 2
    whole = rows[(rows[:, 0] == 1) & (low > 0.005).all(axis=1) & (high < 0.995).all(axis=1)]
    if len(whole) < 4:
        return None
    return float(np.median(np.sqrt(whole[:, 3] * width * whole[:, 4] * height)))


@real_fields
def test_chula_fields_measure_about_a_normal_cell():
    found = [measured_diameter(read_image(p).pixels) for p in every((DATA / "chula/images").glob("*.jpg"), 20)]
    assert all(found)
    ratios = np.array(found) / CHULA_NORMAL_PX
    assert np.median(ratios) == pytest.approx(1, abs=0.1)
    assert np.mean(np.abs(ratios - 1) < 0.25) > 0.9


@real_fields
def test_other_microscopes_measure_about_their_boxes():
    ratios = []
    for path in every((DATA / "txl-pbc/val/images").iterdir(), 5):
        image = read_image(path)
        truth = box_diameter(DATA / "txl-pbc/val/labels" / f"{path.stem}.txt", image.width, image.height)
        if truth is not None:
            ratios.append((measured_diameter(image.pixels) or 0) / truth)
    # Boxes are 5 to 10 % loose, and an oblong cell has a smaller circle.
    assert np.median(ratios) == pytest.approx(0.9, abs=0.08)
    assert np.mean(np.abs(np.array(ratios) / 0.9 - 1) < 0.25) > 0.9
