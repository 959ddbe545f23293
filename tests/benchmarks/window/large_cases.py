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
    """What a person does to all of 4,000 cells at once, in a process of its own; of two runs the lower of each step.

    What else runs on the machine only adds to a step.
    """
    command = [sys.executable, "-m", "tests.benchmarks.window.whole_case", "--json"]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(2)]
    found = {step: min(run[step] for run in runs) for step in runs[0]}
    deleting = max(found.pop(step) for step in ("delete all", "undo delete"))
    slowest = max(found, key=lambda step: found[step])
    sys.stderr.write(f"4,000 cells at once: the slowest step is “{slowest}”\n")
    return [
        Row(name, work, "ms", f"≤ {BOUND_MS}", work <= BOUND_MS)
        for name, work in (
            ("4,000 cells at once: GUI thread's own work at a time, at most", found[slowest]),
            ("4,000 cells at once: the same while they are deleted and brought back", deleting),
        )
    ]
