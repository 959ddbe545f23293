"""Free measures as they are drawn."""

import pytest

from rbc_desktop.domain.fields.free_measure import FreeMeasure
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.overlay.pens import MEASURE
from tests.ui.canvas.drawn_discs import grabbed

LENGTH = FreeMeasure((Point(100, 200), Point(500, 200)))
ANGLE = FreeMeasure((Point(300, 60), Point(300, 160), Point(420, 160)))


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
def test_lines_keep_their_width_and_colour_at_any_zoom(canvas, zoom):
    canvas.layers.measures.show_measures((LENGTH, ANGLE), ("400 px", "90°"))
    canvas.set_zoom(zoom)
    canvas.camera.centre_on(Point(150, 200))
    assert grabbed(canvas, 150, 200) == MEASURE.getRgb()[:3]
    canvas.camera.centre_on(Point(400, 160))
    assert grabbed(canvas, 400, 160) == MEASURE.getRgb()[:3]
    clear = 6 / canvas.camera.scale
    assert grabbed(canvas, 400, 160 + clear) != MEASURE.getRgb()[:3]


def test_the_value_stands_on_a_dark_plate_at_the_middle_of_a_length_and_the_corner_of_an_angle(canvas):
    canvas.layers.measures.show_measures((LENGTH, ANGLE), ("400 px", "90°"))
    below = 14 / canvas.camera.scale
    for x, y in ((300, 200), (300, 160)):
        assert max(grabbed(canvas, x, y + below)) < 120


def test_what_is_removed_is_gone_from_the_screen(canvas):
    before = grabbed(canvas, 150, 200)
    canvas.layers.measures.show_measures((LENGTH,), ("400 px",))
    assert grabbed(canvas, 150, 200) != before
    canvas.layers.measures.show_measures((), ())
    assert grabbed(canvas, 150, 200) == before
