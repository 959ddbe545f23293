"""The scale of a field."""

import pytest

from rbc_desktop.domain.calibration import Calibration


def test_calibration_from_a_line():
    calibration = Calibration.from_line(length_um=10, length_px=50)
    assert calibration.um_per_px == pytest.approx(0.2)
    assert calibration.is_plausible
    assert calibration.normal_diameter_px == pytest.approx(37.5)
    with pytest.raises(ValueError, match="positive"):
        Calibration(0, "typed")
