"""What is made anew while a widget paints: a few milliseconds of it in one turn of the event loop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from ...turns import OwnTurn

FRESH_SECONDS = 0.003
"""What a turn spends on it: the rest of the window is painted in the same one."""

Made = TypeVar("Made")


class FreshPaint:
    """Makes what a paint wants to show, until this turn has made enough; then the widget is painted once more.

    Args:
        context: without which nothing is painted any more.
        again: asks for what has still to be painted.
    """

    def __init__(self, context: QObject, again: Callable[[], object]) -> None:
        self._again, self._spent, self._is_left = again, 0.0, False
        self._turn = OwnTurn(context, self._begin, is_first=True)

    def made(self, make: Callable[[], Made]) -> Made | None:
        """What `make` returns, None where it has to wait for a paint to come."""
        self._turn.ask()
        if self._spent > FRESH_SECONDS:
            self._is_left = True
            return None
        began = time.perf_counter()
        try:
            return make()
        finally:
            self._spent += time.perf_counter() - began

    def _begin(self) -> None:
        self._spent = 0.0
        if self._is_left:
            self._is_left = False
            self._again()
