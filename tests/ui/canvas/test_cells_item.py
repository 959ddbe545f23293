"""Outlines on the screen."""

import pytest

from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.shapes import CellView
from tests.ui.canvas.drawn_discs import disc, grabbed


def settled(canvas, qtbot):
    qtbot.waitUntil(lambda: canvas.layers.cells.is_complete)
    canvas.viewport().repaint()
    qtbot.waitUntil(lambda: canvas.layers.cells.is_complete)


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
