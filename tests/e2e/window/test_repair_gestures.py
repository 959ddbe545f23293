"""Repairs in the real window with the bundled models, by mouse and keys, each in a counted number of gestures."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.commands.desktop import assembly
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.tools.gestures import ToolName
from tests.ui.canvas.hand import CTRL, LEFT, NONE, Hand

SLOW = 120_000


class Technician:
    """Mouse and keys over the window; every key, click and stroke is one gesture."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window
        self.hand = Hand(window.canvas)
        self.gestures = 0

    def key(self, key, modifiers=NONE):
        self.gestures += 1
        self.qtbot.keyClick(self.window.canvas, key, modifiers)
        self.until(lambda: not self.window._state_timer.isActive())

    def click(self, point, modifiers=NONE):
        self.gestures += 1
        self.hand.move(point.x, point.y)
        self.hand.click(point.x, point.y, modifiers=modifiers)
        self.until(lambda: not self.window._state_timer.isActive())

    def stroke(self, *points):
        self.gestures += 1
        self.hand.press(points[0].x, points[0].y)
        for a, b in itertools.pairwise(points):
            for share in np.linspace(0.1, 1, 10):
                self.hand.move(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y), LEFT)
        self.hand.release(points[-1].x, points[-1].y)

    def counted(self):
        """Gestures since the last count; the picture has caught up after it."""
        count, self.gestures = self.gestures, 0
        case, canvas = self.cells, self.window.canvas
        self.until(lambda: all(canvas.layers.cells.view(i) is not None for i in case))
        self.until(lambda: all(self.window.services.editor.case.analysis_of(c) is not None for c in case.values()))
        self.until(lambda: canvas.layers.cells.is_complete)
        return count

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=SLOW)

    @property
    def cells(self):
        return self.window.services.editor.case.cells


@pytest.fixture
def at_work(qtbot):
    """The window with every cell of the sample found, the Point tool in hand."""
    window = assembly.build_window(QApplication.instance())
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    window.services.engine.start()
    window.services.files.start([])
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.status.is_ready, timeout=SLOW)
    ended = []
    window.queue.run_finished.connect(lambda *values: ended.append(values))
    qtbot.keyClick(window.canvas, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(ended), timeout=SLOW)
    made = Technician(qtbot, window)
    made.counted()
    yield made
    window.close()
    assembly.close_down(window)


def pair_that_overlaps(cells):
    """Two single cells that overlap a little, the first one before the second."""
    listed = [c for c in cells.values() if not c.touches_border and c.mask.area > 1500]
    return next((a, b) for a in listed for b in listed if a.id < b.id and a.mask.intersection_area(b.mask) > 30)


def alone(cells):
    """A round cell with nothing around it, in the middle of the field."""

    def is_alone(cell):
        around = cell.mask.box.expanded(30)
        return not any(o is not cell and o.mask.box.intersection(around) for o in cells.values())

    middle = Point(640, 480)
    free = [c for c in cells.values() if c.mask.area > 1500 and not c.touches_border and is_alone(c)]
    return min(free, key=lambda c: abs(c.mask.centroid.x - middle.x) + abs(c.mask.centroid.y - middle.y))


def circle(centre, radius):
    angles = np.linspace(0, 2 * np.pi, 41)
    return [Point(centre.x + radius * np.cos(a), centre.y + radius * np.sin(a)) for a in angles]


def test_every_repair_takes_few_gestures(at_work):
    work, editor = at_work, at_work.window.services.editor
    before = set(work.cells)
    a, b = pair_that_overlaps(work.cells)
    middle_a, middle_b = a.mask.centroid, b.mask.centroid

    work.click(middle_a)
    work.click(middle_b, CTRL)
    work.key(Qt.Key.Key_J)
    assert work.counted() == 3, "merge"
    assert set(work.cells) == before - {b.id}
    assert work.cells[a.id].mask.contains(middle_b)
    assert editor.undo_text == f"Merge cells {a.id} and {b.id}"

    work.key(Qt.Key.Key_S)
    work.click(middle_a)
    work.click(middle_b)
    work.until(lambda: len(work.cells) == len(before))
    assert work.counted() == 3, "split"
    halves = [c.mask for c in work.cells.values() if c.edits]
    for old in (a, b):
        assert max(half.iou(old.mask) for half in halves) > 0.8
    assert halves[0].intersection_area(halves[1]) == 0

    editor.undo()
    work.counted()
    across = Point(middle_b.y - middle_a.y, middle_a.x - middle_b.x)
    centre = Point((middle_a.x + middle_b.x) / 2, (middle_a.y + middle_b.y) / 2)
    work.key(Qt.Key.Key_X)
    work.stroke(*(Point(centre.x + s * across.x, centre.y + s * across.y) for s in (-0.9, 0, 0.9)))
    assert work.counted() <= 3, "cut"
    assert len(work.cells) == len(before)
    assert editor.undo_text == f"Cut cell {a.id}"

    single = alone(work.cells)
    middle, radius = single.mask.centroid, single.mask.diameter / 2
    work.key(Qt.Key.Key_D)
    work.stroke(middle, Point(middle.x + radius + 6, middle.y))
    assert work.counted() == 2, "extend"
    assert work.cells[single.id].mask.contains(Point(middle.x + radius + 4, middle.y))
    assert work.cells[single.id].provenance == "segment all; brushed"

    work.window.canvas.set_tool(ToolName.POINT)
    work.window.services.selection.clear()
    work.click(middle)
    work.key(Qt.Key.Key_Delete)
    assert work.counted() == 2, "delete"
    assert single.id not in work.cells

    work.key(Qt.Key.Key_L)
    work.stroke(*circle(middle, radius))
    assert work.counted() <= 2 + 1, "draw anew"
    drawn = work.cells[max(work.cells)]
    assert drawn.mask.iou(single.mask) > 0.85
    assert drawn.provenance == "by hand; drawn"
    assert editor.case.analysis_of(drawn).prediction is not None

    for _ in range(5):  # merge, cut, extend, delete, draw: the split is undone already
        editor.undo()
    assert set(work.cells) == before


def test_typed_keys_mend_the_selected_cells(at_work):
    work, editor = at_work, at_work.window.services.editor
    single = alone(work.cells)
    work.click(single.mask.centroid)
    for key, modifiers, said in (
        (Qt.Key.Key_T, NONE, "Grow"), (Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier, "Shrink"),
        (Qt.Key.Key_T, NONE, "Grow"),
    ):  # fmt: skip
        work.key(key, modifiers)
        work.counted()
        assert editor.undo_text == f"{said} cell {single.id}"
    work.key(Qt.Key.Key_U)
    assert "no hole" in work.window.message_bar.text
    assert work.cells[single.id].provenance == "segment all; grown; shrunk; grown"
