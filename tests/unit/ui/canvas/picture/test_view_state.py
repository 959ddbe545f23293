"""Zoom arithmetic, and how far the view moves."""

import pytest

from rbc_desktop.ui.canvas.picture.view_state import ZOOM_LIMITS, clamped_zoom, fit_scale, keep_visible, wheel_factor


def test_fit_shows_the_whole_image_with_a_margin():
    assert fit_scale(image=(1000, 500), canvas=(516, 900)) == pytest.approx(0.5)


def test_zoom_has_limits_and_the_wheel_is_reversible():
    assert clamped_zoom(1e9) == ZOOM_LIMITS[1]
    assert clamped_zoom(0) == ZOOM_LIMITS[0]
    assert wheel_factor(120) * wheel_factor(-120) == pytest.approx(1)


@pytest.mark.parametrize(
    ("centre", "expected"),
    [(50, 50), (0, 42), (200, 68)],
    ids=["in view", "beyond the right edge", "beyond the left edge"],
)
def test_the_view_moves_only_as_far_as_it_must(centre, expected):
    assert keep_visible(centre=centre, half=20, low=50, high=60, slack=2) == expected


def test_what_is_larger_than_the_view_is_centred():
    assert keep_visible(centre=0, half=20, low=100, high=200, slack=2) == 150
