"""The edge of a cell is where its density falls to half, whatever mask it is looked for from."""

import cv2
import numpy as np
import pytest

from training.data.cells.true_edges import fill, find_edge

SIDE = 90


def disc(radius, *, finer=16):
    axis = (np.arange(SIDE * finer) + 0.5) / finer
    inside = ((axis - 45.3)[None] ** 2 + (axis - 44.6)[:, None] ** 2) < radius**2
    return cv2.resize(inside.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def cell(radius, *, pallor=0.3):
    rim = cv2.GaussianBlur(disc(radius) * 0.5, (0, 0), 1.2)
    return (rim - pallor * cv2.GaussianBlur(disc(0.45 * radius), (0, 0), 0.15 * radius)).astype(np.float32)


@pytest.mark.parametrize("radius", [12, 20, 27])
@pytest.mark.parametrize("wider", [-1.0, 0.0, 0.7, 1.5])
def test_the_edge_of_a_drawn_cell(radius, wider):
    edge = find_edge(disc(radius + wider) > 0.5, cell(radius))
    assert np.median(edge.offset) == pytest.approx(-wider, abs=0.12)
    area = fill(edge.outline, (SIDE, SIDE)).sum() / 255
    assert 2 * np.sqrt(area / np.pi) == pytest.approx(2 * radius, rel=0.005)


def test_a_background_that_is_a_little_off_moves_nothing():
    edge = find_edge(disc(20) > 0.5, cell(20) + 0.05)
    assert np.median(edge.offset) == pytest.approx(0, abs=0.1)


def test_where_nothing_falls_there_is_no_edge():
    assert find_edge(disc(20) > 0.5, np.full((SIDE, SIDE), 0.3, np.float32)) is None
    assert find_edge(np.zeros((SIDE, SIDE), bool), cell(20)) is None


def test_a_filled_outline_passes_a_half_on_the_line():
    square = np.array([[10.0, 10.0], [30.5, 10.0], [30.5, 20.25], [10.0, 20.25]])
    levels = fill(square, (40, 40)) / 255
    assert levels[12, 12] == pytest.approx(1, abs=0.01)
    assert levels[12, 30] == pytest.approx(0.5, abs=0.08)
    assert levels[20, 20] == pytest.approx(0.25, abs=0.08)
    assert levels[15, 9] == pytest.approx(0, abs=0.05)
