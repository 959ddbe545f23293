"""What each tool tells, without a canvas: a camera over a bare view, the layers, and a list that hears."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.domain.mask import CellMask
from rbc_desktop.ui.canvas.camera import Camera
from rbc_desktop.ui.canvas.gestures import Band, BoxDrawn, CellPicked, LineDrawn, ToolName
from rbc_desktop.ui.canvas.layers import Layers
from rbc_desktop.ui.canvas.shapes import CellView
from rbc_desktop.ui.canvas.tools import MouseAt, make_tools
from rbc_desktop.workflows.outlining import PointClick
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
        self.tools = make_tools(self.camera, self.layers, self.told.append)

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
@pytest.mark.parametrize("tool", ToolName)
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
@pytest.mark.parametrize("tool", ToolName)
def test_a_drag_over_a_cell(bench, tool, held):
    assert bench.do(tool, *FRAME, held) == DRAGS[tool][held]
    assert bench.layers.gesture.is_empty == (tool is not ToolName.LINE)


@pytest.mark.parametrize("tool", ToolName)
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
