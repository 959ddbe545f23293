"""Kind: kills between the first image and an amended report; what was acknowledged is there, the chain is whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.workflows.verification.verified_signatures import signature_findings
from tests.attack.child import ROOT, Outcome
from tests.fakes.casework import write_image

NAME = "kills in a course"
TRIES = 200

_MOST_STEPS, _LONGEST_SECONDS = 40, 0.03
_ROWS_A_STEP = 3
"""At most so many rows of the trail come of one step."""


class Attack:
    """One case on its course, killed again and again."""

    def __init__(self, folder: Path) -> None:
        self._case = folder / "case.rbc"
        self._images = [str(write_image(folder / f"{n}.png", n).path) for n in range(3)]
        CaseFile.create(self._case).close()
        self.seen: set[str] = set()
        """Steps that were acknowledged."""

    def attempt(self, dice: random.Random) -> tuple[Outcome, str]:
        """Go on, kill, look: the acknowledged head is in the trail, with nothing lost before and hardly more after."""
        lines = self._work_until_killed(steps=dice.randint(0, _MOST_STEPS), pause=dice.uniform(0, _LONGEST_SECONDS))
        read = read_trail(self._case)
        problem = read.break_ or read.difference
        wrong = [f.detail for f in signature_findings(read, operators=()) if not f.ok]
        if problem or wrong:
            return Outcome.LOST, problem or wrong[0]
        if lines:
            head, _, last = lines[-1].partition(" ")
            self.seen.update(line.partition(" ")[2] for line in lines)
            numbers = [entry.number for entry in read.entries if entry.head == head]
            if not numbers:
                return Outcome.LOST, f"“{last}” was acknowledged and isn't there"
            if len(read.entries) - numbers[0] > _ROWS_A_STEP:
                return Outcome.LOST, f"more than one step came after “{last}”"
        return Outcome.SUCCESS, ""

    def _work_until_killed(self, *, steps: int, pause: float) -> list[str]:
        command = [sys.executable, "-m", "tests.attack.course_work", str(self._case), *self._images]
        environment = {**os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
            if process.stdout.readline() != "ready\n":
                raise EOFError("the process did not start")
            lines = [process.stdout.readline() for _ in range(steps)]
            killer = threading.Timer(pause, process.kill)
            killer.start()
            lines += process.stdout.readlines()
            killer.join()
        return [line.rstrip("\n") for line in lines if line.endswith("\n")]

    def close(self) -> None:
        """Nothing to end."""
