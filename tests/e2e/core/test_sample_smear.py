"""The bundled model finds the bundled sample's cells."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.files import resource_root
from rbc_desktop.models import native

native.load()

from rbc_desktop.engine.pipeline import Pipeline  # noqa: E402 - native libraries come first
from rbc_desktop.models.segmenter.segmenter import load_bundled  # noqa: E402
from rbc_desktop.storage.images.image_reader import read_image  # noqa: E402

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


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 0), (0, 255, 255), (0, 255, 0)], ids=str)
def test_burnt_in_letters_are_no_cells(opened, colour):
    """Letters as large as cells, black or of a hue that no stain has: none is outlined, no cell beside them is lost."""
    pipeline, plain = opened
    image = plain.image
    cells = [p.mask for step in pipeline.segment_all(plain) for p in step.found]
    drawn, ink = image.pixels.copy(), np.zeros(image.pixels.shape[:2], np.uint8)
    for text, y in (("Patient 4711 x1000 0o", 80), ("2026-03-01 09:30", image.height - 60)):
        for canvas, level in ((drawn, colour), (ink, 1)):
            cv2.putText(canvas, text, (40, y), cv2.FONT_HERSHEY_SIMPLEX, 1.9, level, 5, cv2.LINE_AA)
    drawn.setflags(write=False)
    lettered = pipeline.prepare(replace(image, pixels=drawn, sha256=f"with letters {colour}"))
    found = [p.mask for step in pipeline.segment_all(lettered) for p in step.found]

    def inked(mask):
        rows, columns = mask.crop.shape
        return ink[mask.y0 : mask.y0 + rows, mask.x0 : mask.x0 + columns][mask.crop].mean()

    assert [m.box for m in found if inked(m) > 0.5] == []
    free = [m for m in cells if not inked(m)]
    assert sum(any(m.iou(other) > 0.7 for other in found) for m in free) >= len(free) - 2


def test_one_click_outlines_each_drawn_object(opened, drawn):
    pipeline, prepared = opened
    for cell in drawn[::7]:
        proposal = pipeline.propose(prepared, PromptSet.click(cell["x"], cell["y"]))
        assert proposal is not None, cell
        assert proposal.mask.contains(Point(cell["x"], cell["y"]))
        assert abs(proposal.mask.area / cell["area_px"] - 1) < 0.3, cell
