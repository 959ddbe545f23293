"""What each class needs of a field."""

import math
from dataclasses import replace

import pytest

from rbc_desktop.domain.classes.assessability import NEEDS, NO_CALIBRATION, why_withheld, withheld_classes
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, SIZE_CLASSES, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from tests.fakes.good_field import GOOD

SCALE = Calibration(0.19, "typed")
PALLOR = {CellClass.SPHEROCYTE, CellClass.TARGET_CELL, CellClass.STOMATOCYTE, CellClass.HYPOCHROMIA}
DETAIL = {CellClass.BURR_CELL, CellClass.SCHISTOCYTE}


def test_every_class_says_what_it_needs():
    assert set(NEEDS) == set(BUILT_IN)


@pytest.mark.parametrize(
    ("change", "withheld"),
    [
        ({}, set()),
        ({"cell_px": 26.0}, set()),
        ({"cell_px": 20.0}, PALLOR),
        ({"cell_px": 14.0}, PALLOR | DETAIL),
        ({"cell_px": 9.9}, set(NEEDS)),
        ({"pallor_share": 0.05}, PALLOR),
        ({"edge_share": 0.2}, PALLOR | DETAIL),
        ({"pallor_share": math.nan, "edge_share": math.nan, "cell_px": math.nan}, set()),
        ({"hue_degrees": 40.0, "level": 1.2}, set()),
    ],
)
def test_a_class_is_withheld_where_its_need_is_not_met(change, withheld):
    reasons = withheld_classes(calibration=SCALE, quality=replace(GOOD, **change))
    assert set(reasons) == withheld
    assert all(reasons.values())


def test_sizes_need_a_calibration_whatever_the_image_shows():
    for quality in (None, GOOD):
        assert withheld_classes(calibration=None, quality=quality) == dict.fromkeys(SIZE_CLASSES, NO_CALIBRATION)


def test_an_image_that_nobody_has_measured_withholds_nothing():
    assert withheld_classes(calibration=SCALE, quality=None) == {}


def test_the_reason_names_the_value():
    blurred = replace(GOOD, edge_share=0.21)
    assert why_withheld(CellClass.BURR_CELL, calibration=None, quality=blurred).endswith("21 % of a cell wide")
    small = replace(GOOD, cell_px=20.0)
    assert why_withheld(CellClass.TARGET_CELL, calibration=None, quality=small) == "cells are 20 px across, under 26"
