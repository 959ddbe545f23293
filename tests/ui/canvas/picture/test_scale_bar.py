"""The scale bar on the screen."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.ui.canvas.picture.scale_bar import round_length


@pytest.mark.parametrize(
    ("um_per_px", "length"), [(0.1, 10), (0.034, 5), (0.0133, 1), (0.7, 100), (1 / 30, 5), (8, 1000)]
)
def test_the_scale_bar_has_a_round_length(um_per_px, length):
    assert round_length(um_per_px) == length
    assert 0.4 * 150 <= length / um_per_px <= 150 * 1.001


def test_no_scale_without_a_calibration(canvas):
    assert canvas.scale_bar.isHidden()
    canvas.set_calibration(Calibration(0.1, "typed"))
    assert canvas.scale_bar.text == "10 µm"
    assert canvas.scale_bar.length_px == pytest.approx(100 * canvas.zoom / canvas.devicePixelRatioF())
    canvas.set_zoom(8 * canvas.devicePixelRatioF())
    assert canvas.scale_bar.text == "1 µm"
    assert canvas.scale_bar.geometry().bottom() < canvas.height()
    canvas.set_calibration(None)
    assert canvas.scale_bar.isHidden()


@pytest.mark.parametrize("background", ["black", "white", "#C87D9B"])
def test_the_scale_bar_is_readable_on_any_background(canvas, background):
    rgb = np.empty((480, 640, 3), np.uint8)
    rgb[:] = QColor(background).getRgb()[:3]
    canvas.show_field(9, rgb)
    canvas.set_calibration(Calibration(0.1, "typed"))
    bar = canvas.scale_bar
    image = canvas.grab(bar.geometry()).toImage()
    ratio = image.devicePixelRatio()
    levels = {image.pixelColor(x, int((bar.height() - 9) * ratio)).lightness() for x in range(image.width())}
    assert max(levels) > 240  # the bar
    assert min(levels) < 110  # the plate beside it


@pytest.mark.parametrize("corner", ["bottom left", "bottom right", "top left", "top right"])
def test_the_scale_bar_keeps_to_its_corner_at_any_size_and_zoom(canvas, corner):
    canvas.set_calibration(Calibration(0.1, "typed"))
    canvas.scale_bar.set_corner(corner)
    for width, height, zoom in ((700, 520, 1), (300, 260, 4), (640, 300, 0.3)):
        canvas.resize(width, height)
        canvas.set_zoom(zoom)
        place = canvas.scale_bar.geometry()
        left, top, right, bottom = place.left(), place.top(), width - place.right() - 1, height - place.bottom() - 1
        assert (left if "left" in corner else right) == 12
        assert (top if "top" in corner else bottom) == 12


def test_the_scale_bar_can_be_off_and_comes_back(canvas):
    canvas.set_calibration(Calibration(0.1, "typed"))
    canvas.scale_bar.set_corner("off")
    canvas.set_zoom(2)
    assert canvas.scale_bar.isHidden()
    canvas.scale_bar.set_corner("top right")
    assert not canvas.scale_bar.isHidden()
    assert canvas.scale_bar.text
