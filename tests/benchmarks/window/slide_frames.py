"""A slide of 40,000 × 40,000 pixels on the canvas: first view, frames of a pan and zoom, blocked window, memory.

The slide is a pyramid of a few repeated tiles, so that it is written within seconds; with `CELLS` outlines over it.

Usage: python -m tests.benchmarks.window.slide_frames [--side PIXELS] [--cells N] [--json]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import tifffile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.fields.regions import Region, RegionReader
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.ui.canvas.cell_feed import SLICE
from rbc_desktop.ui.canvas.overlay.shapes import CellView
from rbc_desktop.ui.canvas.view import FieldCanvas
from tests.benchmarks.window.heartbeat import Heartbeat
from training.renderer.field import render_field, scatter
from training.renderer.outlines import Kind

SIDE, CELLS = 40_000, 100_000
TILE, PATTERNS, CELL_PX = 512, 4, 48
SIZE = (1920, 1080)


def write_slide(path: Path, *, side: int) -> Path:
    """A pyramid of JPEG tiles, halved down to one tile; every level repeats `PATTERNS` drawn tiles."""
    rng = np.random.default_rng(1)
    patterns = []
    for seed in range(PATTERNS):
        specs = scatter([Kind.NORMAL] * 60, width=TILE, height=TILE, diameter=CELL_PX, rng=rng)
        patterns.append(render_field(specs, width=TILE, height=TILE, seed=seed).rgb)

    def tiles(count: int) -> Iterator[np.ndarray]:
        for row in range(count):
            for column in range(count):
                yield patterns[(7 * column + 3 * row) % PATTERNS]

    with tifffile.TiffWriter(path, bigtiff=True) as writer:
        size, level = side, 0
        while size >= TILE // 2:
            writer.write(
                tiles(-(-size // TILE)), shape=(size, size, 3), dtype=np.uint8, tile=(TILE, TILE), photometric="rgb",
                compression="jpeg", compressionargs={"level": 60}, subfiletype=int(level > 0), metadata=None,
            )  # fmt: skip
            patterns = [_halved_twice_over(each) for each in patterns]
            size, level = size // 2, level + 1
    return path


def _halved_twice_over(pattern: np.ndarray) -> np.ndarray:
    half = cv2.resize(pattern, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(np.tile(half, (2, 2, 1)))


def views(count: int, *, side: int) -> list[CellView]:
    """So many cells all over the slide, of all classes; a hundred shapes stand for all."""
    rng = np.random.default_rng(2)
    infos = BUILT_IN
    shapes = []
    for _ in range(100):
        canvas = np.zeros((CELL_PX, CELL_PX), np.uint8)
        axes = (int(rng.integers(15, 22)), int(rng.integers(12, 22)))
        cv2.ellipse(canvas, (CELL_PX // 2, CELL_PX // 2), axes, float(rng.uniform(0, 180)), 0, 360, 1, -1)
        shapes.append(CellMask.from_array(canvas))
    places = rng.integers(0, side - CELL_PX, (count, 2)).tolist()
    cells = []
    for number, (x, y) in enumerate(places, start=1):
        shape, info = shapes[number % 100], infos[number % len(infos)]
        mask = CellMask(x + shape.x0, y + shape.y0, shape.crop)
        cells.append(CellView(number, mask, info.colour, info.code, info.dashed, number % 5 == 0))
    return cells


def resident_mib() -> float:
    """Memory of this process in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def script(canvas: FieldCanvas) -> Iterator[Callable[[], object]]:
    """A technician looks around: closer in steps of the wheel, across at several zooms, and out again."""
    for _ in range(6):
        for _ in range(4):
            yield lambda: canvas.set_zoom(canvas.zoom * 1.25)
        for step in range(20):
            yield lambda step=step: canvas.pan_by(-37 if step < 10 else 29, -23)
    for _ in range(24):
        yield lambda: canvas.set_zoom(canvas.zoom / 1.25)


class Gate:
    """A slide that isn't read while a frame is painted, so that the processor's time is the frame's alone."""

    def __init__(self, slide: RegionReader) -> None:
        self._slide, self.lock = slide, threading.Lock()
        self.width, self.height = slide.width, slide.height

    def read(self, region: Region, *, size: tuple[int, int] | None = None) -> np.ndarray:
        """As the slide's own."""
        with self.lock:
            return self._slide.read(region, size=size)


class Player:
    """Plays a script frame by frame and keeps what each frame cost, in time and in the processor's time."""

    def __init__(self, canvas: FieldCanvas, gate: Gate) -> None:
        self._canvas, self._gate = canvas, gate
        self.wall: list[float] = []
        self.processor: list[float] = []

    def frame(self, change: Callable[[], object]) -> None:
        """One change, painted; then what came meanwhile, as between two frames of a window."""
        with self._gate.lock:
            start, busy = time.perf_counter(), time.process_time()
            change()
            self._canvas.viewport().repaint()
            self.wall.append((time.perf_counter() - start) * 1000)
            self.processor.append((time.process_time() - busy) * 1000)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 8)

    def settle(self, *, seconds: float = 30) -> None:
        """Until every tile and every outline is there."""
        end = time.perf_counter() + seconds
        layers = self._canvas.layers
        while time.perf_counter() < end and not (layers.slide.loader.is_settled and layers.cells.is_complete):
            QApplication.processEvents()


def measure(path: Path, *, cells: int) -> dict[str, float]:
    """Everything, by name and unit."""
    slide = open_slide(path)
    gate = Gate(slide)
    drawn = views(cells, side=slide.width)
    gc.collect()
    gc.freeze()  # as the application does with what lives long (commands/desktop/process.py)
    gc.disable()
    canvas = FieldCanvas()
    canvas.resize(*SIZE)
    canvas.show()
    QApplication.processEvents()
    before = resident_mib()
    player = Player(canvas, gate)
    start = time.perf_counter()
    canvas.show_slide(1, gate)
    while not canvas.layers.slide.loader.has_view:
        QApplication.processEvents()
    canvas.viewport().repaint()
    first = time.perf_counter() - start
    heartbeat = Heartbeat(interval_ms=5)
    for start in range(0, len(drawn), SLICE):
        canvas.update_cells(drawn[start : start + SLICE])
        QApplication.processEvents()
    player.settle()
    for change in script(canvas):
        player.frame(change)
    player.settle()
    blocked = heartbeat.stop()
    gc.enable()
    found = {
        "first view, s": first,
        "frame, median, ms": float(np.median(player.wall)),
        "frame, 95th percentile, ms": float(np.percentile(player.wall, 95)),
        "frame, longest, ms": max(player.wall),
        "processor, median, ms": float(np.median(player.processor)),
        "processor, 95th percentile, ms": float(np.percentile(player.processor, 95)),
        "processor, longest, ms": max(player.processor),
        "window blocked, ms": blocked[0],
        "its own work, ms": blocked[1],
        "memory added, MiB": resident_mib() - before,
        "memory, MiB": resident_mib(),
    }
    canvas.close()
    canvas.layers.slide.loader.shutdown()
    slide.close()
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--json", action="store_true", help="print the values as JSON")
    given = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = write_slide(Path(folder) / "slide.tif", side=given.side)
        found = measure(path, cells=given.cells)
    if given.json:
        sys.stdout.write(json.dumps(found))
    else:
        sys.stdout.writelines(f"{name:32} {value:10.2f}\n" for name, value in found.items())
    del app


if __name__ == "__main__":
    main()
