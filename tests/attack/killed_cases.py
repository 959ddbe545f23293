"""Kind: a window that is killed in the middle of its edits, of *Save as*, of a copy; no acknowledged action is lost."""

from __future__ import annotations

import random
import threading
from pathlib import Path

from tests.attack.case_window import Window
from tests.attack.child import Outcome

NAME = "kills"
TRIES = 100

_LONGEST_SECONDS = 0.05


class Attack:
    """One case that is worked on and killed again and again."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._home = folder, folder / "home"
        self._case = folder / "case.rbc"
        self._last = "begun"
        with Window(self._home) as window:
            window.tell("create", self._case)
            window.tell("edit", self._last)

    def attempt(self, dice: random.Random) -> tuple[Outcome, str]:
        """Work, kill, open: what was acknowledged is there."""
        with Window(self._home) as window:
            found = window.tell("open", self._case)
            if found != self._last:
                return Outcome.LOST, f"{found} instead of {self._last}"
            way = dice.choice(["edit", "save_as"])
            target = self._folder / f"other {dice.randrange(3)}.rbc"
            if way == "edit":
                window.send("edit_until_killed")
            else:
                window.send(way, target)
            killer = threading.Timer(dice.uniform(0, _LONGEST_SECONDS), window.process.kill)
            killer.start()
            killer.join()
            answers = [a for a in window.kill() if "done" in a]
        return self._look(way, target, answers)

    def _look(self, way: str, target: Path, answers: list[dict[str, str]]) -> tuple[Outcome, str]:
        with Window(self._home) as window:
            found = window.tell("open", self._case)
            if way == "edit":
                acknowledged = answers[-1]["done"] if answers else self._last
                under_way = str(int(acknowledged) + 1) if answers else "0"
                self._last = found
                kept = found in (acknowledged, under_way)
                return (Outcome.SUCCESS if kept else Outcome.LOST), f"{found} after {acknowledged}"
            if found != self._last:
                return Outcome.LOST, f"{found} instead of {self._last} after {way}"
            if target.exists():
                window.tell("open", target)  # complete, the old one or the new
            elif answers:
                return Outcome.LOST, f"{way} was acknowledged, and there is no file"
        return Outcome.SUCCESS, way

    def close(self) -> None:
        """Nothing to end."""
