"""What the appearance of a scene may change."""

from __future__ import annotations

import numpy as np

from training.data.scenes.appearance import from_afar


def test_a_scene_from_afar_stays_in_place_and_loses_its_details() -> None:
    rng = np.random.default_rng(6)
    rgb = np.full((256, 256, 3), 220, np.uint8)
    rgb[:, 100:160] = 120
    rgb[::2, 20:60] = 160
    found = from_afar(rgb, rng=rng)
    assert found.shape == rgb.shape
    assert found.dtype == np.uint8
    edge = int((found[:, 80:130].mean((0, 2)) < 170).argmax()) + 80
    assert abs(edge - 100) <= 2
    assert found[:, 30:50].astype(float).std(0).mean() < 0.5 * rgb[:, 30:50].astype(float).std(0).mean()
