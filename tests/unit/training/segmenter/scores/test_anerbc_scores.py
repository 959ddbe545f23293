"""Scores against masks that are known, and the plain threshold on a drawn field."""

import cv2
import numpy as np
import pytest

from training.segmenter.scores.anerbc_scores import AnerbcScores, against, otsu


@pytest.fixture
def cells():
    """Two regions over 150 px²."""
    real = np.zeros((80, 120), np.uint8)
    cv2.circle(real, (30, 40), 12, 1, cv2.FILLED)
    cv2.circle(real, (90, 40), 12, 1, cv2.FILLED)
    return real > 0


def test_a_region_that_is_missed_costs_half(cells):
    mine = cells.copy()
    mine[:, 60:] = False
    table = AnerbcScores.together([against(cells, {"": mine, "otsu_": cells})]).table()
    assert table["anerbc_iou"] == pytest.approx(0.5, abs=0.02)
    assert table["anerbc_otsu_iou"] == table["anerbc_otsu_boundary_f1"] == 1
    assert table["anerbc_gain"] == pytest.approx(-0.5, abs=0.02)
    assert table["anerbc_regions_hit"] == 0.5


def test_the_threshold_fills_pale_centres(cells):
    rgb = np.where(cells[..., None], (200, 140, 150), (230, 225, 228)).astype(np.uint8)
    cv2.circle(rgb, (30, 40), 5, (230, 225, 228), cv2.FILLED)
    found = otsu(rgb)
    assert found[40, 30]
    assert (found & cells).sum() / (found | cells).sum() > 0.9
