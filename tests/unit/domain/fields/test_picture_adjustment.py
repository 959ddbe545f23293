"""Brightness, contrast and white balance as tables of levels."""

import numpy as np
import pytest

from rbc_desktop.domain.fields.picture_adjustment import LIMIT, NEUTRAL, PictureAdjustment, shown_levels, white_from


def test_nothing_changes_with_every_slider_in_the_middle():
    assert NEUTRAL.is_neutral
    assert np.array_equal(shown_levels(NEUTRAL), np.repeat(np.arange(256)[:, None], 3, axis=1))


@pytest.mark.parametrize("name", ["brightness", "contrast", "warmth", "tint"])
@pytest.mark.parametrize("value", [-LIMIT, -40, 40, LIMIT])
def test_a_brighter_level_is_never_shown_darker(name, value):
    assert (np.diff(shown_levels(PictureAdjustment(**{name: value})).astype(int), axis=0) >= 0).all()


def test_each_slider_does_what_it_is_called():
    def at(level, **values):
        return [int(v) for v in shown_levels(PictureAdjustment(**values))[level]]

    assert at(100, brightness=20) == [126, 126, 126]
    assert at(64, contrast=50) < [64, 64, 64] < [192, 192, 192] < at(192, contrast=50)
    red, green, blue = at(100, warmth=50)
    assert red > green == 100 > blue
    red, green, blue = at(100, tint=50)
    assert green < 100 < red == blue


def test_white_balance_alone_makes_nothing_brighter():
    gains = PictureAdjustment(warmth=37, tint=-61).gains
    assert np.prod(gains) == pytest.approx(1)


@pytest.mark.parametrize("colour", [(230, 215, 180), (180, 220, 235), (200, 230, 200), (128, 128, 128)])
def test_what_is_to_be_white_loses_its_hue(colour):
    warmth, tint = white_from(colour)
    levels = shown_levels(PictureAdjustment(warmth=warmth, tint=tint))
    shown = [int(levels[value, channel]) for channel, value in enumerate(colour)]
    assert max(shown) - min(shown) <= 3
    assert sum(shown) == pytest.approx(sum(colour), rel=0.03)


def test_a_colour_out_of_reach_comes_as_near_as_the_sliders_go():
    assert white_from((255, 10, 0)) == (-LIMIT, -62)
    assert all(abs(value) <= LIMIT for value in white_from((0, 0, 0)))


def test_only_what_is_changed_is_named():
    assert PictureAdjustment(brightness=20, tint=-5).text == "brightness +20, tint -5"
    assert NEUTRAL.text == ""
    with pytest.raises(ValueError, match="between"):
        PictureAdjustment(contrast=LIMIT + 1)
