"""Outlines are traced when they are needed."""

import numpy as np

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.overlay.traced_outlines import TracedOutlines


def view(number, *, dashed=False, mask=None):
    mask = mask or CellMask.from_array(np.ones((9, 9), bool), x0=20 * number, y0=5)
    return CellView(number, mask, dashed=dashed)


def test_an_outline_is_wanted_until_it_is_traced():
    outlines, cell = TracedOutlines(), view(1)
    assert outlines.shape(cell) is None
    assert outlines.is_waiting
    assert outlines.trace({1: cell}.get, seconds=1) == [cell]
    assert not outlines.is_waiting
    assert outlines.shape(cell).mask is cell.mask


def test_a_changed_cell_is_traced_again_and_a_recoloured_one_is_not():
    outlines, cell = TracedOutlines(), view(1)
    outlines.shape(cell)
    outlines.trace({1: cell}.get, seconds=1)
    assert outlines.shape(CellView(1, cell.mask, "#FF0000")) is not None
    assert outlines.shape(view(1, dashed=True, mask=cell.mask)) is None
    assert outlines.shape(view(1)) is None


def test_what_left_the_view_is_not_traced():
    outlines = TracedOutlines()
    for number in (1, 2):
        outlines.shape(view(number))
    assert [v.id for v in outlines.trace({2: view(2)}.get, seconds=1)] == [2]
    outlines.shape(view(3))
    outlines.forget_wishes()
    assert not outlines.is_waiting


def test_time_and_memory_are_bounded():
    outlines, cells = TracedOutlines(most=3), {i: view(i) for i in range(1, 8)}
    for cell in cells.values():
        outlines.shape(cell)
    assert len(outlines.trace(cells.get, seconds=0)) == 1
    outlines.trace(cells.get, seconds=1)
    assert [outlines.shape(cells[i]) is not None for i in (1, 6, 7)] == [False, True, True]
