"""How soon a run over regions of a slide ends when it is cancelled: Ctrl+C on the command line, *Cancel* in the window.

    python -m tests.benchmarks.runs.region_cancel [--side 8192] [--times 5] [--json]

On the command line a process is interrupted in the middle of a region, again and again at other moments. In the window
the inference thread looks between steps, so the longest step counts: reading a region, preparing it, one tile, one
batch. The slide is cut into regions of 2,048 pixels that hold about 240 cells each. All is processor time of one
thread, since a clock says little on a machine that others use. Memory is what the process has after each region.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import torch

from rbc_desktop.domain.fields.regions import whole
from rbc_desktop.domain.slides.slide_areas import blocks_of
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.storage.slides.slide_opener import open_slide
from rbc_desktop.storage.slides.slide_regions import read_region
from rbc_desktop.workflows.configuring import load_pipeline
from tests.benchmarks.bench_row import Row
from tests.benchmarks.runs.many_regions import resident_mb
from tests.benchmarks.runs.workers import costs
from tests.fakes.slide_files import repeated_film, write_repeated

ROOT = Path(__file__).resolve().parents[3]
SIDE, TIMES, STEPPED = 8_192, 5, 4


def interrupted(path: Path, out: Path, *, workers: int, after: float) -> float:
    """From Ctrl+C, so long after the first region was done, to the end of `analyze`: processor seconds of it."""
    command = [sys.executable, "-m", "rbc_desktop", "analyze", str(path), "--formats", "csv", "--out", str(out)]
    command += ["--workers", str(workers)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if ": region 1/" in line)
        time.sleep(after)
        parent, others = costs(process.pid)
        before = parent.seconds + sum(cost.seconds for cost in others)
        os.killpg(process.pid, signal.SIGINT)
        process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 130:
        raise RuntimeError(f"analyze ended with status {process.returncode}")
    return used.ru_utime + used.ru_stime - before


def longest_step(path: Path) -> tuple[str, float, list[float]]:
    """Of the steps between which the window can cancel: name and processor seconds; and memory after each region."""
    pipeline = load_pipeline(notify=lambda _: None, models=ModelChoice())
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    slide = open_slide(path)
    regions = list(blocks_of(whole(slide)))[:STEPPED]
    slide.close()
    longest, memory = ("", 0.0), []
    for number, region in enumerate(regions):
        last = time.process_time()
        steps: list[tuple[str, float]] = []

        def note(name: str) -> None:
            nonlocal last
            now = time.process_time()
            steps.append((name, now - last))  # noqa: B023 - called in this round only
            last = now

        image = read_region(path, page=0, region=region)
        note("read")
        field = pipeline.prepare(image)
        note("prepare")
        pipeline.scale_doubt(field)
        note("doubt")
        for step in pipeline.segment_all(field):
            note(f"step {step.done} of {step.total}")
        pipeline.forget(image)
        memory.append(resident_mb())
        if number:  # the first loads and fills what later ones have
            longest = max(longest, *steps, key=lambda named: named[1])
    return *longest, memory


def measured(folder: Path, *, side: int, times: int) -> dict[str, float | str]:
    """Everything."""
    path = write_repeated(folder / "film.tif", repeated_film(side), side=side)
    ends = {
        workers: [interrupted(path, folder / f"{workers} {n}", workers=workers, after=0.37 * n) for n in range(times)]
        for workers in (1, 2)
    }
    name, seconds, memory = longest_step(path)
    return {
        "ctrl_c_s": max(ends[1]),
        "ctrl_c_two_workers_s": max(ends[2]),
        "longest_step_s": seconds,
        "longest_step": name,
        "memory_growth_mb": memory[-1] - memory[1],
    }


def rows() -> list[Row]:
    """What the design promises, from a process of its own, since its threads are fewer."""
    command = [sys.executable, "-m", "tests.benchmarks.runs.region_cancel", "--json"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, env=environment).stdout)
    name = "regions of a slide"
    ends = {
        "Ctrl+C": "ctrl_c_s",
        "Ctrl+C, two workers": "ctrl_c_two_workers_s",
        "Cancel in the window": "longest_step_s",
    }
    return [
        *(Row(f"{name}: {what}", found[key], "s", "≤ 0.5", found[key] <= 0.5) for what, key in ends.items()),
        Row(f"{name}: memory from the second to the fourth", found["memory_growth_mb"], "MB"),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as place:
        found = measured(Path(place), side=chosen.side, times=chosen.times)
    lines = [f"{name}: {value if isinstance(value, str) else f'{value:.3g}'}" for name, value in found.items()]
    sys.stdout.write(json.dumps(found) + "\n" if chosen.json else "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
