"""Scenes of real fields: outlines at half of the density, known where bare ground lies beside the cell."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from training.data.cells.free_edges import free_edges
from training.manifest_io import WEIGHTS_DIR, load_compact
from training.segmenter.fitting.field_edges import EdgedField, edge_scene
from training.segmenter.fitting.outline_samples import samples_of
from training.segmenter.fitting.outline_tuning import crops_of

WIDTH, HEIGHT, RADIUS = 480, 360, 30.0
CELLS = [(70, 70), (129, 70), (240, 90), (330, 200), (100, 250), (240, 280), (400, 90), (420, 300)]


def inside(x: float, y: float, radius: float) -> np.ndarray:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return np.clip(radius + 0.5 - np.hypot(columns - x, rows - y), 0, 1).astype(np.float32)


@pytest.fixture(scope="module")
def drawn() -> EdgedField:
    density = cv2.GaussianBlur(np.max([inside(x, y, RADIUS) for x, y in CELLS], axis=0), (0, 0), 1.5) * 0.35
    rgb = (230 * np.exp(-density[..., None] * np.array([0.6, 1.5, 0.9]))).astype(np.uint8)
    outlines = [CellMask.from_array(inside(x, y, RADIUS + 1) > 0.5) for x, y in CELLS]
    edges = [edge for _, edge in free_edges([m for m in outlines if m is not None], density)]
    assert len(edges) == len(CELLS)
    return EdgedField("drawn", rgb, 2 * RADIUS, edges)


def test_outlines_lie_at_half_of_the_density_however_the_scene_is_turned(drawn):
    rng, sizes, turns = np.random.default_rng(2), [], set()
    for _ in range(12):
        made = edge_scene([drawn], rng=rng)
        assert made.scene.rgb.shape == (256, 256, 3)
        assert len(made.shares) == len(made.scene.instances) == len(made.seen)
        grey = made.scene.rgb.mean(axis=2)
        for instance, share in zip(made.scene.instances, made.shares, strict=True):
            assert grey[share > 200].mean() < grey[share == 0].mean() - 20
            x0, y0, x1, y1 = instance.box
            if min(x0, y0) > 0 and max(x1, y1) < 256:
                sizes.append((share.sum() / 255) ** 0.5)
        turns.add(tuple(sorted(instance.box[:2] for instance in made.scene.instances)))
    assert len(turns) > 6
    assert np.median(sizes) / (np.pi**0.5 * 24) == pytest.approx(1, abs=0.1)  # a cell is 48 px across


def test_an_outline_is_known_only_beside_bare_ground(drawn):
    made = edge_scene([drawn], rng=np.random.default_rng(0))
    known = [made.seen[n][share > 0].mean() for n, share in enumerate(made.shares)]
    assert min(known) < 1
    assert max(known) == 1


def test_errors_count_only_where_the_outline_is_known(drawn):
    model = load_compact(WEIGHTS_DIR)
    learnt = samples_of(
        model, edge_scene([drawn], rng=np.random.default_rng(0)), rng=np.random.default_rng(1), prompts=8
    )
    assert learnt is not None
    assert {sample.clicks for sample in learnt.samples} == {1}
    crops = crops_of(model.outline_head, [learnt])
    for sample, band in zip(learnt.samples, crops.band, strict=True):
        assert sample.seen is not None
        assert not band[~sample.seen].any()
        assert band.any()
