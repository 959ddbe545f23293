"""The numbers that the design holds itself to, measured on this machine with the bundled models.

Usage: python -m tests.benchmarks.bench [--image FIELD] [--json FILE] [--write]

The field is the bundled sample, reduced to 640×480, unless another image is named.
``--write`` stores the values in docs/measured.json, which the documents quote. Exit status 1 when a bound is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np

from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.cells.proposal import Proposal
from rbc_desktop.domain.fields.calibration import NORMAL_DIAMETER_UM, Calibration
from rbc_desktop.engine.decoding import to_tile
from rbc_desktop.engine.pipeline import Pipeline, PreparedField
from rbc_desktop.imaging.masks.tiles import extract
from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.paths import USER_FOLDER_VARIABLE, resource_root
from tests.benchmarks.bench_row import Row
from tests.benchmarks.window.large_cases import big_case, whole_case
from training.measured_values import record

WIDTH, HEIGHT = 640, 480
HEARTBEAT_MS = 5


def timed(step: Callable[[], object]) -> float:
    """Seconds that a step takes."""
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


def bench_field(path: Path | None) -> LoadedImage:
    """An image reduced to 640×480, where the cells of the sample are as large as in an ordinary field."""
    image = read_image(path or resource_root() / "sample" / "sample_smear.png")
    pixels = cv2.resize(image.pixels, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    pixels.setflags(write=False)
    return replace(image, pixels=np.asarray(pixels, np.uint8), sha256=f"{image.sha256} reduced", calibration=None)


def renamed(image: LoadedImage, number: int) -> LoadedImage:
    """The same pixels as a field that no cache knows."""
    return replace(image, sha256=f"{image.sha256} run {number}")


def inference(image: LoadedImage) -> list[Row]:
    """Embedding, clicks, Segment all and classification, without a window."""
    from rbc_desktop.models.choice.choice import ModelChoice, load_classifier, load_segmenter

    weights = resource_root() / "weights"
    segmenter, _ = load_segmenter(ModelChoice(), bundled=weights)
    pipeline = Pipeline(segmenter, load_classifier(ModelChoice(), bundled=weights))
    field = pipeline.prepare(image)
    # With the scale known, preparing another field embeds nothing, so that what follows is timed from nothing.
    scale = Calibration(NORMAL_DIAMETER_UM / field.diameter_px, "typed")
    found = [p for step in pipeline.segment_all(field) for p in step.found]
    places = [p.mask.centroid for p in found]
    clicks = [PromptSet.click(p.x, p.y) for p in places]
    click_times = [timed(lambda c=c: pipeline.propose(field, c)) for c in (clicks * 100)[:100]]
    tile = field.grid.tile_for(places[0])
    near = [c for c in clicks if tile.core.contains(c.anchor)]
    sixteen = (near * 16)[:16]
    together = statistics.median(timed(lambda: pipeline.propose_many(field, sixteen)) for _ in range(5))
    p95 = 1000 * float(np.percentile(click_times, 95))
    return [
        Row("click on a ready tile, median", 1000 * statistics.median(click_times), "ms"),
        Row("click on a ready tile, 95th percentile", p95, "ms", "≤ 9", p95 <= 9),
        Row("16 clicks together", 1000 * together, "ms"),
        *against_tiny(pipeline, image, scale),
        *whole_field(pipeline, image),
        *crowded_field(pipeline, image),
        *features(pipeline, field, [cell_of(i, p) for i, p in enumerate(found, 1)]),
    ]


def cell_of(number: int, proposal: Proposal) -> Cell:
    """A proposal as a cell."""
    return Cell(number, 1, proposal.mask, proposal.prompts, proposal.score, proposal.touches_border)


def against_tiny(pipeline: Pipeline, image: LoadedImage, scale: Calibration) -> list[Row]:
    """Embedding a tile and decoding a click, beside SAM 2.1 tiny at 1024 px in the same run.

    Its weights are random: the time doesn't depend on them.
    """
    import torch

    from rbc_desktop.models.segmenter.networks import OfficialNetwork
    from rbc_desktop.models.segmenter.official_sam2 import build_official
    from rbc_desktop.models.segmenter.segmenter import Sam2Segmenter

    tiny = Sam2Segmenter(OfficialNetwork(build_official("tiny")), model_id="tiny", device=torch.device("cpu"))
    own_embedding, own_click = network_times(pipeline, image, scale, runs=7)
    embedding, click = network_times(Pipeline(tiny, None), image, scale, runs=3)
    first = 1000 * statistics.median(fresh_click(pipeline, image, scale, n) for n in range(5))
    faster = (embedding / own_embedding, click / own_click, (embedding + click) / (own_embedding + own_click))
    return [
        Row("embed one tile", 1000 * own_embedding, "ms"),
        Row("decode one click", 1000 * own_click, "ms"),
        Row("first click on a fresh tile", first, "ms", "≤ 300", first <= 300),
        Row("embed one tile with SAM 2.1 tiny, 1024 px", 1000 * embedding, "ms"),
        Row("decode one click with SAM 2.1 tiny", 1000 * click, "ms"),
        Row("embedding, times faster than SAM 2.1 tiny", faster[0], "×", "≥ 15", faster[0] >= 15),
        Row("click, times faster than SAM 2.1 tiny", faster[1], "×", "≥ 5", faster[1] >= 5),
        Row("both together, times faster than SAM 2.1 tiny", faster[2], "×", "≥ 30", faster[2] >= 30),
    ]


def network_times(pipeline: Pipeline, image: LoadedImage, scale: Calibration, *, runs: int) -> tuple[float, float]:
    """Median seconds to embed the tile in the middle of the field, and to decode a click on it."""
    prompt = PromptSet.click(image.width / 2, image.height / 2)
    tile = pipeline.prepare(image, calibration=scale).grid.tile_for(prompt.anchor)
    pixels, prompts = extract(image.pixels, tile), [to_tile(prompt, tile)]
    embedding = pipeline.segmenter.embed(pixels)
    embeddings = [timed(lambda: pipeline.segmenter.embed(pixels)) for _ in range(runs)]
    clicks = [timed(lambda: pipeline.segmenter.segment(embedding, prompts)) for _ in range(runs)]
    return statistics.median(embeddings), statistics.median(clicks)


def fresh_click(pipeline: Pipeline, image: LoadedImage, scale: Calibration, number: int) -> float:
    """Seconds of a click in the middle of a field that no cache knows."""
    field = pipeline.prepare(renamed(image, 2000 + number), calibration=scale)
    return timed(lambda: pipeline.propose(field, PromptSet.click(image.width / 2, image.height / 2)))


def whole_field(pipeline: Pipeline, image: LoadedImage) -> list[Row]:
    """From the opened image to the classified cells."""
    seconds, count = found_and_classified(pipeline, image)
    return [
        Row(f"Segment all + classify, {image.width}×{image.height}", seconds, "s", "≤ 0.6", seconds <= 0.6),
        Row("cells found in it", count, ""),
    ]


def crowded_field(pipeline: Pipeline, image: LoadedImage) -> list[Row]:
    """A field with over 1,500 small cells: the field at half its size, mirrored side by side five by four times."""
    small = cv2.resize(image.pixels, (image.width // 2, image.height // 2), interpolation=cv2.INTER_AREA)
    pair = np.concatenate([small, small[:, ::-1]], axis=1)
    block = np.concatenate([pair, pair[::-1]], axis=0)
    pixels = np.tile(block, (2, 3, 1))[:, : 5 * small.shape[1]]
    seconds, count = found_and_classified(pipeline, replace(renamed(image, 4000), pixels=np.ascontiguousarray(pixels)))
    rate = count / seconds
    return [
        Row("find + classify, a field with over 1,500 cells", rate, "cells/s", "≥ 200", rate >= 200),
        Row("cells found in the crowded field", count, "", "> 1,500", count > 1500),
    ]


def found_and_classified(pipeline: Pipeline, image: LoadedImage) -> tuple[float, int]:
    """Median seconds of three runs from the opened image to the classified cells, and how many these are."""
    counts: list[int] = []

    def run(number: int) -> None:
        field = pipeline.prepare(renamed(image, 3000 + number))
        found = [p for step in pipeline.segment_all(field) for p in step.found]
        cells = [cell_of(i, p) for i, p in enumerate(found, 1)]
        pipeline.analyse(field, cells)
        counts.append(len(cells))

    return statistics.median(timed(lambda n=n: run(n)) for n in range(3)), counts[-1]


def features(pipeline: Pipeline, field: PreparedField, cells: list[Cell]) -> list[Row]:
    """Measuring and classifying, the field's background known."""
    pipeline.analyse(field, cells)
    seconds = statistics.median(timed(lambda: pipeline.analyse(field, cells)) for _ in range(3))
    return [Row("measure + classify", len(cells) / seconds, "cells/s")]


def window(image: LoadedImage) -> list[Row]:
    """The longest gap between heartbeats of the GUI thread while the real window segments and classifies a field."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[USER_FOLDER_VARIABLE] = folder
        return _window(image, Path(folder))


def _window(image: LoadedImage, folder: Path) -> list[Row]:
    from PySide6.QtWidgets import QApplication

    from rbc_desktop.commands.desktop.assembly import build_window, close_down
    from rbc_desktop.commands.desktop.process import GuiCollector
    from tests.benchmarks.window.heartbeat import Heard, Heartbeat, wait_until, write_png

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    built = build_window(app)
    built.show()
    services = built.services
    collector = GuiCollector(app)
    services.engine.ready.connect(collector.freeze)
    services.engine.start()
    waking, tiles = Heartbeat(interval_ms=HEARTBEAT_MS), Heard(services.engine.tile_ready)
    services.files.open_paths([write_png(folder / "field.png", image)])
    wait_until(lambda: bool(services.editor.case.fields) and tiles.count > 0)
    heartbeat = Heartbeat(interval_ms=HEARTBEAT_MS)
    begin = time.perf_counter()
    built.queue.segment_shown()
    case = services.editor.case
    wait_until(lambda: bool(case.cells) and all(case.analysis_of(c) for c in case.cells.values())
               and not services.engine.is_busy)  # fmt: skip
    seconds = time.perf_counter() - begin
    longest, work = heartbeat.stop()
    waking.stop()
    count = len(case.cells)
    built.close()
    close_down(built)
    collector.stop()
    return [
        Row("in the window: Segment all + classify", seconds, "s"),
        Row("in the window: cells", count, ""),
        Row("GUI thread blocked at most", longest, "ms", "≤ 50", longest <= 50),
        Row("GUI thread's own work at a time, at most", work, "ms"),
    ]


def gallery() -> list[Row]:
    """The gallery of 50,000 cells: appearing, and scrolling by rows, pages and leaps."""
    from tests.benchmarks.window.gallery_frames import measure

    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder))
    first, frame = times["first frame"], times["scroll frame, 95th percentile"]
    return [
        Row("gallery of 50,000 cells, first frame", first, "s", "≤ 0.5", first <= 0.5),
        Row("gallery of 50,000 cells, pictures of it", times["its pictures"], "s"),
        Row("gallery of 50,000 cells, scroll frame, 95th percentile", frame, "ms", "≤ 25", frame <= 25),
    ]


def slide() -> list[Row]:
    """A slide of 40,000 × 40,000 pixels with 100,000 cells drawn, in a process that has no models in its memory."""
    command = [sys.executable, "-m", "tests.benchmarks.window.slide_frames", "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    first, frame = found["first view, s"], found["processor, 95th percentile, ms"]
    work, memory = found["its own work, ms"], found["memory, MiB"]
    name = "slide of 40,000×40,000"
    return [
        Row(f"{name}: first view", first, "s", "≤ 1", first <= 1),
        Row(f"{name}, 100,000 cells: frame 1920×1080, 95th percentile", frame, "ms", "≤ 16", frame <= 16),
        Row(f"{name}, 100,000 cells: GUI thread's own work at a time, at most", work, "ms", "≤ 30", work <= 30),
        Row(f"{name}, 100,000 cells: memory", memory, "MiB", "≤ 1,145", memory <= 1145),
    ]


def shared_work() -> list[Row]:
    """Two workers against one, and how soon a run over regions ends."""
    from tests.benchmarks.runs import region_cancel, workers

    return [*workers.rows(), *region_cancel.rows()]


def similar() -> list[Row]:
    """Ranking 10,000 cells by their likeness to five."""
    from rbc_desktop.domain.cells.look import LOOK_LENGTH
    from rbc_desktop.workflows.review.likeness_controller import ranked

    looks = list(np.random.default_rng(1).normal(size=(10_000, LOOK_LENGTH)).astype(np.float16))
    ids = range(1, len(looks) + 1)
    seconds = statistics.median(
        timed(lambda: ranked(ids, looks, references=(5, 50, 500, 5000, 9999))) for _ in range(3)
    )
    return [Row("find similar over 10,000 cells", seconds, "s", "≤ 0.3", seconds <= 0.3)]


def all_fields(image: Path | None) -> list[Row]:
    """Segment all fields over twenty different ones, nothing cached, in a process that has held nothing else."""
    from tests.benchmarks.window.all_fields import FIELDS, Measured

    command = [sys.executable, "-m", "tests.benchmarks.window.all_fields", *([str(image)] if image else []), "--json"]
    found = Measured(**json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
    name = f"Segment all fields, {FIELDS} of 640×480"
    return [
        Row(name, found.all_seconds, "s", "≤ 15", found.all_seconds <= 15),
        Row(f"{name}: the first can be reviewed", found.first_seconds, "s", "≤ 2", found.first_seconds <= 2),
        Row(f"{name}: GUI thread's own work at a time, at most", found.work_ms, "ms", "≤ 30", found.work_ms <= 30),
    ]


def reports() -> list[Row]:
    """The report of 40 fields and 4,000 cells."""
    from tests.benchmarks.files.report_speed import BOUNDS, measure

    return [
        Row(
            f"4,000 cells: {took.name}",
            took.seconds,
            "s",
            f"≤ {BOUNDS[took.name]:g}",
            took.seconds <= BOUNDS[took.name],
        )
        for took in measure()
    ]


def start() -> list[Row]:
    """Warm starts of the real program from source, a fresh home each."""
    from tests.benchmarks.window.startup import MILESTONES, measure

    least = {name: min(measured) for name, measured in measure(runs=3).items()}
    return [
        Row(f"start: {MILESTONES[name]}", seconds, "s", *(("≤ 2", seconds <= 2) if name == "window open" else ()))
        for name, seconds in least.items()
    ]


def print_table(rows: list[Row]) -> None:
    """The rows, aligned."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        verdict = {None: "", True: "holds", False: "BROKEN"}[row.holds]
        value = f"{row.value:,.0f}" if row.value >= 100 or not row.unit else f"{row.value:.3g}"
        sys.stdout.write(f"{row.name:<{width}}  {value:>9} {row.unit:<8} {row.bound:<6} {verdict}\n")


def machine() -> str:
    """What the numbers were measured on."""
    import torch

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, torch {torch.__version__} with {torch.get_num_threads()} threads"


def main() -> int:
    """Measure, print, and say whether every bound holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--image", type=Path, help="another field than the bundled sample")
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    parser.add_argument("--write", action="store_true", help="store the values for the documents (bundled sample only)")
    arguments = parser.parse_args()
    if arguments.write and arguments.image:
        parser.error("documents quote the bundled sample: leave --image or --write out")
    from rbc_desktop.models import native

    native.load()
    image = bench_field(arguments.image)
    rows = [
        *start(),
        *inference(image),
        *window(image),
        *all_fields(arguments.image),
        *gallery(),
        *slide(),
        *big_case(),
        *whole_case(),
        *shared_work(),
        *similar(),
        *reports(),
    ]
    sys.stdout.write(f"{machine()}\n")
    print_table(rows)
    if arguments.json:
        content = {row.name: {"value": row.value, "unit": row.unit, "holds": row.holds} for row in rows}
        arguments.json.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if arguments.write:
        record("bench", {row.key: float(f"{row.value:.3g}") for row in rows}, command="make bench ARGS=--write")
    return 1 if any(row.holds is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
