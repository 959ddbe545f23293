"""A process that is expected to survive anything: it is handed one hostile input after the other, and is watched.

The parent's side is `Child`, and `ChildAttack` for kinds of attack that do no more. Run as a module with
``MODULE:FUNCTION`` it reads JSON values from its standard input, one a line, calls the function with each, and answers
with what came of it.
"""

from __future__ import annotations

import contextlib
import enum
import importlib
import json
import os
import random
import resource
import selectors
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[2]
HANG_SECONDS = 10.0
START_SECONDS = 120.0
MOST_BYTES = 1024**3


class Outcome(enum.Enum):
    """What came of one attack; everything from `TRACEBACK` on is a fault of the application."""

    SUCCESS = "success"
    SENTENCE = "clean sentence"
    TRACEBACK = "traceback"
    HANG = "hang over 10 s"
    MEMORY = "over 1 GB"
    SIGNAL = "signal"
    LOST = "work lost"

    @property
    def is_fault(self) -> bool:
        """Whether the application failed."""
        return self not in (Outcome.SUCCESS, Outcome.SENTENCE)


class Child:
    """Such a process; it is started anew when it died, hung or grew too large.

    Args:
        function: ``MODULE:FUNCTION``; returns normally, or raises an `RbcError` for a clean sentence.
    """

    def __init__(self, function: str) -> None:
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None
        self.said = ""
        """The sentence or traceback of the last attack."""

    def attack(self, value: Any, *, seconds: float = HANG_SECONDS) -> Outcome:
        """Hand one input over and see what comes of it."""
        if self._process is None:
            self._start()
        assert self._process is not None
        try:
            self._process.stdin.write(json.dumps(value).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return self._ended(Outcome.SIGNAL)
        line = self._answer(seconds * _busyness())
        if line is None:
            return self._ended(Outcome.HANG)
        if not line.endswith(b"\n"):
            return self._ended(Outcome.SIGNAL)
        answer = json.loads(line)
        self.said = answer["said"]
        if answer["bytes"] > MOST_BYTES:
            return self._ended(Outcome.MEMORY)
        return Outcome[answer["outcome"]]

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> None:
        command = [sys.executable, "-m", "tests.attack.child", self._function]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._answer(START_SECONDS) != b"ready\n":
            raise RuntimeError(f"{self._function} did not start")

    def _answer(self, seconds: float) -> bytes | None:
        """One line; None when none comes in time."""
        assert self._process is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            return self._process.stdout.readline() if selector.select(seconds) else None

    def _ended(self, outcome: Outcome) -> Outcome:
        assert self._process is not None
        status = self._process.poll()
        self.said = self.said if outcome is Outcome.MEMORY else f"ended with {status}"
        self.close()
        return outcome


class ChildAttack:
    """A kind of attack that hands one spoilt file or folder after the other to a function of its own module.

    Attributes:
        function: its name; it takes the path as text.
        seconds: after which it hangs.
    """

    function: ClassVar[str]
    seconds: ClassVar[float] = HANG_SECONDS

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child = Child(f"{type(self).__module__}:{self.function}")

    def attempt(self, dice: random.Random) -> tuple[Outcome, str]:
        """Spoil and hand over; returns what came of it, and how it was spoilt."""
        how, path = self._spoilt(dice)
        outcome = self._judged(how, self._child.attack(str(path), seconds=self.seconds))
        return outcome, f"{how}: {self._child.said}"

    def close(self) -> None:
        """End."""
        self._child.close()

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        """How the next one is spoilt, and where it lies."""
        raise NotImplementedError

    def _judged(self, how: str, outcome: Outcome) -> Outcome:
        """What came of it, where the kind of attack knows better than the child."""
        del how
        return outcome


def _busyness() -> float:
    """How many times longer everything takes while others use this machine, too."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if hasattr(os, "getloadavg") else 1.0


def _peak_bytes() -> int:
    """Most memory that this program held. `getrusage` would tell that of the parent, which it was before it began."""
    status = Path("/proc/self/status")
    if status.is_file():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Take one input after the other."""
    from rbc_desktop.errors import RbcError

    module, _, name = sys.argv[1].partition(":")
    function = getattr(importlib.import_module(module), name)
    channel, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr
    os.dup2(2, 1)  # what native code says on its standard output is no answer
    channel.write("ready\n")
    channel.flush()
    for line in sys.stdin:
        outcome, said = Outcome.SUCCESS, ""
        try:
            function(json.loads(line))
        except RbcError as error:
            outcome, said = Outcome.SENTENCE, error.message
            if not said.endswith(".") or "\n" in said:
                outcome = Outcome.TRACEBACK
        except BaseException:  # noqa: BLE001  (that is what is looked for)
            outcome, said = Outcome.TRACEBACK, traceback.format_exc()
        channel.write(json.dumps({"outcome": outcome.name, "said": said, "bytes": _peak_bytes()}) + "\n")
        channel.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
