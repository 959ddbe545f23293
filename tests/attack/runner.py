"""Attacks the application and counts what comes of it: ``make attack``, or ``python -m tests.attack.runner [KIND …]``.

A kind of attack is a module of this folder with `NAME`, `TRIES` and `Attack(folder)`, which has `attempt(dice)` and
`close()`. The same seed does the same.
"""

from __future__ import annotations

import argparse
import importlib
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import ModuleType

from tests.attack.case_window import RefusedError
from tests.attack.child import Outcome

KINDS = (
    "two_windows", "killed_cases", "killed_courses", "full_disks", "moved_cases", "hostile_cases", "odd_images",
    "odd_prompts", "odd_settings", "odd_manifests", "odd_models",
)  # fmt: skip
MOST_SHOWN = 10


def run(kind: ModuleType, *, tries: int, seed: int) -> tuple[Counter[Outcome], list[str]]:
    """So many attempts of one kind; returns what came of them, and each fault with how it was brought about."""
    counts: Counter[Outcome] = Counter()
    faults: list[str] = []
    folder = Path(tempfile.mkdtemp(prefix="attack-"))
    number = 0
    try:
        while number < tries:
            attack = kind.Attack(Path(tempfile.mkdtemp(dir=folder)))
            try:
                while number < tries:
                    dice = random.Random(f"{seed} {kind.NAME} {number}")
                    number += 1
                    try:
                        outcome, how = attack.attempt(dice)
                    except (RefusedError, EOFError) as error:  # where no refusal was expected
                        outcome, how = Outcome.LOST, str(error)
                    counts[outcome] += 1
                    if outcome.is_fault:
                        faults.append(f"{kind.NAME} {number}: {outcome.value}: {how}")
                        break  # what it left is no ground for the next attempt
            finally:
                attack.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return counts, faults


def main() -> int:
    """Print a table; the status is 1 when there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], help="all by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tries", type=int, help="of each kind")
    options = parser.parse_args()
    columns = [outcome.value for outcome in Outcome]
    say(
        f"{'kind':20} {'tried':>6} " + " ".join(f"{name:>{max(7, len(name))}}" for name in columns) + f" {'seconds':>8}"
    )
    faults: list[str] = []
    for name in options.kinds or KINDS:
        kind = importlib.import_module(f"tests.attack.{name}")
        begun, tries = time.monotonic(), options.tries or kind.TRIES
        try:
            counts, found = run(kind, tries=tries, seed=options.seed)
        except PermissionError as error:
            say(f"{kind.NAME:20} not tried: {error}")
            continue
        faults += found
        cells = " ".join(f"{counts[o]:>{max(7, len(o.value))}}" for o in Outcome)
        say(f"{kind.NAME:20} {tries:>6} {cells} {time.monotonic() - begun:8.0f}")
    for fault in faults[:MOST_SHOWN]:
        say(f"\n{fault}")
    return 1 if faults else 0


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
