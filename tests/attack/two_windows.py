"""Kind: a second window reaches for the case that a first one has open, in every way there is."""

from __future__ import annotations

import random
from pathlib import Path

from tests.attack.case_window import RefusedError, Window
from tests.attack.child import Outcome

NAME = "two windows"
TRIES = 250

_TOUCHES = ("none", "open", "read", "left_over")
_TAKES = ("open", "create", "save_as", "left_over")


class Attack:
    """Two windows that stay open over all tries, and a new case each time."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        self._first, self._second = Window(folder / "home"), Window(folder / "home")

    def attempt(self, dice: random.Random) -> tuple[Outcome, str]:
        """The first window's own touch must not let the second one in."""
        self._number += 1
        touch, take = dice.choice(_TOUCHES), _TAKES[self._number % len(_TAKES)]
        if take == "left_over":
            case = Path(self._first.tell("create_unsaved", self._folder / "image.png"))
        else:
            case = Path(self._first.tell("create", self._folder / f"{self._number}.rbc"))
        self._first.tell("edit", "before")
        if touch != "none":
            _try(self._first, *((touch,) if touch == "left_over" else (touch, case)))
        if take == "save_as":
            self._second.tell("create", self._folder / f"{self._number} second.rbc")
        got_in = _try(self._second, *((take,) if take == "left_over" else (take, case)))
        self._first.tell("edit", "after")
        self._first.tell("close")
        found = self._second.tell("open", case)
        lost = (got_in and take != "left_over") or found != "after"
        return (Outcome.LOST if lost else Outcome.SUCCESS), f"{touch}, {take}: {found}"

    def close(self) -> None:
        """End both."""
        for window in (self._first, self._second):
            window.__exit__()


def _try(window: Window, *command: object) -> bool:
    """Whether it was let in."""
    try:
        window.tell(*command)
    except RefusedError:
        return False
    return True
