"""A case of 200,000 cells in 100 fields: from its file to a window that can be worked with, its counts, memory, blocks.

The fields repeat one drawn field, so that the case is written within a minute.

Usage: python -m tests.benchmarks.window.big_case [--fields N] [--case FILE] [--steps] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np

from rbc_desktop.allocator import give_back_freed
from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.case.changes import PutAnalyses, PutCells, PutFields, PutQualities, Together
from rbc_desktop.domain.cells.cell import Cell, CellAnalysis, Measurements, Prediction
from rbc_desktop.domain.cells.look import LOOK_LENGTH
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.field_quality import FieldQuality
from rbc_desktop.models.choice.choice import ModelChoice, load_classifier
from rbc_desktop.ports import CellClassifier
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.digest import known_digest
from rbc_desktop.storage.paths import USER_FOLDER_VARIABLE, resource_root

FIELDS, ACROSS, PITCH = 100, 45, 52
"""Fields, and cells of a row and of a column of each; they lie so many pixels apart."""

LEFT_OUT = ACROSS**2 - 2000
"""Places of a field without a cell, so that each holds 2,000."""

UM_PER_PX = 0.19


def drawn_cells(*, across: int, count: int) -> tuple[np.ndarray, list[CellMask]]:
    """A field of so many cells on a grid, and their masks; none touches another one or the edge."""
    rng = np.random.default_rng(1)
    side = across * PITCH + 8
    light, masks = np.full((side, side, 3), (240, 233, 226), np.uint8), []
    for place in range(count):
        canvas = np.zeros((PITCH, PITCH), np.uint8)
        axes = (int(rng.integers(15, 23)), int(rng.integers(15, 23)))
        cv2.ellipse(canvas, (PITCH // 2, PITCH // 2), axes, float(rng.uniform(0, 180)), 0, 360, 1, -1)
        x0, y0 = 4 + place % across * PITCH, 4 + place // across * PITCH
        mask = CellMask.from_array(canvas, x0=x0, y0=y0)
        assert mask is not None
        masks.append(mask)
        part = light[y0 : y0 + PITCH, x0 : x0 + PITCH]
        part[canvas > 0] = (200, 120, 130)
    return cv2.GaussianBlur(light, (0, 0), 1.5), masks


def _analysis(cell: Cell, rng: np.random.Generator, look: np.ndarray, booster: CellClassifier) -> CellAnalysis:
    classes = booster.classes
    area, diameter = float(cell.mask.area), cell.mask.diameter
    known = {"area_px": area, "diameter_px": diameter, "solidity": float(rng.uniform(0.9, 1))}
    known |= {"relative_diameter": diameter / 42, "waist": 1.0, "relative_density": float(rng.uniform(0.8, 1.2))}
    values = {f.name: known.get(f.name, float(rng.uniform(0.1, 1.5))) for f in fields(Measurements)}
    shares = rng.dirichlet(np.where(np.arange(len(classes)) == cell.id % len(classes), 9.0, 0.3))
    prediction = Prediction(dict(zip(classes, shares.tolist(), strict=True)), cell.mask_revision, booster.model_id, 0.6)
    return CellAnalysis(
        cell.id, 1, Measurements(**values), prediction, UM_PER_PX, datetime(2026, 3, 5, tzinfo=UTC), look
    )


def write_case(folder: Path, *, count: int, across: int = ACROSS, cells_each: int = ACROSS**2 - LEFT_OUT) -> Path:
    """The case file and its images, through the same layer that the window writes with.

    Args:
        folder: gets them.
        count: fields.
        across: places for cells in a row of a field.
        cells_each: cells of a field.
    """
    pixels, masks = drawn_cells(across=across, count=cells_each)
    rng = np.random.default_rng(2)
    looks = rng.normal(size=(len(masks), LOOK_LENGTH)).astype(np.float16)
    booster = load_classifier(ModelChoice(), bundled=resource_root() / "weights")
    assert booster is not None
    store = CaseFile.create(folder / "big.rbc")
    for number in range(1, count + 1):
        image = folder / f"field {number:03}.jpg"
        pixels[0, 0] = number % 256
        cv2.imwrite(str(image), pixels, (cv2.IMWRITE_JPEG_QUALITY, 80))
        scale = Calibration(UM_PER_PX, "typed")
        field = Field(number, image, known_digest(image), pixels.shape[1], pixels.shape[0], scale, searched="drawn")
        first = (number - 1) * len(masks) + 1
        cells = tuple(
            Cell(first + n, number, mask, PromptSet.click(mask.x0 + 20.0, mask.y0 + 20.0), 0.9, False, "segment all")
            for n, mask in enumerate(masks)
        )
        seen = tuple(replace(c, reviewed_class=CellClass.NORMAL) if c.id % 10 == 0 else c for c in cells)
        analyses = tuple(_analysis(c, rng, looks[n], booster) for n, c in enumerate(cells))
        judged = PutQualities(((number, quality()),))
        store.apply(Together((PutFields((field,)), PutCells(seen), judged, PutAnalyses(analyses))))
    store.close()
    return folder / "big.rbc"


def quality() -> FieldQuality:
    """What a good image shows."""
    values = {f.name: 0.5 for f in fields(FieldQuality)}
    return FieldQuality(**{**values, "cell_px": 40.0, "edge_share": 0.01, "cells": 2000})


def resident_mb() -> float:
    """What the process holds now, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def opened(path: Path, folder: Path, *, with_steps: bool = False) -> dict[str, float]:
    """Open the case in the real window, models loaded, and measure."""
    os.environ[USER_FOLDER_VARIABLE] = str(folder / "home")
    from PySide6.QtWidgets import QApplication

    from rbc_desktop.commands.desktop.assembly import build_window, close_down
    from rbc_desktop.commands.desktop.process import GuiCollector
    from rbc_desktop.workflows.review.cell_columns import counted_lines
    from tests.benchmarks.window.heartbeat import Heard, Heartbeat, wait_until

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    window = build_window(app)
    window.show()
    services, panel = window.services, window.panel
    ready_heard = Heard(services.engine.ready)
    collector = GuiCollector(app)  # as the program does: no collection of all objects while rows are read
    services.engine.ready.connect(collector.freeze)
    services.engine.start()
    wait_until(lambda: ready_heard.count > 0)
    before = resident_mb()
    heart = Heartbeat(interval_ms=5)
    began, busy = time.perf_counter(), time.process_time()
    services.files.open_paths([path])
    wait_until(lambda: bool(services.editor.case.cells) and panel.feed.is_settled, timeout_s=600)
    ready, ready_cpu = time.perf_counter() - began, time.process_time() - busy
    blocked, work = heart.stop()
    settled = resident_mb()
    table = panel.model.columns.table
    counts = statistics.median(
        _timed(lambda: counted_lines(table, classes=panel.model.columns.classes)) for _ in range(5)
    )
    found = {
        "cells": len(services.editor.case.cells),
        "ready, s": ready,
        "ready, processor, s": ready_cpu,
        "window blocked, ms": blocked,
        "its own work, ms": work,
        "counts, ms": 1000 * counts,
        "memory before, MB": before,
        "memory, MB": settled,
        "memory, peak, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    }
    if with_steps:
        from tests.benchmarks.window.big_case_steps import steps

        found |= {f"{name}, ms": value for name, value in steps(window, folder).items()}
        found["memory after, MB"] = resident_mb()
    window.close()
    close_down(window)
    collector.stop()
    return found


def _timed(step: Callable[[], object]) -> float:
    begin = time.thread_time()
    step()
    return time.thread_time() - begin


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fields", type=int, default=FIELDS)
    parser.add_argument("--case", type=Path, help="a case that was written before")
    parser.add_argument("--write", type=Path, help="write the case into this folder and end")
    parser.add_argument("--steps", action="store_true", help="also work with the case, and measure that")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    give_back_freed()  # as the program does
    with tempfile.TemporaryDirectory() as place:
        begin = time.perf_counter()
        path = chosen.case or write_case(chosen.write or Path(place), count=chosen.fields)
        written = {} if chosen.case else {"written, s": time.perf_counter() - begin}
        found = written | {"file, MB": path.stat().st_size / 1e6}
        if not chosen.write:
            found |= opened(path, Path(place), with_steps=chosen.steps)
    lines = [f"{name:24} {value:10.4g}" for name, value in found.items()]
    sys.stdout.write(json.dumps(found) + "\n" if chosen.json else "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
