"""What `analyze` costs per image, with one and with several processes. Run it as a module; Linux only.

    python -m tests.benchmarks.runs.workers [--fields 40] [--workers 1,2] [--formats csv] [--ratio]

The fields are the bundled smear, shifted and turned. Processor time is counted, too, since a clock says little on a
machine that others use; of the parent it is what can't be shared out. ``--ratio`` asks for an idle machine: it compares
whole runs by the clock, one thread per process, and the default, one process whose libraries use all cores.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.bench_row import Row

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample" / "sample_smear.png"
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Cost:
    """Of one process: processor seconds and the most memory it has had, megabytes."""

    seconds: float
    peak_mb: float


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line per number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fields", type=int, default=40)
    parser.add_argument("--workers", default="1,2", help="numbers of processes to try, one after the other")
    parser.add_argument("--formats", default="csv")
    parser.add_argument("--ratio", action="store_true", help="only say how much faster two workers are")
    chosen = parser.parse_args(argv)
    if chosen.ratio:
        sys.stdout.writelines(f"{row.name}: {row.value:.3g} {row.unit} ({row.bound})\n" for row in rows(chosen.fields))
        return 0
    with tempfile.TemporaryDirectory() as place:
        images = write_fields(Path(place), fields=chosen.fields)
        for workers in map(int, chosen.workers.split(",")):
            sys.stdout.write(measured(images, workers=workers, formats=chosen.formats, fields=chosen.fields) + "\n")
    return 0


def write_fields(folder: Path, *, fields: int) -> Path:
    """So many different fields of one size and about as many cells."""
    images = folder / "images"
    images.mkdir()
    sample = np.asarray(cv2.imread(str(SAMPLE), cv2.IMREAD_COLOR))
    height, width = sample.shape[:2]
    for number in range(fields):
        turned = np.roll(sample, (37 * number % height, 53 * number % width), axis=(0, 1))
        cv2.imwrite(str(images / f"{number}.png"), turned[:, ::-1] if number % 2 else turned)
    return images


def rows(fields: int = 40) -> list[Row]:
    """How much faster two workers are than one, and than the default; by the clock, so on an idle machine."""
    with tempfile.TemporaryDirectory() as place:
        images = write_fields(Path(place), fields=fields)
        default = seconds_of(images, workers=1, threads=None)
        one, two = (seconds_of(images, workers=workers, threads=1) for workers in (1, 2))
    name = f"analyze, {fields} of 640×480, two workers"
    alone, usual = one / two, default / two
    return [
        Row(f"{name} against one, one thread each", alone, "×", "≥ 1.7", alone >= 1.7),
        Row(f"{name} against the default", usual, "×", "≥ 1", usual >= 1),
        Row(f"{name}: whole run", two, "s"),
    ]


def seconds_of(images: Path, *, workers: int, threads: int | None) -> float:
    """Of a whole run, from the command to the last report."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("OMP_NUM_THREADS", None)
    if threads is not None:
        environment["OMP_NUM_THREADS"] = str(threads)
    out = images.parent / f"whole {workers} {threads}"
    command = [sys.executable, "-m", "rbc_desktop", "analyze", str(images), "--formats", "csv", "--um-per-px", "0.125"]
    command += ["--workers", str(workers), "--out", str(out)]
    begin = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begin


def measured(images: Path, *, workers: int, formats: str, fields: int) -> str:
    """One run, in words: what start, images and reports took; one thread per process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    out = images.parent / f"out {workers}"
    command = [
        sys.executable,
        "-m",
        "rbc_desktop",
        "analyze",
        str(images),
        "--formats",
        formats,
        "--um-per-px",
        "0.125",
    ]
    command += ["--workers", str(workers), "--out", str(out)]
    begin, cells, first, last, done = time.monotonic(), 0, 0.0, 0.0, 0.0
    started: tuple[Cost, list[Cost]] | None = None
    ended = (Cost(0, 0), list[Cost]())
    reported = Cost(0, 0)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if re.match(r"\d+/\d+ ", line):
                ended, last = costs(process.pid), time.monotonic()
                first, started = (first, started) if started else (last, ended)
            elif found := re.match(r"([\d,]+) cells in", line):
                cells, reported, done = int(found[1].replace(",", "")), costs(process.pid)[0], time.monotonic()
    if process.returncode or started is None:
        raise RuntimeError("analyze failed")
    more, (parent, others) = fields - 1, ended
    share = (parent.seconds - started[0].seconds) / more
    busy = share + sum(c.seconds for c in others) / more - sum(c.seconds for c in started[1]) / more
    peaks = ", ".join(f"{c.peak_mb:.0f}" for c in others) or "none"
    return (
        f"{workers} workers: {cells} cells in {fields} fields; first after {first - begin:.1f} s, then"
        f" {(last - first) / more:.3f} s per field by the clock, {busy:.3f} s of processor time"
        f" ({share:.3f} s of it the parent's), {cells / fields / busy:.0f} cells per processor second; reports"
        f" {done - last:.1f} s ({reported.seconds - parent.seconds:.1f} s of processor time); memory at most"
        f" {parent.peak_mb:.0f} MB in the parent, {peaks} in the others"
    )


def costs(pid: int) -> tuple[Cost, list[Cost]]:
    """Of a process, and of those that it has started and that use memory worth speaking of."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    others = [_cost(int(child)) for child in children]
    return _cost(pid), [cost for cost in others if cost.peak_mb > 50]


def _cost(pid: int) -> Cost:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    return Cost((int(fields[11]) + int(fields[12])) / TICKS, int(peak[1]) / 1024 if peak else 0.0)


if __name__ == "__main__":
    sys.exit(main())
