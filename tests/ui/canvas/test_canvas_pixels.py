"""What is on the screen: pixels at every zoom, outlines, the scale bar."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.scale_bar import round_length
from rbc_desktop.ui.canvas.shapes import CellView
from tests.ui.canvas.drawn_discs import disc


def grabbed(canvas, x, y):
    image = canvas.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    at = canvas.to_view(Point(x, y))
    return image.pixelColor(int(at.x() * ratio), int(at.y() * ratio)).getRgb()[:3]


def settled(canvas, qtbot):
    qtbot.waitUntil(lambda: canvas.layers.cells.is_complete)
    canvas.viewport().repaint()
    qtbot.waitUntil(lambda: canvas.layers.cells.is_complete)


def test_pixels_are_shown_in_place_and_colour_at_every_zoom(canvas):
    rgb = np.zeros((300, 400, 3), np.uint8)
    rgb[100:200, 100:200] = (200, 30, 90)
    canvas.show_field(3, rgb)
    for zoom in (0.3, 0.8, 1.0, 2.5, 9.0):
        canvas.set_zoom(zoom)
        canvas.camera.centre_on(Point(100, 150))
        assert grabbed(canvas, 104, 150) == (200, 30, 90), zoom
        assert grabbed(canvas, 95, 150) == (0, 0, 0), zoom


def test_a_large_image_shown_small_is_averaged(canvas):
    rgb = np.zeros((2400, 3200, 3), np.uint8)
    rgb[::2, ::2] = 255  # every fourth pixel; skipping pixels would give black or white
    canvas.show_field(4, rgb)
    assert canvas.view_state.scale < 0.25
    if canvas.devicePixelRatioF() >= 2:
        canvas.zoom_out()
        canvas.zoom_out()
        canvas.zoom_out()
    assert grabbed(canvas, 1600, 1200) == pytest.approx((64, 64, 64), abs=3)


def test_its_own_pixels_are_shown_when_zoomed_in(canvas):
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[20:, :] = 255
    canvas.show_field(5, rgb)
    canvas.set_zoom(20)
    assert grabbed(canvas, 20, 19.9) == (0, 0, 0)
    assert grabbed(canvas, 20, 20.1) == (255, 255, 255)


def test_an_outline_has_the_colour_of_its_class_and_hides_with_the_overlay(canvas, qtbot):
    canvas.set_cells([CellView(1, disc(300, 300), colour="#0072B2")])
    canvas.set_zoom(4, at=canvas.to_view(Point(300, 300)))
    settled(canvas, qtbot)
    # The rim lies a quarter of a pixel inside the mask's edge.
    assert grabbed(canvas, 280.3, 300) == pytest.approx((0, 0x72, 0xB2), abs=12)
    canvas.set_overlay_visible(False)
    assert grabbed(canvas, 280.3, 300) == (225, 215, 220)
    assert canvas.cell_at(Point(300, 300)) is None
    canvas.set_overlay_visible(True)
    canvas.set_overlay_opacity(0.5)
    assert grabbed(canvas, 280.3, 300) == pytest.approx((112, 164, 199), abs=12)


def test_outlines_are_drawn_again_after_every_change(canvas, qtbot):
    canvas.set_zoom(4, at=canvas.to_view(Point(300, 300)))
    for colour, rgb in (("#0072B2", (0, 0x72, 0xB2)), ("#D55E00", (0xD5, 0x5E, 0))):
        canvas.set_cells([CellView(1, disc(300, 300), colour=colour)])
        settled(canvas, qtbot)
        assert grabbed(canvas, 280.3, 300) == pytest.approx(rgb, abs=12)
    canvas.set_cells([])
    settled(canvas, qtbot)
    assert grabbed(canvas, 280.3, 300) == (225, 215, 220)


def test_many_cells_are_sharp_again_when_the_zoom_rests(canvas, qtbot):
    views = [CellView(i, disc(15 + 25 * (i % 25), 15 + 25 * (i // 25), 10), colour="#0072B2") for i in range(450)]
    canvas.set_cells(views)
    settled(canvas, qtbot)
    for _ in range(4):
        canvas.set_zoom(canvas.zoom * 1.2, at=canvas.to_view(Point(315, 240)))
        canvas.viewport().repaint()
    settled(canvas, qtbot)
    mask = views[262].mask
    seen = {grabbed(canvas, mask.x0 + shift / 8, mask.centroid.y) for shift in range(-8, 17)}
    assert any(blue - red > 100 for red, _, blue in seen)


def test_a_selected_cell_stands_out(canvas, qtbot):
    canvas.set_cells([CellView(1, disc(300, 300), colour="#0072B2")])
    canvas.set_zoom(4, at=canvas.to_view(Point(300, 300)))
    settled(canvas, qtbot)
    before = grabbed(canvas, 300, 300)
    canvas.set_selection([1, 99])
    settled(canvas, qtbot)
    assert canvas.layers.cells.selected == {1}
    assert grabbed(canvas, 300, 300) != before
    white = 280.3 - 2.3 / canvas.view_state.scale  # the casing: 1.6 to 3.2 px outside the rim
    assert min(grabbed(canvas, white, 300)) > 245


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
