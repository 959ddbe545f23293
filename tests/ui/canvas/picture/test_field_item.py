"""The field on the screen: its pixels at every zoom."""

import numpy as np
import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Point
from rbc_desktop.imaging.light.field_of_view import FieldOfView
from rbc_desktop.ui.canvas.picture import field_item
from tests.ui.canvas.drawn_discs import grabbed


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


def test_nothing_is_made_of_pixels_that_the_zoom_does_not_show(canvas, monkeypatch):
    sizes, made = [], field_item._pixmap

    def watched(pixels):
        sizes.append(pixels.shape[1])
        return made(pixels)

    monkeypatch.setattr(field_item, "_pixmap", watched)
    canvas.show_field(4, np.zeros((2400, 3200, 3), np.uint8))
    grabbed(canvas, 1600, 1200)
    assert sizes in ([800], [1600]), "as many as the screen has"
    canvas.set_zoom(1.0)
    grabbed(canvas, 1600, 1200)
    assert sizes[1:] == [3200]


def test_its_own_pixels_are_shown_when_zoomed_in(canvas):
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[20:, :] = 255
    canvas.show_field(5, rgb)
    canvas.set_zoom(20)
    assert grabbed(canvas, 20, 19.9) == (0, 0, 0)
    assert grabbed(canvas, 20, 20.1) == (255, 255, 255)


def test_what_shows_no_smear_is_dimmed(canvas):
    rgb = np.full((300, 400, 3), 255, np.uint8)
    rgb[:, 100:] = (200, 150, 170)
    canvas.show_field(6, rgb)
    canvas.set_zoom(1.0)
    item = canvas.layers.field
    assert not item.is_dimmed
    item.dim_outside(FieldOfView(400, 300, Region(100, 0, 400, 300)))
    assert item.is_dimmed
    assert max(grabbed(canvas, 50, 150)) < 190
    assert grabbed(canvas, 110, 150) == (200, 150, 170)
    item.dim_outside(FieldOfView(400, 300, Region(0, 0, 400, 300)))
    assert grabbed(canvas, 50, 150) == (255, 255, 255)
    item.dim_outside(FieldOfView(400, 300, Region(100, 0, 400, 300)))
    canvas.show_field(7, rgb)
    assert not item.is_dimmed
