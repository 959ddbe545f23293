"""The field shown adjusted: what is on the screen, and that nothing else changes."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from rbc_desktop.domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment, shown_levels
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.ui.canvas.picture.adjusted_field import apply_levels
from tests.ui.canvas.drawn_discs import grabbed, pixels
from tests.ui.canvas.drawn_slide import film

STRONG = PictureAdjustment(brightness=-20, contrast=30, warmth=40, tint=-25)


def levels_of(colour):
    table = shown_levels(STRONG)
    return tuple(int(table[value, channel]) for channel, value in enumerate(colour))


@pytest.mark.parametrize("zoom", [None, 0.5, 1.0, 3.0, 8.0])
def test_the_picture_on_the_screen_goes_through_the_levels(canvas, zoom):
    canvas.fit() if zoom is None else canvas.set_zoom(zoom)
    canvas.camera.centre_on(canvas.camera.centre)
    inside = canvas.visible_box.centre
    before = grabbed(canvas, inside.x, inside.y)
    canvas.layers.field.set_adjustment(STRONG)
    assert grabbed(canvas, inside.x, inside.y) == levels_of(before)
    canvas.layers.field.set_adjustment(NEUTRAL)
    assert grabbed(canvas, inside.x, inside.y) == before


def test_the_whole_screen_is_what_the_levels_make_of_it_and_around_the_field_nothing_changes(canvas):
    def screen():
        image = canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()

    rgb = np.random.default_rng(1).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    canvas.show_field(7, rgb)
    for zoom in (0.7, 1.0, 2.3):
        canvas.set_zoom(zoom)
        before = screen()
        canvas.layers.field.set_adjustment(STRONG)
        table, shown = shown_levels(STRONG), screen()
        expected = np.stack([table[:, c][before[..., c]] for c in range(3)], axis=2)
        ratio = canvas.devicePixelRatioF()
        corner, end = canvas.to_view(type(canvas.camera.centre)(0, 0)), canvas.to_view(
            type(canvas.camera.centre)(640, 480)
        )  # fmt: skip
        y, x = np.mgrid[0 : before.shape[0], 0 : before.shape[1]] / ratio
        inside = (x >= corner.x() + 1) & (x < end.x() - 1) & (y >= corner.y() + 1) & (y < end.y() - 1)
        outside = (x < corner.x() - 1) | (x >= end.x() + 1) | (y < corner.y() - 1) | (y >= end.y() + 1)
        assert np.array_equal(shown[inside], expected[inside])
        assert np.array_equal(shown[outside], before[outside])
        canvas.layers.field.set_adjustment(NEUTRAL)


def test_the_pixels_that_the_canvas_was_given_stay_as_they_are(canvas):
    rgb = pixels()
    before = rgb.copy()
    canvas.show_field(5, rgb)
    canvas.layers.field.set_adjustment(STRONG)
    canvas.viewport().grab()
    assert np.array_equal(rgb, before)


def test_what_is_not_painted_yet_stays_transparent():
    picture = QImage(7, 5, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    picture.setPixelColor(3, 2, "#646464")
    apply_levels(picture, shown_levels(PictureAdjustment(brightness=20)))
    assert picture.pixelColor(3, 2).name() == "#7e7e7e"
    assert {picture.pixel(x, y) for x in range(7) for y in range(5) if (x, y) != (3, 2)} == {0}


def test_a_slide_is_shown_adjusted_too_also_before_its_tiles_are_here(qtbot, canvas):
    slide = ArrayReader(film(1500, 1200))
    canvas.layers.set_adjustment(STRONG)
    canvas.show_slide(2, slide)
    around = grabbed(canvas, -5, 100)
    loader = canvas.layers.slide.loader
    qtbot.waitUntil(lambda: loader.has_view)
    shown = grabbed(canvas, 700, 500)
    canvas.layers.set_adjustment(NEUTRAL)
    assert shown == levels_of(grabbed(canvas, 700, 500))
    assert grabbed(canvas, -5, 100) == around
    loader.shutdown()
