"""The scale of a field."""

import math

import pytest

from rbc_desktop.domain.fields.calibration import Calibration


def test_calibration_from_a_line():
    calibration = Calibration.from_line(length_um=10, length_px=50)
    assert calibration.um_per_px == pytest.approx(0.2)
    assert calibration.is_plausible
    assert calibration.normal_diameter_px == pytest.approx(37.5)
    with pytest.raises(ValueError, match="positive"):
        Calibration(0, "typed")


@pytest.mark.parametrize(
    ("calibration", "error"),
    [
        (Calibration.from_line(length_um=10, length_px=80), math.sqrt(2) / 80),
        (Calibration(0.125, "typed"), 0.0005 / 0.125),
        (Calibration(0.2, "typed"), 0.0005 / 0.2),
        (Calibration(0.19, "command line"), 0.0005 / 0.19),
        (Calibration(0.12345, "typed"), 0.000005 / 0.12345),
        (Calibration(0.2485, "file"), 0.0),
        (Calibration(0.1, "line", "by hand"), 0.0),
    ],
)
def test_how_exact_a_scale_is_follows_from_how_it_was_given(calibration, error):
    assert calibration.relative_error == pytest.approx(error)
