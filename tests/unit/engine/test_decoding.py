"""The best candidate alone is the first of all of them."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.engine.decoding import decode
from rbc_desktop.imaging.masks.tiles import TileGrid, extract
from rbc_desktop.models.segmenter.segmenter import load_bundled
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.paths import resource_root
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field, grid_places


def answers(segmenter, pixels, prompts, *, best_only):
    height, width = pixels.shape[:2]
    grid = TileGrid.plan(width=width, height=height, sizes=segmenter.input_sizes, scale=1.0, cell_px=segmenter.cell_px)
    tile = grid.tiles[0]
    embedding = segmenter.embed(extract(pixels, tile))
    return decode(segmenter, embedding, tile, prompts, width=width, height=height, best_only=best_only)


def firsts_are_equal(some, all_of_them):
    for one, several in zip(some, all_of_them, strict=True):
        assert (one is None) == (several is None)
        if one is not None:
            assert one.mask.same_as(several.mask)
            assert one.score == pytest.approx(several.score, abs=1e-4)
            assert one.stability == pytest.approx(several.stability, abs=1e-3)
            assert (one.cut, one.touches_border) == (several.cut, several.touches_border)


def test_with_the_bundled_network():
    segmenter, _ = load_bundled(resource_root() / "weights", device=torch.device("cpu"))
    pixels = read_image(resource_root() / "sample" / "sample_smear.png").pixels
    # On cells, on their rims and on bare background: there the best candidate often misses the point.
    prompts = [PromptSet.click(x + 0.5, y + 0.5) for x in range(20, 480, 57) for y in range(20, 480, 57)]
    best = answers(segmenter, pixels, prompts, best_only=True)
    firsts_are_equal(best, answers(segmenter, pixels, prompts, best_only=False))
    assert sum(p is not None for p in best) > 40


class MissingSegmenter(InkSegmenter):
    """Its surest candidate lies elsewhere or is empty; the other one is right."""

    def _answer(self, embedding, prompt):
        answer = super()._answer(embedding, prompt)
        wrong = np.roll(answer.logits[0], 40, axis=1) if prompt.points[0, 0] < 250 else np.full((128, 128), -9.0)
        return replace(answer, logits=np.stack([wrong, answer.logits[0]]).astype(np.float32))


def test_where_the_surest_candidate_is_wrong_the_others_are_asked():
    places = grid_places(width=512, height=512)
    segmenter, prompts = MissingSegmenter(), [PromptSet.click(*place) for place in places]
    pixels = drawn_field(places, width=512, height=512).pixels
    best = answers(segmenter, pixels, prompts, best_only=True)
    assert segmenter.batches == [len(prompts), len(prompts)]
    firsts_are_equal(best, answers(segmenter, pixels, prompts, best_only=False))
    assert all(p.mask.contains(prompt.anchor) for p, prompt in zip(best, prompts, strict=True))
