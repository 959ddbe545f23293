"""Which cell lies where."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.ui.canvas.overlay.cell_index import CellIndex, rgb_of
from rbc_desktop.ui.canvas.overlay.shapes import CellView


def square(number, x, y, side=20, colour="#0072B2"):
    return CellView(number, CellMask.from_array(np.ones((side, side), bool), x0=x, y0=y), colour)


def test_the_smallest_cell_under_the_cursor_is_hit():
    ring = np.ones((40, 40), bool)
    ring[0, 0] = False
    index = CellIndex([CellView(1, CellMask.from_array(ring, x0=100, y0=100)), square(2, 110, 110, 10)])
    assert index.at(Point(115, 115)) == 2
    assert index.every_at(Point(115, 115)) == [2, 1]
    assert index.at(Point(105, 120)) == 1
    assert index.at(Point(100.5, 100.5)) is None  # in the box, not in the mask
    assert CellIndex().at(Point(1, 1)) is None


def test_a_frame_takes_the_cells_whose_middle_it_holds():
    index = CellIndex([square(1, 90, 90), square(2, 190, 90)])
    assert index.centred_in(Box(90, 90, 195, 110)) == (1,)
    assert index.touching(Box(90, 90, 195, 110)) == [1, 2]


@pytest.mark.parametrize("seed", range(3))
def test_cells_come_change_and_go_as_if_the_index_were_built_anew(seed):
    rng = np.random.default_rng(seed)
    index, views = CellIndex(), {}
    for _ in range(60):
        ids = rng.integers(1, 120, 9).tolist()
        if rng.random() < 0.4:
            gone = [i for i in dict.fromkeys(ids) if i in views]
            index.remove(gone)
            for i in gone:
                del views[i]
        else:
            new = [
                square(i, int(rng.integers(900)), int(rng.integers(900)), int(rng.integers(5, 60)))
                for i in dict.fromkeys(ids)
            ]
            index.put(new)
            views.update((view.id, view) for view in new)
        fresh = CellIndex(views.values())
        x, y = rng.uniform(0, 800, 2)
        box = Box(x, y, x + 150, y + 150)
        assert index.ids == views.keys()
        assert index.touching(box) == fresh.touching(box)
        assert index.centred_in(box) == fresh.centred_in(box)
        assert index.every_at(box.centre) == fresh.every_at(box.centre)
        assert index.median_side == fresh.median_side


def test_marks_have_the_middle_and_the_colour_of_their_cells():
    index = CellIndex([square(1, 0, 0, colour="#FF8000"), square(2, 100, 40, 10)])
    centres, colours = index.marks(index.rows_of((2, 1, 77)))
    assert centres.tolist() == [[105, 45], [10, 10]]
    assert colours.tolist() == [[0, 0x72, 0xB2], [255, 128, 0]]
    assert rgb_of("#0072B2") == (0, 0x72, 0xB2)
    assert [view.id for view in index.views_of(index.rows_touching(Box(0, 0, 500, 500)))] == [1, 2]
