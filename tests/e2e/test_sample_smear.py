"""The bundled model finds the bundled sample's cells."""

import json

import pytest

from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.domain.prompts import PromptSet
from rbc_desktop.domain.taxonomy import CellClass
from rbc_desktop.files import resource_root
from rbc_desktop.models import native

native.load()

from rbc_desktop.engine.pipeline import Pipeline  # noqa: E402 - native libraries come first
from rbc_desktop.models.segmenter import load_bundled  # noqa: E402
from rbc_desktop.storage.image_reader import read_image  # noqa: E402

SAMPLE = resource_root() / "sample"


@pytest.fixture(scope="module")
def opened():
    segmenter, _ = load_bundled(resource_root() / "weights")
    pipeline = Pipeline(segmenter, None)
    return pipeline, pipeline.prepare(read_image(SAMPLE / "sample_smear.png"))


@pytest.fixture(scope="module")
def drawn():
    return json.loads((SAMPLE / "sample_truth.json").read_text(encoding="utf-8"))["cells"]


def test_segment_all_finds_every_red_cell(opened, drawn):
    pipeline, prepared = opened
    found = [p.mask.box for step in pipeline.segment_all(prepared) for p in step.found]
    red = [Box(*c["box"]) for c in drawn if c["class"] != CellClass.NOT_RED_CELL.value]
    missed = [box for box in red if not any(box.iou(other) > 0.7 for other in found)]
    assert missed == []


def test_one_click_outlines_each_drawn_object(opened, drawn):
    pipeline, prepared = opened
    for cell in drawn[::7]:
        proposal = pipeline.propose(prepared, PromptSet.click(cell["x"], cell["y"]))
        assert proposal is not None, cell
        assert proposal.mask.contains(Point(cell["x"], cell["y"]))
        assert abs(proposal.mask.area / cell["area_px"] - 1) < 0.3, cell
