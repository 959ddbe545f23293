"""Memory of `analyze`: growth over many fields, and the peak on one very large field. Run it as a module.

    python -m tests.benchmarks.runs.memory [--fields 100] [--side 14000]

It makes the images itself, one after the other; nothing is kept. The many are the bundled smear, the large one is drawn
with known cells, whose number and size `analyze` must give back.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from training.renderer import Kind, scatter

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample" / "sample_smear.png"
BLOCK, CELLS, DIAMETER, EDGE_PX = 1000, 150, 40, 0.5
"""Side, most cells, their diameter and the softness of their edge, pixels, of the drawn field that is repeated."""

SETTLED = 10
"""Fields after which the growth counts: until then libraries and buffers are filled."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fields", type=int, default=100, help="0: leave the many fields out")
    parser.add_argument("--side", type=int, default=14_000, help="0: leave the large field out")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if chosen.fields > 1:
            resident = resident_per_field(folder, fields=chosen.fields)
            at = f"{resident[0]:.0f} MB after one field, {resident[-1]:.0f} MB after {len(resident)}"
            sys.stdout.write(f"analyze: {slope(resident):+.2f} MB a field after the first {SETTLED} ({at})\n")
        if chosen.side:
            sys.stdout.write(f"analyze of {chosen.side}x{chosen.side} px: {large_field(folder, side=chosen.side)}\n")
    return 0


def slope(resident: Sequence[float]) -> float:
    """Megabytes a field, a straight line through the values after the first `SETTLED` fields."""
    values = np.asarray(resident[SETTLED:] if len(resident) > SETTLED + 1 else resident)
    return float(np.polyfit(np.arange(len(values)), values, 1)[0])


def resident_per_field(folder: Path, *, fields: int) -> list[float]:
    """Resident megabytes of `analyze` when each of so many different fields is done."""
    images = folder / "images"
    images.mkdir()
    sample = _sample()
    height, width = sample.shape[:2]
    for number in range(fields):
        turned = np.roll(sample, (37 * number % height, 53 * number % width), axis=(0, 1))
        cv2.imwrite(str(images / f"{number}.png"), turned[:, ::-1] if number % 2 else turned)
    resident = []
    with _analyze(images, folder / "out") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if re.match(r"\d+/\d+ ", line):
                resident.append(_status(process.pid, "VmRSS"))
    if process.returncode or len(resident) != fields:
        raise RuntimeError("analyze failed")
    return resident


def large_field(folder: Path, *, side: int) -> str:
    """Peak memory, seconds, and how right cells are of `analyze` on a square field of drawn cells."""
    drawn, cells = drawn_field()
    times = side // BLOCK
    image = folder / "large.png"
    cv2.imwrite(str(image), np.tile(drawn[..., ::-1], (times, times, 1)))
    with _analyze(image, folder / "large") as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said)
    with (folder / "large" / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [float(row["diameter_px"]) for row in csv.DictReader(file)]
    number = times**2 * cells
    return (
        f"peak {usage.ru_maxrss / 1024:,.0f} MB, {re.findall(r'([0-9]+) s;', said)[-1]} s;"
        f" {len(found):,} cells of {number:,} ({len(found) / number - 1:+.2%}),"
        f" median diameter {np.median(found):.2f} px instead of {DIAMETER} ({np.median(found) / DIAMETER - 1:+.2%})"
    )


def _sample() -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.imread(str(SAMPLE)), np.uint8)


def drawn_field() -> tuple[npt.NDArray[np.uint8], int]:
    """Round cells with a pale centre, and how many there are.

    They neither touch each other nor the edge, on an even ground, so that copies fit together. Their density falls to
    half exactly at the diameter.
    """
    dice = np.random.default_rng(1)
    places = scatter([Kind.NORMAL] * CELLS, width=BLOCK, height=BLOCK, diameter=DIAMETER, rng=dice, inside=True)
    rows, columns = np.mgrid[:BLOCK, :BLOCK].astype(np.float32) + 0.5
    density = np.zeros((BLOCK, BLOCK), np.float32)
    for place in places:
        away = np.hypot(columns - place.x, rows - place.y) / (DIAMETER / 2)
        pale = 0.6 * np.exp(-((away / 0.45) ** 2))
        density += 0.5 * (1 - pale) / (1 + np.exp(np.clip((away - 1) * DIAMETER / 2 / EDGE_PX, -50, 50)))
    light = np.float32([240, 233, 226]) * np.exp(-density[..., None] * np.float32([0.5, 1.0, 0.7]))
    noise = cv2.GaussianBlur(dice.normal(0, 3, light.shape).astype(np.float32), (0, 0), 0.8)
    return np.clip(light + noise, 0, 255).astype(np.uint8), len(places)


def _analyze(images: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "rbc_desktop", "analyze", str(images), "--out", str(out), "--formats", "csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def _status(process: int, name: str) -> float:
    """A line of ``/proc/PID/status``, megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{name} isn't known here")
    return int(found[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
