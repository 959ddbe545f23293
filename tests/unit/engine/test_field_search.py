"""Segment all over one field: its steps, on drawn fields with a drawn segmenter."""

from dataclasses import replace
from itertools import groupby, takewhile

import numpy as np

from rbc_desktop.engine.pipeline import Pipeline
from tests.fakes.ink_segmenter import InkSegmenter, SizeClassifier, drawn_field, grid_places


def test_progress_goes_on_while_a_large_field_is_looked_at_before_the_first_tile():
    pipeline = Pipeline(InkSegmenter(), SizeClassifier())
    places = grid_places(width=1024, height=768)
    block = drawn_field(places, width=1024, height=768)
    pixels = np.tile(block.pixels, (3, 3, 1))
    field = pipeline.prepare(replace(block, pixels=pixels))
    looks = takewhile(lambda step: not step.found, pipeline.segment_all(field))
    alike = [len(list(group)) for _, group in groupby(looks, key=lambda step: step.done)]
    assert len(alike) > 15
    assert max(alike) < len(alike)
