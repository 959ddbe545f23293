from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.domain.case import Field, distinct_names
from rbc_desktop.domain.cell import Cell, Prediction, needs_review, shown_class
from rbc_desktop.domain.contrast import BLACK, WHITE, contrast, ink_on
from rbc_desktop.domain.geometry import Box, Point, equivalent_diameter
from rbc_desktop.domain.mask import CellMask
from rbc_desktop.domain.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.round_steps import largest_step, smallest_step
from rbc_desktop.domain.statistics import coefficient_of_variation, median, wilson_interval
from rbc_desktop.domain.taxonomy import CLASS_INFO, CellClass, class_from_name


def disc(*, centre=(10, 10), radius=5, size=24):
    ys, xs = np.mgrid[:size, :size]
    return (xs + 0.5 - centre[0]) ** 2 + (ys + 0.5 - centre[1]) ** 2 <= radius**2


def test_mask_is_cropped_and_pasted_back():
    full = disc()
    mask = CellMask.from_array(full)
    assert mask is not None
    assert mask.box == Box(5, 5, 15, 15)
    assert np.array_equal(mask.to_array(width=24, height=24), full)
    assert mask.centroid.x == pytest.approx(10)
    assert mask.contains(Point(10, 10))
    assert not mask.contains(Point(5.1, 5.1))


def test_empty_array_is_no_mask():
    assert CellMask.from_array(np.zeros((4, 4), bool)) is None


def test_mask_iou_equals_that_of_full_arrays():
    a, b = disc(centre=(9, 10)), disc(centre=(13, 11), radius=6)
    ma, mb = CellMask.from_array(a), CellMask.from_array(b)
    assert ma is not None
    assert mb is not None
    assert ma.iou(mb) == pytest.approx((a & b).sum() / (a | b).sum())
    assert ma.iou(ma) == 1


def test_mask_outside_the_field_is_clipped():
    mask = CellMask(-3, -3, np.ones((6, 6), bool))
    assert mask.to_array(width=5, height=5).sum() == 9
    assert mask.touches_border(width=5, height=5)


def test_box_operations():
    a, b = Box(0, 0, 4, 4), Box(2, 2, 6, 6)
    assert a.intersection(b) == Box(2, 2, 4, 4)
    assert a.iou(b) == pytest.approx(4 / 28)
    assert a.intersection(Box(4, 0, 5, 1)) is None
    assert not a.contains(Point(4, 1))
    with pytest.raises(ValueError, match="swapped"):
        Box(1, 0, 0, 1)


def test_prompts_lose_points_last_in_first_out():
    prompts = PromptSet.click(1, 2).with_point(PromptPoint(3, 4, positive=False)).with_box(Box(0, 0, 9, 9))
    assert prompts.anchor == Point(1, 2)
    prompts = prompts.without_last_point()
    assert [p.positive for p in prompts.points] == [True]
    prompts = prompts.without_last_point()
    assert not prompts.is_empty
    assert prompts.anchor == Point(4.5, 4.5)
    assert prompts.without_last_point().is_empty


def test_wilson_interval_of_published_examples():
    low, high = wilson_interval(10, 1000)
    assert (round(low, 4), round(high, 4)) == (0.0054, 0.0183)
    low, high = wilson_interval(1, 100)
    assert (round(low, 3), round(high, 3)) == (0.002, 0.054)
    assert wilson_interval(0, 10)[0] == 0
    with pytest.raises(ValueError, match="not a proportion"):
        wilson_interval(1, 0)


def test_spread():
    assert coefficient_of_variation([9, 10, 11]) == pytest.approx(10)
    assert coefficient_of_variation([1]) is None
    assert median([3, 1, 2]) == 2
    assert median([]) is None


def test_calibration_from_a_line():
    calibration = Calibration.from_line(length_um=10, length_px=50)
    assert calibration.um_per_px == pytest.approx(0.2)
    assert calibration.is_plausible
    assert calibration.normal_diameter_px == pytest.approx(37.5)
    with pytest.raises(ValueError, match="positive"):
        Calibration(0, "typed")


def test_taxonomy_table_is_complete_and_unambiguous():
    assert set(CLASS_INFO) == set(CellClass)
    for values in ([i.code for i in CLASS_INFO.values()], [i.key for i in CLASS_INFO.values()]):
        assert len(values) == len(set(values))
    assert class_from_name("target cell") is CellClass.TARGET_CELL


def test_fields_of_the_same_file_name_are_told_apart():
    paths = ["a/HE/1.jpg", "a/HS/1.jpg", "a/HS/2.jpg", "b/stack.tif", "b/stack.tif"]
    fields = [Field(i, Path(p), "0" * 64, 8, 8, page=int(i == 5)) for i, p in enumerate(paths, start=1)]
    assert list(distinct_names(fields).values()) == [
        "HE/1.jpg",
        "HS/1.jpg",
        "2.jpg",
        "stack.tif (page 1)",
        "stack.tif (page 2)",
    ]
    assert distinct_names([]) == {}


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


def test_the_equivalent_diameter_is_that_of_a_disc():
    assert equivalent_diameter(np.pi * 25) == pytest.approx(10)
    mask = CellMask.from_array(disc(radius=8, size=24))
    assert mask.diameter == pytest.approx(16, rel=0.02)


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [
        (0.0123, 0.01, 0.02), (0.3, 0.2, 0.5), (1, 1, 1), (3, 2, 5), (4.999, 2, 5), (5.000000000000001, 5, 5),
        (4.999999999999999, 5, 5), (7, 5, 10), (30.8, 20, 50), (1000, 1000, 1000), (123_456, 100_000, 200_000),
    ],
)  # fmt: skip
def test_round_steps_enclose_a_value(value, below, above):
    assert largest_step(value) == pytest.approx(below, rel=1e-12)
    assert smallest_step(value) == pytest.approx(above, rel=1e-12)


def test_ink_is_what_can_be_read():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert [ink_on(colour) for colour in ("#0072B2", "#F0E442", WHITE, BLACK)] == [WHITE, BLACK, BLACK, WHITE]
