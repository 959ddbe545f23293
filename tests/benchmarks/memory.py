"""Memory of `analyze`: growth over many fields, and the peak on one very large field. Run it as a module.

    python -m tests.benchmarks.memory [--fields 100] [--side 14000]

It makes the images itself, one after the other, from the bundled smear; nothing is kept.
"""

from __future__ import annotations

import argparse
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

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "sample_smear.png"
SETTLED = 10
"""Fields after which the growth counts: until then libraries and buffers are filled."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fields", type=int, default=100)
    parser.add_argument("--side", type=int, default=14_000, help="0: leave the large field out")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        resident = resident_per_field(folder, fields=chosen.fields)
        at = f"{resident[0]:.0f} MB after one field, {resident[-1]:.0f} MB after {len(resident)}"
        sys.stdout.write(f"analyze: {slope(resident):+.2f} MB a field after the first {SETTLED} ({at})\n")
        if chosen.side:
            seconds, peak = large_field(folder, side=chosen.side)
            sys.stdout.write(f"analyze of {chosen.side}x{chosen.side} px: peak {peak:,.0f} MB, {seconds:.0f} s\n")
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


def large_field(folder: Path, *, side: int) -> tuple[float, float]:
    """Seconds and peak megabytes of `analyze` on a square field that repeats the sample."""
    image = folder / "large.png"
    cv2.imwrite(str(image), _repeated(side))
    with _analyze(image, folder / "large") as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said)
    return float(re.findall(r"(\d+) s;", said)[-1]), usage.ru_maxrss / 1024


def _sample() -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.imread(str(SAMPLE)), np.uint8)


def _repeated(side: int) -> npt.NDArray[np.uint8]:
    sample = _sample()
    times = -(-side // sample.shape[0]), -(-side // sample.shape[1]), 1
    return np.ascontiguousarray(np.tile(sample, times)[:side, :side], np.uint8)


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
