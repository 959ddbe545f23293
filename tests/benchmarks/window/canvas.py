"""How long one frame of the canvas takes with a thousand cells in view: panning, zooming, and after changes.

Usage: python -m tests.benchmarks.window.canvas
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator

import cv2
import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.fields.picture_adjustment import PictureAdjustment
from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.view import FieldCanvas

COLUMNS, ROWS, STEP = 40, 25, 48
SIZE = (1400, 900)


def views() -> list[CellView]:
    """A thousand cells of all classes and shapes, every fifth for review."""
    rng = np.random.default_rng(1)
    infos = itertools.cycle(BUILT_IN)
    cells = []
    for number, (row, column) in enumerate(itertools.product(range(ROWS), range(COLUMNS)), start=1):
        canvas = np.zeros((STEP, STEP), np.uint8)
        axes = (int(rng.integers(15, 22)), int(rng.integers(12, 22)))
        cv2.ellipse(canvas, (STEP // 2, STEP // 2), axes, float(rng.uniform(0, 180)), 0, 360, 1, -1)
        mask = CellMask.from_array(canvas, x0=column * STEP, y0=row * STEP)
        assert mask is not None
        info = next(infos)
        cells.append(CellView(number, mask, info.colour, info.code, info.dashed, number % 5 == 0))
    return cells


class Frames:
    """Paints frames and keeps how long each took, the change before it included."""

    def __init__(self, canvas: FieldCanvas, clock: Callable[[], float]) -> None:
        self._canvas, self._clock = canvas, clock

    def of(self, changes: Iterator[Callable[[], object]]) -> list[float]:
        """Milliseconds of a whole frame after each change, and of those in which the rest is drawn."""
        times = [self._frame(change) for change in changes]
        while not self._canvas.layers.cells.is_complete:
            QApplication.processEvents()  # timers
            times.append(self._frame(lambda: None))
        return times

    def _frame(self, change: Callable[[], object]) -> float:
        start = self._clock()
        change()
        self._canvas.viewport().repaint()
        return (self._clock() - start) * 1000


def measure(*, clock: Callable[[], float] = time.perf_counter) -> dict[str, tuple[float, float]]:
    """Median and longest frame of each kind of work, milliseconds."""
    canvas = FieldCanvas()
    canvas.resize(*SIZE)
    canvas.show()
    QApplication.processEvents()
    rgb = np.full((ROWS * STEP, COLUMNS * STEP, 3), (225, 215, 220), np.uint8)
    cells = views()
    frames = Frames(canvas, clock)
    times: dict[str, list[float]] = {}
    canvas.show_field(1, rgb)
    times["1,000 cells appear"] = frames.of(iter([lambda: canvas.set_cells(cells)]))
    times["pan, all in view"] = frames.of(lambda: canvas.pan_by(11, 5) for _ in range(40))
    canvas.fit()
    times["zoom in"] = frames.of(lambda: canvas.set_zoom(canvas.zoom * 1.1) for _ in range(30))
    times["pan, zoomed in"] = frames.of(lambda: canvas.pan_by(25, 11) for _ in range(40))
    times["zoom out"] = frames.of(lambda: canvas.set_zoom(canvas.zoom / 1.1) for _ in range(34))
    canvas.fit()
    frames.of(iter([lambda: None]))
    times["hover preview"] = frames.of(lambda n=n: canvas.set_hover_preview(cells[n].mask) for n in range(40))
    times["one class changes"] = frames.of(lambda n=n: canvas.set_cells(_with_class(cells, n)) for n in range(40))
    times["select all"] = frames.of(iter([lambda: canvas.set_selection(range(1, 1001))]))
    times["find the cell under the cursor"] = frames.of(lambda n=n: canvas.cell_at(Point(n, n)) for n in range(40))
    taken = canvas.layers.field.adjustment
    changes = (PictureAdjustment(brightness=n, warmth=-n) for n in range(1, 41))
    times["adjust the picture"] = frames.of(lambda a=a: canvas.layers.set_adjustment(a) for a in changes)
    canvas.layers.set_adjustment(taken)
    canvas.close()
    return {name: (float(np.median(each)), max(each)) for name, each in times.items()}


def _with_class(cells: list[CellView], number: int) -> list[CellView]:
    old = cells[number]
    cells[number] = CellView(old.id, old.mask, "#0072B2", "Ma")
    return cells


def main() -> None:
    """Print a table: by the clock, and the processor's part, which a busy machine doesn't distort."""
    app = QApplication.instance() or QApplication([])
    wall, processor = measure(), measure(clock=time.thread_time)
    for name, (median, longest) in wall.items():
        sys.stdout.write(
            f"{name:32} median {median:6.1f}  longest {longest:6.1f} ms   "
            f"processor {processor[name][0]:6.1f} {processor[name][1]:6.1f} ms\n"
        )
    del app


if __name__ == "__main__":
    main()
