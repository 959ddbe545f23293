"""Outlines, hit testing and what cells look like, without a window."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.cells.cell import Cell, CellAnalysis, Measurements, Prediction
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.ui.canvas.overlay import shapes
from rbc_desktop.ui.canvas.overlay.shapes import CellView, cell_view, outline, rings


def ellipse(x, y, axes=(20, 14), angle=30):
    canvas = np.zeros((120, 120), np.uint8)
    cv2.ellipse(canvas, (60, 60), axes, angle, 0, 360, 1, -1)
    mask = CellMask.from_array(canvas, x0=x - 60, y0=y - 60)
    assert mask is not None
    return mask


@pytest.mark.parametrize("axes", [(3, 2), (8, 6), (20, 14), (50, 30)])
def test_an_outline_encloses_its_mask(axes):
    mask = ellipse(300, 200, axes)
    ring = shapes.outline(mask)
    redrawn = np.zeros((400, 600), np.uint8)
    # Pixel centres lie at +0.5 in field pixels and at whole numbers in OpenCV.
    cv2.fillPoly(redrawn, [np.round((ring - 0.5) * 256).astype(np.int32)], 1, shift=8)
    found = CellMask.from_array(redrawn)
    assert found.iou(mask) > (0.9 if min(axes) > 4 else 0.7)
    moments = cv2.moments(ring)
    assert moments["m10"] / moments["m00"] == pytest.approx(mask.centroid.x, abs=0.3)
    assert moments["m01"] / moments["m00"] == pytest.approx(mask.centroid.y, abs=0.3)


def test_a_mask_of_one_pixel_has_an_outline():
    ring = shapes.outline(CellMask(5, 9, np.ones((1, 1), bool)))
    assert len(ring) >= 3
    assert ring.min(axis=0) == pytest.approx((5.25, 9.25))
    assert ring.max(axis=0) == pytest.approx((5.75, 9.75))


def test_a_mask_in_two_parts_is_outlined_by_the_larger():
    crop = np.zeros((10, 40), bool)
    crop[:, :30] = True
    crop[4, 39] = True
    assert shapes.outline(CellMask(0, 0, crop))[:, 0].max() < 31


def test_dashes_cover_two_thirds_of_the_outline():
    ring = shapes.outline(ellipse(300, 200))
    whole, dashed = shapes.segments(ring), shapes.dash_segments(ring)

    def length(sides):
        return np.hypot(sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1]).sum()

    assert length(dashed) / length(whole) == pytest.approx(2 / 3, abs=0.03)


def test_thinning_stays_near_the_outline():
    ring = shapes.outline(ellipse(300, 200))
    coarse = shapes.thin(ring, tolerance=0.7)
    assert len(coarse) < len(ring)
    assert max(abs(cv2.pointPolygonTest(coarse[:, None], tuple(map(float, p)), True)) for p in ring) <= 0.75


def test_what_looks_the_same_is_told_from_what_does_not():
    mask = ellipse(100, 100)
    assert shapes.looks_alike(CellView(1, mask), CellView(1, mask))
    assert not shapes.looks_alike(CellView(1, mask), CellView(1, mask, code="No"))
    assert not shapes.looks_alike(CellView(1, mask), CellView(1, ellipse(100, 100)))


def _case(calibration=None, *, best=CellClass.MACROCYTE, probability=0.9, reviewed=None):
    cell = Cell(1, 1, ellipse(100, 100), PromptSet.click(100, 100), 0.9, False, reviewed_class=reviewed)
    rest = {CellClass.NORMAL: 1 - probability}
    prediction = Prediction({best: probability, **rest}, 1, "booster", 0.6)
    analysis = CellAnalysis(1, 1, Measurements(*[1.0] * 11), prediction)
    field = Field(1, None, "", 640, 480, calibration)
    return Case(fields={1: field}, cells={1: cell}, analyses={1: analysis})


def seen(case):
    return cell_view(case, case.cells[1])


def test_cells_are_shown_in_the_colour_of_their_class():
    view = seen(_case(Calibration(0.25, "typed")))
    info = CellClass.MACROCYTE
    assert (view.colour, view.code, view.dashed, view.needs_review) == (info.colour, info.code, info.dashed, False)


def test_a_size_class_without_a_calibration_is_neutral():
    view = seen(_case())
    assert (view.colour, view.code, view.needs_review) == (shapes.NEUTRAL_COLOUR, "", False)


def test_the_reviewed_class_wins_and_ends_the_review():
    view = seen(_case(best=CellClass.TARGET_CELL, probability=0.3, reviewed=CellClass.BURR_CELL))
    assert (view.code, view.dashed, view.needs_review) == ("Bu", True, False)


def test_a_cell_that_nobody_has_classified_is_neutral():
    case = _case()
    case.analyses.clear()
    view = seen(case)
    assert (view.colour, view.code, view.needs_review) == (shapes.NEUTRAL_COLOUR, "", False)


def test_a_hole_is_a_ring_of_its_own():
    crop = np.ones((20, 30), bool)
    crop[5:9, 10:16] = False
    outer, hole = rings(CellMask(100, 50, crop))
    assert np.array_equal(outer, outline(CellMask(100, 50, np.ones((20, 30), bool))))
    assert np.abs(hole.min(axis=0) - (110, 55)).max() < 1
    assert np.abs(hole.max(axis=0) - (116, 59)).max() < 1
    assert len(rings(CellMask(0, 0, np.ones((1, 1), bool)))) == 1
