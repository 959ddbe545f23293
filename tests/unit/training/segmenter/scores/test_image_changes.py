"""Changed images show the same cells in the same places."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from training.segmenter.scores.image_changes import CHANGES

CENTRE, RADIUS = (70.0, 52.0), 21


@pytest.mark.parametrize("name", CHANGES)
def test_a_cell_stays_where_it_was(name):
    rgb = np.full((120, 150, 3), (235, 228, 220), np.uint8)
    cv2.circle(rgb, (70, 52), RADIUS, (190, 120, 130), cv2.FILLED, cv2.LINE_AA)
    before = rgb.copy()
    changed, factor = CHANGES[name](rgb)
    assert np.array_equal(rgb, before)
    assert changed.dtype == np.uint8
    assert changed.shape == (round(120 * factor), round(150 * factor), 3)
    green = changed[..., 1].astype(float)
    rows, columns = np.nonzero(green < (green.min() + green.max()) / 2)
    assert (columns.mean() + 0.5) / factor == pytest.approx(CENTRE[0] + 0.5, abs=0.5)
    assert (rows.mean() + 0.5) / factor == pytest.approx(CENTRE[1] + 0.5, abs=0.5)
    assert len(rows) / factor**2 == pytest.approx((before[..., 1] < 174).sum(), rel=0.06)


def test_each_changes_something_else():
    rgb = np.random.default_rng(0).integers(60, 240, (30, 30, 3), dtype=np.uint8)
    made = {name: change(rgb)[0].tobytes() for name, change in CHANGES.items()}
    assert made["unchanged"] == rgb.tobytes()
    assert len(set(made.values())) == len(CHANGES)
