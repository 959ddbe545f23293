"""One way for a sentence to reach the user, whoever has to say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ..errors import RbcError

Level = Literal["info", "warning", "error"]

Show = Callable[[str, Level], None]
"""Shows one sentence to the user."""


class Notices:
    """Sentences for the user. The window's message bar or the command line shows them.

    Sentences from before there is a receiver are kept for it.
    """

    def __init__(self) -> None:
        self._show: Show | None = None
        self._kept: list[tuple[str, Level]] = []

    def show_with(self, show: Show) -> None:
        """From now on `show` is called for each sentence, first for those that were kept."""
        self._show = show
        kept, self._kept = self._kept, []
        for text, level in kept:
            show(text, level)

    def info(self, text: str) -> None:
        """Something happened that the user asked for."""
        self._say(text, "info")

    def warn(self, text: str) -> None:
        """Something is not as the user may think."""
        self._say(text, "warning")

    def error(self, error: RbcError | str) -> None:
        """Something could not be done."""
        self._say(error.message if isinstance(error, RbcError) else error, "error")

    def _say(self, text: str, level: Level) -> None:
        if self._show is None:
            self._kept.append((text, level))
        else:
            self._show(text, level)
