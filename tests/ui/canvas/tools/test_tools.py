"""What each tool tells, without a canvas: a camera over a bare view, the layers, and a list that hears."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.ui.canvas.overlay.layers import Layers
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.picture.camera import Camera
from rbc_desktop.ui.canvas.tools.brush_size import BrushSize
from rbc_desktop.ui.canvas.tools.gestures import Band, BoxDrawn, CellPicked, LineDrawn, ToolName
from rbc_desktop.ui.canvas.tools.toolbox import make_tools
from rbc_desktop.ui.canvas.tools.tools import MouseAt
from rbc_desktop.workflows.outlines.outlining import PointClick
from tests.ui.canvas.hand import ALT, CTRL, LEFT, NONE, RIGHT, SHIFT

CELL, BARE, OUTSIDE = Point(50, 50), Point(200, 150), Point(-5, 20)
HELD = {"left": (LEFT, NONE), "right": (RIGHT, NONE), "alt": (LEFT, ALT), "shift": (LEFT, SHIFT), "ctrl": (LEFT, CTRL)}
FRAME, BOX, CLIPPED = (Point(30, 30), Point(80, 70)), Box(30, 30, 80, 70), Box(0, 0, 60, 60)


class Bench:
    """The tools over a field of 400 × 300 pixels with cell 7."""

    def __init__(self, qtbot):
        self.scene = QGraphicsScene()
        self.view = QGraphicsView(self.scene)
        qtbot.addWidget(self.view)
        self.view.resize(500, 400)
        self.layers = Layers(self.scene)
        self.layers.cells.set_field_size(400, 300)
        self.layers.cells.set_cells([CellView(7, CellMask.from_array(np.ones((20, 20), bool), x0=40, y0=40))])
        self.camera = Camera(self.view)
        self.camera.open_field(1, size=(400, 300))
        self.told = []
        self.tools = make_tools(self.camera, self.layers, self.told.append, brush=BrushSize())

    def do(self, tool, start, end, held):
        """Press, move and release; what was told."""
        button, modifiers = HELD[held]
        tool = self.tools[tool]
        here, there = (MouseAt(p, QPoint(round(p.x), round(p.y)), button, modifiers) for p in (start, end))
        tool.press(here)
        tool.move(there)
        tool.release(there)
        told, self.told[:] = list(self.told), []
        return told


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def marks(*, point=CELL, positive=True, extend=False, cell_id=7):
    return [PointClick(point, positive=positive, extend=extend, cell_id=cell_id)]


def always(*told):
    return {held: list(told) for held in HELD}


NO = marks(positive=False)
CLICKS = {
    ToolName.POINT: {"left": marks(), "right": NO, "alt": NO, "shift": marks(extend=True), "ctrl": marks()},
    ToolName.BOX: {"left": [], "right": NO, "alt": NO, "shift": [], "ctrl": []},
    ToolName.SELECT: {
        "left": [CellPicked(7, adds=False)], "right": [], "alt": [CellPicked(7, adds=False)],
        "shift": [CellPicked(7, adds=True)], "ctrl": [CellPicked(7, adds=True)],
    },
    ToolName.PAN: always(),
    ToolName.LINE: always(),
}  # fmt: skip


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("tool", CLICKS)
def test_a_click_on_a_cell(bench, tool, held):
    assert bench.do(tool, CELL, CELL, held) == CLICKS[tool][held]
    bench.layers.set_overlay_visible(False)
    hidden = bench.do(tool, CELL, CELL, held)
    assert len(hidden) == len(CLICKS[tool][held])
    assert all(gesture.cell_id is None for gesture in hidden)


BESIDE = [PointClick(FRAME[0], positive=False)]
DRAGS = {
    ToolName.POINT: always(BoxDrawn(BOX)) | {"right": BESIDE, "alt": BESIDE},
    ToolName.BOX: always(BoxDrawn(BOX)) | {"right": BESIDE, "alt": BESIDE},
    ToolName.SELECT: {held: [Band((7,), adds=held in ("shift", "ctrl"))] for held in HELD},
    ToolName.PAN: always(),
    ToolName.LINE: always(LineDrawn(*FRAME)) | {"shift": [LineDrawn(FRAME[0], Point(80, 30))]},
}


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("tool", CLICKS)
def test_a_drag_over_a_cell(bench, tool, held):
    assert bench.do(tool, *FRAME, held) == DRAGS[tool][held]
    assert bench.layers.gesture.is_empty == (tool is not ToolName.LINE)


@pytest.mark.parametrize("tool", CLICKS)
def test_beside_the_field(bench, tool):
    clicks = {ToolName.SELECT: [CellPicked(None, adds=False)]}
    assert bench.do(tool, OUTSIDE, OUTSIDE, "left") == clicks.get(tool, [])
    start, end = Point(-40, -30), Point(60, 60)
    drags = {
        ToolName.POINT: [BoxDrawn(CLIPPED)], ToolName.BOX: [BoxDrawn(CLIPPED)],
        ToolName.SELECT: [Band((7,), adds=False)], ToolName.LINE: [LineDrawn(start, end)],
    }  # fmt: skip
    assert bench.do(tool, start, end, "left") == drags.get(tool, [])


@pytest.mark.parametrize("tool", ToolName)
def test_a_gesture_that_is_given_up_tells_nothing(bench, tool):
    at = MouseAt(BARE, QPoint(200, 150), LEFT, NONE)
    bench.tools[tool].press(at)
    bench.tools[tool].move(MouseAt(CELL, QPoint(50, 50), LEFT, NONE))
    assert bench.tools[tool].cancel()
    bench.tools[tool].release(at)
    assert bench.told == []
    assert not bench.tools[tool].cancel()


def test_the_hand_moves_the_image(bench):
    bench.camera.set_zoom(3)
    before, scale = bench.camera.centre, bench.camera.scale
    bench.do(ToolName.PAN, Point(100, 100), Point(120, 110), "left")
    after = bench.camera.centre
    assert (after.x, after.y) == pytest.approx((before.x - 20 / scale, before.y - 10 / scale), abs=1)


def test_another_click_on_one_place_takes_the_next_of_cells_over_each_other(bench):
    under = CellMask.from_array(np.ones((60, 60), bool), x0=20, y0=20)
    bench.layers.cells.set_cells([CellView(7, bench.layers.cells.view(7).mask), CellView(8, under)])
    picked = []
    for _ in range(4):
        [told] = bench.do(ToolName.SELECT, CELL, CELL, "left")
        bench.layers.cells.set_selected(frozenset((told.cell_id,)))
        picked.append(told.cell_id)
    assert picked == [7, 8, 7, 8]
    elsewhere = Point(58, 58)
    assert bench.do(ToolName.SELECT, elsewhere, elsewhere, "left") == [CellPicked(7, adds=False)]


@pytest.mark.parametrize("tool", [ToolName.POINT, ToolName.BOX])
def test_alt_and_the_wheel_go_through_cells_over_each_other(bench, tool):
    masks = {
        number: CellMask.from_array(np.ones((s, s), bool), x0=20, y0=20) for number, s in ((7, 40), (8, 50), (9, 60))
    }
    bench.layers.cells.set_cells([CellView(number, mask) for number, mask in masks.items()])
    at = MouseAt(CELL, QPoint(50, 50), Qt.MouseButton.NoButton, ALT)
    for steps in (1, 1, 1, 1, -1, -1):
        assert bench.tools[tool].wheel(at, steps)
        bench.layers.cells.set_selected(frozenset((bench.told[-1].cell_id,)))
    assert [told.cell_id for told in bench.told] == [7, 8, 9, 7, 9, 8]
    assert not bench.tools[tool].wheel(MouseAt(BARE, QPoint(200, 150), Qt.MouseButton.NoButton, ALT), 1)
