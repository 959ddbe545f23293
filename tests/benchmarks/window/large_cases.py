"""Rows of ``make bench`` on cases of many cells, each measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.benchmarks.bench_row import Row
from tests.benchmarks.window.big_case_steps import EDITING, LOOKING

BOUND_MS = 30
"""How long the window's thread may work at a time, whatever is done to all cells of a case of 4,000."""


def big_case() -> list[Row]:
    """A case of 200,000 cells in a window with its models, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.window.big_case", "--steps", "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ready, counts, memory = found["ready, processor, s"], found["counts, ms"], found["memory, MB"]
    name = "case of 200,000 cells"
    looking, editing = (max(found[f"{step}, ms"] for step in steps) for steps in (LOOKING, EDITING))
    return [
        Row(f"{name}: ready to work", found["ready, s"], "s"),
        Row(f"{name}: ready to work, processor", ready, "s"),
        Row(f"{name}: class counts", counts, "ms", "≤ 50", counts <= 50),
        Row(f"{name}: memory", memory, "MB", "≤ 1000", memory <= 1000),
        Row(f"{name}: GUI thread's own work at a time, at most", found["its own work, ms"], "ms"),
        Row(f"{name}: the same while it is sorted, filtered, selected and shown as a gallery", looking, "ms"),
        Row(f"{name}: the same while 1,000 cells are deleted, brought back and classified", editing, "ms"),
    ]


def whole_case() -> list[Row]:
    """What a person does to all of 4,000 cells at once: of a case that was opened, and of one that was segmented here.

    Each in processes of their own; of two runs the lower of each step, since what else runs on the machine only adds.
    """
    command = [sys.executable, "-m", "tests.benchmarks.window.whole_case", "--json"]
    rows = []
    for name, option in (("4,000 cells at once", []), ("4,000 cells of the session at once", ["--found-here"])):
        runs = [subprocess.run(command + option, capture_output=True, check=True, text=True).stdout for _ in range(2)]
        found = _lower(*map(json.loads, runs))
        deleting = max(found.pop(step) for step in ("delete all", "undo delete"))
        slowest = max(found, key=lambda step: found[step])
        sys.stderr.write(f"{name}: the slowest step is “{slowest}”\n")
        rows += [
            Row(f"{name}{rest}", work, "ms", f"≤ {BOUND_MS}", work <= BOUND_MS)
            for rest, work in (
                (": GUI thread's own work at a time, at most", found[slowest]),
                (": the same while they are deleted and brought back", deleting),
            )
        ]
    return rows


def _lower(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {step: min(work, other[step]) for step, work in one.items()}
