"""Which cells a reading draws, and what it knows of them."""

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading, drawn, with_reading

NORMAL, TEARDROP = CellClass.NORMAL, CellClass.TEARDROP


def test_the_same_seed_draws_the_same_cells_whatever_their_order():
    ids = list(range(1, 1001))
    first = drawn(ids, share=0.2, seed=7)
    assert first == drawn(reversed(ids), share=0.2, seed=7)
    assert len(first) == 200
    assert first == tuple(sorted(set(first)))
    assert first != drawn(ids, share=0.2, seed=8)
    assert drawn(ids, share=1, seed=1) == tuple(ids)
    assert len(drawn([4, 5], share=0.01, seed=1)) == 1
    assert drawn([], share=0.5, seed=1) == ()


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_no_part_is_refused(share):
    with pytest.raises(ValueError, match="no part"):
        drawn([1], share=share, seed=1)


def test_what_differs_and_what_is_settled():
    cells = (ReadCell(1, NORMAL), ReadCell(2, NORMAL), ReadCell(3, TEARDROP))
    reading = SecondReading(1, "Bo", "2026-11-26T10:00:00+01:00", cells=cells)
    read = reading.with_seconds({1: NORMAL, 2: TEARDROP})
    assert (read.done, [c.cell for c in read.differences], read.unsettled) == (2, [2], 1)
    assert read.pairs == ((NORMAL, NORMAL), (NORMAL, TEARDROP))
    assert read.with_settled({2: NORMAL}).unsettled == 0
    assert read.with_seconds({2: None}).done == 1
    other = SecondReading(2, "Cy", "")
    assert with_reading((other, reading), read) == (read, other)
