"""What a typed or drawn scale means."""

import pytest

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.workflows.fields.calibrating import (
    MOST_SCALES,
    known_scale,
    line_calibration,
    parse_positive,
    result_text,
    typed_calibration,
    with_scale,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.12", 0.12), (" 0,12 ", 0.12), ("1e-1", 0.1), ("", None), ("abc", None), ("0", None), ("-1", None),
     ("inf", None), ("nan", None)],
)  # fmt: skip
def test_numbers_are_read_with_point_or_comma(text, value):
    assert parse_positive(text) == value


def test_a_line_of_known_length_gives_the_scale():
    assert line_calibration("10", length_px=80.0) == Calibration(0.125, "line", "10 µm over 80.0 px")
    assert line_calibration("10", length_px=None) is None
    assert line_calibration("", length_px=80.0) is None
    assert typed_calibration("0.2") == Calibration(0.2, "typed")


def test_the_result_names_the_size_of_the_median_cell():
    assert result_text(Calibration(0.1, "typed"), median_px=75) == "0.1 µm per pixel; the median cell is 7.5 µm across"
    assert "normal red cell would be 75 px" in result_text(Calibration(0.1, "typed"), median_px=None)


def test_scales_are_remembered_by_the_size_of_the_image():
    scales = with_scale((), 0.125, width=640, height=480)
    scales = with_scale(scales, 0.07, width=1280, height=960)
    scales = with_scale(scales, 0.19, width=640, height=480)
    assert scales == ("640x480 0.19", "1280x960 0.07")
    assert known_scale(scales, width=640, height=480) == 0.19
    assert known_scale(scales, width=64, height=480) is None
    assert known_scale(scales, width=480, height=640) == 0.19, "turned by a quarter"
    assert known_scale(with_scale(scales, 0.2, width=480, height=640), width=640, height=480) == 0.2
    assert known_scale(("640x480 nonsense", "640x480 9"), width=640, height=480) is None
    for width in range(100):
        scales = with_scale(scales, 0.1, width=width, height=9)
    assert len(scales) == MOST_SCALES
