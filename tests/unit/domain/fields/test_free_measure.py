"""Lengths and angles that are drawn freely, and how exact they are."""

import math
import random

import pytest

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.free_measure import FreeMeasure, with_error
from rbc_desktop.domain.geometry import Point

LINE = FreeMeasure((Point(10, 10), Point(70, 90)), placing_px=1.0)


def angle(*points):
    return FreeMeasure(tuple(Point(x, y) for x, y in points))


def test_a_length_is_in_pixels_without_a_scale_and_in_micrometres_with_one():
    assert LINE.arms_px == (100.0,)
    assert LINE.text(None) == "100.0 ± 1.4 px"
    assert LINE.text(Calibration(0.1, "file")) == "10.00 ± 0.14 µm"


def test_the_error_of_the_scale_comes_on_top():
    over_50_px = Calibration.from_line(length_um=5, length_px=50)
    expected = 10 * math.hypot(math.sqrt(2) / 100, math.sqrt(2) / 50)
    assert LINE.text(over_50_px) == f"10.0 ± {expected:.1f} µm" == "10.0 ± 0.3 µm"


@pytest.mark.parametrize(
    ("points", "degrees"),
    [
        ([(10, 0), (0, 0), (0, 10)], 90), ([(10, 0), (0, 0), (-10, 0)], 180), ([(10, 0), (0, 0), (20, 0)], 0),
        ([(-10, 1), (0, 0), (-10, -1)], 2 * math.degrees(math.atan(0.1))), ([(3, 3), (0, 0), (5, 0)], 45),
    ],
)  # fmt: skip
def test_an_angle_is_between_0_and_180_degrees_wherever_its_arms_point(points, degrees):
    assert angle(*points).degrees == pytest.approx(degrees)
    assert angle(*reversed(points)).degrees == pytest.approx(degrees)


def test_the_uncertainty_of_an_angle_is_what_unsteady_hands_scatter():
    """Against a simulation: each coordinate off by a normal error of one pixel."""
    exact = FreeMeasure((Point(60, 0), Point(0, 0), Point(30, 80)), placing_px=1.0)
    rng = random.Random(4)
    found = [
        FreeMeasure(tuple(Point(p.x + rng.gauss(0, 1), p.y + rng.gauss(0, 1)) for p in exact.points)).degrees
        for _ in range(4000)
    ]
    scatter = math.sqrt(sum((f - exact.degrees) ** 2 for f in found) / len(found))
    stated = float(exact.text(None).split("±")[1].rstrip("°"))
    assert stated == pytest.approx(scatter, rel=0.1)


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (7.4213, 0.148, "7.42 ± 0.15"), (7.4213, 0.32, "7.4 ± 0.3"), (123.4, 14.2, "123 ± 14"),
        (1234, 460, "1200 ± 500"),
        (0.05, 0.001, "0.0500 ± 0.0010"), (9.96, 0.99, "10.0 ± 1.0"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_far_as_its_error_goes(value, error, text):
    assert with_error(value, error) == text


def test_points_on_each_other_are_no_measure():
    with pytest.raises(ValueError, match="the same"):
        angle((1, 1), (1, 1))
    with pytest.raises(ValueError, match="two or three"):
        angle((1, 1))
