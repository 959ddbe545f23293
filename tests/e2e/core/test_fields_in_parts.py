"""A field too large to be computed whole gives the cells, sizes and classes of one that is not."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.cell import median_diameter_px
from rbc_desktop.engine import field_search
from rbc_desktop.engine import pipeline as pipeline_module
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.cells.field_context import context_steps
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.configuring import build_pipeline


@pytest.fixture(scope="module")
def models():
    pipeline = build_pipeline(notify=print, models=ModelChoice())
    return pipeline.segmenter, pipeline.classifier


def analysed(models, image):
    pipeline = Pipeline(*models)
    field = pipeline.prepare(image)
    found = [p for step in pipeline.segment_all(field) for p in step.found]
    cells = [p.as_cell(number, field_id=1, origin="segment all") for number, p in enumerate(found, start=1)]
    return cells, pipeline.analyse(field, cells, median_diameter_px=median_diameter_px(cells))


def in_parts(monkeypatch):
    monkeypatch.setattr(field_search, "WHOLE_PIXELS", 0)
    monkeypatch.setattr(field_search, "BLOCK_SIDE", 300)
    monkeypatch.setattr(
        pipeline_module, "context_steps", lambda reader, *, view: context_steps(reader, view=view, whole_pixels=0)
    )


def assert_same(models, path, monkeypatch):
    image = read_image(path)
    cells, analyses = analysed(models, image)
    with monkeypatch.context() as patched:
        in_parts(patched)
        others, again = analysed(models, image)
    assert len(cells) == len(others) > 0
    assert all(a.mask.same_as(b.mask) for a, b in zip(cells, others, strict=True))
    for one, other in zip(analyses, again, strict=True):
        assert one.measurements.mean_density == pytest.approx(other.measurements.mean_density, abs=1e-6)
        assert one.measurements.pallor_ratio == pytest.approx(other.measurements.pallor_ratio, abs=0.02)
        ours, theirs = one.prediction.probabilities, other.prediction.probabilities
        assert np.abs(np.subtract(list(ours.values()), list(theirs.values()))).max() < 0.02


def test_the_sample_in_parts(models, sample_image, monkeypatch):
    assert_same(models, sample_image, monkeypatch)


def test_real_fields_in_parts(models, real_data, monkeypatch):
    paths = [*sorted((real_data / "chula/images").glob("*.jpg"))[::150]]
    for path in [*paths, *sorted((real_data / "txl-pbc/train/images").iterdir())[::250]]:
        assert_same(models, path, monkeypatch)
