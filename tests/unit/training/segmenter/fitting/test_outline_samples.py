"""Samples of the outline head: what it is given in the application, and the true outline beside it."""

from __future__ import annotations

import numpy as np
import torch

from rbc_desktop.imaging.masks.tiles import resample
from rbc_desktop.models.segmenter.compact_sam2 import CompactSam2
from rbc_desktop.models.segmenter.outline_crops import SIDE
from rbc_desktop.models.segmenter.tile_input import normalise_tiles
from tests.fakes.drawn_scenes import disc, drawn_bank, scene_of
from training.data.cells.true_cells import TrueBank
from training.data.scenes.composites import compose
from training.manifest_io import WEIGHTS_DIR, load_compact
from training.segmenter.fitting.outline_samples import Learnt, Softly, at_side, draw_scene, samples_of


def drawn() -> Softly:
    scene = compose(drawn_bank(), rng=np.random.default_rng(4), side=192, hard=False, diameter=36.0)
    return at_side(scene, side=256)


def learnt(model: CompactSam2, *, prompts: int = 8) -> Learnt:
    torch.manual_seed(0)
    found = samples_of(model, drawn(), rng=np.random.default_rng(2), prompts=prompts)
    assert found is not None
    return found


def test_an_outline_keeps_its_place_between_pixels_when_a_scene_is_enlarged():
    scene = scene_of(disc(60.5, 64.5, 20, side=128), side=128)
    large = at_side(scene, side=256)
    assert large.scene.rgb.shape == (256, 256, 3)
    np.testing.assert_array_equal(large.scene.rgb, resample(scene.rgb, 256))
    rows, columns = np.nonzero(large.scene.instances[0].mask)
    assert abs(columns.mean() + large.scene.instances[0].x + 0.5 - 121) < 0.1
    assert abs(rows.mean() + large.scene.instances[0].y + 0.5 - 129) < 0.1
    assert abs(large.shares[0].sum() / 255 / (4 * scene.instances[0].mask.sum()) - 1) < 0.01
    assert len(np.unique(large.shares[0])) > 2


def test_a_sample_holds_what_the_head_is_given_in_the_application():
    model = load_compact(WEIGHTS_DIR)
    found = learnt(model)
    image = torch.from_numpy(drawn().scene.rgb.transpose(2, 0, 1).copy())[None]
    edges = model.encode(normalise_tiles(image, model.config["normalisation"])).edges
    again = model.outline_head.edges(found.stem[None].float(), found.level[None].float())
    torch.testing.assert_close(again, edges, atol=0.02, rtol=0.02)
    for sample in found.samples:
        crop = edges[:, :, sample.y : sample.y + SIDE, sample.x : sample.x + SIDE]
        shown = model.outline_head(crop, sample.maps[None].float())[0, 0] > 0
        real = sample.goal[::2, ::2] > 127
        assert (shown & real).sum() / (shown | real).sum() > 0.6


def test_lone_clicks_are_corrected_twice_where_the_outline_is_wrong():
    clicks = [sample.clicks for sample in learnt(load_compact(WEIGHTS_DIR)).samples]
    assert set(clicks) <= {1, 2, 3}
    assert clicks.count(3) >= 1
    assert clicks.count(1) >= clicks.count(2) >= clicks.count(3)


def test_a_scene_without_cells_gives_nothing():
    assert (
        samples_of(load_compact(WEIGHTS_DIR), Softly(scene_of(), []), rng=np.random.default_rng(1), prompts=4) is None
    )


def test_scenes_are_drawn_at_the_models_side_whatever_the_fields_was():
    bank = TrueBank(drawn_bank(), [])
    for seed in (1, 3):
        rng = np.random.default_rng(seed)
        assert np.random.default_rng(seed).random() < 0.72  # the rest are crops of real fields
        softly = draw_scene(bank, rng=rng)
        assert softly.scene.rgb.shape == (256, 256, 3)
        assert len(softly.shares) == len(softly.scene.instances) + len(softly.scene.others)
