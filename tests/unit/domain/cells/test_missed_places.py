"""What is said of places without an outline, and when they are done."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.missed_places import MissedPlace, cells_in, missed_text, still_missed


def square(x, y, side=20):
    return CellMask(x, y, np.ones((side, side), bool))


PLACES = (MissedPlace(square(0, 0), 1), MissedPlace(square(100, 0), 3))


def test_an_outline_over_half_of_a_place_closes_it():
    assert still_missed(PLACES, [square(9, 0)]) == PLACES[1:]
    assert still_missed(PLACES, [square(11, 0)]) == PLACES
    assert still_missed(PLACES, [square(0, 11), square(0, -11)]) == PLACES[1:]
    assert still_missed(PLACES, []) == PLACES


@pytest.mark.parametrize(
    ("cells", "said"), [(0, None), (1, "1 cell may have been missed in a.png."), (1200, "About 1,200 cells may have")]
)
def test_the_sentence_counts(cells, said):
    text = missed_text("a.png", cells)
    assert text == said or text.startswith(said)


def test_cells_of_all_places_are_added():
    assert cells_in(PLACES) == 4
