"""How fast, and how long still."""

import pytest

from rbc_desktop.commands.terminal.pace import duration_text, pace_text


def test_nothing_is_said_before_something_is_known():
    assert pace_text([], left=3, unit="image") == ""
    assert pace_text([5.0], left=3, unit="image") == ""
    assert pace_text([5.0, 5.0], left=3, unit="image") == ""


def test_fast_and_slow_runs():
    assert pace_text([0, 0.5, 1.0], left=100, unit="image") == "2.0 images/s, 50 s left"
    assert pace_text([100, 112], left=40, unit="image") == "12.0 s per image, 8 min left"
    assert pace_text([100, 112], left=0, unit="image") == "12.0 s per image"


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "0 s"), (99, "99 s"), (600, "10 min"), (12_600, "3.5 h")])
def test_a_duration_has_the_unit_that_fits(seconds, text):
    assert duration_text(seconds) == text
