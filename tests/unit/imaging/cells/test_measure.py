"""Measurements against shapes whose values are known."""

import math

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.cells.measure import ellipse_axes, measure_many, perimeter_px
from tests.fakes.drawn_cells import drawn_field


def disc(radius, *, offset=0.3):
    side = int(2 * radius) + 9
    ys, xs = np.mgrid[:side, :side]
    return (xs - side / 2 + offset) ** 2 + (ys - side / 2) ** 2 <= radius**2


def ellipse(a, b, angle):
    side = int(2 * a) + 9
    ys, xs = np.mgrid[:side, :side] - side / 2
    u, v = np.cos(angle) * xs + np.sin(angle) * ys, -np.sin(angle) * xs + np.cos(angle) * ys
    return (u / a) ** 2 + (v / b) ** 2 <= 1


def measured(mask, **options):
    field = np.full((mask.shape[0] + 60, mask.shape[1] + 60, 3), 200, np.uint8)
    field[30 : 30 + mask.shape[0], 30 : 30 + mask.shape[1]][mask] = (150, 110, 120)
    return measure_many(field, [CellMask.from_array(mask, x0=30, y0=30)], **options)[0]


@pytest.mark.parametrize("radius", [6, 10, 20, 52])
def test_a_disc_is_round(radius):
    values = measured(disc(radius))
    assert values.circularity == pytest.approx(1, abs=0.02)
    assert values.axis_ratio == pytest.approx(1, abs=0.02)
    assert values.diameter_px == pytest.approx(2 * radius, rel=0.02)
    assert values.perimeter_px == pytest.approx(2 * math.pi * radius, rel=0.025)
    assert values.solidity > 0.9


@pytest.mark.parametrize("angle", [0.0, 0.4, 1.2])
def test_axes_of_an_ellipse(angle):
    mask = ellipse(30, 15, angle)
    values = measured(mask)
    assert values.major_axis_px == pytest.approx(60, rel=0.02)
    assert values.minor_axis_px == pytest.approx(30, rel=0.03)
    assert values.axis_ratio == pytest.approx(2, rel=0.03)
    # Ramanujan's approximation of the perimeter, good to 1e-5 here
    h = ((30 - 15) / (30 + 15)) ** 2
    expected = math.pi * 45 * (1 + 3 * h / (10 + math.sqrt(4 - 3 * h)))
    assert values.perimeter_px == pytest.approx(expected, rel=0.03)


def test_a_notch_lowers_solidity_and_circularity():
    whole = disc(20)
    notched = whole.copy()
    notched[: notched.shape[0] // 2, notched.shape[1] // 2 - 4 : notched.shape[1] // 2 + 4] = False
    assert measured(notched).solidity < measured(whole).solidity - 0.05
    assert measured(notched).circularity < 0.8


def test_one_pixel_has_finite_values():
    values = measured(np.ones((1, 1), bool))
    assert values.area_px == 1
    assert all(math.isfinite(getattr(values, name)) for name in values.__dataclass_fields__ if "relative" not in name)
    assert perimeter_px(np.pad(np.ones((1, 1), bool), 1)) > 0
    assert ellipse_axes(np.pad(np.ones((1, 1), bool), 1))[1] > 0


def test_pallor_of_drawn_cells():
    field, masks = drawn_field()
    values = dict(zip(masks, measure_many(field, list(masks.values())), strict=True))
    assert values["dense"].pallor_ratio == 0
    assert values["dense"].core_rim_ratio > 0.9
    assert 0.3 < values["normal"].pallor_ratio < 0.6
    assert values["pale"].pallor_ratio > values["normal"].pallor_ratio + 0.1
    assert values["pale"].core_rim_ratio < 0.5
    # The pale ring of a target cell counts with the spot that it encloses.
    assert values["target"].pallor_ratio > 0.4


def test_density_is_that_of_the_beer_lambert_law():
    values = measured(disc(20))
    expected = np.mean(-np.log(np.array([150, 110, 120]) / 200))
    assert values.mean_density == pytest.approx(expected, rel=0.05)


def test_relative_diameter():
    assert measured(disc(20), field_median_diameter=20.0).relative_diameter == pytest.approx(2, rel=0.02)
    field, masks = drawn_field()
    normal = measure_many(field, [masks["normal"]])[0]
    assert normal.relative_diameter == pytest.approx(1, abs=0.15)
    blank = np.full((100, 100, 3), 200, np.uint8)
    assert math.isnan(measure_many(blank, [CellMask.from_array(disc(10), x0=20, y0=20)])[0].relative_diameter)


def test_no_masks_give_no_measurements():
    assert measure_many(drawn_field()[0], []) == []
