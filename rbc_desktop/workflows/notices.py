"""One way for a sentence to reach the user, whoever has to say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ..errors import RbcError
from ..phrases import told

Level = Literal["info", "warning", "error"]

Show = Callable[[str, Level], None]
"""Shows one sentence to the user."""

Ask = Callable[[str, str], None]
"""Shows one sentence and a button with this text."""

Holds = Callable[[], bool]
"""Whether what a sentence says is still so."""


class Notices:
    """Sentences for the user. The window's message bar or the command line shows them.

    Sentences from before there is a receiver are kept for it. A sentence with `holds` goes when that says no; whoever
    knows that something has changed calls `look`.
    """

    def __init__(self) -> None:
        self._show: Show | None = None
        self._hide: Callable[[], None] | None = None
        self._ask: Ask | None = None
        self._then: Callable[[], None] | None = None
        self._kept: list[tuple[str, Level]] = []
        self._holds: Holds | None = None
        self._steps = 0

    def show_with(self, show: Show, *, hide: Callable[[], None] | None = None, ask: Ask | None = None) -> None:
        """From now on `show` is called for each sentence, first for the kept ones, and `hide` when one is over.

        `ask` shows those with a choice; whoever it is calls `answer` when the choice is taken.
        """
        self._show, self._hide, self._ask = show, hide, ask
        kept, self._kept = self._kept, []
        for text, level in kept:
            show(text, level)

    def info(self, text: str, *, holds: Holds | None = None) -> None:
        """Something happened that the user asked for, or why it didn't."""
        self._say(text, "info", holds)

    def did(self, text: str) -> None:
        """What a step did, and how to undo it; until the next step, because undo would take that one back."""
        self.info(text, holds=self.until_next_step())

    def warn(self, text: str, *, holds: Holds | None = None) -> None:
        """Something is not as the user may think."""
        self._say(text, "warning", holds)

    def error(self, error: RbcError | str, *, holds: Holds | None = None) -> None:
        """Something could not be done."""
        self._say(error.message if isinstance(error, RbcError) else error, "error", holds)

    def ask(self, text: str, *, button: str, then: Callable[[], None], holds: Holds | None = None) -> None:
        """Something is left to the user: a sentence, and what a button does until the next sentence comes."""
        if self._ask is None:
            self._say(text, "warning", holds)
            return
        self._holds, self._then = holds, then
        self._ask(told(text), told(button))

    def answer(self) -> None:
        """The button of the sentence on show was pressed."""
        then, self._then = self._then, None
        if then is not None:
            then()

    def until_next_step(self) -> Holds:
        """For a step that failed or was just done: over as soon as the next one succeeds."""
        now = self._steps
        return lambda: self._steps == now

    def step_done(self) -> None:
        """A step succeeded."""
        self._steps += 1
        self.look()

    def look(self) -> None:
        """Take the latest sentence away if what it says is over."""
        if self._holds is not None and not self._holds():
            self._holds = self._then = None
            if self._hide is not None:
                self._hide()

    def _say(self, text: str, level: Level, holds: Holds | None = None) -> None:
        self._holds, self._then = holds, None
        text = told(text)
        if self._show is None:
            self._kept.append((text, level))
        else:
            self._show(text, level)
