"""Which cells stand for a field."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.cells.field_sample import MOST, sampled_cells

PAPER, INK = (225, 220, 222), (170, 110, 130)


def discs(places, *, size=(640, 480), radius=20):
    rgb = np.full((size[1], size[0], 3), PAPER, np.uint8)
    for x, y in places:
        cv2.circle(rgb, (x, y), radius, INK, -1, lineType=cv2.LINE_AA)
    return rgb


def grid(columns, rows, *, step=60):
    return [(40 + step * i, 40 + step * j) for j in range(rows) for i in range(columns)]


def test_few_cells_are_all_taken_as_they_are():
    places = grid(4, 2)
    masks = sampled_cells(field_context(discs(places)))
    assert sorted((round(m.centroid.x), round(m.centroid.y)) for m in masks) == sorted(places)
    assert all(38 <= m.diameter <= 43 for m in masks)


def test_of_many_cells_some_are_taken_from_everywhere():
    masks = sampled_cells(field_context(discs(grid(10, 7))))
    assert len(masks) == MOST
    assert len({(m.centroid.x > 320, m.centroid.y > 240) for m in masks}) == 4


def test_clumps_specks_and_cut_cells_are_left_out():
    rgb = discs([*grid(4, 2), (0, 300), (200, 300), (230, 300), (500, 478)])
    cv2.circle(rgb, (400, 400), 5, INK, -1)
    assert len(sampled_cells(field_context(rgb))) == 8


def test_a_larger_field_is_looked_at_in_windows():
    masks = sampled_cells(field_context(discs(grid(30, 25), size=(1900, 1600))))
    assert len(masks) == MOST
    assert max(m.centroid.x for m in masks) > 1500
    assert max(m.centroid.y for m in masks) > 1250
    assert len({(round(m.centroid.x), round(m.centroid.y)) for m in masks}) == MOST


@pytest.mark.parametrize("noise", [0, 2])
def test_an_empty_field_has_no_cells(noise):
    rgb = np.full((300, 400, 3), PAPER, np.float64) + np.random.default_rng(1).normal(0, noise, (300, 400, 3))
    assert sampled_cells(field_context(rgb.clip(0, 255).astype(np.uint8))) == []


def test_the_same_field_gives_the_same_cells():
    context = field_context(discs(grid(10, 7)))
    first, second = sampled_cells(context), sampled_cells(context)
    assert [(m.x0, m.y0, m.crop.tobytes()) for m in first] == [(m.x0, m.y0, m.crop.tobytes()) for m in second]
