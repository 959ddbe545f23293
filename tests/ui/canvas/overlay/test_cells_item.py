"""Outlines on the screen."""

import pytest

from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.overlay import cells_item
from rbc_desktop.ui.canvas.overlay.cell_painter import BARE_REACH_PX, REACH_PX, CellPainter, CellShape
from rbc_desktop.ui.canvas.overlay.cells_item import CellsItem
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.overlay.traced_outlines import TracedOutlines
from tests.ui.canvas.drawn_discs import disc, grabbed, pixels


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


def crowd(count, *, step=12, radius=4, colour="#0072B2"):
    columns = 55
    return [
        CellView(i + 1, disc(8 + step * (i % columns), 8 + step * (i // columns), radius), colour) for i in range(count)
    ]


def test_many_cells_that_are_small_on_the_screen_are_dots(canvas, qtbot):
    item = canvas.layers.cells
    canvas.set_cells(crowd(2200))
    settled(canvas, qtbot)
    assert item.is_dotted
    middle = item.view(100).mask.centroid
    assert grabbed(canvas, middle.x, middle.y) == pytest.approx((0, 0x72, 0xB2), abs=40)
    canvas.set_selection([100])
    settled(canvas, qtbot)
    beside = [min(grabbed(canvas, middle.x + step / 4 / canvas.zoom, middle.y)) for step in range(40)]
    assert max(beside) > 235  # a white ring, on a background of 225, 215, 220
    canvas.set_zoom(4, at=canvas.to_view(middle))
    settled(canvas, qtbot)
    assert not item.is_dotted
    assert grabbed(canvas, middle.x, middle.y) != pytest.approx((0, 0x72, 0xB2), abs=60)


def test_more_cells_than_a_screen_holds_outlines_are_dots_however_large(canvas, qtbot, monkeypatch):
    monkeypatch.setattr(cells_item, "MOST_OUTLINES", 300)
    canvas.set_cells(crowd(900, step=1, radius=15))
    settled(canvas, qtbot)
    assert canvas.layers.cells.is_dotted
    canvas.set_cells(crowd(250, step=1, radius=15))
    settled(canvas, qtbot)
    assert canvas.layers.cells.is_dotted, "a few less and it doesn't flicker"
    canvas.set_cells(crowd(200, step=1, radius=15))
    settled(canvas, qtbot)
    assert not canvas.layers.cells.is_dotted


def test_no_corners_show_from_one_pixel_of_the_screen_on():
    """What counts is pixels of the screen: at 125 % they are smaller than what Qt calls a pixel."""
    view = CellView(1, disc(30, 30, 14))
    shape = CellShape(view)
    assert len(shape.fine) > 1.5 * len(shape.coarse)
    for scale, ratio, expected in ((0.9, 1, shape.coarse), (0.9, 1.25, shape.fine), (1.31, 1.25, shape.fine)):
        [lines] = CellPainter(scale=scale, ratio=ratio)._lines([(view, shape)]).values()
        assert lines == expected


def test_few_cells_keep_their_outlines_however_small(canvas, qtbot):
    canvas.set_cells(crowd(900))
    settled(canvas, qtbot)
    assert not canvas.layers.cells.is_dotted


def test_only_outlines_in_view_are_traced(canvas, qtbot):
    canvas.set_zoom(6, at=canvas.to_view(Point(30, 30)))
    canvas.set_cells(crowd(1200))
    settled(canvas, qtbot)
    traced, item = canvas.layers.cells._outlines._shapes, canvas.layers.cells
    in_view = set(item.index.touching(canvas.visible_box))
    assert in_view <= traced.keys()
    assert len(traced) < 3 * len(in_view) < 1200


def test_a_field_that_is_shown_again_has_its_outlines_still(canvas, qtbot, monkeypatch):
    views, traced = crowd(300), []
    canvas.set_cells(views)
    settled(canvas, qtbot)
    monkeypatch.setattr(CellShape, "__init__", lambda _self, view: traced.append(view))
    canvas.clear_overlays()
    assert not canvas.layers.cells._outlines.is_waiting
    canvas.set_cells(views)
    settled(canvas, qtbot)
    assert not traced


def test_cells_can_be_changed_one_by_one(canvas, qtbot):
    views = crowd(20, step=40, radius=12)
    canvas.set_cells(views)
    settled(canvas, qtbot)
    canvas.update_cells([CellView(3, views[2].mask, "#D55E00"), CellView(99, disc(300, 300), "#0072B2")], gone=[1, 2])
    settled(canvas, qtbot)
    assert canvas.layers.cells.index.ids == set(range(3, 21)) | {99}
    assert canvas.layers.cells.view(3).colour == "#D55E00"
    assert canvas.cell_at(views[0].mask.centroid) is None
    assert canvas.cell_at(Point(300, 300)) == 99


def test_a_pan_uncovers_outlines_where_squares_were_painted_already(canvas, qtbot):
    canvas.show_field(2, pixels(2000, 1500))
    canvas.set_zoom(1, at=canvas.to_view(Point(0, 0)))
    item = canvas.layers.cells
    item.set_cells([CellView(i, disc(20 + 40 * (i % 49), 20 + 40 * (i // 49), 15)) for i in range(49 * 36)])
    settled(canvas, qtbot)
    before = canvas.visible_box
    canvas.pan_by(-60, 0)
    settled(canvas, qtbot)
    assert canvas.visible_box.x1 > before.x1
    assert set(item.index.touching(canvas.visible_box)) <= item._outlines._shapes.keys()


def test_the_old_picture_stands_until_the_outlines_of_a_square_are_traced(canvas, qtbot, monkeypatch):
    item = canvas.layers.cells
    item.set_cells(crowd(900, radius=4))
    settled(canvas, qtbot)
    squares, dotted = [], []
    draw, draw_dots = CellPainter.draw, CellsItem._draw_dots
    monkeypatch.setattr(CellPainter, "draw", lambda *a, **k: squares.append(draw(*a, **k)))
    monkeypatch.setattr(CellsItem, "_draw_dots", lambda *a: dotted.append(draw_dots(*a)))
    item.set_cells(crowd(900, radius=5))
    settled(canvas, qtbot)
    assert not dotted
    assert len(squares) <= len(item._tiles._tiles)
    assert all(item._outlines._shapes[i].mask is item.view(i).mask for i in item.index.ids)


def test_a_cell_that_somebody_chooses_stands_out_before_the_outlines_around_it_are_traced(canvas, qtbot, monkeypatch):
    monkeypatch.setattr(TracedOutlines, "trace", lambda *_, **__: [])
    item = canvas.layers.cells
    item.set_cells(crowd(900))
    squares = set(item._tiles._keys(canvas.visible_box))
    qtbot.waitUntil(lambda: squares <= item._tiles._tiles.keys() and not item._rest.isActive())
    middle = item.view(100).mask.centroid
    places = [(middle.x + step / 4 / canvas.zoom, middle.y) for step in range(40)]
    assert max(min(grabbed(canvas, *place)) for place in places) < 235
    canvas.set_selection([100])
    assert max(min(grabbed(canvas, *place)) for place in places) > 235, "a white ring"


def test_no_mark_is_cut_where_squares_meet(canvas, qtbot, monkeypatch):
    """The cells around a square are drawn in it as far as their marks reach, and no farther: that takes its time."""
    item = canvas.layers.cells
    places = [(12 + 13 * (i % 45) + i // 45 % 13, 12 + 22 * (i // 45) + i % 13) for i in range(900)]
    views = [CellView(i, disc(*place, 5), needs_review=i % 2 == 0) for i, place in enumerate(places)]
    pictures = []
    for reach in (BARE_REACH_PX, REACH_PX):
        monkeypatch.setattr(cells_item, "BARE_REACH_PX", reach)
        item.set_cells(())
        item.set_cells(views)
        canvas.set_selection(range(0, 900, 5))
        settled(canvas, qtbot)
        pictures.append(canvas.viewport().grab().toImage())
    assert pictures[0] == pictures[1]
