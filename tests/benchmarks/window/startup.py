"""How long a start takes, from the process's first moment to the splash, the window and the models.

Usage: python -m tests.benchmarks.window.startup [--program dist/rbc-desktop/rbc-desktop] [--runs N] [--cold]

A real process with a fresh home each time, without a program the source; times are those of its own log.
``--cold`` empties the page cache before each run, which only root may do. The least of the runs is the number:
whatever else the machine does can only add to it.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCE = (sys.executable, "-m", "rbc_desktop")
DROP_CACHES = Path("/proc/sys/vm/drop_caches")
DEADLINE_S = 120

MILESTONES = {
    "splash shown": "splash visible",
    "window open": "window visible and answering",
    "models ready": "models ready, first click possible",
}
"""What the log says at each, and how the table calls it."""


def seconds_to(log_text: str, begin: datetime) -> dict[str, float]:
    """Seconds from `begin` to each milestone that the log has."""
    found: dict[str, float] = {}
    for line in log_text.splitlines():
        for milestone in MILESTONES:
            if line.endswith(f": {milestone}"):
                found[milestone] = (datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f") - begin).total_seconds()
    return found


def one_start(command: Sequence[str]) -> dict[str, float]:
    """Start, wait for the models, end.

    Raises:
        TimeoutError: when the models are not ready in time.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "RBC_DESKTOP_HOME": home}
        if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        log = Path(home) / "log" / "rbc-desktop.log"
        begin = datetime.now()
        process = subprocess.Popen(command, env=environment, cwd=ROOT)
        try:
            while True:
                time.sleep(0.1)
                found = seconds_to(log.read_text(encoding="utf-8"), begin) if log.exists() else {}
                if len(found) == len(MILESTONES):
                    return found
                if (datetime.now() - begin).total_seconds() > DEADLINE_S or process.poll() is not None:
                    raise TimeoutError(f"the program got only as far as: {', '.join(found) or 'nothing'}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def measure(command: Sequence[str] = SOURCE, *, runs: int, cold: bool = False) -> Mapping[str, list[float]]:
    """Seconds to each milestone, one number per run; a warm measurement has one more start before, which doesn't count.

    Raises:
        PermissionError: cold, and not root.
    """
    times: dict[str, list[float]] = {milestone: [] for milestone in MILESTONES}
    if not cold:
        one_start(command)
    for _ in range(runs):
        if cold:
            os.sync()
            DROP_CACHES.write_text("3")
        for milestone, seconds in one_start(command).items():
            times[milestone].append(seconds)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, help="the frozen program instead of the source")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", action="store_true", help="empty the page cache before each run")
    arguments = parser.parse_args()
    command = (str(arguments.program.resolve()),) if arguments.program else SOURCE
    times = measure(command, runs=arguments.runs, cold=arguments.cold)
    state = "cold" if arguments.cold else "warm"
    sys.stdout.write(f"{arguments.runs} {state} starts of {'the frozen program' if arguments.program else 'source'}\n")
    for milestone, name in MILESTONES.items():
        values = times[milestone]
        sys.stdout.write(f"{name:<36} least {min(values):5.2f} s   median {statistics.median(values):5.2f} s\n")


if __name__ == "__main__":
    main()
