"""The class that is shown, and whether it needs a look."""

import pytest

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.domain.cell import Cell, Prediction, needs_review, shown_class
from rbc_desktop.domain.mask import CellMask
from rbc_desktop.domain.prompts import PromptSet
from rbc_desktop.domain.taxonomy import CellClass
from tests.fakes.drawn_masks import disc


@pytest.mark.parametrize(
    ("um_per_px", "radius", "cut", "expected"),
    [
        (None, 20, False, CellClass.NORMAL),
        (0.18, 20, False, CellClass.NORMAL),  # 7.2 µm across: neither small nor large
        (0.25, 20, False, CellClass.MACROCYTE),
        (0.15, 20, False, CellClass.MICROCYTE),
        (0.15, 20, True, CellClass.NORMAL),
    ],
)
def test_a_size_class_is_claimed_only_where_the_scale_agrees(um_per_px, radius, cut, expected):
    mask = CellMask.from_array(disc(centre=(32, 32), radius=radius, size=64))
    cell = Cell(1, 1, mask, PromptSet.click(32, 32), 0.9, touches_border=cut, edge_counted=cut)
    size_class = CellClass.MACROCYTE if um_per_px == 0.25 else CellClass.MICROCYTE
    prediction = Prediction({size_class: 0.7, CellClass.NORMAL: 0.3}, 1, "test", review_limit=0.5)
    calibration = None if um_per_px is None else Calibration(um_per_px, "typed")
    assert shown_class(cell, prediction, calibration=calibration) is expected
    # Withheld for want of a scale the cell needs a look; ruled out by its measured size the rest is all there is.
    assert needs_review(cell, prediction, calibration=calibration) is (um_per_px is None)
