"""The small map of a slide."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Box
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.slide.overview_map import density_picture, map_size
from rbc_desktop.ui.slide.slide_canvas import SlideCanvas
from tests.ui.canvas.drawn_slide import film, rgb_of

WIDTH, HEIGHT = 4000, 2000


@pytest.fixture
def canvas(qtbot):
    widget = SlideCanvas()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.waitExposed(widget)
    widget.open_slide(1, ArrayReader(film(WIDTH, HEIGHT)))
    qtbot.waitUntil(lambda: widget.layers.slide.loader.has_view)
    yield widget
    widget.layers.slide.loader.shutdown()


def test_it_shows_the_slide_and_lies_in_the_corner(canvas):
    the_map = canvas.map
    assert the_map.isVisible()
    assert (the_map.width(), the_map.height()) == map_size(WIDTH, HEIGHT, room=canvas.size()) == (200, 100)
    assert the_map.geometry().right() < canvas.width()
    picture = rgb_of(the_map.grab().toImage())
    assert picture[50, 180, 0] > picture[50, 20, 0] + 80  # red grows to the right
    canvas.resize(1000, 700)
    assert the_map.geometry().right() == 1000 - 12 - 1


@pytest.mark.parametrize(
    ("room", "side"), [((320, 300), 96), ((600, 600), 150), ((800, 400), 133), ((1920, 1080), 280)]
)
def test_it_leaves_the_slide_room_in_a_small_window(canvas, room, side):
    canvas.resize(*room)
    assert canvas.map.width() == side
    assert canvas.map.height() == pytest.approx(side / 2, abs=1)
    assert canvas.map.geometry().right() == room[0] - 12 - 1


def test_a_click_and_a_drag_move_the_view(qtbot, canvas):
    canvas.set_zoom(1.0)
    qtbot.mousePress(canvas.map, Qt.MouseButton.LeftButton, pos=QPoint(150, 25))
    assert canvas.camera.centre.x == pytest.approx(3000, abs=20)
    assert canvas.camera.centre.y == pytest.approx(500, abs=20)
    qtbot.mouseMove(canvas.map, QPoint(50, 75))
    qtbot.mouseRelease(canvas.map, Qt.MouseButton.LeftButton, pos=QPoint(50, 75))
    frame = canvas.map.frame
    assert frame.center().x() == pytest.approx(canvas.camera.centre.x / 20, abs=1)
    assert frame.width() == pytest.approx(800 / 20, abs=2)


def test_keys_move_the_view_zoom_and_go_back(qtbot, canvas):
    canvas.set_zoom(1.0)
    canvas.camera.centre_on(canvas.map.slide_point(QPointF(100, 50)))
    canvas.map.setFocus()
    before = canvas.camera.centre
    for key, dx, dy in ((Qt.Key.Key_Right, 400, 0), (Qt.Key.Key_Down, 0, 300), (Qt.Key.Key_Left, -400, 0)):
        was = canvas.camera.centre
        qtbot.keyClick(canvas.map, key)
        assert (canvas.camera.centre.x - was.x, canvas.camera.centre.y - was.y) == pytest.approx((dx, dy), abs=1)
    zoom = canvas.zoom
    qtbot.keyClick(canvas.map, Qt.Key.Key_Plus)
    assert canvas.zoom > zoom
    qtbot.keyClick(canvas.map, Qt.Key.Key_Home)
    assert canvas.view_state.fitted
    qtbot.keyClick(canvas.map, Qt.Key.Key_Escape)
    assert canvas.hasFocus()
    assert before is not None


def test_it_can_be_switched_off_and_goes_with_the_slide(canvas):
    canvas.map.set_wanted(False)
    assert not canvas.map.isVisible()
    canvas.map.set_wanted(True)
    assert canvas.map.isVisible()
    canvas.open_slide(1, None)
    assert not canvas.map.isVisible()


def test_found_cells_are_seen_where_they_lie(canvas):
    masks = [CellMask.from_array(np.ones((20, 20), bool), x0=3000 + 5 * n, y0=1500) for n in range(40)]
    plain = rgb_of(canvas.map.grab().toImage()).astype(int)
    canvas.set_cells([CellView(n, mask) for n, mask in enumerate(masks, start=1)])
    canvas.map.show_cells()
    changed = np.abs(rgb_of(canvas.map.grab().toImage()).astype(int) - plain).sum(axis=2) > 30
    rows, columns = np.nonzero(changed)
    assert columns.min() == pytest.approx(150, abs=2)
    assert columns.max() == pytest.approx(161, abs=2)
    assert rows.mean() == pytest.approx(75, abs=2)


def test_more_cells_are_more_opaque_and_none_are_nothing():
    centres = np.array([(10, 10)] * 9 + [(90, 10)], np.float32)
    picture = density_picture(centres, slide=(100, 50), size=(20, 10))
    assert picture[2, 2, 3] > picture[2, 18, 3] > 0
    assert np.count_nonzero(picture[..., 3]) == 2
    assert not density_picture(centres[:0], slide=(100, 50), size=(20, 10)).any()


def test_regions_are_framed(canvas):
    plain = rgb_of(canvas.map.grab().toImage()).astype(int)
    canvas.map.set_regions([Box(1000, 1000, 1600, 1600)], [])
    changed = np.abs(rgb_of(canvas.map.grab().toImage()).astype(int) - plain).sum(axis=2) > 30
    rows, columns = np.nonzero(changed)
    assert (columns.min(), columns.max()) == (pytest.approx(50, abs=2), pytest.approx(80, abs=2))
    assert (rows.min(), rows.max()) == (pytest.approx(50, abs=2), pytest.approx(80, abs=2))
