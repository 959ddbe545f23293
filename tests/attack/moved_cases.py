"""Kind: the case file is renamed, deleted or replaced while a window works on it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.attack.case_window import RefusedError, Window
from tests.attack.child import Outcome

NAME = "moved case files"
TRIES = 50


class Attack:
    """Each time another case."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0

    def attempt(self, dice: random.Random) -> tuple[Outcome, str]:
        """What is acknowledged is in a file with a name, at the latest after *Save as*."""
        self._number += 1
        place = self._folder / str(self._number)
        place.mkdir()
        case, renamed = place / "case.rbc", place / "renamed.rbc"
        way = dice.choice(["rename", "delete", "replace", "delete log", "move folder"])
        with Window(self._folder / "home") as window:
            window.tell("create", case)
            acknowledged = [window.tell("edit", str(n)) for n in range(dice.randint(1, 20))][-1]
            self._happen(way, case, renamed)
            try:
                for number in range(100, 105):
                    acknowledged = window.tell("edit", str(number))
                refused = False
            except RefusedError:
                refused = True
            if refused == (way == "delete log"):
                return Outcome.LOST, f"{way}: {'refused' if refused else 'acknowledged'}"
            place.mkdir(exist_ok=True)
            saved = dice.choice([case, place / "saved.rbc"])
            window.tell("save_as", saved)
            window.kill()
        with Window(self._folder / "home") as window:
            found = [window.tell("open", path) for path in (saved, renamed) if path.exists()]
        return (Outcome.SUCCESS if set(found) == {acknowledged} else Outcome.LOST), f"{way}: {found}, {acknowledged}"

    @staticmethod
    def _happen(way: str, case: Path, renamed: Path) -> None:
        if way == "rename":
            case.rename(renamed)
        elif way == "delete":
            case.unlink()
        elif way == "replace":
            shutil.copy(case, case.with_name("other"))
            case.with_name("other").replace(case)
        elif way == "delete log":
            case.with_name(case.name + "-wal").unlink()
        else:
            case.parent.rename(case.parent.with_name(f"{case.parent.name} moved"))

    def close(self) -> None:
        """Nothing to end."""
