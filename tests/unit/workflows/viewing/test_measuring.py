"""What a field's free measures are after a gesture."""

from rbc_desktop.domain.geometry import Point
from rbc_desktop.workflows.viewing.measuring import MeasureDropped, PointsPlaced, after

A, B, C = Point(0, 0), Point(30, 40), Point(60, 0)


def test_several_are_kept_and_each_can_go():
    three = after(after(after((), PointsPlaced((A, B), 1.0)), PointsPlaced((A, C), 1.0)), PointsPlaced((A, B, C), 1.0))
    assert [m.is_angle for m in three] == [False, False, True]
    assert after(three, MeasureDropped(1)) == (three[0], three[2])
    assert after(three, MeasureDropped(-1)) == three[:2]
    assert after((), MeasureDropped(-1)) == ()


def test_whoever_looks_closely_places_more_exactly_but_never_better_than_half_a_pixel():
    far, near, nearest = (after((), PointsPlaced((A, B), scale))[0].placing_px for scale in (0.25, 1.5, 20))
    assert (far, near, nearest) == (4.0, 1 / 1.5, 0.5)


def test_points_on_each_other_measure_nothing():
    assert after((), PointsPlaced((A, A), 1.0)) == ()
