"""How long the gallery of 50,000 cells takes to appear, and one frame of scrolling through it.

Usage: python -m tests.benchmarks.window.gallery_frames
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.case.case import Case, Field, ImageFacts
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.selection import Selection
from rbc_desktop.ports import LoadedImage, RgbImage
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.paths import resource_root
from rbc_desktop.ui.gallery.gallery_pane import GalleryPane
from rbc_desktop.ui.gallery.tile_pictures import TilePictures
from rbc_desktop.ui.look.theme import ThemeController
from rbc_desktop.workflows.cases.reading import ReadField, thumbnail_of
from rbc_desktop.workflows.cases.reading_controller import FieldImages
from rbc_desktop.workflows.review.cell_columns import LAYOUT, Columns

CELLS, FIELDS = 50_000, 40
WIDTH, HEIGHT = 640, 480
PANE = (1000, 760)


def masks() -> list[CellMask]:
    """Fifty cells of 30 to 44 px."""
    rng, made = np.random.default_rng(1), []
    for _ in range(50):
        canvas = np.zeros((48, 48), np.uint8)
        axes = (int(rng.integers(15, 22)), int(rng.integers(15, 22)))
        cv2.ellipse(canvas, (24, 24), axes, float(rng.uniform(0, 180)), 0, 360, 1, -1)
        mask = CellMask.from_array(canvas)
        assert mask is not None
        made.append(mask)
    return made


def big_case(pixels: RgbImage) -> tuple[Case, Columns, dict[int, ReadField]]:
    """A case of 50,000 cells in 40 fields, its rows, and the fields' images."""
    rng, shapes, case = np.random.default_rng(2), masks(), Case()
    table = np.zeros(CELLS, LAYOUT)
    for cell_id in range(1, CELLS + 1):
        field_id, shape = cell_id % FIELDS + 1, shapes[cell_id % len(shapes)]
        height, width = shape.crop.shape
        mask = replace(shape, x0=int(rng.integers(0, WIDTH - width)), y0=int(rng.integers(0, HEIGHT - height)))
        case.cells[cell_id] = Cell(cell_id, field_id, mask, PromptSet.click(1, 1), 0.9, False)
        row = table[cell_id - 1]
        row["cell"], row["field"], row["x0"], row["y0"] = cell_id, field_id, mask.x0, mask.y0
        row["x1"], row["y1"], row["counted"] = mask.x0 + width, mask.y0 + height, True
    table["cell_class"] = rng.choice(len(BUILT_IN), CELLS, p=[0.7, *[0.3 / (len(BUILT_IN) - 1)] * (len(BUILT_IN) - 1)])
    table["sureness"], table["um_per_px"] = rng.random(CELLS), np.nan
    table["waiting"] = table["sureness"] < 0.2
    reads = {}
    for field_id in range(1, FIELDS + 1):
        own = np.roll(pixels, 7 * field_id, axis=1)
        facts = ImageFacts(Path(f"field {field_id}.png"), f"{field_id}", WIDTH, HEIGHT)
        case.fields[field_id] = Field.of(facts, number=field_id, calibration=None)
        reads[field_id] = ReadField(facts, thumbnail_of(own), _loaded(facts, own))
    return case, table, reads


def _loaded(facts: ImageFacts, pixels: RgbImage) -> LoadedImage:
    return LoadedImage(facts.path, pixels, facts.sha256)


def measure(folder: Path, *, clock: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    """Seconds until the first frame, until its pictures are all there, and milliseconds of scroll frames."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = ThemeController(app, resources=resource_root())
    tasks = TaskRunner()
    sample = read_image(resource_root() / "sample" / "sample_smear.png").pixels
    case, table, reads = big_case(cv2.resize(sample, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA))
    store = CaseFile.create(folder / "big.rbc")
    editor, images = CaseEditor(case, store), FieldImages(tasks, read_image)
    for field_id, read in reads.items():
        images.put(field_id, read)
    pane = GalleryPane(
        editor, Selection(editor), cells=lambda: table, distances=lambda _cells: None, theme=theme,
        pictures=lambda window_of: TilePictures(editor, images, tasks=tasks, window_of=window_of),
    )  # fmt: skip
    pane.resize(*PANE)
    began = clock()
    pane.show()
    pane.view.viewport().repaint()
    first = clock() - began
    began = time.perf_counter()
    view = pane.view
    _until(lambda: all(pane.pictures.get(view.id_at(index)) is not None for index in view.visible))
    pictures = time.perf_counter() - began
    frames = _scroll(pane, clock)
    pane.close()
    pane.deleteLater()
    tasks.shutdown()
    store.close()
    return {
        "first frame": first, "its pictures": pictures,
        "scroll frame, median": float(np.median(frames)),
        "scroll frame, 95th percentile": float(np.percentile(frames, 95)), "scroll frame, longest": max(frames),
    }  # fmt: skip


def _scroll(pane: GalleryPane, clock: Callable[[], float]) -> list[float]:
    """Down by a third of a row at a time, by whole pages, and by leaps; events in between belong to the frame."""
    bar, frames = pane.view.verticalScrollBar(), []
    pitch, page = pane.view.layout_.pitch, bar.pageStep()
    steps = [pitch // 3] * 200 + [page] * 40 + [bar.maximum() // 40] * 30
    for step in steps:
        began = clock()
        bar.setValue(bar.value() + step)
        pane.view.viewport().repaint()
        QApplication.processEvents()
        frames.append(1000 * (clock() - began))
    return frames


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def main() -> None:
    """Print both kinds of time: by the clock, and the GUI thread's own, which a busy machine doesn't distort."""
    import tempfile

    for name, clock in (("clock", time.perf_counter), ("GUI thread's own work", time.thread_time)):
        with tempfile.TemporaryDirectory() as folder:
            for what, value in measure(Path(folder), clock=clock).items():
                unit = "ms" if what.startswith("scroll") else "s"
                sys.stdout.write(f"{name:24} {what:34} {value:8.3f} {unit}\n")


if __name__ == "__main__":
    main()
