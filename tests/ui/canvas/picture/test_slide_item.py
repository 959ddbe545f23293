"""A slide on the canvas."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.ui.canvas.picture.slide_tiles import SlideTile
from rbc_desktop.ui.canvas.view import FieldCanvas
from tests.ui.canvas.drawn_slide import film, rgb_of

WIDTH, HEIGHT = 5000, 3600


@pytest.fixture
def canvas(qtbot):
    widget = FieldCanvas()
    qtbot.addWidget(widget)
    widget.resize(700, 520)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.layers.slide.loader.shutdown()


@pytest.fixture
def slide():
    return ArrayReader(film(WIDTH, HEIGHT))


def grabbed(canvas):
    return rgb_of(canvas.viewport().grab().toImage())


def shows_all(qtbot, canvas):
    qtbot.waitUntil(lambda: canvas.layers.slide.loader.has_view)


def off(canvas, slide, *, margin=12):
    """Mean difference between the canvas and the slide, grey levels, over a grid of canvas pixels."""
    picture = grabbed(canvas)
    errors = []
    for y in range(margin, canvas.height() - margin, 23):
        for x in range(margin, canvas.width() - margin, 23):
            p = canvas.to_field(QPoint(x, y))
            if 40 < p.x < WIDTH - 40 and 40 < p.y < HEIGHT - 40:
                there = slide.read(_around(p, 1 / canvas.zoom))[..., :2].mean(axis=(0, 1))
                errors.append(np.abs(picture[y, x, :2] - there).max())
    return float(np.mean(errors))


def _around(point, side):
    half = max(1, int(side / 2))
    x, y = int(point.x), int(point.y)
    return Region(x - half, y - half, x + half, y + half)


@pytest.mark.parametrize("zoom", [0.1, 0.23, 0.5, 1.0, 1.7])
def test_every_place_shows_its_own_pixels_at_every_zoom(qtbot, canvas, slide, zoom):
    canvas.show_slide(1, slide)
    canvas.set_zoom(zoom)
    canvas.camera.centre_on(Point(2100, 1500))
    shows_all(qtbot, canvas)
    assert off(canvas, slide) < 1.5


def test_a_coarser_level_is_shown_until_the_finer_is_there(qtbot, canvas, slide):
    canvas.show_slide(1, slide)
    loader = canvas.layers.slide.loader
    qtbot.waitUntil(lambda: loader.is_settled)
    loader.shutdown()  # nothing is read from here on
    canvas.set_zoom(1.0)
    assert loader.picture(SlideTile(0, 4, 3)) is None
    assert off(canvas, slide) < 12  # blurred, and in its place


def test_only_what_is_in_view_is_read(qtbot, canvas, slide):
    canvas.show_slide(1, slide)
    canvas.set_zoom(1.0)
    canvas.camera.centre_on(Point(2500, 1800))
    loader = canvas.layers.slide.loader
    qtbot.waitUntil(lambda: loader.is_settled)
    assert loader.picture(SlideTile(0, 4, 3)) is not None
    assert loader.picture(SlideTile(0, 0, 0)) is None


def test_a_field_after_a_slide_has_nothing_of_it(qtbot, canvas, slide):
    canvas.show_slide(1, slide)
    shows_all(qtbot, canvas)
    canvas.show_field(2, np.full((300, 400, 3), 99, np.uint8))
    assert canvas.layers.slide.boundingRect().isEmpty()
    middle = grabbed(canvas)[canvas.height() // 2, canvas.width() // 2]
    assert (middle == 99).all()
    canvas.show_slide(1, slide)
    assert canvas.layers.field.boundingRect().isEmpty()
    canvas.clear_field()
    assert canvas.layers.slide.boundingRect().isEmpty()


def test_a_slide_can_be_seen_as_a_whole_however_large_it_is(qtbot, canvas):
    class Huge:
        width, height = 200_000, 150_000

        def read(self, region, *, size=None):
            return np.full((size[1], size[0], 3), 50, np.uint8)

    canvas.show_slide(1, Huge())
    whole = canvas.zoom
    assert canvas.visible_box == Box(0, 0, 200_000, 150_000)
    canvas.zoom_in()
    canvas.zoom_out()
    canvas.zoom_out()
    assert canvas.zoom == pytest.approx(whole)
