"""Crops carry mask and points along."""

from __future__ import annotations

import numpy as np

from training.data.sets.crops import cut_crop, turned


def test_crops_carry_mask_and_points_along():
    mask = np.zeros((50, 80), bool)
    mask[20:30, 40:60] = True
    rgb = np.where(mask[..., None], 90, 220).astype(np.uint8).repeat(3, axis=2)
    points = np.array([[45.5, 25.5], [58.5, 21.5]], np.float32)
    rng = np.random.default_rng(2)
    for zoom in (0.5, 1.0, 2.3):
        for _ in range(10):
            crop = turned(cut_crop(rgb, mask, points, side=64, zoom=zoom, rng=rng), rng)
            assert crop.rgb.shape == (64, 64, 3)
            dark = crop.rgb[..., 0] < 150
            assert (dark ^ crop.mask).mean() < 0.02
            assert all(crop.mask[int(y), int(x)] for x, y in crop.points)
