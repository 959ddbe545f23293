"""Masks of labelled cells."""

import numpy as np

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.cells.field_context import field_context, stained_mask
from training.classifier.masks import box_mask, point_masks


def test_a_point_finds_its_cell(drawn):
    _, masks, context = drawn
    points = np.array([[m.centroid.x, m.centroid.y] for m in masks.values()])
    for mask, found in zip(masks.values(), point_masks(context, points), strict=True):
        assert found is not None
        assert found.iou(mask) > 0.8


def test_a_point_on_bare_background_finds_nothing(drawn):
    assert point_masks(drawn[2], np.array([[200.0, 110.0]])) == [None]


def test_touching_cells_are_parted():
    ys, xs = np.mgrid[:160, :260]
    cells = [
        np.hypot(xs - x, ys - y) < 20 for x, y in ((60, 60), (97, 60), (180, 60), (60, 120), (140, 120), (215, 120))
    ]
    field = np.full((160, 260, 3), 200, np.uint8)
    field[np.any(cells, axis=0)] = (150, 110, 120)
    left, right = point_masks(field_context(field), np.array([[60.0, 60.0], [97.0, 60.0]]))
    assert left.iou(CellMask.from_array(cells[0])) > 0.85
    assert right.iou(CellMask.from_array(cells[1])) > 0.85
    (alone,) = point_masks(field_context(field), np.array([[55.0, 60.0]]))
    assert alone.iou(CellMask.from_array(cells[0])) > 0.85


def test_a_box_finds_the_stained_cell_in_it(drawn):
    _, masks, context = drawn
    box = masks["oval"].box
    found = box_mask(stained_mask(context.density), np.array([box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2]))
    assert found.iou(masks["oval"]) > 0.75
