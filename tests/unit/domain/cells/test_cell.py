"""The class that is shown, and whether it needs a look."""

import math
from dataclasses import fields, replace

import numpy as np
import pytest

from rbc_desktop.domain.cells.cell import (
    Cell,
    Prediction,
    claimed_probabilities,
    needs_review,
    not_assessable,
    shown_class,
)
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from tests.fakes.drawn_masks import disc
from tests.fakes.good_field import GOOD


@pytest.mark.parametrize(
    ("um_per_px", "radius", "cut", "expected"),
    [
        (None, 20, False, None),
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
    assert shown_class(cell, prediction, calibration=calibration, quality=None) is expected
    # Ruled out by its measured size the rest is all there is; without a scale there is nothing to look at.
    assert not needs_review(cell, prediction, calibration=calibration, quality=None)
    why = not_assessable(cell, prediction, calibration=calibration, quality=None)
    assert why == ("" if calibration else "may be microcyte, but the field is not calibrated")


@pytest.mark.parametrize("reviewed", [None, CellClass.TARGET_CELL])
def test_a_class_that_the_field_hides_is_withheld_unless_a_person_set_it(reviewed):
    mask = CellMask.from_array(disc(centre=(32, 32), radius=20, size=64))
    cell = Cell(1, 1, mask, PromptSet.click(32, 32), 0.9, touches_border=False, reviewed_class=reviewed)
    sure = Prediction({CellClass.SPHEROCYTE: 0.9, CellClass.NORMAL: 0.1}, 1, "test", review_limit=0.5)
    seen = {"calibration": None, "quality": replace(GOOD, pallor_share=0.02)}
    assert shown_class(cell, sure, **seen) is reviewed
    assert claimed_probabilities(cell, sure, **seen) == {}
    assert not needs_review(cell, sure, **seen)
    why = "may be spherocyte, but only 2 % of the field's cells show any pallor"
    assert not_assessable(cell, sure, **seen) == ("" if reviewed else why)
    doubtful = needs_review(cell, sure, doubts=("outline is curled or open",), **seen)
    assert doubtful is (reviewed is None)


@pytest.mark.parametrize(("radius", "seen"), [(2, set()), (6, {CellClass.NORMAL, CellClass.NOT_RED_CELL}), (20, None)])
def test_where_no_cell_of_the_field_tells_a_size_the_cells_own_pixels_have_to_do(radius, seen):
    cell = Cell(1, 1, CellMask.from_array(disc(centre=(32, 32), radius=radius, size=64)), PromptSet.click(32, 32), 0.9,
                touches_border=False)  # fmt: skip
    shares = {CellClass.NORMAL: 0.7, CellClass.BURR_CELL: 0.2, CellClass.NOT_RED_CELL: 0.1}
    prediction = Prediction(shares, 1, "test", review_limit=0.5)
    field = {"calibration": None, "quality": replace(GOOD, cell_px=math.nan)}
    claimed = claimed_probabilities(cell, prediction, **field)
    assert set(claimed) == (set(shares) if seen is None else seen)
    assert (shown_class(cell, prediction, **field) is None) == (seen == set())
    why = not_assessable(cell, prediction, **field)
    assert why == ("" if claimed else "may be normal, but it is only 4 px across, under 10")
    in_a_usual_field = {"calibration": None, "quality": GOOD}
    assert shown_class(cell, prediction, **in_a_usual_field) is CellClass.NORMAL, "small beside the others is told"


def test_another_class_stays_and_gains_nothing_from_what_is_withheld():
    mask = CellMask.from_array(disc(centre=(32, 32), radius=20, size=64))
    cell = Cell(1, 1, mask, PromptSet.click(32, 32), 0.9, touches_border=False)
    prediction = Prediction({CellClass.SPHEROCYTE: 0.4, CellClass.NORMAL: 0.6}, 1, "test", review_limit=0.5)
    seen = {"calibration": None, "quality": replace(GOOD, cell_px=20.0)}
    assert claimed_probabilities(cell, prediction, **seen) == {CellClass.NORMAL: 0.6}
    assert shown_class(cell, prediction, **seen) is CellClass.NORMAL
    assert not_assessable(cell, prediction, **seen) == ""


@pytest.mark.parametrize("seed", range(8))
def test_the_shown_class_is_the_best_that_may_be_claimed(seed):
    dice = np.random.default_rng(seed)
    mask = CellMask.from_array(disc(centre=(32, 32), radius=20, size=64))
    cell = Cell(1, 1, mask, PromptSet.click(32, 32), 0.9, touches_border=False)
    for number in range(60):
        chosen = [BUILT_IN[i] for i in dice.permutation(len(BUILT_IN))[: dice.integers(1, len(BUILT_IN))]]
        shares = np.float32(dice.choice([0, 0.1, 0.2, 0.3], len(chosen)) + dice.choice([0, 1e-7], len(chosen)))
        prediction = Prediction(dict(zip(chosen, shares.tolist(), strict=True)), 1, "test", review_limit=0.5)
        scale = (None, Calibration(0.15, "typed"), Calibration(0.18, "typed"), Calibration(0.25, "typed"))[number % 4]
        seen = {"calibration": scale, "quality": (None, GOOD, replace(GOOD, pallor_share=0.02))[number % 3]}
        claimed = claimed_probabilities(cell, prediction, **seen)
        best = max(claimed, key=lambda c: claimed[c]) if claimed else None
        assert shown_class(cell, prediction, **seen) is best


def test_another_reviewed_class_changes_nothing_else():
    mask = CellMask.from_array(disc(centre=(32, 32), radius=20, size=64))
    cell = Cell(
        3, 2, mask, PromptSet.click(32, 32), 0.9, True, "by hand", 4, CellClass.NORMAL, True, "sam", (HandEdit("cut"),)
    )
    other = cell.reviewed_as(CellClass.TARGET_CELL)
    assert other.reviewed_class is CellClass.TARGET_CELL
    for field in fields(Cell):
        if field.name != "reviewed_class":
            assert getattr(cell, field.name) is getattr(other, field.name), field.name
            assert field.default != getattr(cell, field.name), f"{field.name} is as it is by itself: this shows nothing"
