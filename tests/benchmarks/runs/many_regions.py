"""*Segment all* over regions of a slide of 40,960 × 40,960 pixels: memory, its slope, and whether time stays linear.

The slide repeats one drawn pattern of 60 cells, so that it is written within seconds and every region holds as many.

Usage: python -m tests.benchmarks.runs.many_regions [--side PIXELS] [--regions N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.workflows.analysis.analysing import FieldFindings
from rbc_desktop.workflows.batch.file_analysis import FileTask, HowToAnalyse, analyse_task, parts_of
from rbc_desktop.workflows.configuring import load_pipeline
from tests.fakes.slide_files import repeated_film, write_repeated

SIDE, REGIONS, REGION_SIDE, APART = 40_960, 100, 1_000, 4_000
SETTLED = 10
"""Regions after which growth counts: until then libraries and buffers are filled."""


def resident_mb() -> float:
    """What the process holds now, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def regions_of(side: int, count: int) -> tuple[tuple[str, Region], ...]:
    """So many squares, spread over the slide."""
    across = max(1, side // APART)
    corners = [(n % across * APART, n // across * APART) for n in range(count)]
    return tuple(("", Region(x, y, x + REGION_SIDE, y + REGION_SIDE)) for x, y in corners)


def measured(folder: Path, *, side: int, regions: int) -> dict[str, float]:
    """Write the slide, analyse its regions, and measure."""
    begin = time.perf_counter()
    path = write_repeated(folder / "film.tif", repeated_film(side), side=side)
    written = time.perf_counter() - begin
    pipeline = load_pipeline(notify=lambda _: None, models=ModelChoice())
    how = HowToAnalyse(regions=regions_of(side, regions))
    resident, seconds, cells, since = [], [], [], time.process_time()
    (survey,) = analyse_task(pipeline, FileTask(path), how=how, known=frozenset())
    tasks = parts_of(survey)
    for event in chain.from_iterable(analyse_task(pipeline, task, how=how, known=frozenset()) for task in tasks):
        if not isinstance(event, FieldFindings):
            raise TypeError(f"a region failed: {event}")
        resident.append(resident_mb())
        seconds.append(time.process_time() - since)
        cells.append(len(event.cells))
        since = time.process_time()
    settled = np.array(resident[SETTLED:] if len(resident) > 2 * SETTLED else resident)
    half = len(seconds) // 2
    return {
        "written_s": written,
        "file_mb": path.stat().st_size / 1e6,
        "regions": len(resident),
        "cells_per_region": float(np.mean(cells)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "slope_mb_per_region": float(np.polyfit(np.arange(len(settled)), settled, 1)[0]),
        "cpu_s_per_region": float(np.median(seconds)),
        "second_half_to_first": float(np.median(seconds[half:]) / np.median(seconds[1:half])),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--regions", type=int, default=REGIONS)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as place:
        found = measured(Path(place), side=chosen.side, regions=chosen.regions)
    lines = [f"{name}: {value:.4g}" for name, value in found.items()]
    sys.stdout.write(json.dumps(found) + "\n" if chosen.json else "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
