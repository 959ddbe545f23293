"""Edges of cells that touch others are seen where bare ground lies beside them, and only there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from training.data.cells.free_edges import free_edges

SIDE = 140


def disc(x: float, y: float, radius: float, *, finer: int = 8) -> np.ndarray:
    axis = (np.arange(SIDE * finer) + 0.5) / finer
    inside = ((axis - x)[None] ** 2 + (axis - y)[:, None] ** 2) < radius**2
    return cv2.resize(inside.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def field(*cells: tuple[float, float, float]) -> np.ndarray:
    together = np.max([disc(*cell) for cell in cells], axis=0)
    return (cv2.GaussianBlur(together, (0, 0), 1.2) * 0.4).astype(np.float32)


def masks(*cells: tuple[float, float, float]) -> list[CellMask]:
    return [mask for cell in cells if (mask := CellMask.from_array(disc(*cell) > 0.5)) is not None]


def test_of_two_cells_that_touch_the_outer_sides_are_seen():
    density = field((50, 70, 20), (89, 70, 20))
    found = list(free_edges(masks((50, 70, 21), (89, 70, 21)), density))
    assert len(found) == 2
    for (_, edge), x, outwards in zip(found, (50, 89), (-1, 1), strict=True):
        assert 0.4 < edge.seen.mean() < 0.9
        assert np.median(edge.offset[edge.seen]) == pytest.approx(-1, abs=0.15)
        away = np.hypot(*(edge.outline - [x, 70]).T)
        assert np.median(away[edge.seen]) == pytest.approx(20, abs=0.15)
        side = np.sign(edge.rim[:, 0] - x) == outwards
        assert edge.seen[side].mean() > 0.9 > edge.seen[~side].mean()


def test_a_cell_without_bare_ground_beside_it_shows_no_edge():
    around = [(70 + 40 * np.cos(a), 70 + 40 * np.sin(a), 20.5) for a in np.arange(6) * np.pi / 3]
    cells = [(70.0, 70.0, 20.5), *around]
    found = [mask for mask, _ in free_edges(masks(*cells), field(*cells))]
    assert masks(*cells)[0].box not in [mask.box for mask in found]


def test_what_the_border_cuts_shows_the_rest_of_its_edge():
    (_, edge), = free_edges(masks((4, 70, 21)), field((4, 70, 20)))  # fmt: skip
    assert not edge.seen[edge.rim[:, 0] < 1].any()
    assert np.median(edge.offset[edge.seen]) == pytest.approx(-1, abs=0.2)
