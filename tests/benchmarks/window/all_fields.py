"""How long Segment all fields takes in the real window, and when the first field can be reviewed.

Usage: python -m tests.benchmarks.window.all_fields [IMAGE] [--json]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.paths import USER_FOLDER_VARIABLE

FIELDS = 20
SHIFT_PX = 31
HEARTBEAT_MS = 5


@dataclass(frozen=True)
class Measured:
    """Seconds until all fields, and until the first one, are found and classified; milliseconds of the GUI thread."""

    all_seconds: float
    first_seconds: float
    cells: int
    work_ms: float


def different(image: LoadedImage, number: int) -> LoadedImage:
    """The same field turned, mirrored and shifted: another image for every cache."""
    views = (image.pixels, image.pixels[:, ::-1], image.pixels[::-1], image.pixels[::-1, ::-1])
    moved = np.roll(views[number % 4], SHIFT_PX * (number // 4), axis=1)
    return replace(image, pixels=np.ascontiguousarray(moved))


def measure(image: LoadedImage) -> Measured:
    """Open the fields in the window, press Shift+F5 and wait."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[USER_FOLDER_VARIABLE] = folder
        return _measure(image, Path(folder))


def _measure(image: LoadedImage, folder: Path) -> Measured:
    from rbc_desktop.commands.desktop.assembly import build_window, close_down
    from rbc_desktop.commands.desktop.process import GuiCollector
    from tests.benchmarks.window.heartbeat import Heartbeat, wait_until, write_png

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    built = build_window(app)
    built.show()
    services, queue = built.services, built.queue
    collector = GuiCollector(app)  # as the program does: Python's own looks through every object of torch, in 0.2 s
    services.engine.ready.connect(collector.freeze)
    services.engine.start()
    paths = [write_png(folder / f"field {n}.png", different(image, n)) for n in range(FIELDS)]
    services.files.open_paths(paths)
    wait_until(lambda: len(services.editor.case.fields) == FIELDS and built.status.is_ready)
    case, first, seen = services.editor.case, services.editor.current_field, []
    assert first is not None
    heartbeat, begin = Heartbeat(interval_ms=HEARTBEAT_MS), time.perf_counter()
    queue.segment_all()

    def is_over() -> bool:
        if not seen and first.id in queue.queue.done:
            cells = case.cells_of(first.id)
            seen.extend([time.perf_counter() - begin] if all(map(case.prediction_of, cells)) else [])
        return not (queue.queue.is_active or services.engine.is_busy or built.renewing.is_working)

    wait_until(is_over, timeout_s=600)
    seconds = time.perf_counter() - begin
    _, work = heartbeat.stop()
    count = len(case.cells)
    built.close()
    close_down(built)
    collector.stop()
    return Measured(seconds, seen[0], count, work)


if __name__ == "__main__":
    from tests.benchmarks.bench import bench_field

    given = [Path(argument) for argument in sys.argv[1:] if argument != "--json"]
    found = measure(bench_field(given[0] if given else None))
    sys.stdout.write(f"{json.dumps(asdict(found)) if '--json' in sys.argv else found}\n")
